"""What a new edition added, changed, moved or dropped, section by section.

Sections are matched in three rounds, surest first: by the document's own section id, by heading, by
text. A section id alone is not believed when neither heading nor text is alike, for an inserted
section shifts the numbers of all that follow.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from corpus.figures import FigureChange, changed_figures
from corpus.model import Passage

#: From which likeness on two headings or two texts are taken for the same section. Chosen by hand:
#: headings that differ in a particle or a bracket stay above, sister headings (更新／変更) below.
ALIKE_HEADING = 0.8
ALIKE_TEXT = 0.5
#: With the same section id, half of that is enough.
ALIKE_WITH_SAME_ID = 0.4, 0.25

_SHINGLE = 4  # characters; long enough that common endings (します, ください) weigh little


class Change(StrEnum):
    """What became of a section. The value is what users see."""

    ADDED = "追加"
    CHANGED = "変更"
    MOVED = "移動"
    DROPPED = "削除"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one edition, its passages put together.

    Args:
        section_id: the document's own number, or "".
        path: headings from the outermost inwards.
        page: where it begins, or None.
        text: all its passages, one a line.
    """

    section_id: str
    path: tuple[str, ...]
    page: int | None
    text: str

    @property
    def heading(self) -> str:
        """The innermost heading; "" for text before the first one."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section.

    Args:
        change: what; CHANGED also where it moved as well.
        old: the section in the old edition, or None.
        new: the section in the new edition, or None.
        likeness: 0..1, how much of the text the two share; 0 where one is missing.
        figures: telephone numbers, dates, amounts and numbers that differ.
    """

    change: Change
    old: Section | None
    new: Section | None
    likeness: float = 0.0
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How two editions differ.

    Args:
        changes: the new edition's sections in reading order, then those dropped.
        unchanged: how many sections are the same in number, page, heading and text.
    """

    changes: tuple[SectionChange, ...]
    unchanged: int


def compare(old: Iterable[Passage], new: Iterable[Passage]) -> Difference:
    """Compares two editions of a document.

    Args:
        old: the passages of the older edition, in reading order.
        new: the passages of the newer edition, in reading order.

    Returns:
        What became of each section.
    """
    before, after = sections_of(old), sections_of(new)
    partners = _match(before, after)
    changes = []
    for index, section in enumerate(after):
        partner = partners.get(index)
        change = (
            _became(before[partner], section) if partner is not None else SectionChange(Change.ADDED, None, section)
        )
        if change:
            changes.append(change)
    unchanged = len(after) - len(changes)
    kept = set(partners.values())
    changes += [SectionChange(Change.DROPPED, s, None) for i, s in enumerate(before) if i not in kept]
    return Difference(tuple(changes), unchanged)


def sections_of(passages: Iterable[Passage]) -> tuple[Section, ...]:
    """Puts the passages of each section together.

    Args:
        passages: of one edition, in reading order.

    Returns:
        The sections, in the order in which they first appear.
    """
    grouped: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in passages:
        grouped.setdefault((passage.section_id, passage.section), []).append(passage)
    return tuple(
        Section(section_id, path, group[0].page, "\n".join(p.text for p in group))
        for (section_id, path), group in grouped.items()
    )


def likeness(left: str, right: str) -> float:
    """How much two texts have in common, whatever their order (Dice's coefficient over 4-character shingles).

    Args:
        left: a text.
        right: another.

    Returns:
        0..1; 1 for texts that differ at most in width and white space.
    """
    if (a := _plain(left)) == (b := _plain(right)):
        return 1.0
    here, there = _shingles(a), _shingles(b)
    return 2 * (here & there).total() / (here.total() + there.total())


def _became(old: Section, new: Section) -> SectionChange | None:
    alike = likeness(old.text, new.text)
    if _plain(old.text) != _plain(new.text) or _words(old.heading) != _words(new.heading):
        return SectionChange(Change.CHANGED, old, new, alike, changed_figures(old.text, new.text))
    if (old.section_id, old.page, old.path[:-1]) != (new.section_id, new.page, new.path[:-1]):
        return SectionChange(Change.MOVED, old, new, alike)
    return None


def _match(before: tuple[Section, ...], after: tuple[Section, ...]) -> dict[int, int]:
    """Index of each matched section of `after` -> index of its partner in `before`."""
    partners: dict[int, int] = {}

    def round_of(score: Callable[[Section, Section], float]) -> None:
        """Pairs what is still alone, the likest first; at equal likeness the nearest in reading order."""
        taken = set(partners.values())
        pairs = [
            (-points, abs(i / len(before) - j / len(after)), j, i)
            for j, new in enumerate(after)
            if j not in partners
            for i, old in enumerate(before)
            if i not in taken and (points := score(old, new)) > 0
        ]
        for _, _, j, i in sorted(pairs):
            if j not in partners and i not in taken:
                partners[j] = i
                taken.add(i)

    round_of(_score_by_id)
    round_of(_score_by_heading)
    round_of(_score_by_text)
    return partners


def _score_by_id(old: Section, new: Section) -> float:
    if not old.section_id or old.section_id != new.section_id:
        return 0.0
    heading, text = _heading_likeness(old, new), likeness(old.text, new.text)
    return 1 + heading + text if heading >= ALIKE_WITH_SAME_ID[0] or text >= ALIKE_WITH_SAME_ID[1] else 0.0


def _score_by_heading(old: Section, new: Section) -> float:
    heading = _heading_likeness(old, new)
    # The text tells two sections apart that bear the same heading (概要) in two chapters.
    return heading + likeness(old.text, new.text) if heading >= ALIKE_HEADING else 0.0


def _score_by_text(old: Section, new: Section) -> float:
    text = likeness(old.text, new.text)
    return text if text >= ALIKE_TEXT else 0.0


def _heading_likeness(old: Section, new: Section) -> float:
    left, right = _words(old.heading), _words(new.heading)
    if not (left and right):
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _words(heading: str) -> str:
    """A heading without the number in front of it."""
    return re.sub(r"^(?:第?\d+[章節]?|[(]\d+[)]|[\d.\-|■●])+", "", _plain(heading))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def _shingles(text: str) -> Counter[str]:
    return Counter(text[i : i + _SHINGLE] for i in range(max(1, len(text) - _SHINGLE + 1)))
