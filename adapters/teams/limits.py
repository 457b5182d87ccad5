"""What Teams takes, and how texts are cut to fit: visibly, at the end of a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import labels
from bot.highlight import Piece

#: Bytes of a card as compact UTF-8. Teams documents about 28 KB for a card, and 80 KB (recommended) to 100 KB as
#: UTF-16 for a message; 28,000 bytes of UTF-8 are never more than 56,000 of UTF-16, so this one limit keeps all three.
CARD_BYTES = 28_000

#: Longest passage tried, in characters, one after the other until the card fits.
PASSAGES = (3000, 1200, 600, 300, 150, 80)

#: A text that is no passage may be this many times as long.
OTHERS = 4

#: Actions side by side; Teams hides those after the sixth.
ACTIONS = 6

#: Longest sentence for notifications and clients without cards, in characters.
SUMMARY = 500

#: Longest name of a part left out, in characters.
NAME = 40

_SENTENCE_END = re.compile(r"[。！？!?\n]")


def size(content: Mapping[str, Any] | Sequence[Any]) -> int:
    """Bytes of JSON as compact UTF-8."""
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def shortened(text: str, limit: int, mark: str = labels.SHORTENED) -> str:
    """A text of at most `limit` characters and the mark, cut after a sentence where one ends in the second half.

    Args:
        text: the text.
        limit: characters kept at most.
        mark: follows what was cut.
    """
    return text if len(text) <= limit else text[: _end(text, limit)].rstrip() + mark


def shortened_pieces(pieces: Sequence[Piece], limit: int) -> tuple[Piece, ...]:
    """A passage of at most `limit` characters, marked where it was cut; the first sentence that answers stays in it.

    Args:
        pieces: the passage.
        limit: characters kept at most.
    """
    text = "".join(piece.text for piece in pieces)
    if len(text) <= limit:
        return tuple(pieces)
    answer = _answer(pieces)
    start = answer if answer > limit // 2 else 0
    end = start + _end(text[start:], limit)
    kept = tuple(_between(pieces, start, end))
    head = (Piece("…"),) if start else ()
    tail = (Piece(labels.CONTINUED),) if end < len(text) else ()
    return (*head, *kept, *tail)


def _end(text: str, limit: int) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, limit // 2, limit)]
    return ends[-1] if ends else min(limit, len(text))


def _answer(pieces: Sequence[Piece]) -> int:
    """Where the first sentence that answers begins; 0 where none does."""
    at = 0
    for piece in pieces:
        if piece.answering:
            return at
        at += len(piece.text)
    return 0


def _between(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        if text := piece.text[max(0, start - at) : max(0, end - at)]:
            yield replace(piece, text=text)
        at += len(piece.text)
