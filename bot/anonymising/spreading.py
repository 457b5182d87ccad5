"""What was found once is masked wherever it stands: a name that stood by 氏名 is a name further down too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from corpus.names import Names
from retrieval.names import Sort

_KATAKANA = re.compile(r"[ァ-ヴー]+")
_KANJI = re.compile(r"[一-龥々〆]+")
_LATIN = re.compile(r"[A-Za-zÀ-ỹ]+")
_BREAK = re.compile(r"[\s・=•·.,]+")
_ORGANISATIONS = frozenset({Kind.EMPLOYER, Kind.SCHOOL})


def spread(document: Document, names: Names) -> Iterator[Span]:
    """Further places of the names, employers and schools found so far.

    Args:
        document: what is read, with what was found in it.
        names: what is no name however often it stands there.
    """
    wanted: dict[str, Kind] = {}
    for span in document.spans:
        written = document.text[span.start : span.end]
        if span.kind is Kind.NAME:
            for part in (written, *_BREAK.split(written), *_words_of(document, span)):
                if _is_telling(part, names):
                    wanted.setdefault(part, Kind.NAME)
        elif span.kind in _ORGANISATIONS and len(written) > 3:
            wanted.setdefault(written, span.kind)
            core = re.sub(r"株式会社|有限会社|合同会社|\([株有同]\)|\s", "", written)
            if len(core) > 3:
                wanted.setdefault(core, span.kind)
    by_first: dict[str, list[str]] = {}
    for part in sorted(wanted, key=len, reverse=True):
        by_first.setdefault(part[:2], []).append(part)
    text = document.text
    position = 0
    while position < len(text) - 1:
        for part in by_first.get(text[position : position + 2], ()):
            end = position + len(part)
            if (
                text.startswith(part, position)
                and _stands_alone(text, position, end)
                and document.is_free(position, end)
            ):
                yield Span(wanted[part], position, end)
                position = end - 1
                break
        position += 1


def _words_of(document: Document, span: Span) -> Iterator[str]:
    """The surname and the given name of a name in kanji."""
    for word in document.words[document.word_at(span.start) : document.word_at(span.end)]:
        if word.sort in (Sort.SURNAME, Sort.GIVEN):
            yield word.surface


def _is_telling(part: str, names: Names) -> bool:
    """Whether a part of a name says enough to be masked where nothing else says that it is one."""
    if len(part) < 2 or part in names.ordinary:
        return False
    if _LATIN.fullmatch(part):
        return len(part) > 2 and part.lower() not in names.english
    return True


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a part is no piece of a longer word: アン of アンケート."""
    for script in (_KATAKANA, _LATIN):
        if script.match(text, start) and start and script.match(text, start - 1):
            return False
        if script.match(text, end - 1) and script.match(text, end):
            return False
    if _KATAKANA.fullmatch(text[start:end]) and end - start == 2:
        return bool(re.match(r"さん|[はがをにのともへ、。:「(]|$", text[end:])) and not re.search(
            r"[一-龥]$", text[:start][-1:]
        )
    return not (
        _KANJI.fullmatch(text[start:end]) and end - start == 2 and re.match(r"[駅市町区村県川線]", text[end : end + 1])
    )
