"""Reads plain text: raw lines, with pages where the file tells them by form feeds."""

from __future__ import annotations

from pathlib import Path

from corpus.blocks import Block, Kind, ReadDocument
from corpus.readers.decoding import decode


def read(path: Path, data: bytes) -> ReadDocument:
    """Reads a text file line by line.

    Every line becomes a block as it stands, blanks at its ends included: in text taken out of a PDF
    they tell where a page or a cell began. An empty line is a block with empty text.

    Args:
        path: the file, to name it in an error.
        data: its bytes.

    Returns:
        Blocks of `Kind.LINE`; their page is counted from 1 if the file has form feeds, else None.

    Raises:
        DocumentError: the bytes are no text.
    """
    text = decode(path, data).replace("\r\n", "\n").replace("\r", "\n")
    paged = "\f" in text
    # A form feed after the last page, as pdftotext writes it, starts no page of its own.
    pages = text.removesuffix("\n").removesuffix("\f").split("\f")
    blocks = [
        Block(Kind.LINE, line, page=number if paged else None)
        for number, page in enumerate(pages, start=1)
        for line in page.removesuffix("\n").split("\n")
    ]
    return ReadDocument(tuple(blocks))
