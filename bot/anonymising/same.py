"""Which mentions mean the same: グエン・ヴァン・アイン, グエンさん and NGUYEN VAN ANH are one person.

Two mentions are the same where one's parts are all found among the other's. A mention of one part, グエンさん, is
taken for a person only while no second one in the text has that part; otherwise it is a person of its own, which
can make one person two, but never two one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.spelling import in_latin, shortened
from corpus.names import Names
from retrieval.names import Sort

#: A part of a name: all the ways it may be written in Latin letters, or itself.
_Part = frozenset[str]


def same(document: Document, names: Names) -> dict[Span, int]:
    """Puts mentions of the same thing together.

    Args:
        document: what was read, with all that was found.
        names: how names are written in several scripts.

    Returns:
        For every span the number of what it means; spans of two kinds never share one.
    """
    spans = sorted(document.spans, key=lambda span: span.start)
    groups: dict[Span, int] = {}
    plain: dict[tuple[Kind, str], int] = {}
    people = [span for span in spans if span.kind is Kind.NAME]
    for span in spans:
        if span.kind is not Kind.NAME:
            key = (span.kind, _core(span.kind, document.text[span.start : span.end]))
            groups[span] = plain.setdefault(key, len(plain))
    for span, person in zip(people, _persons([_parts(document, span, names) for span in people]), strict=True):
        groups[span] = len(plain) + person
    return groups


def _core(kind: Kind, written: str) -> str:
    """What makes two writings of an identifier the same."""
    bare = re.sub(r"[\s\-().・,]", "", written).casefold()
    if kind is Kind.EMPLOYER:
        bare = re.sub(r"株式会社|有限会社|合同会社|^[株有同]|[株有同]$", "", bare) or bare
    return bare


def _persons(mentions: Sequence[tuple[_Part, ...]]) -> list[int]:
    """For every mention the number of its person."""
    known: list[tuple[_Part, ...]] = []
    found = [-1] * len(mentions)
    seen: dict[tuple[_Part, ...], int] = {}
    # The longest first: what is short can then be seen to fit one person, or two.
    for index in sorted(range(len(mentions)), key=lambda i: (-len(mentions[i]), i)):
        parts = mentions[index]
        if parts not in seen:
            fitting = [person for person, whole in enumerate(known) if _fits(parts, whole)]
            # Who has the very same name comes before who has it among others.
            equal = [person for person in fitting if len(known[person]) == len(parts)]
            if len(fitting) == 1 or equal:
                seen[parts] = (equal or fitting)[0]
            else:
                known.append(parts)
                seen[parts] = len(known) - 1
        found[index] = seen[parts]
    return found


def _fits(parts: tuple[_Part, ...], whole: tuple[_Part, ...]) -> bool:
    """Whether all parts stand among the parts of a name, each in a place of its own."""
    left = list(whole)
    for part in parts:
        place = next((index for index, other in enumerate(left) if part & other), None)
        if place is None:
            return False
        del left[place]
    return True


def _parts(document: Document, span: Span, names: Names) -> tuple[_Part, ...]:
    written = document.text[span.start : span.end]
    pieces = [piece for piece in re.split(r"[\s・=•·,.]+", written) if piece]
    if len(pieces) == 1 and re.match(r"[一-龥々ぁ-ん]", written):
        words = document.words[document.word_at(span.start) : document.word_at(span.end)]
        if len(words) > 1 and words[0].start == span.start and words[0].sort in (Sort.SURNAME, Sort.PERSON):
            cut = words[0].end - span.start
            return (_kanji(written[:cut], words[0].reading, names), _kanji(written[cut:], words[1].reading, names))
    readings = {
        word.surface: word.reading for word in document.words[document.word_at(span.start) : document.word_at(span.end)]
    }
    return tuple(_part(piece, readings.get(piece, ""), names) for piece in pieces) or (frozenset({written}),)


def _part(piece: str, reading: str, names: Names) -> _Part:
    if re.match(r"[ァ-ヴ]", piece):
        return frozenset({piece, in_latin(piece)}) | names.katakana.get(piece, frozenset())
    if re.match(r"[一-龥々ぁ-ん]", piece):
        return _kanji(piece, reading, names)
    letters = unicodedata.normalize("NFD", piece.lower().replace("đ", "d"))
    return frozenset({shortened("".join(c for c in letters if not unicodedata.combining(c)).removesuffix("'s"))})


def _kanji(piece: str, reading: str, names: Names) -> _Part:
    latin = names.kanji.get(piece, frozenset())
    return frozenset({piece}) | latin | ({in_latin(reading)} if len(reading) > 1 else frozenset())
