"""Makes real documents for tests: PDF, DOCX, HTML, Markdown and text files with Japanese content.

A PDF is a list of pages, a page a list of things drawn on it; places are in points from the lower
left corner of an A4 page (595 x 842). The fonts are the CID fonts that every PDF reader knows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

MINCHO, GOTHIC = "HeiseiMin-W3", "HeiseiKakuGo-W5"
WIDTH, HEIGHT = A4

Drawing = Callable[[Canvas], None]

for _font in (MINCHO, GOTHIC):
    pdfmetrics.registerFont(UnicodeCIDFont(_font))


def text(words: str, x: float, y: float, size: float = 10.5, font: str = MINCHO) -> Drawing:
    """One line of text whose base line begins at (x, y)."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, y, words)

    return draw


def lines(words: Iterable[str], x: float = 72, y: float = 760, size: float = 10.5, leading: float = 18) -> Drawing:
    """Lines below one another."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(words):
            text(line, x, y - number * leading, size)(canvas)

    return draw


def ruby(reading: str, x: float, y: float, size: float = 10.5) -> Drawing:
    """Furigana above a line of that size whose base line is at y."""
    return text(reading, x, y + size, size / 2)


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    x: float = 72,
    y: float = 740,
    *,
    size: float = 10.5,
    height: float = 20,
    ruled: bool = True,
) -> Drawing:
    """A table whose upper edge is at y; "\\n" breaks a line within a cell."""

    def draw(canvas: Canvas) -> None:
        top = y
        for row in rows:
            depth = height + (max(cell.count("\n") for cell in row)) * (size + 3)
            left = x
            for cell, width in zip(row, widths, strict=True):
                if ruled:
                    canvas.rect(left, top - depth, width, depth)
                for number, line in enumerate(cell.split("\n")):
                    text(line, left + 4, top - size - 3 - number * (size + 3), size)(canvas)
                left += width
            top -= depth

    return draw


def frame(words: Iterable[str], x: float, y: float, width: float) -> Drawing:
    """Lines in a box whose upper left corner is at (x, y)."""
    inside = list(words)

    def draw(canvas: Canvas) -> None:
        height = 18 * len(inside) + 8
        canvas.rect(x, y - height, width, height)
        lines(inside, x + 4, y - 16)(canvas)

    return draw


def turned(angle: int) -> Drawing:
    """Turns the page clockwise by 90, 180 or 270 degrees, and back what is drawn after: it is shown upright."""
    corner = {90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[angle]

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(angle)
        canvas.translate(*corner)
        canvas.rotate(angle)

    return draw


def scan() -> Drawing:
    """A page that is only a picture."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(50, 50, 500, 700, fill=1)

    return draw


def pdf(pages: Sequence[Sequence[Drawing]], *, title: str = "", password: str = "") -> bytes:
    """A PDF of these pages; with a password, one that asks for it."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password) if password else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption)
    canvas.setTitle(title)
    for page in pages:
        for draw in page:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx(content: Callable[[WordDocument], None] | Iterable[str]) -> bytes:
    """A Word document with these paragraphs, or filled by a function."""
    document = Document()
    if callable(content):
        content(document)
    else:
        for paragraph in content:
            document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_ruby(document: WordDocument, before: str, kanji: str, reading: str, after: str) -> None:
    """Adds a paragraph in which one word bears its reading, as Word writes it."""
    paragraph = document.add_paragraph(before)
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:ruby><w:rt><w:r><w:t>{reading}</w:t></w:r></w:rt>"
            f"<w:rubyBase><w:r><w:t>{kanji}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        )
    )
    paragraph.add_run(after)


def saved(folder: Path, name: str, data: bytes) -> Path:
    """Writes the bytes to a file of that name and says where it is."""
    path = folder / name
    path.write_bytes(data)
    return path
