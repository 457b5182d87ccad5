"""Short lists of words, as the rules write them."""

from __future__ import annotations


def wordset(line: str) -> frozenset[str]:
    """The words of a line.

    Args:
        line: words with spaces between.
    """
    return frozenset(line.split())
