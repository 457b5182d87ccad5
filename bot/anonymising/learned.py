"""What only the sentence tells: names, workplaces, schools and numbers that neither a shape nor a table gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.anonymising.document import Document
from bot.anonymising.folding import MASKED
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.unexplained import is_of_a_thing
from corpus.names import Names
from retrieval.name_reader import Guess, NameReader, Reading
from retrieval.names import Sort

#: From 0.4 to 0.6 little changes: each step of 0.1 leaves one name in 200 more and masks one innocent word in 400 less.
_LEAST = 0.5
#: For what rules suspect a small chance is enough.
_DOUBT = 0.3
#: What rules found ends rightly as a rule; for what goes on beside it an even chance is needed.
_GOES_ON = 0.5
#: What means something else by itself is masked only where the reader is surer than this.
_SURE = 0.995
#: Behind these a date is no birthday, whatever it looks like.
_OTHER_DATE = re.compile(
    r"(?:期限|満了日?|死亡日?|死去|没|他界|亡くな(?:り|った)|入国日?|来日|入社日?|退職日?|契約日?|発行日?|交付日?|届出日?|受付日?|開始日?)[\s:は(]{0,3}$"
)
_NUMBERS = frozenset({Kind.NUMBER, Kind.PHONE, Kind.BIRTH_DATE, Kind.SNS})
_ENDS_A_NUMBER = re.compile(r"[\s・(),/]")
_ENDS_A_NAME = re.compile(r"[\n]")
_FIGURES = re.compile(r"[\d,.]+")
_PAGE = re.compile(r"[pP]\.?\s?\d+")
#: Without one of these nothing is a number; ○ ○ ○ in a table of opening days is none.
_TELLS = re.compile(r"[\d一二三四五六七八九]|[ァ-ヴー]{3}|[A-Z]{2}")
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
    reading = reader.read(document.text, document.words, document.marks(), names, _LEAST)
    for guess in reading.guesses:
        for start, end in _pieces(document.text, guess):
            _take(document, names, reading, Span(Kind(guess.kind), start, end))
    for span in document.suspects:
        if max(reading.inside[span.start : span.end]) >= _DOUBT:
            document.mask(span)


def _take(document: Document, names: Names, reading: Reading, piece: Span) -> None:
    """Masks a piece of a guess, unless something else is known of it."""
    start, end = piece.start, piece.end
    touching = document.touching(start, end)
    if touching:
        start, end = _reach(document.text, reading.inside, piece, touching)
    begin, stop = document.trimmed(start, end, _EDGES)
    if begin >= stop or _SAYS_NOTHING.fullmatch(document.text, begin, stop) or document.is_settled(begin, stop):
        return
    if not touching and (
        _is_something_else(piece.kind, document.text, begin, stop)
        or (max(reading.inside[begin:stop]) < _SURE and _is_common(document, names, begin, stop))
    ):
        return
    document.absorb(Span(piece.kind, begin, stop))


def _pieces(text: str, guess: Guess) -> Iterator[tuple[int, int]]:
    """A guess without the commas and full stops that no name has in it."""
    start = guess.start
    for mark in re.finditer("[、。]", text[guess.start : guess.end]):
        yield start, guess.start + mark.start()
        start = guess.start + mark.end()
    yield start, guess.end


def _reach(text: str, inside: Sequence[float], piece: Span, touching: Sequence[Span]) -> tuple[int, int]:
    """How far a guess goes on before and behind what rules found in it."""
    first, last = min(span.start for span in touching), max(span.end for span in touching)
    ends = _ENDS_A_NUMBER if piece.kind in _NUMBERS else _ENDS_A_NAME
    stops = [at for at in range(piece.start, piece.end) if inside[at] < _GOES_ON or ends.match(text, at)]
    start = max((at + 1 for at in stops if at < first), default=piece.start)
    end = min((at for at in stops if at >= last), default=piece.end)
    return start, end


def _is_something_else(kind: Kind, text: str, start: int, end: int) -> bool:
    """Whether figures tell an amount, or a date the end of something."""
    before = text[max(0, start - 8) : start]
    if kind is Kind.BIRTH_DATE:
        return bool(_OTHER_DATE.search(before) or _PAGE.fullmatch(text, start, end))
    if kind is Kind.NUMBER and (is_of_a_thing(text, start) or not _TELLS.search(text, start, end)):
        return True
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
