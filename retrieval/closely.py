"""Close reading: how much of what a question speaks of one passage holds.

A score adds up; close reading asks. Is every noun there? Is it what the heading is about? Is there a
fee where a fee is asked for? The answers set the order of the first passages (`retrieval.reranking`)
and tell whether to answer at all (`retrieval.confidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.asked import holds
from retrieval.index import Index
from retrieval.question import Question
from retrieval.ranges import places_of

#: A word counts as met from this share on: by itself, a lexicon word or a very near one.
_MET = 0.5

Seen = dict[str, float]
Shares = npt.NDArray[np.float32]


class Near(NamedTuple):
    """How close a passage comes to what is asked for.

    Args:
        near: share of the question's words, by weight, in the heading and three sentences of which the
            middle one holds the kind of thing asked for; the best there are.
        far: how much more there is in three sentences of which it does not.
        missed: weight of the two weightiest nouns asked about that are not met.
    """

    near: float
    far: float
    missed: float


class CloseReader:
    """Reads single passages of one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        #: by term, as plain numbers: they are looked up one by one
        self.idf: list[float] = index.postings.idf.tolist()
        self._first_span = np.searchsorted(index.table.passage, np.arange(len(index.passages) + 1))

    def ask(self, question: Question) -> Reading:
        """Prepares what is asked of every passage.

        Args:
            question: as read, with at least one word.
        """
        return Reading(self, question)

    def bounds(self, number: int) -> tuple[int, npt.NDArray[np.int64]]:
        """Number of the first span of a passage, and where its spans begin in the table's terms (and the last ends)."""
        first, after = int(self._first_span[number]), int(self._first_span[number + 1])
        return first, self.index.table.starts[first : after + 1]


class Reading:
    """One question, asked of passage after passage.

    Args:
        reader: whose passages.
        question: as read, with at least one word.
    """

    def __init__(self, reader: CloseReader, question: Question) -> None:
        self._reader = reader
        self._question = question
        self._said = [word for word in question.words if word.said and word.weight > 0]
        self._weights = np.array([word.weight for word in self._said], np.float32)
        self._nouns = self._weights * np.array([word.noun for word in self._said], np.float32)
        self._subjects = self._nouns * np.array([word.asking for word in self._said], np.float32)
        place = {id(word): at for at, word in enumerate(self._said)}
        self._topics = [
            (max(word.weight for word in words), [place[id(word)] for word in words if id(word) in place], forms)
            for words, forms in question.topics
        ]
        idf = reader.idf
        self._paired = sum(idf[first] + idf[second] for first, second in question.pairs)
        spoken_of = np.array([term for word in question.words for term in word.alternatives], np.int64)
        shares = np.array([share for word in question.words for share in word.alternatives.values()], np.float32)
        self._named = set(spoken_of[shares >= _MET].tolist())
        # a row for every term that may stand for a word said, a column for every word; the last row is empty
        terms = np.array([term for word in self._said for term in word.alternatives], np.int64)
        columns = np.repeat(np.arange(len(self._said)), [len(word.alternatives) for word in self._said])
        answering, rows = np.unique(terms, return_inverse=True)
        self._shares = np.zeros((len(answering) + 1, len(self._said)), np.float32)
        self._shares[rows, columns] = [share for word in self._said for share in word.alternatives.values()]
        self._row = np.full(len(reader.index.vocabulary), len(answering), np.int64)
        self._row[answering] = np.arange(len(answering))
        #: by passage read, the best share with which each word stands in each of its spans
        self._by_span: dict[int, Shares] = {}

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of thing the question asks for."""
        return self._question.kinds

    def seen(self, numbers: Sequence[int]) -> list[Seen]:
        """What is seen in passages, by name, 0..1."""
        if not numbers:
            return []
        met = np.array([spans.max(axis=0) for spans in self._spans(numbers)])
        held = [self._held(number, shares) for number, shares in zip(numbers, met, strict=True)]
        exact = (met >= _MET).astype(np.float32)
        shares = zip(
            _part(met, self._weights),
            _part(exact, self._weights),
            # where there are no nouns none is missing
            _part(exact, self._nouns) if self._nouns.any() else [1.0] * len(numbers),
            strict=True,
        )
        return [
            {"covered": covered, "exact": exactly, "nouns": nouns, **seen}
            for (covered, exactly, nouns), seen in zip(shares, held, strict=True)
        ]

    def sentences(self, numbers: Sequence[int]) -> list[tuple[int, list[float]]]:
        """The sentences of passages.

        Returns:
            For each passage the number of its first sentence's span, and what share of the question's words, by
            weight, each sentence holds.
        """
        return [
            (self._reader.bounds(number)[0] + 2, _part(met[2:], self._weights))
            for number, met in zip(numbers, self._spans(numbers), strict=True)
        ]

    def near(self, number: int) -> Near:
        """How close a passage comes to the very thing asked for.

        Args:
            number: of the passage.
        """
        index, kinds = self._reader.index, self._question.kinds
        first, starts = self._reader.bounds(number)
        met = self._spans([number])[0].copy()
        whole = set(index.table.terms[starts[0] : starts[-1]].tolist())
        for _, places, forms in self._topics:
            if any(form <= whole for form in forms):
                met[:, places] = 1.0
        heading, text = met[:2].max(axis=0), index.passages[number].text
        around = np.maximum(met[2:], heading)
        around[1:] = np.maximum(around[1:], met[2:-1])
        around[:-1] = np.maximum(around[:-1], met[3:])
        shares = _part(around, self._weights)
        near = 0.0
        for span, share in enumerate(shares, start=first + 2):
            if share > near and holds(kinds, text[index.table.begin[span] : index.table.end[span]]):
                near = share
        return Near(near, max(shares, default=0.0) - near, self._missed(met.max(axis=0)))

    def _missed(self, met: npt.NDArray[np.float32]) -> float:
        """The weight of the two weightiest nouns that are asked about and not met."""
        weights = np.sort(self._subjects * (met < _MET))
        return float(weights[-2:].sum()) / 10

    def _held(self, number: int, met: Shares) -> Seen:
        """What is seen of one passage by itself; the words of a topic that stands by another name become met."""
        index = self._reader.index
        starts = self._reader.bounds(number)[1].tolist()
        terms = index.table.terms[starts[0] : starts[-1]].tolist()
        heading = set(terms[: starts[2] - starts[0]])
        whole = set(terms)
        topics = []
        for weight, places, forms in self._topics:
            stands = any(form <= whole for form in forms)
            topics.append((weight, stands))
            if stands:
                met[places] = 1.0
        passage = index.passages[number]
        kinds = self._question.kinds
        return {
            "topics": _topics_met(topics),
            "topic_missed": max((weight for weight, stands in topics if not stands), default=0.0) / 5,
            "titled": self._titled(heading),
            "kind_missed": float(bool(kinds) and not holds(kinds, passage.text)),
            "pairs": self._pairs(terms, starts, whole) if self._paired else 0.0,
            "routed": float(passage.section_id in self._question.sections),
        }

    def _spans(self, numbers: Sequence[int]) -> list[Shares]:
        """For each passage (spans, words said) the best share with which each word stands in each of its spans.

        A passage is read once, however often it is asked about; not to be changed.
        """
        unread = [number for number in dict.fromkeys(numbers) if number not in self._by_span]
        if unread:
            starts = [self._reader.bounds(number)[1] for number in unread]
            lengths = np.concatenate([np.diff(edges) for edges in starts])
            met = self._met(np.concatenate([edges[:-1] for edges in starts]), lengths)
            ends = np.cumsum([len(edges) - 1 for edges in starts])
            self._by_span.update(zip(unread, np.split(met, ends[:-1]), strict=True))
        return [self._by_span[number] for number in numbers]

    def _met(self, begin: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> Shares:
        """(ranges, words said) the best share with which each word stands in ranges of the table's terms."""
        best = np.zeros((len(begin), len(self._said)), np.float32)
        filled = np.flatnonzero(lengths)
        if not len(filled) or not self._said:
            return best
        tokens, behind = places_of(begin, lengths)
        rows = self._row[self._reader.index.table.terms[tokens]]
        best[filled] = np.maximum.reduceat(self._shares[rows], behind[filled], axis=0)
        return best

    def _titled(self, heading: set[int]) -> float:
        """What share of the headings, by rarity, the question names."""
        idf = self._reader.idf
        total = sum(idf[term] for term in heading)
        return sum(idf[term] for term in heading & self._named) / total if total else 0.0

    def _pairs(self, terms: list[int], starts: list[int], whole: set[int]) -> float:
        """What share of the question's pairs of words, by rarity, stand side by side in a span too."""
        asked = self._question.pairs
        possible = {pair for pair in asked if pair[0] in whole and pair[1] in whole}
        if not possible:
            return 0.0
        edges = {start - starts[0] for start in starts}
        beside = enumerate(pairwise(terms), start=1)
        met = {pair for at, pair in beside if pair in possible and at not in edges}
        idf = self._reader.idf
        return sum(idf[first] + idf[second] for first, second in met) / self._paired


def _part(met: Shares, weights: Shares) -> list[float]:
    """For every row of shares what it comes to of all the weight, 0..1; nothing of none."""
    total = float(weights.sum())
    parts: list[float] = ((met * weights).sum(axis=1) / (total or 1.0)).tolist()
    return parts


def _topics_met(topics: Sequence[tuple[float, bool]]) -> float:
    """What share of the topics is met; 0.5 where the lexicon knows none, which says neither."""
    total = sum(weight for weight, _ in topics)
    return sum(weight for weight, met in topics if met) / total if total else 0.5
