"""What only the sentence tells: names, workplaces, schools and numbers that neither a shape nor a table gives away."""

from __future__ import annotations

import re

from bot.anonymising.document import Document
from bot.anonymising.folding import MASKED
from bot.anonymising.kinds import Kind, Span
from corpus.names import Names
from retrieval.name_reader import NameReader
from retrieval.names import Sort

#: Recall comes before precision. Of 0.2 to 0.65 measured (`tools.learning`), this masks few innocent words.
_LEAST = 0.4
_EDGES = " \t\n、。,.:;・()「」『』【】[]<>\"'"
_SAYS_NOTHING = re.compile(rf"[\W_{MASKED}]*")
#: What means something else by itself is masked only where the reader is surer than this.
_SURE = 0.9


def read(document: Document, names: Names, reader: NameReader) -> None:
    """Masks what the learned reader finds; what rules found inside or in part joins it.

    Args:
        document: what is read, with what rules found in it.
        names: tables of names.
        reader: the learned reader.
    """
    text = document.text
    for guess in reader.guesses(text, document.words, document.marks(), names, _LEAST):
        written = text[guess.start : guess.end]
        start = guess.start + len(written) - len(written.lstrip(_EDGES))
        end = guess.end - len(written) + len(written.rstrip(_EDGES))
        if start >= end or _SAYS_NOTHING.fullmatch(text, start, end) or document.is_settled(start, end):
            continue
        if guess.probability < _SURE and document.is_free(start, end) and _is_common(document, names, start, end):
            continue
        document.absorb(Span(Kind(guess.kind), start, end))


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
