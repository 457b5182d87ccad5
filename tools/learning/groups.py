"""Words by what they mean, so that what was learned of 勤める is known of 働く."""

from __future__ import annotations

from pathlib import Path

import faiss
import ja_ginza
import numpy as np
from spacy.vocab import Vocab

#: Few, more and many groups: what is alike on the whole, and what nearly means the same.
_SIZES = (64, 256, 1024)
_HEADER = (
    "# Words by meaning: groups among {} that k-means makes of GiNZA's word vectors (python -m tools.learning groups)."
)


def write(path: Path) -> None:
    """Groups the words that have a vector of their own among GiNZA's; others share one of these.

    Args:
        path: where the table goes.
    """
    vocabulary = Vocab()
    (folder,) = Path(ja_ginza.__file__).parent.glob("ja_ginza-*")
    vocabulary.from_disk(folder / "vocab", exclude=["lookups"])
    vectors = vocabulary.vectors
    data = vectors.data.astype(np.float32)
    data /= np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    columns = []
    for size in _SIZES:
        kmeans = faiss.Kmeans(data.shape[1], size, niter=15, seed=1, spherical=True)
        kmeans.train(data)
        columns.append(kmeans.index.search(data, 1)[1][:, 0])
    rows: dict[int, str] = {}
    for key, row in vectors.key2row.items():
        word = vocabulary.strings[key]
        if row not in rows and word == word.strip() and word and not set(word) & set("\t\n#"):
            rows[row] = word
    lines = ["\t".join([word, *(str(column[row]) for column in columns)]) for row, word in rows.items()]
    path.write_text("\n".join([_HEADER.format(", ".join(map(str, _SIZES))), *lines]) + "\n", "utf-8")
