"""Letter pairs: what is left where words are cut differently, misspelt or unknown.

Every passage keeps its letter pairs, hashed to two bytes each; a question's are looked up in those of the
candidates only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.model import Passage
from retrieval.analyser import fold
from retrieval.ranges import places_of
from retrieval.table import heading_of, path_of

#: Pairs share counters by hash; at 65,536 counters few of a question's pairs meet another.
_BUCKETS = 1 << 16
#: From this many occurrences on, half of what a pair can count (cf. BM25's k1).
_SATURATION = 1.5
_HEADING = 2
#: A pasted case has a thousand pairs; the rarest this many are looked up.
_MOST = 40

_BLANK = re.compile(r"\s+")
_ONLY_HIRAGANA = re.compile(r"[ぁ-ん。、]+")


class Letters:
    """Scores passages by the letter pairs they share with a question.

    Args:
        pairs: uint16, the hashed pairs of all passages one behind the other, headings twice.
        starts: (passages + 1,) int64, where a passage's pairs begin.
        frequencies: (buckets,) uint32; passages that hold a pair of each bucket.
    """

    def __init__(
        self, pairs: npt.NDArray[np.uint16], starts: npt.NDArray[np.int64], frequencies: npt.NDArray[np.uint32]
    ) -> None:
        self.pairs = pairs
        self.starts = starts
        self.frequencies = frequencies

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> Letters:
        """Hashes the letter pairs of passages."""
        frequencies = np.zeros(_BUCKETS, np.uint32)
        hashed = [_pairs(_squeezed(fold(_whole(passage)))) for passage in passages]
        for pairs in hashed:
            frequencies[np.unique(pairs)] += 1
        starts = np.cumsum([0, *map(len, hashed)], dtype=np.int64)
        return cls(np.concatenate(hashed) if hashed else np.zeros(0, np.uint16), starts, frequencies)

    def score(self, question: str, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """What share of the question's letter pairs, by rarity, each passage holds.

        Args:
            question: folded.
            numbers: of the passages.

        Returns:
            (numbers,) 0..1.
        """
        buckets, weights = self._weights(_squeezed(question))
        total = float(weights.sum())
        if not total:
            return np.zeros(len(numbers), np.float32)
        place = np.full(_BUCKETS, -1, np.int16)
        place[buckets] = np.arange(len(buckets))
        lengths = self.starts[numbers + 1] - self.starts[numbers]
        places, _ = places_of(self.starts[numbers], lengths)
        asked = place[self.pairs[places]]
        first_cell = np.repeat(np.arange(len(numbers)) * len(buckets), lengths)
        held = np.flatnonzero(asked >= 0)
        cells = first_cell[held] + asked[held]
        counts = np.bincount(cells, minlength=len(numbers) * len(buckets)).reshape(len(numbers), len(buckets))
        score: npt.NDArray[np.float32] = ((counts / (counts + _SATURATION)) @ weights / total).astype(np.float32)
        return score

    def _weights(self, squeezed: str) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.float64]]:
        """The rarest pairs of a question, hashed, and how rare they are."""
        pairs = {squeezed[i : i + 2] for i in range(len(squeezed) - 1)}
        telling = "".join(sorted(pair for pair in pairs if not _ONLY_HIRAGANA.fullmatch(pair)))
        buckets = np.unique(_pairs(telling)[::2])
        held = self.frequencies[buckets].astype(np.float64)
        weights = np.log1p((len(self.starts) - 1 - held + 0.5) / (held + 0.5))
        rarest = np.argsort(-weights, kind="stable")[:_MOST]
        return buckets[rarest], weights[rarest]


def _pairs(text: str) -> npt.NDArray[np.uint16]:
    """The letter pairs of a text, hashed, in order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    # Knuth's multiplicative hash (TAOCP 6.4), upper bits
    mixed = (codes[:-1] * np.uint32(31_337) + codes[1:]) * np.uint32(2_654_435_761)
    return (mixed >> np.uint32(16)).astype(np.uint16)


def _whole(passage: Passage) -> str:
    heading = f"{heading_of(passage)}\n{path_of(passage)}\n"
    return heading * _HEADING + passage.text


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)
