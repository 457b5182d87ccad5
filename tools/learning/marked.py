"""Texts in which what identifies is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Marks words that must stay.
INNOCENT = "innocent"
_END = re.compile(r"^%%\s*$", re.MULTILINE)
_MARK = re.compile(r"⟦(?P<kind>[a-z_]+):(?P<written>[^⟦⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class Place:
    """A marked stretch of a text.

    Args:
        kind: what it is: "name", "employer" … or INNOCENT.
        start: its first character.
        end: one past its last.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and what is marked in it, in order."""

    text: str
    places: tuple[Place, ...]


def read_lot(path: Path) -> list[Marked]:
    """Reads a file of marked texts.

    Args:
        path: the file.

    Raises:
        ValueError: a mark is damaged.
    """
    return [unmarked(piece.strip("\n")) for piece in _END.split(path.read_text("utf-8")) if piece.strip()]


def unmarked(written: str) -> Marked:
    """Takes the marks out of a text.

    Args:
        written: the text with its marks.

    Raises:
        ValueError: a mark is damaged.
    """
    text, places, position = "", [], 0
    for mark in _MARK.finditer(written):
        text += written[position : mark.start()]
        places.append(Place(mark["kind"], len(text), len(text) + len(mark["written"])))
        text += mark["written"]
        position = mark.end()
    text += written[position:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"a damaged mark in {written[:40]!r}")
    return Marked(text, tuple(places))


def identifying(marked: Marked) -> Iterator[Place]:
    """What identifies in a text, in order."""
    return (place for place in marked.places if place.kind != INNOCENT)
