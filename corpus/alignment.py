"""The same section in another language: editions of one document, side by side.

A section corresponds to a section of another edition when the document's own numbering says so, never
because the texts look alike. Two kinds of numbering are known: the section id, and the numbers that
the headings carry ("Chapter 4" > "2. Benefits" is 4, 2).

A translation keeps the numbering of what it translates, so an equal section id is enough. An easy
Japanese edition is written anew, and its sections may be counted alike and speak of other things: it
must also have the same subsections at every level above, and a heading with a word in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from corpus.model import Corpus, Passage, Source

#: BCP-47 code of easy Japanese (やさしい日本語).
EASY_JAPANESE = "ja-x-easy"

#: Where a section stands: (4, 2, 1) for "ch04.2-1" as for "Chapter 4" > "2" > "2-1".
#: A section id that is a name ("annex") is its own address.
Address = tuple[int | str, ...]

_NUMBERED_ID = re.compile(r"(?:ch)?\d+(?:[.-]\d+)*", re.IGNORECASE)
# "第4章", "(1)", "2-1 X", "3. X", "Chapter 4", "Chương 4:"; neither "24時間" nor "119番" nor "2024 X".
_HEADING_NUMBER = re.compile(r"[(\[【]?(?:第|[^\W\d_]+ )?(\d{1,2}(?:[.-]\d{1,2})*)(?:[.,:)\]】|章節部編\s]|$)")
# A word that easy Japanese is likely to keep: kanji or katakana, two or more, or Latin letters and digits.
_CONTENT_WORD = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{2,}|[A-Za-z0-9]{2,}")

#: The year before an era's first.
_ERAS = {"平成": 1988, "令和": 2018}


@dataclass(frozen=True, slots=True)
class _Edition:
    """One edition's current passages by address, and which numbers stand beneath each address."""

    source: Source
    sections: dict[Address, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    beneath: dict[Address, set[int | str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The editions of a corpus, ready to be asked for counterparts. Made by `align`."""

    _editions: dict[str, _Edition]  # by Source.key

    def counterparts(self, passage: Passage, language: str) -> tuple[Passage, ...]:
        """What an edition in another language says in the same section.

        Args:
            passage: a passage of the corpus that was aligned.
            language: BCP-47 code of the language wanted.

        Returns:
            The current passages of that section, in reading order; none when there is no such edition,
            when it is another edition's translation, or when the numbering does not say which section.
        """
        own = self._editions.get(passage.source)
        address = address_of(passage)
        if own is None or address is None or own.source.language.casefold() == language.casefold():
            return ()
        for other in self._editions.values():
            if (
                other.source.id == own.source.id
                and other.source.language.casefold() == language.casefold()
                and same_edition(own.source, other.source)
                and (found := other.sections.get(address))
                and _correspond(passage, own, other, address)
            ):
                return tuple(found)
        return ()


def align(corpus: Corpus) -> Alignment:
    """Lays the editions of each document beside one another.

    Args:
        corpus: editions in any number of languages; superseded passages are left out.

    Returns:
        The alignment, to be made anew when the corpus changes.
    """
    editions = {key: _Edition(source) for key, source in corpus.sources.items()}
    for passage in corpus.current:
        address = address_of(passage)
        if address is None:
            continue
        edition = editions[passage.source]
        edition.sections[address].append(passage)
        for depth, number in enumerate(address):
            edition.beneath[address[:depth]].add(number)
    return Alignment(editions)


def same_edition(left: Source, right: Source) -> bool:
    """Whether two sources are the same edition of a document, in whatever language each names it.

    "第8版" and "8th edition" are: the numbers agree. Where an edition carries no number, the dates decide.

    Args:
        left: a source.
        right: another source of the same document.

    Returns:
        True if so; False also when neither edition nor date tells, for a translation of an older
        edition may hold a rule that no longer applies.
    """
    if left.edition and left.edition == right.edition:
        return True
    numbers = _numbers(left.edition), _numbers(right.edition)
    if all(numbers):
        return numbers[0] == numbers[1]
    shorter = min(len(left.date), len(right.date))
    return shorter > 0 and left.date[:shorter] == right.date[:shorter]


def address_of(passage: Passage) -> Address | None:
    """Where a passage's section stands by the document's own numbering.

    Args:
        passage: a passage with a section id or numbered headings.

    Returns:
        Its address, or None where there is no numbering, or where section id and headings contradict each
        other: a reader that does not know a language's word for "chapter" counts wrongly.
    """
    by_headings, complete = _heading_numbers(passage.section)
    if not passage.section_id:
        return by_headings if complete else None
    if not _NUMBERED_ID.fullmatch(passage.section_id):
        return (passage.section_id,)
    by_id = tuple(int(number) for number in re.findall(r"\d+", passage.section_id))
    if by_headings in {(), by_id}:
        return by_id
    return by_headings if complete else None


def _heading_numbers(section: tuple[str, ...]) -> tuple[tuple[int, ...], bool]:
    """The numbers that a heading path bears, and whether they lead without a gap to its innermost heading.

    A title without a number may stand above the first numbered heading.
    """
    numbers: tuple[int, ...] = ()
    complete = False
    for heading in section:
        match = _HEADING_NUMBER.match(unicodedata.normalize("NFKC", heading).strip())
        if match is None:
            complete = False
            if numbers:
                break
            continue
        own = tuple(int(part) for part in re.split(r"[.-]", match[1]))
        # "1-2" under "1" repeats where it stands; "(2)" under "1-2" does not.
        repeated = next(n for n in range(len(own) - 1, -1, -1) if n == 0 or numbers[-n:] == own[:n])
        numbers += own[repeated:]
        complete = True
    return numbers, complete


def _correspond(passage: Passage, own: _Edition, other: _Edition, address: Address) -> bool:
    counterpart = other.sections[address][0]
    rewritten = EASY_JAPANESE in (own.source.language, other.source.language)
    if passage.section_id == counterpart.section_id != "" and not rewritten:
        return True
    mirrored = all(own.beneath[address[:n]] == other.beneath[address[:n]] for n in range(len(address)))
    return mirrored and (not rewritten or _share_a_word(passage, counterpart))


def _share_a_word(left: Passage, right: Passage) -> bool:
    """Whether the innermost headings have a content word in common, be it within a longer one."""
    if not (left.section and right.section):
        return False
    here, there = _CONTENT_WORD.findall(left.section[-1]), _CONTENT_WORD.findall(right.section[-1])
    return any(a in b or b in a for a in here for b in there)


def _numbers(edition: str) -> tuple[int, ...]:
    """The numbers of an edition's name; a year of an era as the year it is, for 令和6年度 is FY2024."""

    def year(match: re.Match[str]) -> str:
        return str(_ERAS[match[1]] + (1 if match[2] == "元" else int(match[2])))

    return tuple(int(number) for number in re.findall(r"\d+", re.sub(r"(令和|平成)(\d+|元)", year, edition)))
