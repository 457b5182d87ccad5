"""The sentences of a passage that answer: those to be marked for the reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.asked import figured
from retrieval.closely import Reading
from retrieval.index import Index
from retrieval.nearest import Compared

Ranges = tuple[tuple[int, int], ...]

#: A second sentence is marked where it is nearly as good as the best; more would mark nothing.
_NEARLY = 0.9
_MOST = 2
#: Below this no sentence stands out.
_LEAST = 0.25
#: What the meaning of a sentence counts beside the share of the question's words it holds.
_MEANING = 0.6
#: What a figure counts where one is asked for: the answer to "from when" is "3か月前".
_FIGURE = 0.35


class Marker:
    """Marks sentences in passages of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._vector_of_span = np.full(len(index.table.passage), -1, np.int64)
        if not index.encoder.model:  # a model's vectors are of whole passages and tell no sentence apart
            self._vector_of_span[index.spans] = np.arange(len(index.spans))

    def mark(self, reading: Reading, meant: Compared, numbers: Sequence[int]) -> list[Ranges]:
        """Character ranges of the sentences that answer best.

        Args:
            reading: of the question.
            meant: its meaning.
            numbers: of the passages.

        Returns:
            For each passage in reading order, never overlapping; empty where none stands out.
        """
        sentences = reading.sentences(numbers)
        spans = [span for first, shares in sentences for span in range(first, first + len(shares))]
        near = iter(self._meant(spans, meant))
        marked = []
        for number, (first, shares) in zip(numbers, sentences, strict=True):
            worth = [share + _MEANING * next(near) for share in shares]
            marked.append(self._best(number, first, worth, reading.kinds))
        return marked

    def _meant(self, spans: Sequence[int], meant: Compared) -> list[float]:
        """How near each of some spans is in meaning; 0 for those without a vector."""
        rows = self._vector_of_span[np.array(spans, np.int64)]
        worded = rows >= 0
        cosines = np.zeros(len(spans), np.float32)
        if worded.any():
            cosines[worded] = np.maximum(meant.cosines(rows[worded]), 0)
        return cosines.tolist()

    def _best(self, number: int, first: int, worth: list[float], kinds: frozenset[str]) -> Ranges:
        """The ranges of the best sentences of a passage.

        Args:
            number: of the passage.
            first: span of its first sentence.
            worth: of each sentence, without what a figure counts.
            kinds: of thing asked for.
        """
        table, spans = self._index.table, slice(first, first + len(worth))
        ranges = list(zip(table.begin[spans].tolist(), table.end[spans].tolist(), strict=True))
        text = self._index.passages[number].text
        for place, (begin, end) in enumerate(ranges):
            worth[place] += _FIGURE * figured(kinds, text[begin:end])
        best = sorted(range(len(worth)), key=lambda place: -worth[place])[:_MOST]
        least = max(_LEAST, _NEARLY * max(worth, default=0.0))
        return tuple(ranges[place] for place in sorted(best) if worth[place] >= least)
