"""What can go wrong in retrieval.

RetrievalError
IndexUnusable     an index on disk is of another version, damaged or not there
ModelUnavailable  a sentence-transformers model cannot be loaded
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of all errors of this room; its text is one line fit for a user."""


class IndexUnusable(RetrievalError):
    """An index on disk cannot be used.

    Args:
        reason: what is wrong, without a full stop.
        advice: what the user can do.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}。{advice}。")
        self.reason = reason
        self.advice = advice


class ModelUnavailable(RetrievalError):
    """A sentence-transformers model cannot be loaded; the embedded default answers instead."""
