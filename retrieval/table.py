"""The analysed passages: every sentence as terms, kept so that nothing is analysed twice.

All arrays are flat. A *span* is a heading, the headings above it, or one sentence; its tokens
 are `terms[starts[s]:starts[s + 1]]`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from corpus.model import Passage
from retrieval.analyser import Token, fold, sentences, tokens

#: A sentence that stands in more passages than this (or this share of them) says nothing about any.
_BOILERPLATE_PASSAGES = 10
_BOILERPLATE_SHARE = 0.005

_NO_LETTER = re.compile(r"[\d\W_]+")


class Kind(IntEnum):
    """What a span is."""

    HEADING = 0
    PATH = 1
    SENTENCE = 2


class Vocabulary:
    """Terms by number, with what is known of each.

    Args:
        terms: the terms; their place is their number.
        readings: katakana reading of each, "" where unknown.
        rows: row of each in the word vectors, -1 where it has none.
    """

    def __init__(self, terms: list[str], readings: list[str], rows: list[int]) -> None:
        self.terms = terms
        self.readings = readings
        self.rows = rows
        self._numbers = {term: number for number, term in enumerate(terms)}

    def __len__(self) -> int:
        return len(self.terms)

    def only(self, numbers: Iterable[int]) -> Vocabulary:
        """A vocabulary of some of the terms, renumbered in the order given."""
        kept = list(numbers)
        return Vocabulary([self.terms[n] for n in kept], [self.readings[n] for n in kept], [self.rows[n] for n in kept])

    def number(self, term: str) -> int | None:
        """The number of a term, or None for one the index does not hold."""
        return self._numbers.get(term)

    def add(self, token: Token, row_of: Callable[[Token], int]) -> int:
        """The number of a token's term, a new one where it is new."""
        number = self._numbers.get(token.term)
        if number is None:
            number = self._numbers[token.term] = len(self.terms)
            self.terms.append(token.term)
            self.readings.append(token.reading)
            self.rows.append(row_of(token))
        return number


@dataclass(frozen=True, slots=True)
class Table:
    """Spans of passages, flat.

    Args:
        terms: (tokens,) int32 term numbers.
        starts: (spans + 1,) int64 where a span's tokens begin.
        passage: (spans,) int32, ascending.
        kind: (spans,) a `Kind`; the first span of every passage is its heading, the second its path.
        begin, end: (spans,) int32 character range in the passage's text; 0, 0 for headings.
        repeated: (spans,) uint64 hash of the sentence without digits and signs; tells boilerplate.
    """

    terms: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    passage: npt.NDArray[np.int32]
    kind: npt.NDArray[np.int8]
    begin: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    repeated: npt.NDArray[np.int64]

    @property
    def token_span(self) -> npt.NDArray[np.int32]:
        """(tokens,) the span of each token."""
        return np.repeat(np.arange(len(self.passage), dtype=np.int32), np.diff(self.starts))

    def boilerplate(self, passage_count: int) -> npt.NDArray[np.bool_]:
        """(spans,) whether a span's sentence stands in so many passages that it says nothing."""
        limit = max(_BOILERPLATE_PASSAGES, passage_count * _BOILERPLATE_SHARE)
        _, place, counts = np.unique(self.repeated, return_inverse=True, return_counts=True)
        often: npt.NDArray[np.bool_] = (counts[place] > limit) & (self.kind == Kind.SENTENCE)
        return often

    def keep(self, kept: npt.NDArray[np.bool_]) -> Table:
        """The table of the passages kept, renumbered.

        Args:
            kept: (passages,) which stay.
        """
        spans = kept[self.passage]
        lengths = np.diff(self.starts)
        renumbered = (np.cumsum(kept) - 1).astype(np.int32)
        return Table(
            terms=self.terms[np.repeat(spans, lengths)],
            starts=np.concatenate(([0], np.cumsum(lengths[spans]))),
            passage=renumbered[self.passage[spans]],
            kind=self.kind[spans],
            begin=self.begin[spans],
            end=self.end[spans],
            repeated=self.repeated[spans],
        )

    def compact(self, vocabulary: Vocabulary) -> tuple[Table, Vocabulary]:
        """This table over a vocabulary of just the terms that stand in it."""
        used, terms = np.unique(self.terms, return_inverse=True)
        return replace(self, terms=terms.astype(np.int32)), vocabulary.only(used.tolist())

    def joined(self, other: Table, passage_count: int) -> Table:
        """This table and another whose passages follow this one's `passage_count`."""
        return Table(
            terms=np.concatenate((self.terms, other.terms)),
            starts=np.concatenate((self.starts, other.starts[1:] + self.starts[-1])),
            passage=np.concatenate((self.passage, other.passage + np.int32(passage_count))),
            kind=np.concatenate((self.kind, other.kind)),
            begin=np.concatenate((self.begin, other.begin)),
            end=np.concatenate((self.end, other.end)),
            repeated=np.concatenate((self.repeated, other.repeated)),
        )


def heading_of(passage: Passage) -> str:
    """What counts as the heading of a passage: that of its section, and words it is to be found by."""
    return "\n".join((*passage.section[-1:], *passage.keywords))


def path_of(passage: Passage) -> str:
    """The headings above a passage's own."""
    return "\n".join(passage.section[:-1])


def analyse(
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    row_of: Callable[[Token], int],
    progress: Callable[[int], None] | None = None,
) -> Table:
    """Analyses passages; new terms enter the vocabulary.

    Args:
        passages: what to analyse.
        vocabulary: grows.
        row_of: the word vector row of a token, -1 where it has none.
        progress: called with the number of passages done, now and then.
    """
    builder = _Builder(vocabulary, row_of)
    for number, passage in enumerate(passages):
        builder.add(number, passage)
        if progress and (number + 1) % 64 == 0:
            progress(number + 1)
    if progress:
        progress(len(passages))
    return builder.table()


class _Builder:
    def __init__(self, vocabulary: Vocabulary, row_of: Callable[[Token], int]) -> None:
        self._vocabulary = vocabulary
        self._row_of = row_of
        self._terms: list[int] = []
        self._starts: list[int] = [0]
        self._spans: list[tuple[int, Kind, int, int, int]] = []

    def add(self, number: int, passage: Passage) -> None:
        self._span(number, Kind.HEADING, heading_of(passage))
        self._span(number, Kind.PATH, path_of(passage))
        for begin, end in sentences(passage.text):
            self._span(number, Kind.SENTENCE, passage.text[begin:end], begin)

    def _span(self, number: int, kind: Kind, text: str, begin: int = 0) -> None:
        self._terms += [self._vocabulary.add(token, self._row_of) for token in tokens(text)]
        self._starts.append(len(self._terms))
        repeated = hash_text(_NO_LETTER.sub("", fold(text)))
        self._spans.append((number, kind, begin, begin + len(text) if kind is Kind.SENTENCE else 0, repeated))

    def table(self) -> Table:
        passage, kind, begin, end, repeated = zip(*self._spans, strict=True) if self._spans else ((),) * 5
        return Table(
            terms=np.array(self._terms, np.int32),
            starts=np.array(self._starts, np.int64),
            passage=np.array(passage, np.int32),
            kind=np.array(kind, np.int8),
            begin=np.array(begin, np.int32),
            end=np.array(end, np.int32),
            repeated=np.array(repeated, np.int64),
        )


def hash_text(text: str) -> int:
    """A stable 63-bit hash of a text (Python's own differs from run to run)."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> 1
