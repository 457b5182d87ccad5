"""Nearest spans by inner product, in FAISS.

Flat and exact up to `FLAT_LIMIT` spans; above, an inverted file with 8-bit codes, which keeps 500,000
spans of 300 dimensions in 150 MB and a search within some milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from retrieval.meaning import Matrix

Spans = npt.NDArray[np.int64]

#: Up to here an exact search takes 3 ms on one thread (60,000 x 300).
FLAT_LIMIT = 60_000
#: Of the inverted file: spans a list (about), lists looked at.
_SPANS_A_LIST = 400
_PROBES = 24


class Compared(Protocol):
    """One vector beside those of an index."""

    @property
    def vector(self) -> Matrix:
        """(1, dimensions) the vector itself."""

    def nearest(self, limit: int) -> Spans:
        """The nearest spans, as many as there are up to a limit, in any order."""

    def cosines(self, spans: Spans) -> Matrix:
        """(n,) how near some spans are."""


class Nearest:
    """A set of unit vectors that can be searched; wraps one FAISS index.

    Args:
        index: a FAISS index over inner products, its ids 0..n-1.
    """

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        import faiss

        # one vector is searched at a time, which takes less than waking threads for it
        faiss.omp_set_num_threads(1)
        self._index = index
        self._matrix: Matrix | None = None
        if isinstance(index, faiss.IndexFlat):
            # a view of FAISS's own memory: looking vectors up one by one through its interface is slow
            self._matrix = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(-1, index.d)
        elif isinstance(index, faiss.IndexIVF):
            index.make_direct_map()
            index.nprobe = _PROBES

    @classmethod
    def build(cls, vectors: Matrix) -> Nearest:
        """Indexes unit vectors; the row is the id."""
        import faiss

        spans, dimensions = vectors.shape
        if spans <= FLAT_LIMIT:
            index: Any = faiss.IndexFlatIP(dimensions)
        else:
            lists = spans // _SPANS_A_LIST
            index = faiss.IndexIVFScalarQuantizer(
                faiss.IndexFlatIP(dimensions),
                dimensions,
                lists,
                faiss.ScalarQuantizer.QT_8bit,
                faiss.METRIC_INNER_PRODUCT,
            )
            index.cp.niter = 8
            index.cp.max_points_per_centroid = 64
            index.train(vectors)
        index.add(vectors)
        return cls(index)

    def compare(self, vector: Matrix) -> Compared:
        """Compares one vector with those of the index.

        Args:
            vector: (1, dimensions).
        """
        if self._matrix is not None:
            return _ComparedWithAll(vector, self._matrix @ vector[0])
        return _ComparedWithSome(vector, self, self._index)

    def vectors(self, spans: Spans) -> Matrix:
        """(n, dimensions) the vectors of some spans, as stored."""
        if self._matrix is not None:
            return self._matrix[spans]
        out: Matrix = self._index.reconstruct_batch(np.ascontiguousarray(spans, np.int64))
        return out

    def save(self, path: Path) -> None:
        """Writes the file `load` reads."""
        import faiss

        # FAISS's own writing ends a full disk in a RuntimeError without a number
        faiss.serialize_index(self._index).tofile(path)

    @classmethod
    def load(cls, path: Path) -> Nearest:
        """Reads what `save` wrote. Raises OSError or RuntimeError where the file is damaged."""
        import faiss

        return cls(faiss.deserialize_index(np.fromfile(path, np.uint8)))


@dataclass(frozen=True, slots=True)
class _ComparedWithAll:
    """In a flat index: what is near is known of every span at once."""

    vector: Matrix
    known: Matrix

    def nearest(self, limit: int) -> Spans:
        if limit >= len(self.known):
            return np.arange(len(self.known))
        return np.argpartition(-self.known, limit)[:limit]

    def cosines(self, spans: Spans) -> Matrix:
        return self.known[spans]


@dataclass(frozen=True, slots=True)
class _ComparedWithSome:
    """In an inverted file: only the lists nearest to the vector are looked through."""

    vector: Matrix
    index: Nearest
    file: Any

    def nearest(self, limit: int) -> Spans:
        _, ids = self.file.search(np.ascontiguousarray(self.vector), min(limit, self.file.ntotal))
        found: Spans = ids[0][ids[0] >= 0]
        return found

    def cosines(self, spans: Spans) -> Matrix:
        near: Matrix = self.index.vectors(spans) @ self.vector[0]
        return near
