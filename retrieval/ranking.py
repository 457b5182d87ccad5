"""The engine over documents and queries of one's own: how retrieval is measured on public benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.model import Corpus, Passage, Source
from retrieval.engine import Engine
from retrieval.words import WordVectors

#: How many documents a ranking names at most; what Recall@10 and nDCG@10 look at.
LONGEST = 10

_POOL = Source(id="pool", title="pool")


def rank(
    documents: Iterable[Mapping[str, Any]],
    queries: Iterable[Mapping[str, Any]],
    *,
    words: WordVectors | None = None,
) -> Iterator[tuple[Any, list[Any]]]:
    """Ranks documents for every query.

    A document is one passage, whole, with its title as the heading.

    Args:
        documents: each with "id" (text or number), "title" and "text".
        queries: each with "id" and "text".
        words: word vectors; GiNZA's where None.

    Yields:
        For each query, in order, its id and the ids of up to `LONGEST` documents, best first; none for
        a query without words.
    """
    pool = list(documents)
    passages = tuple(
        # the place is the id: those of the documents need not be text, nor differ
        Passage(id=str(place), source=_POOL.key, text=document["text"], section=(document["title"],))
        for place, document in enumerate(pool)
    )
    engine = Engine.build(Corpus({_POOL.key: _POOL}, passages), words=words)
    for query in queries:
        found = engine.find(query["text"], LONGEST).found
        yield query["id"], [pool[int(one.passage.id)]["id"] for one in found]
