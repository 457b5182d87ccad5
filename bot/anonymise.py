"""Takes out of a text what identifies a person, and puts labels there that keep the story readable.

    グエンさん（090-1234-5678）は大久保2-3-4に住んでいます
    人物Aさん（電話番号A）は住所Aに住んでいます

Rules know shapes (cards, telephones, addresses), words around a name and tables of names; what only the sentence
tells, a learned reader adds (`bot.anonymising.learned`). Recall comes before precision, for what leaves the desk cannot
be called back, but the author sees the outcome first and can mask more. `tests/texts` says how much of it is found.

GiNZA's entity recogniser is left out: it takes 6 seconds and 670 MB, and by itself removed 79 of 121 names and 25 of
63 employers of texts from which the learned reader and the rules take nearly all. Presidio would run the same
recogniser, and has no rules for Japan's cards and addresses.

A pass is repeated on its own outcome until it finds nothing more, so that masking a masked text changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bot.anonymising.document import Document
from bot.anonymising.finding import find
from bot.anonymising.folding import Folded, fold, labels_in
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.labels import Labels
from bot.anonymising.same import same
from corpus import names
from retrieval import name_reader

#: Texts of people need three; only one made to need more, each mask making room for the next, would cost much time.
_PASSES = 20

__all__ = ["Anonymised", "Finding", "Kind", "anonymise"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that identified a person.

    Args:
        kind: what it was.
        start: its first character in the original text, in code points.
        end: one past its last.
        replacement: the label that stands there now.
    """

    kind: Kind
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A text without what identified people.

    Args:
        text: the text with labels.
        findings: what was taken out, in order; they do not overlap.
    """

    text: str
    findings: tuple[Finding, ...]


def anonymise(text: str) -> Anonymised:
    """Masks what identifies people.

    Args:
        text: any text.

    Returns:
        The masked text and what was masked. Masking that text again changes nothing.
    """
    folded = fold(text)
    document = find(folded.text, name_reader.own())
    taken = labels_in(text)
    for _ in range(_PASSES):
        pieces = _pieces(text, folded, document, taken)
        outcome = _outcome(pieces)
        again = fold(outcome.text)
        fresh = find(again.text, name_reader.own())
        grown = _grown(document.spans, [_back(span, again, pieces, folded) for span in fresh.spans])
        if grown == document.spans:
            break
        document.spans = grown
    return outcome


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the outcome, and where it comes from: copied, or put there by a finding."""

    text: str
    start: int
    end: int
    finding: Finding | None


def _pieces(text: str, folded: Folded, document: Document, taken: set[str]) -> list[_Piece]:
    labels, things = Labels(taken), same(document, names.load())
    pieces: list[_Piece] = []
    position = 0
    for span in document.spans:
        start, end = folded.original(span.start, span.end)
        start = max(start, position)  # one character may fold into several, of two spans
        replacement = labels.of(span.kind, things[span])
        pieces.append(_Piece(text[position:start], position, start, None))
        pieces.append(_Piece(replacement, start, end, Finding(span.kind, start, end, replacement)))
        position = end
    return [*pieces, _Piece(text[position:], position, len(text), None)]


def _outcome(pieces: list[_Piece]) -> Anonymised:
    findings = (piece.finding for piece in pieces)
    return Anonymised("".join(piece.text for piece in pieces), tuple(finding for finding in findings if finding))


def _back(span: Span, again: Folded, pieces: list[_Piece], folded: Folded) -> Span:
    """Where a span of the folded outcome stands in the folded original; a label that it touches belongs to it."""
    begin, stop = again.original(span.start, span.end)
    starts, ends, position = [], [], 0
    for piece in pieces:
        after = position + len(piece.text)
        if position < stop and after > begin:
            copied = piece.finding is None
            starts.append(piece.start + max(0, begin - position) if copied else piece.start)
            ends.append(piece.end - max(0, after - stop) if copied else piece.end)
        position = after
    first = bisect_right(folded.ends, starts[0])
    return Span(span.kind, first, max(first + 1, bisect_left(folded.starts, ends[-1])))


def _grown(spans: list[Span], fresh: list[Span]) -> list[Span]:
    """Spans with fresh ones, what overlaps joined."""
    joined: list[Span] = []
    for span in sorted([*spans, *fresh], key=lambda span: (span.start, -span.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].kind, joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
