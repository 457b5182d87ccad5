"""Puts the characters of a PDF page together into pieces of lines, and drops furigana."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.readers.pdf_glyphs import Box, Glyph, around

#: A wider gap, in heights of the characters, parts two pieces: columns, cells. A full-width blank, as after
#: "第１章", is one height wide and must not.
_PART_GAP: Final = 1.5
#: A wider gap is a blank: between two Japanese characters, where justified lines have gaps of their own; between
#: a Japanese and another one, where word processors add a quarter of the height; and between two others.
_WIDE_GAP: Final = 0.7
_MIXED_GAP: Final = 0.33
_LATIN_GAP: Final = 0.1
#: Two characters stand on one line if they share this much of the lower one's height.
_SHARED_HEIGHT: Final = 0.5
#: Furigana is half as high as its kanji (JIS X 4051); the rest is for rounding and odd fonts.
_RUBY_SIZE: Final = 0.65
_KANA: Final = re.compile("[\u3041-\u309f\u30a1-\u30ff]")
_KANJI: Final = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff]")
_JAPANESE: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")

_BROKEN_NUMBER: Final = re.compile(r"\d[-‐‑–−－]\n\d|\d\n[-‐‑–−－]\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line without a wide gap.

    Args:
        glyphs: its characters from left to right.
        box: the place it takes.
    """

    glyphs: tuple[Glyph, ...]
    box: Box

    @property
    def text(self) -> str:
        """Its characters, with a blank where a gap shows one."""
        text = self.glyphs[0].text
        for before, after in pairwise(self.glyphs):
            japanese = [_JAPANESE.match(glyph.text) is not None for glyph in (before, after)]
            limit = _WIDE_GAP if all(japanese) else _MIXED_GAP if any(japanese) else _LATIN_GAP
            # The greater height, because some fonts give 一 the height of its stroke.
            gap = (after.box.left - before.box.right) / max(before.box.height, after.box.height)
            text += " " * (gap > limit) + after.text
        return text


def pieces(glyphs: Iterable[Glyph]) -> list[Piece]:
    """Puts characters together; furigana is left out.

    Args:
        glyphs: characters in the order in which the file draws them.

    Returns:
        Pieces of lines from top to bottom and from left to right.
    """
    parts = [part for row in rows(_runs(glyphs)) for part in _parts(row)]
    return [part for part in parts if not (_is_kana(part) and any(_is_ruby(part.box, base) for base in parts))]


def rows(items: Iterable[Piece]) -> list[list[Piece]]:
    """Groups pieces that stand on one line.

    Args:
        items: pieces in any order.

    Returns:
        Rows from top to bottom, each from left to right.
    """
    found: list[list[Piece]] = []
    for item in sorted(items, key=lambda item: item.box.middle[1]):
        # The last two: a raised or small piece may come between two of one row.
        row = next((row for row in reversed(found[-2:]) if _level(row[0].box, item.box)), None)
        if row is None:
            found.append([item])
        else:
            row.append(item)
    return [sorted(row, key=lambda item: item.box.left) for row in found]


def joined(parts: Sequence[str]) -> str:
    """Lines of one cell as one text.

    A line break is no blank between Japanese characters, nor beside the hyphen of a telephone number.
    """
    text = ""
    for part in parts:
        blank = (
            text
            and not (_JAPANESE.match(text[-1]) and _JAPANESE.match(part))
            and not _BROKEN_NUMBER.search(text[-2:] + "\n" + part[:2])
        )
        text += " " * bool(blank) + part
    return text


def _runs(glyphs: Iterable[Glyph]) -> list[Piece]:
    """Characters that the file draws one after another on one line; they spare comparing each with each."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        gap = glyph.box.left - last.box.right if last else 0
        if last and _level(last.box, glyph.box) and abs(gap) <= 0.5 * glyph.box.height and not _same(last, glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_piece(run) for run in runs]


def _parts(row: list[Piece]) -> Iterable[Piece]:
    """The pieces of a row: its characters, parted where the gap is wide. Bold print by drawing twice counts once."""
    part: list[Glyph] = []
    for glyph in sorted((glyph for run in row for glyph in run.glyphs), key=lambda glyph: glyph.box.left):
        if any(_same(before, glyph) for before in part[-2:]):
            continue
        gap = glyph.box.left - part[-1].box.right if part else 0
        if part and gap > _PART_GAP * max(glyph.box.height, part[-1].box.height):
            yield _piece(part)
            part = []
        part.append(glyph)
    yield _piece(part)


def _piece(glyphs: Sequence[Glyph]) -> Piece:
    return Piece(tuple(glyphs), around(glyph.box for glyph in glyphs))


def _level(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _SHARED_HEIGHT * min(one.height, other.height)


def _same(one: Glyph, other: Glyph) -> bool:
    """Whether one character is the other once more, drawn over it or hardly beside it."""
    shared = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return one.text == other.text and shared > 0.5 * one.box.width and _level(one.box, other.box)


def _is_kana(piece: Piece) -> bool:
    return all(_KANA.match(glyph.text) for glyph in piece.glyphs)


def _is_ruby(box: Box, base: Piece) -> bool:
    """Whether kana in that place are the reading of kanji right below them."""
    return (
        box.height <= _RUBY_SIZE * base.box.height
        and abs(base.box.top - box.bottom) <= box.height
        and box.middle[1] < base.box.top
        and any(
            _KANJI.match(glyph.text) and glyph.box.right > box.left and glyph.box.left < box.right
            for glyph in base.glyphs
        )
    )
