"""Makes passages of sections: pieces of a few sentences that can be shown as an answer.

A passage never crosses a numbered heading, is cut between paragraphs where that is possible and never
inside a sentence that fits. Small neighbours under one heading are joined, with the headings between
them kept as lines of the text. Each contact of a table is a passage of its own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from typing import Final

from corpus.blocks import Kind
from corpus.headings import Heading, Mark
from corpus.lines import TERMINAL, Piece
from corpus.model import PASSAGE_LIMIT, Passage, Source
from corpus.sections import Section
from corpus.tables import CELL_GAP, is_contact_header
from corpus.units import Unit, units_of

#: Length aimed at, in characters: a rule with its condition, read at a glance. Passages half as long again
#: were found less often, because they speak of several things.
_AIM: Final = 230
#: Passages longer than this are made only where a paragraph would have to be cut otherwise.
_COMFORTABLE: Final = 330
#: Passages shorter than this are joined with a neighbour under the same heading if possible.
_SHORT: Final = 80
_TITLE_LENGTH: Final = 30
#: Headings that may become a line within a joined passage. Others tell whose rule or story it is.
_JOINABLE: Final = frozenset({Mark.BOX, Mark.BRACKET, Mark.ANGLE, Mark.BARE})


@dataclass(frozen=True, slots=True)
class _Draft:
    """Units that may become one passage or several.

    Args:
        trail, ids: as in `Section`.
        units: what it holds.
        table: columns of the contact table that it is a row of, else "".
    """

    trail: tuple[Heading, ...]
    ids: tuple[str, ...]
    units: tuple[Unit, ...]
    table: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        titles = tuple(heading.title for heading in self.trail)
        return (*titles, self.table) if self.table else titles

    @property
    def id(self) -> str:
        return self.ids[-1] if self.ids else ""


def passages_of(source: Source, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Makes the passages of one document.

    Args:
        source: the document.
        sections: its sections, in reading order.

    Returns:
        Passages in reading order, none of them superseded; ids are unique and tell section and place in it.
    """
    counts: Counter[str] = Counter()
    passages = []
    for draft in _joined(_drafts(sections)):
        # The title of a web page or Word document is often its first heading as well.
        path = draft.path[draft.path[:1] == (source.title,) :]
        anchor = draft.id or _slug(path[-1] if path else "")
        for units in _divided(draft.units):
            if _text(units) == source.title:
                continue  # nobody asked what the document is called
            counts[anchor] += 1
            passages.append(
                Passage(
                    id=f"{source.key}#{anchor}/{counts[anchor]}",
                    source=source.key,
                    text=_text(units),
                    section_id=draft.id,
                    section=path,
                    page=units[0].page,
                )
            )
    return tuple(passages)


def _drafts(sections: Sequence[Section]) -> Iterator[_Draft]:
    """What each section holds; contacts of a table apart, each for itself."""
    for section in sections:
        lead = ""
        for is_contact, group in groupby(section.pieces, key=_is_contact):
            pieces = list(group)
            if not is_contact:
                lead = _table_title(pieces[-1])
                yield _Draft(section.trail, section.ids, tuple(units_of(pieces)))
                continue
            for piece in pieces:
                columns = " / ".join(piece.header.split(CELL_GAP))
                units = tuple(units_of([replace(piece, header="")]))
                yield _Draft(section.trail, section.ids, units, f"{lead}（{columns}）" if lead else columns)


def _table_title(piece: Piece) -> str:
    """The line above a table of contacts, where it says what the table tells."""
    title = piece.text.lstrip("・●○■ ")
    return title if is_contact_header(title) and len(title) <= _TITLE_LENGTH and not TERMINAL.search(title) else ""


def _is_contact(piece: Piece) -> bool:
    return piece.kind is Kind.ROW and is_contact_header(piece.header)


def _joined(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Joins short drafts with a neighbour, those that have most headings in common first."""
    joined = list(drafts)
    for depth in range(max((len(draft.trail) for draft in joined), default=0), 0, -1):
        before, joined = joined, []
        for draft in before:
            together = _together(joined[-1], draft, depth) if joined else None
            if together:
                joined[-1] = together
            else:
                joined.append(draft)
    return joined


def _together(first: _Draft, second: _Draft, depth: int) -> _Draft | None:
    """Both as one, or None where they must stay apart or have fewer than `depth` headings in common."""
    lengths = _length(first.units), _length(second.units)
    if first.table or second.table or min(lengths) >= _SHORT or sum(lengths) > _COMFORTABLE:
        return None
    shared = len(
        [1 for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(first.trail, second.trail, strict=False))]
    )
    apart = first.trail[shared:] + second.trail[shared:]
    siblings = shared >= max(len(first.trail), len(second.trail)) - 1
    if shared < depth or not siblings or any(heading.mark not in _JOINABLE for heading in apart):
        return None
    units = _headed(first, shared) + _headed(second, shared)
    return _Draft(first.trail[:shared], first.ids[:shared], units) if _length(units) <= PASSAGE_LIMIT else None


def _headed(draft: _Draft, shared: int) -> tuple[Unit, ...]:
    """Its units under the headings that the joined passage no longer has in its path."""
    page = draft.units[0].page if draft.units else None
    return tuple(Unit(heading.text, page) for heading in draft.trail[shared:]) + draft.units


def _divided(units: Sequence[Unit]) -> list[Sequence[Unit]]:
    """Divides units into passages, at the places and into the lengths that cost least altogether."""
    if _length(units) <= _COMFORTABLE:
        return [units] if units else []
    costs, starts = [0.0], [0]
    for end in range(1, len(units) + 1):
        best, best_start = math.inf, end - 1
        for start, length in _lengths_before(units, end):
            if length > PASSAGE_LIMIT and start < end - 1:
                break
            cost = costs[start] + _discomfort(length) + units[start].cost
            if cost < best:
                best, best_start = cost, start
        costs.append(best)
        starts.append(best_start)
    cuts = [len(units)]
    while cuts[-1]:
        cuts.append(starts[cuts[-1]])
    return [units[start:end] for end, start in pairwise(cuts)][::-1]


def _lengths_before(units: Sequence[Unit], end: int) -> Iterator[tuple[int, int]]:
    """Lengths of the texts of units[start:end], for start from end - 1 down to 0."""
    length, header = -1, ""  # the first line has no line break before it
    for start in range(end - 1, -1, -1):
        unit = units[start]
        if unit.header and unit.header != header:
            length += len(unit.header) + 1
        header = unit.header
        length += len(unit.text) + 1
        yield start, length
        length -= unit.inline  # it will stand in the line of the unit before it


def _discomfort(length: int) -> float:
    """How bad a length is: 0 at the aim, 1 at nothing and at twice the aim, more where it is hard to use."""
    return (length / _AIM - 1) ** 2 + 1.5 * (length < _SHORT) + 1.5 * max(0, length - _COMFORTABLE) / 100


def _length(units: Sequence[Unit]) -> int:
    return len(_text(units))


def _text(units: Sequence[Unit]) -> str:
    """The text of units: each on its own line, sentences of one paragraph and the heads of tables in place."""
    text, header = "", ""
    for unit in units:
        if unit.header and unit.header != header:
            text += f"\n{unit.header}"
        header = unit.header
        text += unit.text if unit.inline and text else f"\n{unit.text}"
    return text.strip()


def _slug(title: str) -> str:
    """A heading as part of an id; for text before any heading, "text"."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", title)).strip("-").casefold() or "text"
