"""Meaning without a transformer: a sentence is the weighted mean of its words' vectors.

Words count by idf, as in Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence
Embeddings" (2017); the mean and the first common directions are taken out, for they tell Japanese
from Japanese no more than a running head does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

#: Common directions taken out; more made no difference on municipal texts.
_COMMON = 2
#: Directions kept, and the number of spans from which on leaving out the rest is safe: few spans say
#: too little of which directions a question may need. Less to add up, and nothing lost.
_KEPT = 128
_MANY = 2_048
#: Tokens whose vectors are gathered at a time; bounds the memory of a build to some 80 MB.
_TOKENS_AT_A_TIME = 65_536
_ROWS_AT_A_TIME = 16_384


@dataclass(frozen=True, slots=True)
class Space:
    """What tells the spans of an index apart: their vectors without mean, common and least directions.

    Args:
        mean: (dimensions,) mean of the unit vectors.
        axes: (dimensions, kept) orthonormal directions that are kept.
    """

    mean: Matrix
    axes: Matrix

    @classmethod
    def of(cls, vectors: Matrix) -> Space:
        """Fits a space to unit vectors; any number of rows will do."""
        dimensions = vectors.shape[1]
        if len(vectors) <= _COMMON:
            return cls(np.zeros(dimensions, np.float32), np.eye(dimensions, dtype=np.float32))
        mean = vectors.mean(0, dtype=np.float64)
        spread = np.zeros((dimensions, dimensions))
        for some in _pieces(vectors):
            centred = some - mean
            spread += centred.T @ centred
        _, directions = np.linalg.eigh(spread)  # the least comes first
        least = dimensions - _COMMON - _KEPT if len(vectors) >= _MANY else 0
        axes = directions[:, max(least, 0) : dimensions - _COMMON]
        return cls(mean.astype(np.float32), np.ascontiguousarray(axes, np.float32))

    def project(self, vectors: Matrix) -> Matrix:
        """(n, kept) unit vectors in this space; a zero vector stays zero."""
        out = np.zeros((len(vectors), self.axes.shape[1]), np.float32)
        for some, place in zip(_pieces(vectors), _pieces(out), strict=True):
            place[:] = unit(((some - self.mean) @ self.axes).astype(np.float32, copy=False))
            place[~some.any(axis=1)] = 0
        return out


def _pieces(rows: Matrix) -> Iterator[Matrix]:
    """A matrix piece by piece, as views, so that no copy of all of it is ever made."""
    for begin in range(0, len(rows), _ROWS_AT_A_TIME):
        yield rows[begin : begin + _ROWS_AT_A_TIME]


def unit(vectors: Matrix) -> Matrix:
    """Vectors at length 1; zero stays zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    out: Matrix = (vectors / np.maximum(length, 1e-6)).astype(np.float32, copy=False)
    return out


def weighted_means(
    rows: npt.NDArray[np.int32], weights: npt.NDArray[np.float32], starts: npt.NDArray[np.int64], vectors: Matrix
) -> Matrix:
    """Unit mean vector of every span.

    Args:
        rows: (tokens,) row of each token in `vectors`, -1 for none.
        weights: (tokens,) what each counts.
        starts: (spans + 1,) where a span's tokens begin.
        vectors: (words, dimensions).
    """
    lengths = np.diff(starts)
    out = np.zeros((len(lengths), vectors.shape[1]), np.float32)
    counted = np.where(rows >= 0, weights, 0).astype(np.float32)
    for length in np.unique(lengths[lengths > 0]).tolist():
        # spans of one length are one product of matrices
        same = np.flatnonzero(lengths == length)
        for at in np.array_split(same, -(-len(same) * length // _TOKENS_AT_A_TIME)):
            tokens = starts[at][:, None] + np.arange(length)
            out[at] = unit((counted[tokens][:, None, :] @ vectors[rows[tokens]])[:, 0])
    return out


def mean_of(weighted: Iterable[tuple[int, float]], vectors: Matrix) -> Matrix:
    """(1, dimensions) unit mean of a few words, zero where none has a vector.

    Args:
        weighted: (row of the word vectors or -1, what it counts).
        vectors: (words, dimensions).
    """
    known = [(row, weight) for row, weight in weighted if row >= 0]
    weights = np.array([[weight for _, weight in known]], np.float32)
    return unit(weights @ vectors[[row for row, _ in known]]) if known else np.zeros((1, vectors.shape[1]), np.float32)
