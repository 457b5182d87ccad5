"""What only the sentence tells: names, workplaces, schools and numbers that neither a shape nor a table gives away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.anonymising.document import Document
from bot.anonymising.folding import MASKED
from bot.anonymising.kinds import Kind, Span
from corpus.names import Names
from retrieval.name_reader import Guess, NameReader
from retrieval.names import Sort

#: Recall comes before precision: less than an even chance is enough. From 0.2 to 0.6 little changes.
_LEAST = 0.3
#: What rules found ends rightly as a rule; for what goes on beside it an even chance is needed.
_GOES_ON = 0.5
#: What means something else by itself is masked only where the reader is surer than this.
_SURE = 0.995
#: Behind these a date is no birthday, whatever it looks like; an age behind a birthday tells little.
_OTHER_DATE = re.compile(
    r"(?:期限|満了日?|死亡日?|死去|入国日?|来日|入社日?|退職日?|契約日?|発行日?|交付日?|届出日?|受付日?|開始日?)[\s:は]{0,3}$"
)
_AGE = re.compile(r"[\s(、]*\d{1,3}\s?[歳才][\s)]*$")
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
        touching = document.touching(guess.start, guess.end)
        start, end = _reach(guess, touching) if touching else (guess.start, guess.end)
        if guess.kind == Kind.BIRTH_DATE:
            if not touching and _OTHER_DATE.search(document.text[max(0, start - 8) : start]):
                continue
            end -= len(document.text[start:end]) - len(_AGE.sub("", document.text[start:end]))
        written = document.text[start:end]
        start += len(written) - len(written.lstrip(_EDGES))
        end -= len(written) - len(written.rstrip(_EDGES))
        if start >= end or _SAYS_NOTHING.fullmatch(document.text, start, end) or document.is_settled(start, end):
            continue
        if not touching and max(guess.inside) < _SURE and _is_common(document, names, start, end):
            continue
        document.absorb(Span(Kind(guess.kind), start, end))


def _reach(guess: Guess, touching: Sequence[Span]) -> tuple[int, int]:
    """How far a guess goes on before and behind what rules found in it."""
    first, last = min(span.start for span in touching), max(span.end for span in touching)
    unlikely = [guess.start + i for i, probability in enumerate(guess.inside) if probability < _GOES_ON]
    start = max((position + 1 for position in unlikely if position < first), default=guess.start)
    end = min((position for position in unlikely if position >= last), default=guess.end)
    return start, end


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
