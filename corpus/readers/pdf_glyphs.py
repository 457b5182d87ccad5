"""Takes the characters of a PDF page with the places where they stand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as a reader sees it, in points (1/72 inch) from its upper left corner.

    Args:
        left: distance of the left edge.
        top: distance of the upper edge, smaller than `bottom`.
        right: distance of the right edge.
        bottom: distance of the lower edge.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a point lies in the rectangle."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def around(boxes: Iterable[Box]) -> Box:
    """The smallest rectangle around all (one at least)."""
    lefts, tops, rights, bottoms = zip(*((b.left, b.top, b.right, b.bottom) for b in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character.

    Args:
        text: the character.
        box: the place it takes, as high as its font: the same for あ and 。 of one size.
    """

    text: str
    box: Box


def glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """All visible characters of a page, in the order in which the file draws them.

    Blanks are left out: files use them at will, and the places of the other characters say where one belongs.

    Args:
        page: an open page.

    Raises:
        pdfium.PdfiumError: the page is damaged.
    """
    textpage = page.get_textpage()
    left, bottom, right, top = page.get_mediabox()
    rotation = page.get_rotation()
    rect = pdfium_c.FS_RECTF()
    found = []
    # The raw calls, because a page has some thousand characters and the helpers double the time.
    for index in range(textpage.count_chars()):
        text = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        if text.isspace() or pdfium_c.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
            continue
        box = Box(rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)
        if box.width > 0 and box.height > 0:
            found.append(Glyph(text, _turned(box, rotation, right - left, top - bottom)))
    return found


def _turned(box: Box, rotation: int, width: float, height: float) -> Box:
    """A place on a page that is shown turned clockwise by `rotation` degrees; width and height before the turn."""
    match rotation:
        case 90:
            return Box(height - box.bottom, box.left, height - box.top, box.right)
        case 180:
            return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
        case 270:
            return Box(box.top, width - box.right, box.bottom, width - box.left)
        case _:
            return box
