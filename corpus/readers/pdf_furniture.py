"""Drops running heads and page numbers of a PDF: what stands at the same place of most pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.readers.pdf_layout import Item
from corpus.readers.pdf_lines import Piece

#: Furniture stands in the upper or lower margin, this share of the page's height: 24 mm of A4. The text of
#: Japanese official documents begins 25 to 35 mm down.
_MARGIN: Final = 0.08
#: It counts as such on this share of the pages (odd and even pages have their own, so half is not asked)
#: and on no fewer pages than this.
_PAGES_SHARE: Final = 0.4
_PAGES: Final = 3
#: Places nearer than this, in points, are the same.
_PLACE: Final = 4.0


_NUMBER: Final = re.compile(r"\d{1,5}")
_TELEPHONE: Final = re.compile(r"\d[\d()-]{7,}")

#: Text, place and, where one number counts the pages, how far it is ahead of them.
Key = tuple[str, int, int | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with what stands on it.

    Args:
        items: pieces of lines and tables.
        height: of the page, in points.
    """

    items: Sequence[Item]
    height: float


def without_furniture(sheets: Sequence[Sheet]) -> list[list[Item]]:
    """Takes running heads and page numbers away.

    A piece goes if its text recurs at the same height in the margin, or recurs but for one number
    that counts the pages. A telephone number that stands on every page is kept where it first stands.

    Args:
        sheets: all pages of the document.

    Returns:
        What is left of each page.
    """
    certain = _certain(sheets)
    told: set[str] = set()
    return [
        [item for item in sheet.items if certain.isdisjoint(_keys(item, sheet, page)) or _is_news(item, told)]
        for page, sheet in enumerate(sheets)
    ]


def printed_numbers(sheets: Sequence[Sheet]) -> list[int | None]:
    """Reads the page numbers in the furniture.

    Args:
        sheets: all pages of the document.

    Returns:
        For each page the number that is printed on it, or None where there is none.
    """
    ahead = {key: key[2] for key in _certain(sheets) if key[2] is not None}
    return [
        next((page + ahead[key] for item in sheet.items for key in _keys(item, sheet, page) if key in ahead), None)
        for page, sheet in enumerate(sheets)
    ]


def _certain(sheets: Sequence[Sheet]) -> set[Key]:
    counts = Counter(
        key for page, sheet in enumerate(sheets) for key in {k for i in sheet.items for k in _keys(i, sheet, page)}
    )
    least = max(_PAGES, _PAGES_SHARE * len(sheets))
    return {key for key, count in counts.items() if count >= least}


def _keys(item: Item, sheet: Sheet, page: int) -> Iterator[Key]:
    """What furniture shares with its like on other pages: its text and place, or these and a counted number."""
    middle = item.box.middle[1]
    if not isinstance(item, Piece) or _MARGIN * sheet.height < middle < (1 - _MARGIN) * sheet.height:
        return
    text, place = unicodedata.normalize("NFKC", item.text), round(middle / _PLACE)
    yield text, place, None
    if len(numbers := _NUMBER.findall(text)) == 1:
        yield _NUMBER.sub("#", text), place, int(numbers[0]) - page


def _is_news(item: Item, told: set[str]) -> bool:
    """Whether an item has a telephone number and is seen for the first time; notes it in `told`."""
    text = item.text if isinstance(item, Piece) else ""
    if not _TELEPHONE.search(unicodedata.normalize("NFKC", text)) or text in told:
        return False
    told.add(text)
    return True
