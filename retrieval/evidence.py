"""What speaks for the best passages answering a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from retrieval.asked import holds
from retrieval.fusion import Ranked
from retrieval.index import Index
from retrieval.question import Question, Word

#: The passages looked at: those a counsellor reads.
_READ = 3
#: A word counts as met from this share on: by itself, a lexicon word or a very near one.
_MET = 0.5


class Witness:
    """Gathers evidence from one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._first_span = np.searchsorted(index.table.passage, np.arange(len(index.passages) + 1))

    def evidence(self, question: Question, ranked: Ranked) -> dict[str, float]:
        """What is seen, by name; every value lies about 0..1.

        Args:
            question: as read, with at least one word.
            ranked: at least one passage.
        """
        said = [word for word in question.words if word.said and word.weight > 0]
        seen = [self._seen(question, said, int(number)) for number in ranked.passages[:_READ]]
        first = {f"{name}_first": value for name, value in seen[0].items()}
        best = {name: max(one[name] for one in seen) for name in seen[0]}
        sections = [self._index.passages[int(number)].section for number in ranked.passages[:5]]
        last = min(9, len(ranked.score) - 1)
        return (
            first
            | best
            | {
                "absent": _share(said, (not word.held for word in said)),
                "absent_nouns": _share(said, (word.noun and not word.held for word in said)),
                "unknown": _share(said, (not word.alternatives for word in said)),
                "score": float(ranked.score[0]) / 20,
                "words": float(ranked.words[0]) / 10,
                "meaning": float(ranked.meaning[:_READ].max()) / 10,
                "heading": float(ranked.heading[:_READ].max()) / 10,
                "letters": float(ranked.letters[:_READ].max()) / 10,
                "cosine": float(ranked.cosine[:_READ].max()),
                "margin": float(ranked.score[0] - ranked.score[last]) / 10,
                "agree": sum(section == sections[0] for section in sections) / len(sections),
                "length": float(np.log1p(len(said))) / 4,
            }
        )

    def _seen(self, question: Question, said: list[Word], number: int) -> dict[str, float]:
        """How much of a question one passage meets."""
        first, after = int(self._first_span[number]), int(self._first_span[number + 1])
        spans = [self._terms(span, span + 1) for span in range(first, after)]
        heading, whole = spans[0] | spans[1], frozenset[int]().union(*spans)
        shares = _shares(question, said, whole)
        nouns = [word for word in said if word.noun]
        topics = [
            (max(word.weight for word in words), any(numbers <= whole for numbers in forms))
            for words, forms in question.topics
        ]
        topic_total = sum(weight for weight, _ in topics)
        head_terms = {term for word in question.words for term, share in word.alternatives.items() if share >= _MET}
        idf = self._index.postings.idf
        head_total = float(sum(idf[term] for term in heading))
        text = self._index.passages[number].text
        return {
            "covered": _mean(said, shares),
            "exact": _mean(said, [share >= _MET for share in shares]),
            "nouns": _mean(nouns, [s >= _MET for s in _shares(question, nouns, whole)]) if nouns else 1.0,
            "noun_met": _whole(nouns, [s >= _MET for s in _shares(question, nouns, whole)]),
            "sentence": max(_mean(said, _shares(question, said, heading | span)) for span in spans),
            "topics": sum(weight for weight, met in topics if met) / topic_total if topic_total else 0.5,
            "topic_missed": max((weight for weight, met in topics if not met), default=0.0) / 5,
            "topic_met": max((weight for weight, met in topics if met), default=0.0) / 5,
            "titled": float(sum(idf[term] for term in heading if term in head_terms)) / head_total if head_total else 0,
            "described": float(any(numbers <= whole for numbers in question.described)),
            "kind_met": float(bool(question.kinds) and holds(question.kinds, text)),
            "kind_missed": float(bool(question.kinds) and not holds(question.kinds, text)),
        }

    def _terms(self, begin: int, end: int) -> frozenset[int]:
        table = self._index.table
        return frozenset(table.terms[table.starts[begin] : table.starts[end]].tolist())


def _shares(question: Question, words: Iterable[Word], terms: Collection[int]) -> list[float]:
    """For each word the best share with which it stands among some terms."""
    met = {id(w) for said, forms in question.topics for w in said if any(numbers <= terms for numbers in forms)}  # type: ignore[operator]
    return [
        1.0
        if id(word) in met
        else max((share for term, share in word.alternatives.items() if term in terms), default=0.0)
        for word in words
    ]


def _mean(words: list[Word], shares: Iterable[float]) -> float:
    total = sum(word.weight for word in words)
    return sum(word.weight * share for word, share in zip(words, shares, strict=True)) / total if total else 0.0


def _share(words: list[Word], which: Iterable[bool]) -> float:
    return _mean(words, [float(one) for one in which])


def _whole(words: list[Word], met: list[bool]) -> float:
    """How much the weightiest word that is missed weighs less than the weightiest of all; 1 if none is missed."""
    heaviest = max((word.weight for word in words), default=0.0)
    missed = max((word.weight for word, one in zip(words, met, strict=True) if not one), default=0.0)
    return 1 - missed / heaviest if heaviest else 1.0
