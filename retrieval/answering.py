"""The sentences of a passage that answer: those to be marked for the reader."""

from __future__ import annotations

import numpy as np

from retrieval.asked import figured
from retrieval.closely import Reading
from retrieval.index import Index
from retrieval.meaning import Matrix

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

    def mark(self, reading: Reading, vector: Matrix, number: int) -> tuple[tuple[int, int], ...]:
        """Character ranges of the sentences that answer best.

        Args:
            reading: of the question.
            vector: (1, dimensions) its meaning.
            number: of the passage.

        Returns:
            In reading order, never overlapping; empty where none stands out.
        """
        spans, shares = reading.sentences(number)
        if not spans:
            return ()
        rows = self._vector_of_span[spans]
        cosines = np.zeros(len(spans), np.float32)
        worded = rows >= 0
        if worded.any():
            cosines[worded] = self._index.nearest.vectors(rows[worded]) @ vector[0]
        worth = np.array(shares, np.float32) + _MEANING * np.maximum(cosines, 0)
        table = self._index.table
        text = self._index.passages[number].text
        for place, span in enumerate(spans):
            if figured(reading.kinds, text[table.begin[span] : table.end[span]]):
                worth[place] += _FIGURE
        best = [place for place in np.argsort(-worth, kind="stable")[:_MOST] if worth[place] >= _NEARLY * worth.max()]
        chosen = sorted(spans[place] for place in best if worth[place] >= _LEAST)
        return tuple((int(table.begin[span]), int(table.end[span])) for span in chosen)
