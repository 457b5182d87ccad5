"""Of what a rule or the reader saw only a part: numbers go on where no gap is, dates to their last figure."""

from __future__ import annotations

import re
from collections.abc import Set

from bot.anonymising import phones
from bot.anonymising.dates import FULL, HOUR
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span

_NUMBERS = frozenset(
    {
        Kind.RESIDENCE_CARD,
        Kind.MY_NUMBER,
        Kind.PASSPORT,
        Kind.PENSION,
        Kind.LICENCE,
        Kind.INSURANCE,
        Kind.BANK_ACCOUNT,
        Kind.REFERENCE,
        Kind.NUMBER,
        Kind.PLATE,
    }
)
#: RH/VN/ before 2023/0778; No. and the like announce a number and are none of it.
_BEFORE = re.compile(
    r"(?:第\s?)?(?<![A-Za-z0-9])(?!(?:No|NO|Nos|ID|PP|Ref|REF)\b)[A-Z0-9]{1,12}(?:[-/_][A-Z0-9]{1,12}){0,4}[-/_]?$|第\s?$"
)
_BEHIND = re.compile(
    r"(?:[-/_]?[A-Z0-9]{1,12}(?:[-/_][A-Z0-9]{1,12}){0,4}(?![A-Za-z0-9円]))?(?:\s?号(?![様室車館線機]))?"
)
#: Further groups of figures behind a gap, as numbers are written: 0448 7719, 1 0 8 8; no amount, date or time.
_GROUPS_BEHIND = re.compile(
    r"(?:[ -]{1,2}\d{1,8}+(?![\d,]|[-/:.]\d|\s?[年月日時分秒週円万人名個歳才代回割度%件枚本台点位階番号か㎡])){1,6}"
    r"(?![A-Za-z])"
)
_GROUPS_BEFORE = re.compile(r"(?<![\d.:/年月-])(?:(?!19\d\d|20\d\d)\d{4}[ -]|(?:\d ){2,8})$")
_FAR = 40
_DATE = re.compile(rf"(?<![\d-]){FULL}(?!\d)")
_HOUR = re.compile(HOUR)
_PLACES = frozenset({Kind.EMPLOYER, Kind.SCHOOL})


def complete(document: Document) -> None:
    """Makes numbers and dates whole, and masks the telephone numbers of workplaces and schools that are masked.

    Args:
        document: what is read, with what was found in it.
    """
    for span in _spans(document, _NUMBERS):
        _number(document, span)
    births = _spans(document, {Kind.BIRTH_DATE})
    dates = [match.span() for match in _DATE.finditer(document.text)] if births else []
    for span in births:
        for start, end in dates:
            if start < span.end and span.start < end and not (span.start <= start and end <= span.end):
                document.absorb(Span(span.kind, start, end))
    for span in _spans(document, {Kind.BIRTH_DATE}):
        hour = _HOUR.match(document.text, span.end)
        if hour and document.is_free(span.end, hour.end()):
            document.absorb(Span(span.kind, span.start, hour.end()))
    for span in _spans(document, _PLACES):
        called = phones.of_a_masked_place(document.text, span.end)
        if called and not document.touching(called.start, called.end):
            document.absorb(called)


def _spans(document: Document, kinds: Set[Kind]) -> list[Span]:
    return [span for span in document.spans if span.kind in kinds]


def _number(document: Document, span: Span) -> None:
    text = document.text
    before = _BEFORE.search(text, max(0, span.start - _FAR), span.start)
    behind = _BEHIND.match(text, span.end)
    start = before.start() if before and document.is_free(before.start(), span.start) else span.start
    end = behind.end() if behind and document.is_free(span.end, behind.end()) else span.end
    if text[end - 1].isdigit():
        further = _GROUPS_BEHIND.match(text, end)
        end = further.end() if further and document.is_free(end, further.end()) else end
    if text[start].isdigit():
        former = _GROUPS_BEFORE.search(text, max(0, start - _FAR), start)
        start = former.start() if former and document.is_free(former.start(), start) else start
    if (start, end) != (span.start, span.end):
        document.absorb(Span(span.kind, start, end))
