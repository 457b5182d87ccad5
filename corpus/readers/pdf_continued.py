"""Gives the head of a table that goes on over a page break to its part on the next page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from corpus.readers.pdf_layout import Item, Table
from corpus.readers.tables import head_rows

#: Edges of columns nearer to each other than this, in points, are in one line.
_SAME_EDGE: Final = 3.0


def with_heads(pages: Iterable[list[Item]]) -> list[list[Item]]:
    """Adds the head to tables that go on from the page before.

    A table goes on if it is the first thing on its page, the last thing on the page before is a table
    with the same columns, and it brings no head of its own.

    Args:
        pages: what stands on each page, furniture taken away.

    Returns:
        The same, with the head rows in their place.
    """
    found: list[list[Item]] = []
    above: Table | None = None
    for items in pages:
        first = min(items, key=lambda item: item.box.top, default=None)
        if isinstance(first, Table) and above and _goes_on(above, first):
            heads = _heads(above)
            begun = replace(first, rows=(*above.rows[:heads], *first.rows), heads=heads)
            items = [begun if item is first else item for item in items]  # noqa: PLW2901 - the page, completed
        last = max(items, key=lambda item: item.box.bottom, default=None)
        above = last if isinstance(last, Table) and _heads(last) else None
        found.append(items)
    return found


def _goes_on(above: Table, below: Table) -> bool:
    edges = zip(above.columns, below.columns, strict=False)
    return (
        len(above.columns) == len(below.columns)
        and all(abs(one - other) <= _SAME_EDGE for one, other in edges)
        and not head_rows(below.rows)
    )


def _heads(table: Table) -> int:
    return head_rows(table.rows) if table.heads is None else table.heads
