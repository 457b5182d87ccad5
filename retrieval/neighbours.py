"""Words near a word, by the cosine of their vectors, among those the index holds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from retrieval.table import Vocabulary
from retrieval.words import WordVectors

#: A word counts as near from this cosine on, and then with its square.
_NEAR = 0.4
_NEAR_MOST = 50


class Neighbours:
    """Looks up near words; what was looked up once is kept.

    Args:
        vocabulary: of the index.
        frequencies: (terms,) passages each term stands in; terms in none are left out.
        words: the vectors.
    """

    def __init__(self, vocabulary: Vocabulary, frequencies: npt.NDArray[np.int64], words: WordVectors) -> None:
        rows = np.array(vocabulary.rows, np.int64)
        held = np.flatnonzero((rows >= 0) & (frequencies > 0)) if len(rows) else np.zeros(0, np.int64)
        self._rows, place = np.unique(rows[held], return_inverse=True)
        order = np.argsort(place, kind="stable")
        terms = np.split(held[order], np.searchsorted(place[order], np.arange(1, len(self._rows))))
        self._terms: list[list[int]] = [of_row.tolist() for of_row in terms]
        self._here = words.unit(self._rows)
        self._words = words
        self._kept: dict[int, tuple[tuple[int, float], ...]] = {}

    def near(self, row: int) -> tuple[tuple[int, float], ...]:
        """Terms near a row of the word vectors, terms of that very row among them.

        Args:
            row: -1 for a word without a vector, which is near none.

        Returns:
            (term number, squared cosine), nearest first.
        """
        if row < 0 or not len(self._rows):
            return ()
        near = self._kept.get(row)
        if near is None:
            cosines = self._here @ self._words.unit(np.array([row]))[0]
            close = np.flatnonzero(cosines > _NEAR)
            close = close[np.argsort(-cosines[close], kind="stable")][:_NEAR_MOST]
            shares = (cosines[close] ** 2).tolist()
            pairs = [
                (term, share) for at, share in zip(close.tolist(), shares, strict=True) for term in self._terms[at]
            ]
            near = self._kept[row] = tuple(pairs[:_NEAR_MOST])
        return near
