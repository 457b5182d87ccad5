"""Hand-over sheets as PDF: A4, black on white, readable after a fax machine.

Japanese comes from the fonts that every PDF reader knows by name (Adobe's CID fonts), so that no font file is needed.
All of it is set in Gothic: a fax swallows the thin strokes of Mincho.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from unicodedata import category
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot import sheet_talk as words
from bot.posts import Field
from bot.referring.sheet import Part, Sheet

_FONT = "HeiseiKakuGo-W5"
_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_LABELS = 42 * mm

#: Longest stretch of text in one row, in characters: ten lines.
_STRETCH = 400

#: Room for what the bureau writes by hand: a line for each field, the rest for the last.
_LINE, _SPACE = 9 * mm, 38 * mm


def sheet_pdf(sheet: Sheet) -> bytes:
    """Sets a sheet.

    Args:
        sheet: what stands on it.

    Returns:
        The file; the same sheet gives the same bytes.
    """
    _load_font()
    file = BytesIO()
    # Nothing of what is asked stands in the file's properties, which programs show without opening it.
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"{sheet.title} {sheet.number}",
        invariant=1,
        lang="ja",
    )
    head = (_paragraph(sheet.title, size=18), Spacer(0, 2 * mm), _paragraph(sheet.about, size=9))
    parts = (_part(part) for part in sheet.parts)
    document.build([*head, *parts, _reply(sheet.reply, sheet.reply_fields)], canvasmaker=_numbering(sheet.number))
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: what stands in it, whether it begins and ends a field, and its height where it is set."""

    label: Any
    value: Any
    begins: bool = True
    ends: bool = True
    height: float | None = None


@cache
def _load_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def _part(part: Part) -> Table:
    return _table(part.title, [row for field in part.fields for row in _rows(field)])


def _rows(field: Field) -> list[_Row]:
    """A row for each line, and for each stretch of a long one: pages end between rows only."""
    lines = [line[at : at + _STRETCH] for line in field.value.split("\n") for at in range(0, len(line) or 1, _STRETCH)]
    labels = [field.label, *[""] * (len(lines) - 1)]
    last = len(lines) - 1
    return [
        _Row(_paragraph(label), _paragraph(line), begins=at == 0, ends=at == last)
        for at, (label, line) in enumerate(zip(labels, lines, strict=True))
    ]


def _reply(title: str, labels: tuple[str, ...]) -> Table:
    *lines, text = labels
    rows = [_Row(_paragraph(label), "", height=_LINE) for label in lines]
    return _table(title, [*rows, _Row(_paragraph(text), "", height=_SPACE)])


def _table(title: str, rows: list[_Row]) -> Table:
    """A table below its title, which never stands alone at the foot of a page."""
    last = len(rows)
    style: list[Any] = [
        ("SPAN", (0, 0), (-1, 0)),
        ("NOSPLIT", (0, 0), (-1, 1)),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("TOPPADDING", (0, 0), (-1, 0), 8),
        ("BOX", (0, 1), (-1, last), 0.8, "black"),
        ("LINEAFTER", (0, 1), (0, last), 0.5, "black"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 1), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 0),
    ]
    for at, row in enumerate(rows, start=1):
        style += [("TOPPADDING", (0, at), (-1, at), 2)] if row.begins else []
        style += [("BOTTOMPADDING", (0, at), (-1, at), 4), ("LINEBELOW", (0, at), (-1, at), 0.5, "black")] * row.ends
    return Table(
        [(_paragraph(f"■ {title}", size=11), ""), *((row.label, row.value) for row in rows)],
        colWidths=(_LABELS, _WIDTH - _LABELS),
        rowHeights=[None, *(row.height for row in rows)],
        style=TableStyle(style),
    )


def _paragraph(text: str, *, size: float = 10) -> Paragraph:
    style = ParagraphStyle(
        "japanese",
        fontName=_FONT,
        fontSize=size,
        leading=size * 1.45,
        alignment=TA_LEFT,
        wordWrap="CJK",
    )
    return Paragraph(escape(_printable(text)), style)


def _printable(text: str) -> str:
    """Without what XML cannot hold; letters that the font lacks are left to the reader."""
    return "".join(letter for letter in text if letter.isprintable() or category(letter) == "Zs")


def _numbering(referral: int) -> type[Canvas]:
    """A canvas that knows at the end how many pages there are, and writes it at the foot of each."""

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
        def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - reportlab's own
            super().__init__(*args, **more)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, start=1):
                self.__dict__.update(page)
                self.setFont(_FONT, 9)
                self.drawCentredString(A4[0] / 2, 10 * mm, words.page(number, len(self._pages), referral))
                super().showPage()
            super().save()

    return Numbered
