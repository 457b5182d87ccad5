"""What an index was built from, and so whether and why it must follow."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Basis:
    """What an index was built from; `str` of it is the fingerprint kept with the index.

    Args:
        embedded: hash of the data that come with the program, hexadecimal.
        library: fingerprint of the library, hexadecimal.
        model: the sentence-transformers model that was set; "" for none.
    """

    embedded: str
    library: str
    model: str

    @classmethod
    def now(cls, library: Library, model: str) -> Basis:
        """What an index would be built from at this moment.

        Args:
            library: documents that the user added.
            model: the model that is set.
        """
        return cls(_embedded(), library.fingerprint(), model)

    @classmethod
    def read(cls, fingerprint: str) -> Basis:
        """The basis that a fingerprint tells; one of an earlier form equals no other."""
        embedded, _, rest = fingerprint.partition(" ")
        library, _, model = rest.partition(" ")
        return cls(embedded, library, model)

    def __str__(self) -> str:
        return f"{self.embedded} {self.library} {self.model}"

    def changed_since(self, before: Basis) -> str:
        """What is no longer as it was, to begin a sentence with; "" where nothing changed."""
        same = {
            "内蔵の資料": self.embedded == before.embedded,
            "追加した資料": self.library == before.library,
            "検索に使うモデルの設定": self.model == before.model,
        }
        return "と".join(name for name, is_same in same.items() if not is_same)


def _embedded() -> str:
    digest = hashlib.sha256()
    for file in _files(resources.files("corpus") / "data"):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    inner = (file for entry in entries if entry.is_dir() for file in _files(entry))
    return [entry for entry in entries if entry.is_file()] + list(inner)
