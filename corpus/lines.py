"""Lines and pieces: what `corpus.cleaning` works on and what it hands to `corpus.headings`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from corpus.blocks import Kind

#: How a line or paragraph begins that never continues the one before it.
MARKER: Final = re.compile(
    r"""[・●○〇◆◇■□★☆※→➡▶▷►☞•▲△▼▽]
      | [①-⑳❶-❿➊-➓]
      | [（(]\s*[0-9０-９]{1,2}\s*[）)]
      | [【＜<《]
      | 第\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[章節部]
      | [0-9０-９]{1,2}\s*[｜|]
      | [0-9０-９]{1,2}[.．][\s\u3000]
      | [0-9０-９]{1,2}[-－][0-9０-９]{1,2}(?=[\s\u3000一-龠ぁ-んァ-ヶ])
      | [-*]\s
    """,
    re.VERBOSE,
)
#: Ends of a sentence, closing brackets after it included.
TERMINAL: Final = re.compile(r"(?:[。！？!?]|(?<=[a-zà-ỹ)])[.])[」』）)】]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One raw line of a PDF or text file that has something on it.

    Args:
        text: without blanks at its ends.
        page: page as printed, or None.
        gap: blank lines before it.
        closed: a blank stands at its end, which in text from some word processors marks the end of a paragraph.
        starts_page: it is the first line of a page.
    """

    text: str
    page: int | None = None
    gap: int = 0
    closed: bool = False
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, table row or heading, whole and clean.

    Args:
        text: its text; the cells of a row are parted by ideographic spaces.
        kind: never `Kind.LINE`.
        page: page as printed, or None.
        level: depth of a heading that the format itself declares; 0 otherwise.
        header: head row of a row's table.
        gap: blank lines before it beyond those that the document sets between any two lines.
        starts_page: it stands first on a page.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    page: int | None = None
    level: int = 0
    header: str = ""
    gap: int = 0
    starts_page: bool = False


def columns(text: str) -> int:
    """Width of a text in columns: a Japanese character takes two, a Latin one takes one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def folded(text: str) -> str:
    """The text as it is compared: width and case folded, without blanks, brackets and other signs."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
