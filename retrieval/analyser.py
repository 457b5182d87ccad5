"""From text to terms: SudachiPy, mode A, normalised forms.

Mode A splits compounds into their shortest parts and the normalised form unifies spellings
(引越し, 引っ越し, ひっこし), which on a municipal benchmark finds more than longer units or
surface forms do.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

#: Parts of speech that carry topic; particles, auxiliaries and symbols do not.
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接頭辞", "接尾辞", "感動詞"})

#: Of the auxiliaries only the negation tells things apart: 燃えるごみ, 燃えないごみ, 燃えません.
_NEGATIONS = frozenset({"ない", "ず", "ぬ", "ん"})

#: SudachiPy refuses input above 49,149 bytes of UTF-8; pieces of this many characters stay below it.
_PIECE = 8_000

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
_SENTENCE = re.compile(r"[^。．！？!?\n]*(?:[。．！？!?]+[」』）)】]*|\n|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """One content word.

    Args:
        term: normalised form, lower case; what the index counts.
        surface: as written (NFKC).
        base: dictionary form.
        reading: in katakana; "" where unknown.
        known: False where the dictionary does not have it.
        noun: True for a noun that names something (no number, pronoun, counter or verbal noun alone).
        start: first character in the text that was analysed, after `fold`.
        end: one past its last character.
    """

    term: str
    surface: str
    base: str
    reading: str
    known: bool
    noun: bool
    start: int
    end: int


_of_thread = threading.local()


@cache
def dictionary() -> Any:  # noqa: ANN401 - SudachiPy's own type is not exported
    """SudachiPy's dictionary; all tokenizers of the process share it."""
    from sudachipy import Dictionary

    return Dictionary(dict="core")


def _tokenizer() -> Any:  # noqa: ANN401
    """This thread's own: SudachiPy refuses two threads in one tokenizer; the dictionary they share."""
    if not hasattr(_of_thread, "tokenizer"):
        from sudachipy import SplitMode

        _of_thread.tokenizer = dictionary().create(mode=SplitMode.A)
    return _of_thread.tokenizer


def fold(text: str) -> str:
    """Makes spellings comparable: NFKC, control and invisible characters out, lower case.

    For matching only; what is shown to people is never folded (① must stay ①).
    """
    normal = unicodedata.normalize("NFKC", _CONTROL.sub("", text))
    lower = normal.lower()
    if lower == normal:
        return normal
    return unicodedata.normalize("NFKC", lower)  # small letters may join with an accent where capitals do not


def tokens(text: str) -> list[Token]:
    """The content words of a text, in order.

    Args:
        text: any text; it is folded first, and positions count in the folded text.
    """
    folded = fold(text)
    found: list[Token] = []
    begin = 0
    while begin < len(folded):
        end = begin + _PIECE
        if end < len(folded):  # a long text is cut between sentences, where there is one to cut between
            end = max(folded.rfind(mark, begin, end) + 1 for mark in "。\n 、") or end
        found += _tokens(folded[begin:end], begin)
        begin = end
    return found


def _tokens(piece: str, offset: int) -> Iterator[Token]:
    for m in _tokenizer().tokenize(piece):
        part = m.part_of_speech()
        auxiliary = part[0] == "助動詞"
        if not auxiliary and part[0] not in _CONTENT:
            continue
        term = m.normalized_form().lower()
        if auxiliary:
            if term not in _NEGATIONS:
                continue
            term = "ない"
        if not any(c.isalnum() for c in term):
            continue
        known = not m.is_oov()
        yield Token(
            term=term,
            surface=m.surface(),
            base=m.dictionary_form().lower(),
            reading=m.reading_form() if known else "",
            known=known,
            noun=part[0] == "名詞" and part[1] != "数詞",
            start=offset + m.begin(),
            end=offset + m.end(),
        )


def sentences(text: str) -> list[tuple[int, int]]:
    """Character ranges of the sentences of a text; a line end ends a sentence too.

    Args:
        text: as shown. Ranges cover all of it but white space between sentences.
    """
    ranges = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if end > start:
            ranges.append((start, end))
    return ranges


def katakana(text: str) -> str:
    """Hiragana turned to katakana; all else as it is."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)
