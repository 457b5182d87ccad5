"""Makes documents of lines, as readers of PDF and text hand them over."""

from __future__ import annotations

from corpus.blocks import Block, Kind, ReadDocument
from corpus.lines import Line


def document(text: str, page: int | None = None) -> ReadDocument:
    """Every line of a text, blanks at its ends included, becomes a block."""
    return ReadDocument(tuple(Block(Kind.LINE, line, page) for line in text.split("\n")))


def pages(*texts: str) -> ReadDocument:
    """A document whose format knows pages, one text a page."""
    return ReadDocument(
        tuple(Block(Kind.LINE, line, number) for number, text in enumerate(texts, 1) for line in text.split("\n"))
    )


def lines(text: str) -> list[Line]:
    """Lines with their gaps; a blank at a line's end closes it."""
    result, gap = [], 0
    for raw in text.split("\n"):
        if raw.strip():
            result.append(Line(raw.strip(" \u3000"), gap=gap, closed=raw != raw.rstrip()))
            gap = 0
        else:
            gap += 1
    return result
