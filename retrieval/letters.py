"""Letter pairs: what is left where words are cut differently, misspelt or unknown.

A question's letter pairs are looked up in the text of the candidates only, so that no list of pairs
has to be kept; how rare a pair is comes from a small table of hashed pairs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.model import Passage
from retrieval.analyser import fold
from retrieval.table import heading_of, path_of

#: Pairs share counters by hash; at 65,536 counters few of a question's pairs meet another.
_BUCKETS = 1 << 16
#: From this many occurrences on, half of what a pair can count (cf. BM25's k1).
_SATURATION = 1.5
_HEADING = 2
#: A pasted case has a thousand pairs; the rarest this many are looked up.
_MOST = 40
#: Folded texts kept, some 8 MB.
_MOST_KEPT = 8_192

_BLANK = re.compile(r"\s+")
_ONLY_HIRAGANA = re.compile(r"[ぁ-ん。、]+")


class Letters:
    """Scores passages by the letter pairs they share with a question.

    Args:
        frequencies: (buckets,) uint32; passages that hold a pair of each bucket.
        passages: by number.
    """

    def __init__(self, frequencies: npt.NDArray[np.uint32], passages: Sequence[Passage]) -> None:
        self.frequencies = frequencies
        self._passages = passages
        self._kept: dict[int, str] = {}

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> Letters:
        """Counts the letter pairs of passages."""
        frequencies = np.zeros(_BUCKETS, np.uint32)
        for passage in passages:
            codes = np.frombuffer(_squeezed(fold(_whole(passage))).encode("utf-32-le", "surrogatepass"), np.uint32)
            if len(codes) > 1:
                frequencies[np.unique(_buckets(codes[:-1], codes[1:]))] += 1
        return cls(frequencies, passages)

    def score(self, question: str, numbers: Sequence[int]) -> npt.NDArray[np.float32]:
        """What share of the question's letter pairs, by rarity, each passage holds.

        Args:
            question: folded.
            numbers: candidates.

        Returns:
            (candidates,) 0..1.
        """
        weights = self._weights(_squeezed(question))
        total = sum(weights.values())
        out = np.zeros(len(numbers), np.float32)
        if not total:
            return out
        for place, number in enumerate(numbers):
            text = self._text(number)
            score = 0.0
            for pair, weight in weights.items():
                held = text.count(pair)
                if held:
                    score += weight * held / (held + _SATURATION)
            out[place] = score / total
        return out

    def _text(self, number: int) -> str:
        """A passage's folded text, its heading twice; kept, for the same ones come up again."""
        text = self._kept.get(number)
        if text is None:
            passage = self._passages[number]
            text = _squeezed(fold(_whole(passage)))
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[number] = text
        return text

    def _weights(self, squeezed: str) -> dict[str, float]:
        pairs = {squeezed[i : i + 2] for i in range(len(squeezed) - 1)}
        weights = {pair: self._rarity(pair) for pair in pairs if not _ONLY_HIRAGANA.fullmatch(pair)}
        rarest = sorted(weights, key=lambda pair: (-weights[pair], pair))[:_MOST]
        return {pair: weights[pair] for pair in rarest}

    def _rarity(self, pair: str) -> float:
        codes = np.array([ord(pair[0]), ord(pair[1])], np.uint32)
        held = float(self.frequencies[_buckets(codes[:1], codes[1:])[0]])
        return math.log1p((len(self._passages) - held + 0.5) / (held + 0.5))


def _buckets(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    # Knuth's multiplicative hash (TAOCP 6.4), upper bits
    mixed = (first * np.uint32(31_337) + second) * np.uint32(2_654_435_761)
    return mixed >> np.uint32(16)


def _whole(passage: Passage) -> str:
    heading = f"{heading_of(passage)}\n{path_of(passage)}\n"
    return heading * _HEADING + passage.text


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)
