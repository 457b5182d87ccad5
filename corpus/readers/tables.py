"""Turns a grid of cells into row blocks that still say what each cell is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.blocks import Block, Kind

_SEPARATOR = " | "
#: Longer than this, a cell of a first row tells something rather than naming a column.
_HEAD_CELL_LIMIT = 20


def row_blocks(rows: Sequence[Sequence[str]], *, heads: int | None = None, page: int | None = None) -> list[Block]:
    """Makes one block of every body row.

    Args:
        rows: the table's cells, row by row; a cell that spans several places stands in each of them.
        heads: how many of the first rows are the head; None lets `head_rows` decide.
        page: page the rows stand on, or None.

    Returns:
        Blocks of `Kind.ROW` that carry the head; a head without a body is made rows itself. Empty rows are left out.
    """
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    titles: list[list[str]] = []
    if heads is None:
        # One wide cell above the head is the table's title.
        titles = list(takewhile(lambda row: len(row) > 1 and len(set(row)) == 1, filled))
        filled = filled[len(titles) :]
        heads = head_rows(filled)
    if heads >= len(filled):
        heads = 0
    header = joined([_stacked(column) for column in zip(*filled[:heads], strict=False)])
    body = [Block(Kind.ROW, text, page=page, header=header) for row in filled[heads:] if (text := joined(row))]
    return [Block(Kind.ROW, row[0], page=page) for row in titles if row[0]] + body


def joined(cells: Sequence[str]) -> str:
    """Cells as one line: "窓口 | 電話番号", empty ones at the end left out. One wide cell is that cell alone."""
    if len(set(cells)) == 1:
        return cells[0]
    filled = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return _SEPARATOR.join(cells[:filled])


def head_rows(rows: Sequence[Sequence[str]]) -> int:
    """Guesses how many of the first rows name the columns, where the format does not say it.

    One does if all its cells are filled, different, short and free of digits, while a column below has
    digits (telephone numbers, dates, fees). Two do if cells of the first span columns that the second tells apart.

    Args:
        rows: the table's cells; a cell that spans several places stands in each.

    Returns:
        0, 1 or 2.
    """
    if not rows or len(rows[0]) < 2:
        return 0
    count = 1 if len(set(rows[0])) == len(rows[0]) else 2
    names = [_stacked(column) for column in zip(*rows[:count], strict=False)]
    naming = len(set(names)) == len(names) and all(
        0 < len(name) <= count * _HEAD_CELL_LIMIT and not re.search(r"\d", name) for name in names
    )
    return count if naming and any(re.search(r"\d", cell) for row in rows[count:] for cell in row) else 0


def _stacked(cells: Sequence[str]) -> str:
    """One column of a head of several rows: "電話 平日". A cell that spans the rows counts once."""
    return " ".join(dict.fromkeys(cell for cell in cells if cell))
