"""Builds sections: what stands under which headings, with the document's own section numbers.

Numbered headings have the same depth everywhere (第3章 > 2｜ > （1）). Other marks lie under whatever they
first stood in: in one document ■ divides what ①  heads, in another the other way round. A column - a
box with a title of its own - interrupts a numbered section and belongs to the chapter, not to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.headings import RANKS, Heading, Mark, headings
from corpus.lines import TERMINAL, Piece, folded
from corpus.titles import titles_first

#: What a column interrupts.
_INTERRUPTED: Final = (Mark.PAREN, Mark.CIRCLED)
#: Headings that may divide a column; any other ends it.
_COLUMNS: Final = frozenset({Mark.COLUMN, Mark.PAGE})
_WITHIN_COLUMN: Final = frozenset({Mark.BOX, Mark.BRACKET, Mark.ANGLE})
#: So many characters in common show that a title speaks of the section it stands in.
_KINSHIP: Final = 4


@dataclass(slots=True)
class Section:
    """What stands between two headings.

    Args:
        trail: headings from the outermost inwards; empty before the first heading.
        ids: the document's section number at each heading of the trail, "" where it has none.
        pieces: paragraphs and rows.
    """

    trail: tuple[Heading, ...] = ()
    ids: tuple[str, ...] = ()
    pieces: list[Piece] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from the outermost inwards."""
        return tuple(heading.title for heading in self.trail)

    @property
    def id(self) -> str:
        """The document's own number of the section, or ""."""
        return self.ids[-1] if self.ids else ""


def dotted(trail: Sequence[Heading]) -> str:
    """Section number of most documents: 第3章 > 2｜ > （1） is "3.2.1".

    A circled number counts where it stands for the last of these (2｜ > ①), not in an unnumbered section.
    """
    number, counted = "", True
    for heading in trail:
        counted = counted and (heading.mark in RANKS or heading.mark in {Mark.DECLARED, Mark.CIRCLED})
        own = heading.number.replace("-", ".") if counted or heading.mark is not Mark.CIRCLED else ""
        if not own:
            continue
        whole, _, part = own.partition(".")
        if own.startswith(f"{number}."):  # 2 > 2.1
            number = own
        elif part and number.split(".")[-1] == whole:  # 第1章 > 2 > 2-1
            number = f"{number}.{part}"
        else:
            number = f"{number}.{own}".lstrip(".")
    return number


def guidebook(trail: Sequence[Heading], chapter: str = "") -> str:
    """Section number of the Guidebook on Living and Working: 第1章 > 2 > 2-1 is "ch01.2-1".

    Args:
        trail: headings from the outermost inwards.
        chapter: the chapter that a file of one chapter holds ("ch04"), for where its heading is not in the text.
    """
    number = chapter
    for heading in trail:
        if heading.number and re.match("第|(?i:chapter)", heading.text):
            number = f"ch{int(heading.number):02d}"
        elif heading.number and number and re.match("[0-9０-９]", heading.text):
            number = f"{number.split('.')[0]}.{heading.number}"
    return number


def sections_of(pieces: Sequence[Piece], numbering: Callable[[Sequence[Heading]], str] = dotted) -> list[Section]:
    """Divides a document into sections.

    Args:
        pieces: one document, clean, in reading order.
        numbering: makes a section's id of its trail of headings.

    Returns:
        Sections in reading order; one without pieces bears a heading that stands over others.
    """
    pieces = titles_first(pieces)
    outline = _Outline()
    sections = [Section()]
    first_seen: dict[str, Section] = {}
    for piece, heading in zip(pieces, headings(pieces), strict=True):
        if heading is None:
            before = first_seen.setdefault(piece.text, sections[-1])
            # A whole sentence heads no table, and may stand in any section ("Ask at the counter for details.").
            if piece.starts_page and before.trail != sections[-1].trail and not TERMINAL.search(piece.text):
                # The head of a table, repeated over a page: the table goes on, whatever stood below it.
                outline.resume(before.trail)
                sections.append(Section(before.trail, before.ids))
            sections[-1].pieces.append(piece)
            continue
        trail = outline.enter(heading)
        ids = tuple(numbering(trail[: depth + 1]) for depth in range(len(trail)))
        sections.append(Section(trail, ids))
    return list(_with_lone_headings_as_text(sections))


class _Outline:
    """The headings that are open while a document is read."""

    def __init__(self) -> None:
        self._open: list[Heading] = []
        self._interrupted: list[Heading] | None = None

    def enter(self, heading: Heading) -> tuple[Heading, ...]:
        """Opens a heading and closes those that it ends; returns the trail down to it."""
        if self._interrupted is not None and heading.mark not in _WITHIN_COLUMN:
            self._open, self._interrupted = self._interrupted, None
        if heading.mark in _COLUMNS:
            self._enter_column(heading)
        else:
            self._close_for(heading)
            self._open.append(heading)
        return tuple(self._open)

    def _enter_column(self, heading: Heading) -> None:
        position = next((i for i, other in enumerate(self._open) if other.mark in _INTERRUPTED), None)
        if position is None:
            self._close_for(heading)
        elif _akin(heading.title, self._open[position].title):
            del self._open[position + 1 :]  # 「南相馬市に聞いてみました」 goes on with （1）南相馬市
        else:
            self._interrupted = list(self._open)
            self._open = self._open[:position]
        self._open.append(heading)

    def _close_for(self, heading: Heading) -> None:
        rank = heading.level or RANKS.get(heading.mark)
        for position, other in enumerate(self._open):
            other_rank = other.level or RANKS.get(other.mark)
            same = other.mark is heading.mark and rank is None
            # What has no rank lies under what has one; a title without a mark ends what a mark divides.
            deeper = rank is not None and (other_rank is None or other_rank >= rank)
            titled = heading.mark in _COLUMNS and other_rank is None
            divided = heading.mark is Mark.BARE and (other.mark in _WITHIN_COLUMN or _ends_column(other))
            if same or deeper or titled or divided:
                del self._open[position:]
                return

    def resume(self, trail: Sequence[Heading]) -> None:
        """Opens again what was open before."""
        self._open, self._interrupted = list(trail), None


def _ends_column(column: Heading) -> bool:
    """Whether a plain title ends a column: not one that announces several things (取組, 事例, について)."""
    return column.mark is Mark.COLUMN and not column.title.rstrip("~～）)").endswith(
        ("取組", "事例", "例", "について", "一覧")
    )


def _akin(title: str, other: str) -> bool:
    title, other = folded(title), folded(other)
    return any(title[i : i + _KINSHIP] in other for i in range(len(title) - _KINSHIP + 1))


def _with_lone_headings_as_text(sections: Sequence[Section]) -> Iterator[Section]:
    """A heading with nothing under it was none: it becomes text of the section that it stands in."""
    for index, section in enumerate(sections):
        following = sections[index + 1] if index + 1 < len(sections) else None
        heads_others = following is not None and following.trail[: len(section.trail)] == section.trail
        if section.pieces or heads_others or not section.trail:
            yield section
        else:
            yield Section(section.trail[:-1], section.ids[:-1], [Piece(section.trail[-1].text)])
