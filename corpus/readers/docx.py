"""Reads Word documents (DOCX): headings, paragraphs and tables in the order of the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table

from corpus.blocks import Block, Kind, ReadDocument
from corpus.errors import DocumentError
from corpus.readers.docx_numbering import Numbering
from corpus.readers.docx_styles import Element, Styles
from corpus.readers.files import SIZE_LIMIT
from corpus.readers.tables import row_blocks

#: The most bytes a document may unpack to. Pictures hardly shrink in a ZIP and XML is small, so an honest
#: file of `SIZE_LIMIT` stays below; a bomb is a thousand times its own size.
UNPACKED_LIMIT: Final = 2 * SIZE_LIMIT

#: What holds no text of the paragraph: readings above kanji, text boxes (read on their own), text moved
#: elsewhere, the older copy of a drawing that Word keeps beside the newer one.
_APART: Final = frozenset(
    {
        qn("w:rt"),
        qn("w:txbxContent"),
        qn("w:moveFrom"),
        qn("w:pPr"),  # its tabs are stops, not blanks
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_BLANKS: Final = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_MAIN_PART: Final = "word/document.xml"


def read(path: Path, data: bytes) -> ReadDocument:
    """Reads a DOCX file.

    Headings are known by the names of their styles, in English or Japanese, by the styles those are based on, or by an
    outline level. Numbers that Word counts itself stand before their paragraphs.

    Args:
        path: the file, to name it in an error.
        data: its bytes.

    Returns:
        Headings, paragraphs and table rows; the title is the paragraph of the style "Title" (表題), or else the
        document's property.

    Raises:
        DocumentError: the file is damaged, no Word document, too large when unpacked, or has no text.
    """
    _check_package(path, data)
    try:
        document = Document(io.BytesIO(data))
        walk = _Walk(document)
        blocks = tuple(walk.blocks(document.element.body))
        title = _title(document.element.body, walk.styles) or document.core_properties.title.strip()
        language = document.core_properties.language.strip()
    except RecursionError:
        raise
    except Exception as error:  # python-docx lets through whatever zipfile, lxml and its own dictionaries raise
        raise DocumentError(path, "DOCXが壊れています", "Wordで開き、保存し直してください") from error
    if not blocks:
        raise DocumentError(path, "文字がありません", "画像だけの文書なら、文字認識（OCR）をしてから保存してください")
    return ReadDocument(blocks, title=title, language=language)


def _check_package(path: Path, data: bytes) -> None:
    """Makes sure, before anything is unpacked, that this is a whole ZIP file with a Word document of bearable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DocumentError(
            path, "DOCXが途中で切れているか壊れています", "もう一度入手するか、保存し直してください"
        ) from error
    # zipfile never unpacks more than a part's entry declares, so what is declared is the bound.
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        limit = UNPACKED_LIMIT // (1024 * 1024)
        raise DocumentError(path, f"展開すると大きすぎます（上限{limit}MB）", "信頼できる元の文書か確かめてください")
    if _MAIN_PART not in {part.filename for part in parts}:
        raise DocumentError(path, "Wordの文書ではありません", "Wordで開ける文書を .docx で保存してください")


def _title(body: Element, styles: Styles) -> str:
    titles = (paragraph for paragraph in body.iterchildren(qn("w:p")) if styles.is_title(paragraph))
    return " ".join(_text(next(titles, ())).split())


class _Walk:
    """Goes through a document from beginning to end, counting its numbered paragraphs.

    Args:
        document: the document, opened.
    """

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self.styles = Styles(document)
        self._numbering = Numbering(document, self.styles)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks of what stands in the body, a cell or a text box."""
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):  # a frame around paragraphs, as around fields of a form
                for content in element.iterchildren(qn("w:sdtContent")):
                    yield from self.blocks(content)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        label, text = self._numbering.label(element), _text(element)
        if text and not self.styles.is_contents(element):
            level = self.styles.level(element)
            yield Block(Kind.HEADING if level else Kind.PARAGRAPH, label + text, level=level)
        for box in element.iter(qn("w:txbxContent")):
            if not any(outer.tag in _APART for outer in box.iterancestors()):
                yield from self.blocks(box)

    def _table(self, element: Element) -> Iterator[Block]:
        # python-docx gives a merged cell at each of its places.
        rows = [[cell._tc for cell in row.cells] for row in Table(element, self._document).rows]
        if all(len(set(row)) <= 1 for row in rows):  # a frame drawn around text, not a table
            for cell in dict.fromkeys(cell for row in rows for cell in row):
                yield from self.blocks(cell)
            return
        marks = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in element.iterchildren(qn("w:tr"))]
        heads = len(list(takewhile(lambda mark: mark is not None, marks)))
        yield from row_blocks([[_cell_text(cell) for cell in row] for row in rows], heads=heads or None)


def _cell_text(cell: Element) -> str:
    return " ".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _text(element: Element) -> str:
    """Text of a paragraph; tabs are blanks, line breaks stay."""
    pieces: list[str] = []
    # A stack of iterators in place of recursion: paragraphs nest without limit, Python's calls do not.
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in _BLANKS:
            pieces.append(_BLANKS[child.tag])
        elif child.tag not in _APART:
            stack.append(iter(child))
    return "\n".join(line for part in "".join(pieces).split("\n") if (line := part.strip()))
