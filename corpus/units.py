"""Cuts a section into the smallest parts that may stand by themselves: paragraphs, rows, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.blocks import Kind
from corpus.lines import MARKER, TERMINAL, Piece
from corpus.model import PASSAGE_LIMIT

#: A sentence with the closing brackets, and the note in brackets, that belong to it.
_SENTENCE: Final = re.compile(r".+?(?:[。！？!?]+[」』）)】]*(?:[（(][^（()）。]*[）)]。?)?|[.](?=\s)|$)\s*", re.DOTALL)
_CLAUSE: Final = re.compile(r".+?(?:[、，,;；]|$)\s*", re.DOTALL)
_STORY: Final = re.compile(r"[●■○〇★☞【<＜▶]|[①-⑳]")
#: A marked line shorter than this is an item of a list, not the beginning of a story.
_STORY_LENGTH: Final = 40
_NAME: Final = re.compile(r"[○〇■▶◆【<＜]")
_ITEM: Final = re.compile(r"[・→※◎◆●○〇]|■\s|[①-⑳]|[（(][0-9０-９]{1,2}[）)]|[-−]\s")

#: What it costs to part a unit from the one before it, the less the better a place it is.
_BEFORE_STORY, _BEFORE_PARAGRAPH, _BEFORE_ITEM, _BEFORE_SENTENCE = 0.0, 0.6, 0.8, 1.5
#: What comes after a line that announces it ("次のとおりです。", "研修講師の選定方法：") belongs to it.
_AFTER_LEAD: Final = 3.0
#: Parted from its end, a story no longer says whose it is.
_WITHIN_STORY: Final = 6.0
_TELLER: Final = re.compile(r"[（(][^（）()]{1,20}[）)]$")
_LEAD: Final = re.compile(
    r"[：:]$|(?:次|以下|下記)の(?:とおり|通り|よう)[^。]{0,12}。?$|、$|[？?]$|教えてください[。！]?$|^（参考）[^。]*$"
)
#: The head of a table that sets two sides against each other; read apart, its cells say the wrong thing.
_COMPARISON: Final = re.compile(r"(?:メリット|利点|長所|良い点)[\s　・／]+(?:デメリット|欠点|短所|課題|悪い点)")
#: A label without a mark, shorter than this, belongs to what follows it.
_LABEL_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class Unit:
    """A part that is never cut.

    Args:
        text: at most `PASSAGE_LIMIT` characters.
        page: page as printed, or None.
        cost: what it costs to begin a passage with it; 0 is a good place.
        inline: it goes on in the same line as the unit before it.
        header: head row of its table, "" outside of tables.
    """

    text: str
    page: int | None = None
    cost: float = 0.0
    inline: bool = False
    header: str = ""


def units_of(pieces: Sequence[Piece]) -> Iterator[Unit]:
    """Cuts pieces into units.

    Args:
        pieces: paragraphs and rows of one section.

    Yields:
        Units in reading order; their texts hold all the text of the pieces but blanks.
    """
    compared = False
    stories = _within_stories(pieces)
    for index, piece in enumerate(pieces):
        if index in stories:
            cost = _WITHIN_STORY
        elif compared or (index and _leads(pieces[index - 1], piece)):
            cost = _AFTER_LEAD
        else:
            cost = _cost(piece)
        compared = compared or bool(_COMPARISON.fullmatch(piece.text))
        # A table's row keeps its head: with the head it must fit into a passage.
        limit = PASSAGE_LIMIT - len(piece.header) - 1 if piece.header else PASSAGE_LIMIT
        for number, part in enumerate(_parts(piece.text, max(limit, PASSAGE_LIMIT // 2))):
            header = piece.header if len(piece.header) < PASSAGE_LIMIT // 2 else ""
            yield Unit(part, piece.page, _BEFORE_SENTENCE if number else cost, number > 0, header)


def _within_stories(pieces: Sequence[Piece]) -> set[int]:
    """Paragraphs that go on with a story begun by ●, up to the one that says in brackets whose story it is."""
    within: set[int] = set()
    start = None
    for index, piece in enumerate(pieces):
        if piece.text.startswith("●"):
            start = index
        if start is not None and _TELLER.search(piece.text):
            within.update(range(start + 1, index + 1))
            start = None
    return within


def _leads(above: Piece, piece: Piece) -> bool:
    """Whether a line announces or names what follows it."""
    if _LEAD.search(above.text):
        return True
    if above.kind is Kind.ROW or TERMINAL.search(above.text):
        return False
    if MARKER.match(above.text):
        return bool(_NAME.match(above.text)) and len(above.text) < _STORY_LENGTH and not MARKER.match(piece.text)
    return len(above.text) < _LABEL_LENGTH


def _cost(piece: Piece) -> float:
    if _STORY.match(piece.text) and (len(piece.text) >= _STORY_LENGTH or not _ITEM.match(piece.text)):
        return _BEFORE_STORY
    return _BEFORE_ITEM if piece.kind is Kind.ROW or _ITEM.match(piece.text) else _BEFORE_PARAGRAPH


def _parts(text: str, limit: int) -> Iterator[str]:
    """The text whole if it is short enough, else its sentences, else clauses, else so many characters."""
    if len(text) <= limit:
        yield text
        return
    for sentence in _SENTENCE.findall(text):
        if len(sentence) <= limit:
            yield sentence
            continue
        part = ""
        for clause in _CLAUSE.findall(sentence):
            if part and len(part) + len(clause) > limit:
                yield part
                part = ""
            part += clause
            while len(part) > limit:
                yield part[:limit]
                part = part[limit:]
        if part:
            yield part
