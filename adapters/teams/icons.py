"""The two pictures of the app package, drawn: a speech bubble over a counter.

Teams wants 192 × 192 pixels in full colour, and 32 × 32 in white on nothing.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

#: Red, green, blue of the app; also `accentColor` of the manifest.
ACCENT = (0x1F, 0x5A, 0x8C)

_WHITE = (0xFF, 0xFF, 0xFF)

#: How far inside a shape a point lies, in the unit square; negative outside.
_Depth = Callable[[float, float], float]


def colour_icon() -> bytes:
    """A PNG of 192 × 192 pixels: white on the app's colour."""
    return _png(192, lambda x, y, soft: (*_mixed(ACCENT, _WHITE, _cover(_filled, x, y, soft)), 0xFF))


def outline_icon() -> bytes:
    """A PNG of 32 × 32 pixels: white lines on nothing."""
    return _png(32, lambda x, y, soft: (*_WHITE, round(0xFF * _cover(_outlined, x, y, soft))))


def _filled(x: float, y: float) -> float:
    return max(_bubble(x, y), _counter(x, y))


def _outlined(x: float, y: float) -> float:
    depth = _bubble(x, y)
    return max(min(depth, 0.075 - depth), _counter(x, y))


def _bubble(x: float, y: float) -> float:
    """A round rectangle with a tail below it."""
    tail = min(y - 0.5, 0.70 - y, x - 0.40 - 0.6 * (y - 0.55), 0.60 - x - 0.4 * (y - 0.55))
    return max(_round(x - 0.5, y - 0.38, 0.30, 0.20, 0.09), tail)


def _counter(x: float, y: float) -> float:
    return _round(x - 0.5, y - 0.78, 0.34, 0.035, 0.03)


def _round(x: float, y: float, width: float, height: float, radius: float) -> float:
    """Depth within a rectangle with round corners about the origin, of half that width and height."""
    right, down = abs(x) - width + radius, abs(y) - height + radius
    outside = math.hypot(max(right, 0.0), max(down, 0.0))
    return radius - outside - min(max(right, down), 0.0)


def _cover(shape: _Depth, x: float, y: float, soft: float) -> float:
    """Share of a pixel that a shape covers."""
    return min(1.0, max(0.0, shape(x, y) / soft + 0.5))


def _mixed(below: tuple[int, int, int], above: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(below, above, strict=True))
    return red, green, blue


def _png(side: int, pixel: Callable[[float, float, float], tuple[int, int, int, int]]) -> bytes:
    """A square PNG of 8-bit RGBA (https://www.w3.org/TR/png-3/)."""
    rows = bytearray()
    for row in range(side):
        rows.append(0)  # no filter
        for column in range(side):
            rows.extend(pixel((column + 0.5) / side, (row + 0.5) / side, 1 / side))
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(bytes(rows), 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
