"""Close reading: how much of what a question speaks of one passage holds.

A score adds up; close reading asks. Is every noun there? Is it what the heading is about? Is there a
fee where a fee is asked for? The answers set the order of the first passages (`retrieval.reranking`)
and tell whether to answer at all (`retrieval.confidence`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from retrieval.asked import holds
from retrieval.index import Index
from retrieval.question import Question, Word

#: A word counts as met from this share on: by itself, a lexicon word or a very near one.
_MET = 0.5

Seen = dict[str, float]


class CloseReader:
    """Reads single passages of one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._first_span = np.searchsorted(index.table.passage, np.arange(len(index.passages) + 1))

    def ask(self, question: Question) -> Reading:
        """Prepares what is asked of every passage.

        Args:
            question: as read, with at least one word.
        """
        return Reading(self, question)

    def spans(self, number: int) -> tuple[int, list[list[int]]]:
        """Number of the first span of a passage, and the terms of every span: heading, path, sentences."""
        table = self.index.table
        first = int(self._first_span[number])
        starts = table.starts[first : self._first_span[number + 1] + 1]
        terms = table.terms[starts[0] : starts[-1]].tolist()
        return first, [terms[begin:end] for begin, end in pairwise((starts - starts[0]).tolist())]


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
        self._total = sum(word.weight for word in self._said)
        place = {id(word): at for at, word in enumerate(self._said)}
        self._shares: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for at, word in enumerate(self._said):
            for term, share in word.alternatives.items():
                self._shares[term].append((at, share))
        self._answering = frozenset(self._shares)
        self._topics = [
            (max(word.weight for word in words), [place[id(word)] for word in words if id(word) in place], forms)
            for words, forms in question.topics
        ]
        self._named = {term for word in question.words for term, share in word.alternatives.items() if share >= _MET}

    def seen(self, number: int) -> Seen:
        """What is seen in a passage, by name, 0..1."""
        _, spans = self._reader.spans(number)
        heading = {*spans[0], *spans[1]}
        whole = heading.union(*spans[2:])
        shares = self._met(whole)
        topics = []
        for weight, places, forms in self._topics:
            met = any(form <= whole for form in forms)
            topics.append((weight, met))
            for at in places if met else ():
                shares[at] = 1.0
        kinds = self._question.kinds
        text = self._reader.index.passages[number].text
        return {
            "covered": self._mean(shares),
            "exact": self._mean([share >= _MET for share in shares]),
            "nouns": _nouns(self._said, shares),
            "topics": _topics_met(topics),
            "topic_missed": max((weight for weight, met in topics if not met), default=0.0) / 5,
            "titled": self._titled(heading),
            "kind_missed": float(bool(kinds) and not holds(kinds, text)),
            "pairs": self._pairs(spans, whole),
            "routed": float(self._reader.index.passages[number].section_id in self._question.sections),
        }

    def sentences(self, number: int) -> tuple[list[int], list[float]]:
        """The sentences of a passage.

        Returns:
            Their span numbers, and what share of the question's words, by weight, each holds.
        """
        first, spans = self._reader.spans(number)
        shares = [self._mean(self._met(set(span))) for span in spans[2:]]
        return list(range(first + 2, first + len(spans))), shares

    def _met(self, terms: set[int]) -> list[float]:
        """For each word said the best share with which it stands among some terms."""
        met = [0.0] * len(self._said)
        for term in terms & self._answering:
            for at, share in self._shares[term]:
                met[at] = max(met[at], share)
        return met

    def _mean(self, shares: Iterable[float]) -> float:
        if not self._total:
            return 0.0
        return sum(word.weight * share for word, share in zip(self._said, shares, strict=True)) / self._total

    def _titled(self, heading: set[int]) -> float:
        """What share of the headings, by rarity, the question names."""
        idf = self._reader.index.postings.idf
        total = float(sum(idf[term] for term in heading))
        return float(sum(idf[term] for term in heading & self._named)) / total if total else 0.0

    def _pairs(self, spans: list[list[int]], whole: set[int]) -> float:
        """What share of the question's pairs of words, by rarity, stand side by side here too."""
        asked = self._question.pairs
        if not asked:
            return 0.0
        possible = {pair for pair in asked if pair[0] in whole and pair[1] in whole}
        met = {pair for span in spans for pair in pairwise(span) if pair in possible} if possible else set()
        idf = self._reader.index.postings.idf
        total = float(sum(idf[first] + idf[second] for first, second in asked))
        return float(sum(idf[first] + idf[second] for first, second in met)) / total if total else 0.0


def _nouns(words: Sequence[Word], shares: Sequence[float]) -> float:
    """What share of the nouns, by weight, is met; 1 where there are none."""
    nouns = [(word.weight, share >= _MET) for word, share in zip(words, shares, strict=True) if word.noun]
    total = sum(weight for weight, _ in nouns)
    return sum(weight for weight, met in nouns if met) / total if total else 1.0


def _topics_met(topics: Sequence[tuple[float, bool]]) -> float:
    """What share of the topics is met; 0.5 where the lexicon knows none, which says neither."""
    total = sum(weight for weight, _ in topics)
    return sum(weight for weight, met in topics if met) / total if total else 0.5
