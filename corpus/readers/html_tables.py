"""Reads HTML tables: spans expanded, head rows found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4 import Tag

from corpus.blocks import Block
from corpus.readers.tables import row_blocks

#: Spans beyond these are mistakes; a browser cuts them too (HTML Living Standard, 4.9.11: 1,000 columns).
_SPAN_LIMIT = 100


def is_layout(table: Tag) -> bool:
    """Whether a table only places things on the page: it says so, or holds headings or further tables."""
    return table.get("role") == "presentation" or table.find(["table", "h1", "h2", "h3", "h4"]) is not None


def table_blocks(table: Tag, text_of: Callable[[str], str]) -> Iterator[Block]:
    """Makes row blocks of a data table.

    A row of head cells begins a new head, also in the middle of the table. A table without head
    cells gets the benefit of `tables.head_rows`.

    Args:
        table: the <table> element.
        text_of: cleans the raw text of a cell.

    Yields:
        Blocks of `Kind.ROW`.
    """
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    grid = _grid(rows, text_of)
    heads = [_is_head(row) for row in rows]
    if not any(heads):
        yield from row_blocks(grid)
        return
    start = 0
    for place in range(1, len(rows) + 1):
        # A part ends where the body does: at the end, or where a head follows a body row.
        if place == len(rows) or (heads[place] and not heads[place - 1]):
            part = heads[start:place]
            yield from row_blocks(grid[start:place], heads=part.index(False) if False in part else len(part))
            start = place


def _is_head(row: Tag) -> bool:
    cells = row.find_all(["th", "td"], recursive=False)
    if row.parent is not None and row.parent.name == "thead":
        return True
    # One head cell alone names the rows below it, as the first cell of a row names the row: content.
    return len(cells) > 1 and all(cell.name == "th" for cell in cells)


def _grid(rows: list[Tag], text_of: Callable[[str], str]) -> list[list[str]]:
    """Cells by row and column; a cell that spans several places stands in each."""
    hanging: dict[int, tuple[int, str]] = {}  # column: rows still to fill, text
    grid = []
    for row in rows:
        cells = [(text_of(cell.get_text(" ")), *_spans(cell)) for cell in row.find_all(["th", "td"], recursive=False)]
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        while cells or len(line) in hanging:
            if len(line) in hanging:
                left, text = hanging[len(line)]
                if left > 1:
                    below[len(line)] = (left - 1, text)
                line.append(text)
                continue
            text, height, width = cells.pop(0)
            for column in range(len(line), len(line) + width):
                if height > 1:
                    below[column] = (height - 1, text)
                line.append(text)
        hanging = below
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid]


def _spans(cell: Tag) -> tuple[int, int]:
    """Rows and columns that a cell takes."""
    height, width = (str(cell.get(name, "1")).strip() for name in ("rowspan", "colspan"))
    return _span(height), _span(width)


def _span(value: str) -> int:
    # Cut first: Python refuses to make an integer of thousands of digits.
    return min(max(int(value[:6]), 1), _SPAN_LIMIT) if value.isascii() and value.isdigit() else 1
