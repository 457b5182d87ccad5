"""Brings what stands on a PDF page into reading order and makes blocks of it.

Columns of running text are read one after the other. Pieces that stand side by side over several lines
in narrow columns are rows of a table without rules. Where neither is certain the page is read line by
line, and pieces side by side stay on one line: a number must not slip to the desk of the row above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from corpus.blocks import Block, Kind
from corpus.readers.pdf_glyphs import Box, around
from corpus.readers.pdf_lines import Piece, rows
from corpus.readers.tables import row_blocks

#: The least width of the white stripe between two columns, in heights of a line.
_GUTTER: Final = 1.2
#: A column of running text is at least this wide, in heights of a line, and its lines fill it to this share.
#: Cells with names, telephone numbers and times are narrower or ragged.
_TEXT_WIDTH: Final = 8
_TEXT_FILL: Final = 0.6
#: White above a line in the first column, in heights of a line, that ends columns.
_SECTION_GAP: Final = 1.5
#: Rows of one table are not further apart than this, in heights of a line.
_ROW_GAP: Final = 3
#: A paragraph of Japanese text begins one full-width character further in.
_INDENT: Final = (0.7, 1.6)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with its text.

    Args:
        columns: places of the edges of its columns, from left to right, in points.
        box: the place it takes.
        rows: text of the cell at each place.
        heads: how many of the first rows are the head; None where it has to be guessed.
    """

    columns: tuple[float, ...]
    box: Box
    rows: tuple[tuple[str, ...], ...]
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A box drawn around text, which is read as one whatever stands beside it.

    Args:
        box: the place it takes.
        pieces: the text in it, one piece at least.
    """

    box: Box
    pieces: tuple[Piece, ...]


Item = Piece | Table | Frame
Stripe = tuple[float, float]


def blocks(items: Iterable[Item], page: int) -> list[Block]:
    """Makes blocks of what stands on a page.

    Args:
        items: pieces of lines and tables, in any order.
        page: page of the file, counted from 1.

    Returns:
        Lines and rows in reading order.
    """
    found: list[Block] = []
    for column in _columns(list(items)):
        left = min((item.box.left for line in column for item in line), default=0.0)
        waiting: list[list[Piece]] = []  # lines that may be rows of one table
        for line in column:
            parts = [item for item in line if isinstance(item, Piece)]
            if waiting and not _aligned(waiting, parts):
                found += _rows_or_lines(waiting, page, left)
                waiting = []
            for item in line:
                if isinstance(item, Table):
                    found += row_blocks(item.rows, heads=item.heads, page=page)
                elif isinstance(item, Frame):
                    found += blocks(item.pieces, page)
            if parts:
                waiting.append(parts)
        found += _rows_or_lines(waiting, page, left)
    return found


def _rows_or_lines(lines: list[list[Piece]], page: int, left: float) -> list[Block]:
    if len(lines) > 1 and len(lines[0]) > 1:
        return row_blocks([[piece.text for piece in line] for line in lines], page=page)
    found = []
    for line in lines:
        low, high = (share * line[0].box.height for share in _INDENT)
        indent = "\u3000" if low <= line[0].box.left - left <= high else ""
        found.append(Block(Kind.LINE, indent + "\u3000".join(piece.text for piece in line), page=page))
    return found


def _aligned(above: Sequence[list[Piece]], line: list[Piece]) -> bool:
    """Whether a line continues a table: as many pieces, each below its column and no other, and near enough."""
    count = len(above[0])
    if count < 2 or len(line) != count:
        return False
    if line[0].box.top - above[-1][0].box.bottom > _ROW_GAP * line[0].box.height:
        return False
    columns = [around(row[place].box for row in above) for place in range(count)]
    return all(
        (piece.box.left < column.right and piece.box.right > column.left) == (place == number)
        for place, piece in enumerate(line)
        for number, column in enumerate(columns)
    )


def _columns(items: list[Item]) -> Iterator[list[list[Item]]]:
    """Parts of the page in reading order, each a list of lines; a column of text is a part of its own."""
    strips = _strips(items)
    plain: list[list[Item]] = []
    start = 0
    while start < len(strips):
        end, gutters = _zone(strips, start)
        columns = _text_columns([item for strip in strips[start:end] for item in strip], gutters)
        if not columns:
            plain += _lines(strips[start])
            start += 1
            continue
        if plain:
            yield plain
            plain = []
        for column in columns:
            yield from _columns(column)
        start = end
    if plain:
        yield plain


def _lines(strip: list[Item]) -> list[list[Item]]:
    pieces: list[list[Item]] = [list(row) for row in rows(item for item in strip if isinstance(item, Piece))]
    boxes: list[list[Item]] = [[item] for item in strip if not isinstance(item, Piece)]
    return sorted(pieces + boxes, key=lambda line: (min(item.box.top for item in line), line[0].box.left))


def _strips(items: Iterable[Item]) -> list[list[Item]]:
    """Groups of items with white above and below across the whole page. Fonts with long tails may touch a little."""
    strips: list[list[Item]] = []
    bottom = 0.0
    for item in sorted(items, key=lambda item: item.box.top):
        slack = 0.2 * _line_height(item)
        if strips and item.box.top + slack < bottom:
            strips[-1].append(item)
        else:
            strips.append([item])
            bottom = 0.0
        bottom = max(bottom, item.box.bottom - slack)
    return strips


def _zone(strips: list[list[Item]], start: int) -> tuple[int, list[Stripe]]:
    """How far down the white stripes within a strip go on: the number of the strip that ends them, and the stripes."""
    least = _GUTTER * median(map(_line_height, strips[start]))
    end = start + 1
    gutters = _inner(strips[start], least)
    if not gutters and end < len(strips):
        # Lines of two columns need not stand at the same heights; then each is a strip by itself.
        gutters = _inner(strips[start] + strips[end], least)
    while gutters and end < len(strips):
        narrower = _free(strips[end], gutters, least)
        if not narrower or _begins_section(strips[end], strips[start:end], gutters):
            break
        gutters = narrower
        end += 1
    return end, gutters


def _begins_section(strip: list[Item], above: list[list[Item]], gutters: list[Stripe]) -> bool:
    """Whether a strip in the first column goes on after much white: columns are over, and a heading stands there."""
    top, right = min(item.box.top for item in strip), max(item.box.right for item in strip)
    if right > gutters[0][1]:
        return False
    column = [item for items in above for item in items if item.box.left < right]
    white = top - max((item.box.bottom for item in column), default=top)
    return white > _SECTION_GAP * median(map(_line_height, column or strip))


def _inner(strip: list[Item], least: float) -> list[Stripe]:
    whole = around(item.box for item in strip)
    return _free(strip, [(whole.left, whole.right)], least)


def _free(strip: list[Item], stripes: list[Stripe], least: float) -> list[Stripe]:
    """What items leave free of vertical stripes, if it is wide enough."""
    for item in strip:
        left, right = item.box.left, item.box.right
        cut = [((low, min(high, left)), (max(low, right), high)) for low, high in stripes]
        stripes = [(low, high) for pair in cut for low, high in pair if high - low >= least]
    return stripes


def _text_columns(items: list[Item], gutters: list[Stripe]) -> list[list[Item]]:
    """The columns between the stripes if all are running text, else none."""
    middles = [(low + high) / 2 for low, high in gutters]
    columns: list[list[Item]] = [[] for _ in range(len(middles) + 1)]
    for item in items:
        columns[sum(item.box.left > middle for middle in middles)].append(item)
    return columns if gutters and all(map(_is_text, columns)) else []


def _is_text(column: list[Item]) -> bool:
    pieces = [item for item in column if isinstance(item, Piece)]
    if not pieces:
        return bool(column)
    width = median(piece.box.width for piece in pieces)
    height = median(piece.box.height for piece in pieces)
    return len(column) > 1 and width >= max(_TEXT_WIDTH * height, _TEXT_FILL * around(i.box for i in pieces).width)


def _line_height(item: Item) -> float:
    match item:
        case Piece():
            return item.box.height
        case Table():
            return item.box.height / len(item.rows)
        case Frame():
            return median(piece.box.height for piece in item.pieces)
