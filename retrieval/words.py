"""Static word vectors: GiNZA's, read once, kept as two small files.

GiNZA (ja-ginza 5, MIT licence) carries 480,443 words on 20,000 vectors of 300 dimensions, made from
chiVe. They are read straight from the package's files when the first index is built, so that
neither spaCy nor torch is ever imported while serving. What is kept is 12 MB of vectors in half
precision and 5 MB of hashed words.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnusable

_VECTORS = "words-vectors.npy"
_KEYS = "words-keys.npy"
_ROWS = "words-rows.npy"

DIMENSIONS = 300

#: Words from about the 3,000th most frequent on are rare; the most frequent keep so much of a rare one's weight.
_RARE = 8.0
_LEAST = 0.4


def _key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


class WordVectors:
    """Finds the vector of a word.

    Args:
        vectors: (rows, 300) float32; several words share a row.
        keys: (words,) uint64, sorted hashes of words.
        rows: (words,) uint16, the row of each word.
    """

    def __init__(
        self, vectors: npt.NDArray[np.float32], keys: npt.NDArray[np.uint64], rows: npt.NDArray[np.uint16]
    ) -> None:
        self.vectors = vectors
        self._keys = keys
        self._rows = rows
        self._lengths: npt.NDArray[np.float32] = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)

    def unit(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """(n, 300) vectors of some rows at length 1."""
        out: npt.NDArray[np.float32] = self.vectors[rows] / self._lengths[rows]
        return out

    def row(self, forms: Iterable[str]) -> int:
        """The row of the first form that has a vector, or -1."""
        for form in forms:
            key = np.uint64(_key(form))
            at = int(np.searchsorted(self._keys, key))
            if at < len(self._keys) and self._keys[at] == key:
                return int(self._rows[at])
        return -1

    def rarity(self, form: str) -> float:
        """How rare a word is in Japanese at large, up to 1; the rows stand in the order of frequency."""
        row = self.row((form,))
        return 1.0 if row < 0 else float(min(max(np.log1p(row) / _RARE, _LEAST), 1.0))

    def save(self, folder: Path) -> None:
        """Writes the files `load` reads."""
        np.save(folder / _VECTORS, self.vectors.astype(np.float16))
        np.save(folder / _KEYS, self._keys)
        np.save(folder / _ROWS, self._rows)

    @classmethod
    def load(cls, folder: Path) -> WordVectors:
        """Reads what `save` wrote. Raises OSError or ValueError where the files are damaged."""
        return cls(
            np.load(folder / _VECTORS).astype(np.float32),
            np.load(folder / _KEYS),
            np.load(folder / _ROWS),
        )

    @classmethod
    def cached(cls, folder: Path) -> WordVectors:
        """Reads them from a folder; where it holds none (or damaged ones), from GiNZA, and keeps them there.

        A folder that cannot be written costs a few seconds at the next build, nothing else.

        Raises:
            IndexUnusable: neither is to be had.
        """
        with suppress(OSError, ValueError):
            return cls.load(folder)
        words = cls.of_ginza()
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            words.save(folder)
        return words

    @classmethod
    def of_ginza(cls) -> WordVectors:
        """Reads them out of the installed package ja-ginza.

        Raises:
            IndexUnusable: the package is missing or has another layout.
        """
        vocabulary = _ginza_vocabulary()
        import srsly
        from spacy.strings import hash_string  # type: ignore[attr-defined]  # Cython

        vectors = np.load(vocabulary / "vectors").astype(np.float16).astype(np.float32)
        row_of = srsly.msgpack_loads((vocabulary / "key2row").read_bytes())
        strings: list[str] = json.loads((vocabulary / "strings.json").read_text(encoding="utf-8"))
        found: dict[int, int] = {}
        for word in strings:
            row = row_of.get(hash_string(word))  # spaCy's own hash is the key of its vector table
            if row is not None:
                found.setdefault(_key(word.lower()), row)
        keys = np.array(sorted(found), dtype=np.uint64)
        rows = np.array([found[int(key)] for key in keys], dtype=np.uint16)
        return cls(vectors, keys, rows)


def _ginza_vocabulary() -> Path:
    spec = importlib.util.find_spec("ja_ginza")
    if spec is None or spec.origin is None:
        raise IndexUnusable("語彙ベクトルの ja-ginza がありません", "make setup をもう一度実行してください")
    for folder in sorted(Path(spec.origin).parent.glob("ja_ginza-*/vocab")):
        if (folder / "vectors").is_file() and (folder / "key2row").is_file():
            return folder
    raise IndexUnusable("ja-ginza の形式が変わっています", "constraints.txt の版に戻してください")
