"""The systems compared: each indexes documents when it is made and ranks them for a question.

All are used as their own first page shows them, with what they do by default; only the tokeniser of
one is changed, as its name says. Each library is imported where it is used, since few people have all
of them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from benchmarks.dataset import Document
from benchmarks.measures import DEPTH


class System(Protocol):
    """A search over the documents that it was made with."""

    def rank(self, question: str) -> list[str]:
        """Ids of the best documents, at most `DEPTH`, best first."""


class Madoguchi:
    """This project's engine with its embedded word vectors.

    Args:
        documents: a document's title becomes the heading of its passage.
        cache: folder that keeps GiNZA's vectors between runs.
    """

    def __init__(self, documents: Sequence[Document], cache: Path) -> None:
        from corpus.model import Corpus, Passage, Source
        from retrieval.engine import Engine
        from retrieval.words import WordVectors

        source = Source(id="benchmark", title="")
        passages = tuple(
            Passage(id=document.id, source=source.key, text=document.text, section=(document.title,))
            for document in documents
        )
        self._engine = Engine.build(Corpus({source.key: source}, passages), words=WordVectors.cached(cache))

    def rank(self, question: str) -> list[str]:
        """Ids of the best documents."""
        return [found.passage.id for found in self._engine.find(question, DEPTH).found]


class Fts5:
    """SQLite's full-text search with its trigram tokeniser, asked for any of the question's trigrams."""

    def __init__(self, documents: Sequence[Document], _cache: Path) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, text, tokenize='trigram')")
        self._database.executemany(
            "INSERT INTO d VALUES (?, ?, ?)", [(document.id, document.title, document.text) for document in documents]
        )

    def rank(self, question: str) -> list[str]:
        """Ids of the best documents by FTS5's own BM25; none where the question has no trigram."""
        trigrams = {run[at : at + 3] for run in re.findall(r"\w+", question) for at in range(len(run) - 2)}
        if not trigrams:
            return []
        query = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        found = self._database.execute("SELECT id FROM d WHERE d MATCH ? ORDER BY rank LIMIT ?", (query, DEPTH))
        return [key for (key,) in found]


class Haystack:
    """Haystack's InMemoryBM25Retriever.

    Args:
        documents: title and text become one content.
        words: turns a text into words; Haystack's own pattern where None.
    """

    def __init__(self, documents: Sequence[Document], words: Callable[[str], str] | None = None) -> None:
        from haystack import Document as Content  # type: ignore[import-not-found, unused-ignore]
        from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found, unused-ignore]
            InMemoryBM25Retriever,
        )
        from haystack.document_stores.in_memory import (  # type: ignore[import-not-found, unused-ignore]
            InMemoryDocumentStore,
        )

        self._words = words or str
        store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+") if words else InMemoryDocumentStore()
        store.write_documents(
            [Content(id=document.id, content=self._words(_whole(document))) for document in documents]
        )
        self._retriever = InMemoryBM25Retriever(store, top_k=DEPTH)

    def rank(self, question: str) -> list[str]:
        """Ids of the best documents."""
        return [str(found.id) for found in self._retriever.run(query=self._words(question))["documents"]]


class LlamaIndex:
    """LlamaIndex's BM25Retriever."""

    def __init__(self, documents: Sequence[Document], _cache: Path) -> None:
        from llama_index.core.schema import TextNode  # type: ignore[import-not-found, unused-ignore]
        from llama_index.retrievers.bm25 import BM25Retriever  # type: ignore[import-not-found, unused-ignore]

        nodes = [TextNode(id_=document.id, text=_whole(document)) for document in documents]
        self._retriever = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH)

    def rank(self, question: str) -> list[str]:
        """Ids of the best documents."""
        return [str(found.node.node_id) for found in self._retriever.retrieve(question)]


class Txtai:
    """txtai's keyword index (BM25); its vectors need a model that would have to be downloaded."""

    def __init__(self, documents: Sequence[Document], _cache: Path) -> None:
        from txtai import Embeddings  # type: ignore[import-not-found, unused-ignore]

        self._embeddings = Embeddings(keyword=True)
        self._embeddings.index((document.id, _whole(document), None) for document in documents)

    def rank(self, question: str) -> list[str]:
        """Ids of the best documents."""
        return [str(key) for key, _score in self._embeddings.search(question, DEPTH)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the comparison.

    Args:
        label: what the table says.
        make: makes the system out of documents and a cache folder; raises ModuleNotFoundError where
            its library is not installed.
        environment: folder of the virtual environment that has its library, among those of the peers;
            "" for the project's own.
    """

    label: str
    make: Callable[[Sequence[Document], Path], System]
    environment: str = ""


SYSTEMS = {
    "madoguchi": Entry("Madoguchi, embedded default", Madoguchi),
    "fts5": Entry("SQLite FTS5, trigram", Fts5),
    "haystack": Entry("Haystack BM25, default", lambda documents, _cache: Haystack(documents), "haystack"),
    "haystack-sudachi": Entry(
        "Haystack BM25, our SudachiPy words", lambda documents, _cache: Haystack(documents, _sudachi), "haystack"
    ),
    "llamaindex": Entry("LlamaIndex BM25, default", LlamaIndex, "llamaindex"),
    "txtai": Entry("txtai BM25, default", Txtai, "txtai"),
}


def read_words_apart(cache: Path) -> None:
    """Reads GiNZA's vectors into a cache folder, in another process.

    spaCy, which reads them, would otherwise count in the memory of this one; in use they come from an
    index and spaCy is never imported.
    """
    from retrieval.words import WordVectors

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        apart.submit(WordVectors.cached, cache).result()


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def _sudachi(text: str) -> str:
    """The very words that Madoguchi counts, so that the row tells tokeniser and ranking apart."""
    from retrieval.analyser import tokens

    return " ".join(token.term.replace(" ", "") for token in tokens(text))
