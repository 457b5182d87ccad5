"""Reads PDF files: lines and table rows with their pages.

pypdfium2 (BSD-3-Clause or Apache-2.0) is the PDF reader of Chromium: fast, and calm about odd files. It gives
characters with their places; `pdf_lines`, `pdf_tables`, `pdf_furniture` and `pdf_layout` make sense of the places.
"""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.blocks import Block, Kind, ReadDocument
from corpus.errors import DocumentError
from corpus.readers.pdf_continued import with_heads
from corpus.readers.pdf_furniture import Sheet, printed_numbers, without_furniture
from corpus.readers.pdf_glyphs import Glyph, glyphs
from corpus.readers.pdf_layout import Frame, Item, Table, blocks
from corpus.readers.pdf_lines import Piece, joined, pieces, rows
from corpus.readers.pdf_tables import TableFinder

#: PDFium keeps state of its own and must not be called by two threads at a time.
_PDFIUM: Final = threading.Lock()
#: A file's end mark stands within its last 1,024 bytes (Adobe's implementation note 18 to PDF 1.7).
_TAIL: Final = 1024
#: Share of characters without a meaning above which a text cannot be used.
_UNKNOWN_SHARE: Final = 0.3
#: Share of pages without text above which the rest, a cover say, must not pass for the document.
_EMPTY_SHARE: Final = 0.8
#: Titles that the program wrote, not a person.
_FILE_NAME: Final = re.compile(r"(?i)^(?:microsoft \w+ - .*|untitled|.*\.(?:docx?|pptx?|xlsx?|jtdc?|indd|pdf))$")


def read(path: Path, data: bytes) -> ReadDocument:
    """Reads a PDF file.

    Args:
        path: the file, to name it in an error.
        data: its bytes.

    Returns:
        Lines and table rows in reading order with the page of the file, counted from 1, and each page's printed number
        as its last line; the title of its properties.

    Raises:
        DocumentError: the file asks for a password, is cut off or damaged, or its pages are pictures without text.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        # PDFium mends what is there, but nobody would know which pages are gone.
        raise _damaged(path)
    with _PDFIUM:
        try:
            with pdfium.PdfDocument(data) as document:
                finder = TableFinder(data)
                sheets = [_sheet(document[index], finder, index) for index in range(len(document))]
                title, language = document.get_metadata_dict().get("Title", "").strip(), _language(document)
        except pdfium.PdfiumError as error:
            if error.err_code in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}:
                raise DocumentError(
                    path, "PDFにパスワードがかかっています", "パスワードを解除して保存し直してください"
                ) from error
            raise _damaged(path) from error
    _check_text(path, sheets)
    pages = with_heads(without_furniture(sheets))
    found = [
        block
        for number, (items, printed) in enumerate(zip(pages, printed_numbers(sheets), strict=True), start=1)
        for block in (*blocks(items, number), *_foot(printed, number))
    ]
    return ReadDocument(tuple(found), title="" if _FILE_NAME.match(title) else title, language=language)


def _foot(printed: int | None, number: int) -> Iterator[Block]:
    """A page's printed number as its last line, where `corpus.pages` looks for it."""
    if printed is not None:
        yield Block(Kind.LINE, f"- {printed} -", number)


def _damaged(path: Path) -> DocumentError:
    return DocumentError(path, "PDFが途中で切れているか壊れています", "もう一度ダウンロードしてください")


def _language(document: pdfium.PdfDocument) -> str:
    size = pdfium_c.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "ignore").rstrip("\0").strip()


def _sheet(page: pdfium.PdfPage, finder: TableFinder, index: int) -> Sheet:
    free = glyphs(page)
    items: list[Item] = []
    for grid in finder.grids(page, index) if free else ():
        cells = {cell for row in grid.rows for cell in row if cell}
        inside = {cell: [glyph for glyph in free if cell.holds(glyph.box.middle)] for cell in cells}
        placed = {id(glyph) for held in inside.values() for glyph in held}
        if not placed:
            continue
        if grid.is_frame:
            items.append(Frame(grid.box, tuple(pieces(glyph for glyph in free if id(glyph) in placed))))
        else:
            texts = {cell: _cell_text(held) for cell, held in inside.items()}
            texts_by_row = tuple(tuple(texts[cell] if cell else "" for cell in row) for row in grid.rows)
            items.append(Table(grid.columns, grid.box, texts_by_row))
        free = [glyph for glyph in free if id(glyph) not in placed]
    sheet = Sheet([*items, *pieces(free)], height=page.get_height())
    page.close()
    return sheet


def _cell_text(held: Sequence[Glyph]) -> str:
    return joined([" ".join(piece.text for piece in row) for row in rows(pieces(held))])


def _check_text(path: Path, sheets: Sequence[Sheet]) -> None:
    """Makes sure that the pages have text, and that it means something."""
    text = "".join(_texts(sheets))
    advice = "文字認識（OCR）をしたPDFを用意してください"
    if not text:
        raise DocumentError(path, "画像だけのPDFで、文字がありません", advice)
    if sum(not sheet.items for sheet in sheets) > _EMPTY_SHARE * len(sheets):
        raise DocumentError(path, "ほとんどのページが画像で、文字がありません", advice)
    # A font without a table of its characters gives control, private and unassigned ones: Cc, Co, Cn, and U+FFFD.
    unknown = sum(char == "\ufffd" or unicodedata.category(char) in {"Cc", "Co", "Cn"} for char in text)
    if unknown > _UNKNOWN_SHARE * len(text):
        raise DocumentError(path, "PDFの中の文字の情報が壊れています", advice)


def _texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for item in sheet.items:
            match item:
                case Piece():
                    yield item.text
                case Table():
                    yield from (cell for row in item.rows for cell in row)
                case Frame():
                    yield from (piece.text for piece in item.pieces)
