"""Close reading: how much of what a question speaks of one passage holds.

A score adds up; close reading asks. Is every noun there? Does one sentence hold it together? Is it what
the heading is about? Is there a fee where a fee is asked for? The answers set the order of the first
passages (`retrieval.reranking`) and tell whether to answer at all (`retrieval.confidence`).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.asked import holds
from retrieval.index import Index
from retrieval.question import Question, Word

#: A word counts as met from this share on: by itself, a lexicon word or a very near one.
_MET = 0.5

Seen = dict[str, float]


class CloseReader:
    """Reads single passages of one index against a question."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._first_span = np.searchsorted(index.table.passage, np.arange(len(index.passages) + 1))

    def read(self, question: Question, numbers: Iterable[int]) -> list[Seen]:
        """Reads passages.

        Args:
            question: as read, with at least one word.
            numbers: of the passages.

        Returns:
            For each passage what is seen by name, 0..1.
        """
        reading = _Reading(question)
        return [reading.seen(self._spans(number), self._index, number) for number in numbers]

    def sentence_shares(self, question: Question, number: int) -> tuple[list[int], list[float]]:
        """The sentences of a passage.

        Returns:
            Their span numbers, and what share of the question's words, by weight, each holds.
        """
        reading = _Reading(question)
        first = int(self._first_span[number]) + 2  # heading and path stand before the sentences
        shares = [reading.share(span) for span in self._spans(number)[2:]]
        return list(range(first, first + len(shares))), shares

    def _spans(self, number: int) -> list[list[int]]:
        """The terms of every span of a passage: heading, path, sentences."""
        table = self._index.table
        starts = table.starts[self._first_span[number] : self._first_span[number + 1] + 1]
        terms = table.terms[starts[0] : starts[-1]].tolist()
        edges = (starts - starts[0]).tolist()
        return [terms[begin:end] for begin, end in itertools.pairwise(edges)]


class _Reading:
    """What is asked of every passage, prepared once a question."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._said = [word for word in question.words if word.said and word.weight > 0]
        place = {id(word): at for at, word in enumerate(self._said)}
        self._shares: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for at, word in enumerate(self._said):
            for term, share in word.alternatives.items():
                self._shares[term].append((at, share))
        self._topics = [
            (max(word.weight for word in words), [place[id(word)] for word in words if id(word) in place], forms)
            for words, forms in question.topics
        ]
        self._named = {term for word in question.words for term, share in word.alternatives.items() if share >= _MET}

    def share(self, terms: Iterable[int]) -> float:
        """What share of the words said, by weight, stands among some terms."""
        return _mean(self._said, self._met(terms))

    def seen(self, spans: list[list[int]], index: Index, number: int) -> Seen:
        heading = set(spans[0]) | set(spans[1])
        whole = heading.union(*spans[2:])
        headed = self._met(heading)
        best = headed
        shares = list(headed)
        for span in spans[2:]:
            together = [max(pair) for pair in zip(headed, self._met(span), strict=True)]
            shares = [max(pair) for pair in zip(shares, together, strict=True)]
            if _mean(self._said, together) > _mean(self._said, best):
                best = together
        topics = [(weight, any(form <= whole for form in forms)) for weight, _, forms in self._topics]
        for (_, places, _), (_, met) in zip(self._topics, topics, strict=True):
            for at in places if met else ():
                shares[at] = 1.0
        met_words = [share >= _MET for share in shares]
        nouns = [(word, met) for word, met in zip(self._said, met_words, strict=True) if word.noun]
        kinds = self._question.kinds
        held = bool(kinds) and holds(kinds, index.passages[number].text)
        return {
            "covered": _mean(self._said, shares),
            "exact": _mean(self._said, met_words),
            "nouns": _mean([word for word, _ in nouns], [met for _, met in nouns]) if nouns else 1.0,
            "noun_missed": _heaviest(nouns, met=False),
            "sentence": _mean(self._said, best),
            "topics": _topics_met(topics),
            "topic_met": max((weight for weight, met in topics if met), default=0.0) / 5,
            "topic_missed": max((weight for weight, met in topics if not met), default=0.0) / 5,
            "titled": self._titled(heading, index),
            "described": float(any(form <= whole for form in self._question.described)),
            "kind_met": float(held),
            "kind_missed": float(bool(kinds) and not held),
            "pairs": self._pairs(spans, index),
        }

    def _met(self, terms: Iterable[int]) -> list[float]:
        """For each word said the best share with which it stands among some terms."""
        met = [0.0] * len(self._said)
        for term in terms:
            for at, share in self._shares.get(term, ()):
                met[at] = max(met[at], share)
        return met

    def _titled(self, heading: set[int], index: Index) -> float:
        """What share of the headings, by rarity, the question names."""
        idf = index.postings.idf
        total = float(sum(idf[term] for term in heading))
        return float(sum(idf[term] for term in heading if term in self._named)) / total if total else 0.0

    def _pairs(self, spans: list[list[int]], index: Index) -> float:
        """What share of the question's pairs of words, by rarity, stand side by side here too."""
        asked = self._question.pairs
        if not asked:
            return 0.0
        here = {pair for span in spans for pair in itertools.pairwise(span)}
        idf = index.postings.idf
        weights = [(float(idf[first] + idf[second]), (first, second) in here) for first, second in asked]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, met in weights if met) / total if total else 0.0


def _mean(words: Sequence[Word], shares: Sequence[float]) -> float:
    total = sum(word.weight for word in words)
    return sum(word.weight * share for word, share in zip(words, shares, strict=True)) / total if total else 0.0


def _topics_met(topics: Sequence[tuple[float, bool]]) -> float:
    """What share of the topics is met; 0.5 where the lexicon knows none, which says neither."""
    total = sum(weight for weight, _ in topics)
    return sum(weight for weight, met in topics if met) / total if total else 0.5


def _heaviest(words: Sequence[tuple[Word, bool]], *, met: bool) -> float:
    """The weightiest word that is (not) met, beside the weightiest of all."""
    heaviest = max((word.weight for word, _ in words), default=0.0)
    return max((word.weight for word, is_met in words if is_met is met), default=0.0) / heaviest if heaviest else 0.0
