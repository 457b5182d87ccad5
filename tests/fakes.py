"""Real, small implementations that stand in where a test wants no engine."""

from __future__ import annotations

from collections import Counter

from corpus.model import Corpus, Passage
from retrieval.finding import Findings, Found


class BigramFinder:
    """Finds passages by the character bigrams that they share with the question.

    Args:
        corpus: what is searched; superseded passages are left out, as the engine does.
        answers_from: share of the question's bigrams that the best passage must hold to answer.
    """

    def __init__(self, corpus: Corpus, answers_from: float = 0.5) -> None:
        self.corpus = corpus
        self._answers_from = answers_from

    def find(self, question: str, limit: int = 10) -> Findings:
        """The passages with the greatest share of the question's bigrams."""
        asked = _bigrams(question)
        scored = [(self._share(asked, passage), passage) for passage in self.corpus.current]
        best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])[:limit]
        confidence = min(1.0, best[0][0]) if best else 0.0
        return Findings(
            found=tuple(Found(passage, score, _answering(asked, passage.text)) for score, passage in best),
            confidence=confidence,
            answered=confidence >= self._answers_from,
        )

    def updated(self, corpus: Corpus) -> BigramFinder:
        """The same over another corpus."""
        return BigramFinder(corpus, self._answers_from)

    def _share(self, asked: Counter[str], passage: Passage) -> float:
        held = _bigrams("".join((*passage.section, passage.text, *passage.keywords)))
        return (asked & held).total() / max(1, asked.total())


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def _answering(asked: Counter[str], text: str) -> tuple[tuple[int, int], ...]:
    """The range of the sentence that shares most with the question."""
    ends = [i + 1 for i, char in enumerate(text) if char == "。"] or [len(text)]
    spans = list(zip([0, *ends], ends, strict=False))
    return (max(spans, key=lambda span: (asked & _bigrams(text[slice(*span)])).total()),)
