"""What the tests of this room share: GiNZA's vectors, read once, and two engines over them."""

from __future__ import annotations

import pytest

from corpus import embedded
from retrieval.encoders import WordEncoder
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.words import WordVectors
from tests.retrieval.town import town


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordVectors:
    """GiNZA's word vectors; reading the package takes seconds."""
    return WordVectors.cached(tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="session")
def index(words: WordVectors) -> Index:
    """Of the small town."""
    return Index.build(town(), words, WordEncoder(words))


@pytest.fixture(scope="session")
def engine(words: WordVectors) -> Engine:
    """Over the small town."""
    return Engine.build(town(), words=words, fingerprint="town")


@pytest.fixture(scope="session")
def embedded_engine(words: WordVectors) -> Engine:
    """Over the corpus that comes with Madoguchi."""
    return Engine.build(embedded.load(), words=words)
