"""Parts of speech as SudachiPy sees them: surnames, given names, places, and words it does not know.

Read with mode C, its longest units: 林業 is one word there, and no 林 with something behind.
GiNZA's entity recogniser is not asked; `bot.anonymise` says why.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from retrieval.analyser import dictionary

#: SudachiPy refuses input above 49,149 bytes of UTF-8; pieces of this many characters stay below it.
_PIECE = 8_000


class Sort(Enum):
    """What a word is, as far as names go."""

    SURNAME = auto()
    GIVEN = auto()
    PERSON = auto()  # a name, the dictionary does not say which part of it
    PLACE = auto()
    COUNTRY = auto()
    PROPER = auto()  # another proper noun: a company, a product
    NOUN = auto()
    NUMBER = auto()
    PREFIX = auto()
    SUFFIX = auto()
    PARTICLE = auto()
    MARK = auto()  # punctuation, symbols, white space
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Args:
        surface: as written.
        start: its first character in the text.
        end: one past its last.
        sort: what it is.
        known: False where the dictionary does not have it.
        reading: in katakana; "" where unknown.
        normal: the form that stands for all its spellings.
    """

    surface: str
    start: int
    end: int
    sort: Sort
    known: bool
    reading: str
    normal: str


#: Katakana that the tokenizer joined to one word though no dictionary has it; `is_oov` does not tell.
_JOINED = 0x0FFF_FFFF

_of_thread = threading.local()


def _tokenizer() -> Any:  # noqa: ANN401 - SudachiPy's own type is not exported
    """This thread's own: SudachiPy refuses two threads in one tokenizer."""
    if not hasattr(_of_thread, "tokenizer"):
        from sudachipy import SplitMode

        _of_thread.tokenizer = dictionary().create(mode=SplitMode.C)
    return _of_thread.tokenizer


def words(text: str) -> list[Word]:
    """All words of a text, marks and white space too, in order.

    Args:
        text: any text without lone surrogates.
    """
    found: list[Word] = []
    begin = 0
    while begin < len(text):
        end = min(begin + _PIECE, len(text))
        if end < len(text):
            end = max(text.rfind(mark, begin, end) + 1 for mark in "。\n 、") or end
        found += _words(text[begin:end], begin)
        begin = end
    return found


def _words(piece: str, offset: int) -> Iterator[Word]:
    for m in _tokenizer().tokenize(piece):
        known = not m.is_oov() and m.word_id() != _JOINED
        sort = _sort(m.part_of_speech())
        if sort in _OF_PEOPLE and not all(c.isalnum() or c in "ー々" for c in m.surface()):
            sort = Sort.OTHER  # a few entries of the dictionary hold brackets
        if sort is Sort.MARK and len(m.surface()) > 1 and m.surface().isalpha() and not m.surface().isascii():
            sort = Sort.NOUN  # アルファ, シグマ: letters of other scripts, and names of many companies
        reading = m.reading_form() if known else ""
        yield Word(m.surface(), offset + m.begin(), offset + m.end(), sort, known, reading, m.normalized_form())


_BY_PART = {
    "接頭辞": Sort.PREFIX,
    "接尾辞": Sort.SUFFIX,
    "助詞": Sort.PARTICLE,
    "助動詞": Sort.PARTICLE,
    "補助記号": Sort.MARK,
    "記号": Sort.MARK,
    "空白": Sort.MARK,
}
_BY_NAME = {"姓": Sort.SURNAME, "名": Sort.GIVEN, "一般": Sort.PERSON}


_OF_PEOPLE = frozenset({Sort.SURNAME, Sort.GIVEN, Sort.PERSON})


def _sort(part: tuple[str, ...]) -> Sort:
    match part[:3]:
        case ("名詞", "固有名詞", "人名"):
            return _BY_NAME[part[3]]
        case ("名詞", "固有名詞", "地名"):
            return Sort.COUNTRY if part[3] == "国" else Sort.PLACE
        case ("名詞", "固有名詞", _):
            return Sort.PROPER
        case ("名詞", "数詞", _):
            return Sort.NUMBER
        case ("名詞", _, _) | ("形状詞", _, _):
            return Sort.NOUN
    return _BY_PART.get(part[0], Sort.OTHER)
