"""Close reading: how much of what a question speaks of one passage holds.

A score adds up; close reading asks. Is every noun there? Is it what the heading is about? Is there a
fee where a fee is asked for? The answers set the order of the first passages (`retrieval.reranking`)
and tell whether to answer at all (`retrieval.confidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.asked import holds
from retrieval.index import Index
from retrieval.question import Question
from retrieval.ranges import places_of

#: A word counts as met from this share on: by itself, a lexicon word or a very near one.
_MET = 0.5

Seen = dict[str, float]


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
        self._subjects = np.array([word.noun and word.asking for word in self._said], np.float32)
        place = {id(word): at for at, word in enumerate(self._said)}
        self._topics = [
            (max(word.weight for word in words), [place[id(word)] for word in words if id(word) in place], forms)
            for words, forms in question.topics
        ]
        self._named = {term for word in question.words for term, share in word.alternatives.items() if share >= _MET}
        # a row for every term that may stand for a word said, a column for every word; the last row is empty
        answering = {term: row for row, term in enumerate({t for word in self._said for t in word.alternatives})}
        self._shares = np.zeros((len(answering) + 1, len(self._said)), np.float32)
        for column, word in enumerate(self._said):
            for term, share in word.alternatives.items():
                self._shares[answering[term], column] = share
        self._row = np.full(len(reader.index.vocabulary), len(answering), np.int64)
        self._row[list(answering)] = list(answering.values())

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of thing the question asks for."""
        return self._question.kinds

    def seen(self, numbers: Sequence[int]) -> list[Seen]:
        """What is seen in passages, by name, 0..1."""
        bounds = [self._reader.bounds(number) for number in numbers]
        shares = self._met([(starts[0], starts[-1]) for _, starts in bounds])
        return [
            self._seen(number, [int(start) for start in starts], met)
            for number, (_, starts), met in zip(numbers, bounds, shares, strict=True)
        ]

    def sentences(self, number: int) -> tuple[list[int], list[float]]:
        """The sentences of a passage.

        Returns:
            Their span numbers, and what share of the question's words, by weight, each holds.
        """
        first, starts = self._reader.bounds(number)
        edges = list(pairwise(starts.tolist()))[2:]
        held = self._met(edges) @ self._weights / max(float(self._weights.sum()), 1e-6)
        return list(range(first + 2, first + 2 + len(edges))), held.tolist()

    def near(self, number: int) -> Near:
        """How close a passage comes to the very thing asked for.

        Args:
            number: of the passage.
        """
        index, kinds = self._reader.index, self._question.kinds
        first, starts = self._reader.bounds(number)
        met = self._met(list(pairwise(starts.tolist())))
        whole = set(index.table.terms[starts[0] : starts[-1]].tolist())
        for _, places, forms in self._topics:
            if any(form <= whole for form in forms):
                met[:, places] = 1.0
        heading, text = met[:2].max(axis=0), index.passages[number].text
        best = near = 0.0
        for place in range(2, len(met)):
            share = self._mean(np.maximum(heading, met[max(2, place - 1) : place + 2].max(axis=0)))
            best = max(best, share)
            span = first + place
            if share > near and holds(kinds, text[index.table.begin[span] : index.table.end[span]]):
                near = share
        return Near(near, best - near, self._missed(met.max(axis=0)))

    def _missed(self, met: npt.NDArray[np.float32]) -> float:
        """The weight of the two weightiest nouns that are asked about and not met."""
        weights = np.sort(self._weights * self._subjects * (met < _MET))
        return float(weights[-2:].sum()) / 10

    def _seen(self, number: int, starts: list[int], met: npt.NDArray[np.float32]) -> Seen:
        index = self._reader.index
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
            "covered": self._mean(met),
            "exact": self._mean(met >= _MET),
            "nouns": self._nouns(met >= _MET),
            "topics": _topics_met(topics),
            "topic_missed": max((weight for weight, stands in topics if not stands), default=0.0) / 5,
            "titled": self._titled(heading),
            "kind_missed": float(bool(kinds) and not holds(kinds, passage.text)),
            "pairs": self._pairs(terms, starts, whole),
            "routed": float(passage.section_id in self._question.sections),
        }

    def _met(self, ranges: Sequence[tuple[int, int]]) -> npt.NDArray[np.float32]:
        """(ranges, words said) the best share with which each word stands in ranges of the table's terms."""
        lengths = np.array([end - begin for begin, end in ranges], np.int64)
        best = np.zeros((len(ranges), len(self._said)), np.float32)
        filled = np.flatnonzero(lengths)
        if not len(filled) or not self._said:
            return best
        tokens, behind = places_of(np.array([begin for begin, _ in ranges], np.int64), lengths)
        rows = self._row[self._reader.index.table.terms[tokens]]
        best[filled] = np.maximum.reduceat(self._shares[rows], behind[filled], axis=0)
        return best

    def _mean(self, shares: npt.NDArray[Any]) -> float:
        total = float(self._weights.sum())
        return float(shares @ self._weights) / total if total else 0.0

    def _nouns(self, met: npt.NDArray[np.bool_]) -> float:
        """What share of the nouns, by weight, is met; 1 where there are none."""
        weights = self._weights * np.array([word.noun for word in self._said], np.float32)
        total = float(weights.sum())
        return float(met @ weights) / total if total else 1.0

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
        total = sum(idf[first] + idf[second] for first, second in asked)
        return sum(idf[first] + idf[second] for first, second in met) / total if total else 0.0


def _topics_met(topics: Sequence[tuple[float, bool]]) -> float:
    """What share of the topics is met; 0.5 where the lexicon knows none, which says neither."""
    total = sum(weight for weight, _ in topics)
    return sum(weight for weight, met in topics if met) / total if total else 0.5
