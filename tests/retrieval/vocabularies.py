"""Vocabularies to test with."""

from __future__ import annotations

from retrieval.analyser import tokens
from retrieval.table import Vocabulary


def vocabulary_of(text: str) -> Vocabulary:
    """The terms of a text, without word vectors."""
    vocabulary = Vocabulary([], [], [])
    for token in tokens(text):
        vocabulary.add(token, lambda _: -1)
    return vocabulary
