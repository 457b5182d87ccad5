"""What only the sentence tells: names, workplaces, schools and numbers that neither a shape nor a table gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.anonymising.document import Document
from bot.anonymising.folding import MASKED
from bot.anonymising.kinds import Kind, Span
from corpus.names import Names
from retrieval.name_reader import Guess, NameReader
from retrieval.names import Sort

#: Recall comes before precision: less than an even chance is enough. From 0.2 to 0.6 little changes.
_LEAST = 0.4
#: What rules found ends rightly as a rule; for what goes on beside it an even chance is needed.
_GOES_ON = 0.5
#: What means something else by itself is masked only where the reader is surer than this.
_SURE = 0.995
#: Behind these a date is no birthday, whatever it looks like.
_OTHER_DATE = re.compile(
    r"(?:期限|満了日?|死亡日?|死去|入国日?|来日|入社日?|退職日?|契約日?|発行日?|交付日?|届出日?|受付日?|開始日?)[\s:は]{0,3}$"
)
_NUMBERS = frozenset({Kind.NUMBER, Kind.PHONE, Kind.BIRTH_DATE, Kind.SNS})
_ENDS_A_NUMBER = re.compile(r"[\s・(),/]")
_ENDS_A_NAME = re.compile(r"[\n]")
_FIGURES = re.compile(r"[\d,.]+")
_UNIT = re.compile(r"\s?(?:[歳才円万千名人件回日年月時分個枚台%]|k[mg]|[mg]\b|か月|ヶ月|ドル|元)")
_EDGES = " \t\n、。,.:;・()「」『』【】[]<>\"'"
_SAYS_NOTHING = re.compile(rf"[\W_{MASKED}]*")


def read(document: Document, names: Names, reader: NameReader) -> None:
    """Masks what the learned reader finds; what rules found inside or in part joins it.

    Args:
        document: what is read, with what rules found in it.
        names: tables of names.
        reader: the learned reader.
    """
    for guess in reader.guesses(document.text, document.words, document.marks(), names, _LEAST):
        kind = Kind(guess.kind)
        for start, end in _pieces(document.text, guess):
            touching = document.touching(start, end)
            if touching:
                start, end = _reach(document.text, guess, kind, (start, end), touching)  # noqa: PLW2901
            written = document.text[start:end]
            begin = start + len(written) - len(written.lstrip(_EDGES))
            stop = end - len(written) + len(written.rstrip(_EDGES))
            if begin >= stop or _SAYS_NOTHING.fullmatch(document.text, begin, stop) or document.is_settled(begin, stop):
                continue
            sure = max(guess.inside[begin - guess.start : stop - guess.start])
            if not touching and (
                _is_something_else(kind, document.text, begin, stop)
                or (sure < _SURE and _is_common(document, names, begin, stop))
            ):
                continue
            document.absorb(Span(kind, begin, stop))


def _pieces(text: str, guess: Guess) -> Iterator[tuple[int, int]]:
    """A guess without the commas and full stops that no name has in it."""
    start = guess.start
    for mark in re.finditer("[、。]", text[guess.start : guess.end]):
        yield start, guess.start + mark.start()
        start = guess.start + mark.end()
    yield start, guess.end


def _reach(text: str, guess: Guess, kind: Kind, piece: tuple[int, int], touching: Sequence[Span]) -> tuple[int, int]:
    """How far a guess goes on before and behind what rules found in it."""
    first, last = min(span.start for span in touching), max(span.end for span in touching)
    ends = _ENDS_A_NUMBER if kind in _NUMBERS else _ENDS_A_NAME
    stops = [
        position
        for position in range(*piece)
        if guess.inside[position - guess.start] < _GOES_ON or ends.match(text, position)
    ]
    start = max((position + 1 for position in stops if position < first), default=piece[0])
    end = min((position for position in stops if position >= last), default=piece[1])
    return start, end


def _is_something_else(kind: Kind, text: str, start: int, end: int) -> bool:
    """Whether figures tell an amount, or a date the end of something."""
    before = text[max(0, start - 8) : start]
    if kind is Kind.BIRTH_DATE:
        return bool(_OTHER_DATE.search(before))
    return bool(_FIGURES.fullmatch(text, start, end) and (_UNIT.match(text, end) or before.endswith(("¥", "$"))))


def _is_common(document: Document, names: Names, start: int, end: int) -> bool:
    """Whether one word stands there, of a place or of which no name is made: 岐阜, 整骨院, Messenger."""
    word = document.words[min(document.word_at(start), len(document.words) - 1)]
    if (word.start, word.end) != (start, end):
        return False
    nothing = (names.ordinary, names.organisations["generic"], names.organisations["outside"])
    return (
        word.sort is Sort.COUNTRY
        or (word.sort is Sort.PLACE and word.surface not in names.characters)  # 千葉 is a person as often
        or any(word.surface in table for table in nothing)
        or word.surface.lower() in names.english
    )
