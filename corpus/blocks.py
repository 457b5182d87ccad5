"""What a reader hands over: a document as a sequence of blocks.

Readers of structured formats (HTML, DOCX, Markdown) know headings and tables and say so. Readers of
PDF and plain text see only lines with their page; `corpus.cleaning` and `corpus.sections` make sense
of those.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"  # `level` tells how deep, 1 outermost
    PARAGRAPH = "paragraph"  # whole: no line break inside it is a broken line
    ROW = "row"  # one table row, cells joined by " | "; `header` holds the table's head row
    LINE = "line"  # a raw line of a PDF or text file; may end inside a word


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, table row or raw line.

    Args:
        kind: what it is.
        text: its text, as read (not yet cleaned).
        page: page of the file counted from 1, or None where the format has no pages.
        level: depth of a heading, 1 outermost; 0 otherwise.
        header: for a row, the table's head row ("窓口 | 電話番号"); "" otherwise.
    """

    kind: Kind
    text: str
    page: int | None = None
    level: int = 0
    header: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as a reader saw it.

    Args:
        blocks: in reading order.
        title: title the file gives itself, or "".
        language: BCP-47 code the file gives itself, or "".
        sha256: hash of the file's bytes, hexadecimal.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    sha256: str = ""
