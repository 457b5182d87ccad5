"""What can go wrong in retrieval.

RetrievalError
IndexUnusable     an index on disk is of another version, damaged or not there
ModelUnavailable  a sentence-transformers model cannot be loaded
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of all errors of this room; its text is one line fit for a user."""


class IndexUnusable(RetrievalError):  # noqa: N818 - it names the state, as FileNotFound does
    """An index on disk cannot be used; the text says why and what to do."""


class ModelUnavailable(RetrievalError):  # noqa: N818
    """A sentence-transformers model cannot be loaded; the embedded default answers instead."""
