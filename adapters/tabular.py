"""Tables for terminals: columns stay straight although Japanese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lays out a table.

    Args:
        head: names of the columns.
        rows: cells, as many in each row as in the head.

    Returns:
        Lines with straight columns, no space at their ends.
    """
    widths = [max(width(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in (head, *rows))


def width(text: str) -> int:
    """How many columns a terminal needs for a text (Unicode Standard Annex 11)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
