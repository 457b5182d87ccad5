"""Words: BM25 over an inverted list, and its soft form in which a near word also counts.

The weight of a word in a passage follows Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond" (2009), with headings counted more than once. It is computed when the
index is built; a question only adds up lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retrieval.ranges import places_of

#: Saturation and length normalisation of BM25; flat around these values on municipal texts.
K1 = 1.2
B = 0.75

#: A word that is only near another counts where it is fairly rare: one that stands everywhere says little
#: by itself and less in another's place. In passages, and as a share of them; from `_SURE` on it counts
#: anyway.
_OFTEN = 60
_OFTEN_SHARE = 0.1
_SURE = 0.6


class Postings:
    """For every term the passages it stands in, with its BM25 weight there (without idf).

    Args:
        starts: (terms + 1,) int64; where a term's list begins.
        passages: int64, passage numbers, ascending within a list.
        weights: float32, beside `passages`.
        count: number of passages.
    """

    def __init__(
        self,
        starts: npt.NDArray[np.int64],
        passages: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float32],
        count: int,
    ) -> None:
        self.starts = starts
        self.passages = passages
        self.weights = weights
        self.count = count
        self.frequencies: npt.NDArray[np.int64] = np.diff(starts)
        self.idf: npt.NDArray[np.float32] = np.log1p(
            (count - self.frequencies + 0.5) / (self.frequencies + 0.5)
        ).astype(np.float32)
        self._often = max(_OFTEN, _OFTEN_SHARE * count)
        #: idf of a word the index has never seen: that of one passage's own word.
        self.unseen_idf = float(np.log1p((count + 0.5) / 0.5))

    @classmethod
    def build(
        cls,
        passages: npt.NDArray[np.int32],
        terms: npt.NDArray[np.int32],
        counts: npt.NDArray[np.float32],
        *,
        passage_count: int,
        term_count: int,
    ) -> Postings:
        """Counts the terms of every passage.

        Args:
            passages: (tokens,) the passage of each token.
            terms: (tokens,) its term.
            counts: (tokens,) what it counts: 1 in a sentence, more in a heading, little in boilerplate.
            passage_count: number of passages.
            term_count: number of terms.
        """
        counted = counts > 0
        key = terms[counted].astype(np.int64) * passage_count + passages[counted]
        unique, place = np.unique(key, return_inverse=True)
        tf = np.bincount(place, weights=counts[counted], minlength=len(unique))
        term, passage = np.divmod(unique, max(passage_count, 1))
        length = np.bincount(passage, weights=tf, minlength=passage_count)
        mean = float(length.mean()) if passage_count else 1.0
        relative = length[passage] / max(mean, 1e-6)
        weights = tf * (K1 + 1) / (tf + K1 * (1 - B + B * relative))
        starts = np.searchsorted(term, np.arange(term_count + 1))
        return cls(starts.astype(np.int64), passage.astype(np.int64), weights.astype(np.float32), passage_count)

    def score(self, weighted: Iterable[tuple[float, Mapping[int, float]]]) -> npt.NDArray[np.float32]:
        """Soft BM25 of all passages.

        A word counts through the best of its alternatives in a passage, never twice.

        Args:
            weighted: for each word of the question what it counts, and term number → share for
                itself and the words in its place.

        Returns:
            (passages,) scores; 0 where nothing matches.
        """
        total = np.zeros(self.count, np.float32)
        counting = [(weight, alternatives) for weight, alternatives in weighted if weight > 0 and alternatives]
        if not counting:
            return total
        sizes = [len(alternatives) for _, alternatives in counting]
        terms = np.array([term for _, alternatives in counting for term in alternatives], np.int64)
        shares = np.array([share for _, alternatives in counting for share in alternatives.values()], np.float32)
        weights = np.repeat(np.array([weight for weight, _ in counting], np.float32), sizes)
        lengths = self.frequencies[terms]
        lengths[(shares < _SURE) & (lengths > self._often)] = 0
        places, behind = places_of(self.starts[terms], lengths)
        scores = np.repeat(shares * weights, lengths) * self.weights[places]
        passages = self.passages[places]
        # of each word the first of its alternatives' places, and behind the last word the end
        edges = [*behind[np.cumsum(sizes) - sizes].tolist(), len(places)]
        for begin, end in pairwise(edges):
            best = np.zeros(self.count, np.float32)
            np.maximum.at(best, passages[begin:end], scores[begin:end])
            total += best
        return total
