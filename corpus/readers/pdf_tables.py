"""Finds ruled tables on PDF pages.

pdfplumber does it, better than code of our own would: it joins the rules that word processors draw in
pieces and finds merged cells. It reads the page a second time, at some 30 ms for a full one (pypdfium2:
12 ms), which is why only pages that have rules at all are given to it and why it places no text.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import TableFinder as PageTables

from corpus.readers.pdf_glyphs import Box

#: A page with fewer drawn lines has no table; one with more is a map or a chart, over which the search takes minutes.
_RULES: Final = range(2, 3000)
#: Edges nearer than this, in points, are one.
_SAME_EDGE: Final = 3.0

# Its complaints about odd files would appear on the user's screen; what matters comes as an exception.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table.

    Args:
        columns: places of the edges of its columns, from left to right.
        box: the place it takes.
        rows: the cell that stands at each place, row by row; a merged cell stands at several, and where
            the table has a hole stands None.
    """

    columns: tuple[float, ...]
    box: Box
    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def is_frame(self) -> bool:
        """Whether nothing stands side by side in it: boxes around text, not a table."""
        return all(len(set(row) - {None}) <= 1 for row in self.rows)


class TableFinder:
    """Finds tables page by page.

    Args:
        data: bytes of the PDF file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: PDF | None = None

    def grids(self, page: pdfium.PdfPage, index: int) -> list[Grid]:
        """Ruled tables and frames of a page; a frame around others of them is left out.

        Args:
            page: the page as pypdfium2 opened it.
            index: its number counted from 0.
        """
        rules = sum(1 for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]))
        if rules not in _RULES:
            return []
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(io.BytesIO(self._data))
            plumbed = self._pdf.pages[index]
            search = PageTables(plumbed)
            tables = [table.cells for table in search.tables]
            lone = set(search.cells).difference(*tables)  # one cell by itself is no table to pdfplumber
            found = [_grid(cells, plumbed) for cells in [*tables, *([cell] for cell in sorted(lone))]]
            plumbed.close()  # drops what it keeps of the page
        except RecursionError:
            raise
        except Exception:  # pdfminer raises anything on odd files that PDFium reads well; then the text comes as lines
            logging.getLogger(__name__).debug("tables of page %d cannot be found", index + 1, exc_info=True)
            return []
        inner = [grid.box.middle for grid in found]
        return [grid for grid in found if not grid.is_frame or sum(map(grid.box.holds, inner)) == 1]


def _grid(edges: Iterable[Sequence[float]], page: Page) -> Grid:
    left, top = page.mediabox[:2]
    cells = [Box(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in edges]
    columns = _edges([cell.left for cell in cells] + [cell.right for cell in cells])
    lines = _edges([cell.top for cell in cells] + [cell.bottom for cell in cells])
    middles = [(a + b) / 2 for a, b in pairwise(columns)]
    rows = tuple(
        tuple(next((cell for cell in cells if cell.holds((x, (upper + lower) / 2))), None) for x in middles)
        for upper, lower in pairwise(lines)
    )
    return Grid(tuple(columns), Box(columns[0], lines[0], columns[-1], lines[-1]), rows)


def _edges(values: list[float]) -> list[float]:
    """The different ones among edges, in order."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges
