"""Addresses in Latin letters: 2-3-4 Okubo, Shinjuku-ku, Tokyo; Room 305, Green Heights."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.kinds import Kind, Span
from corpus.directory.prefectures import all_prefectures

_WORD = r"[A-ZĀĪŪĒŌÂÊÎÔÛ][A-Za-zĀ-ūâêîôû']{1,24}"
_SUFFIX = (
    r"-?\s?(?:ku|shi|cho|chō|chome|machi|mura|son|gun|ken|to|fu|dori|Ku|Shi|Cho|Machi|Ken|City|Ward|"
    r"Town|Village|Prefecture|Pref\.)(?![a-z])"
)
_PLACE = rf"(?:(?<![A-Za-z])(?!Room|Apt|Rm|Unit){_WORD}(?:-[A-Za-z]{{1,16}})?(?:{_SUFFIX})?)"
_SEP = r"[,\s]\s{0,2}"
_BLOCK = r"\d{1,5}(?:\s?-\s?(?:chome|banchi))?(?:[-\s,]{1,2}\d{1,4}(?:\s?-?\s?(?:banchi|ban|go))?){0,3}"
_ROOM = r"(?:(?:Room|Apt\.?|Apartment|Rm\.?|Unit|No\.|#)\s?#?\s?[A-Z]?-?\d{1,4}[A-Z]?|\d{2,4}(?:\s?(?:gō|go)shitsu)?)"
_BUILDING = (
    rf"(?<![A-Za-z])(?:{_WORD}\s){{0,3}}(?:Heights|Mansion|Apartments?|Apartment|Corpo|Coopo|Haitsu|"
    rf"Residence|House|Building|Bldg\.?|Court|Palace|Tower|Dormitory|Dorm|Danchi|Villa|Maison|Sou|So)"
)
_CANDIDATE = re.compile(
    rf"(?:{_ROOM},?\s{{0,2}})?(?:{_BUILDING}\s?{_ROOM}?,?\s{{0,2}})?"
    rf"(?:(?<![\d.-]){_BLOCK}{_SEP}{_PLACE}(?:{_SEP}{_PLACE}){{0,6}}|"
    rf"{_PLACE}(?:{_SEP}{_PLACE}){{0,5}}{_SEP}(?<![\d.-]){_BLOCK}(?:{_SEP}{_PLACE}){{0,4}})"
    rf"(?:{_SEP}(?:(?:{_BUILDING}|Danchi)\s?{_ROOM}?|(?:Room|Apt\.?|Rm\.?|Unit|"
    rf"#)\s?\d{{1,4}})(?:-\d{{1,4}}){{0,2}})?(?:,?\s?(?:Japan|JAPAN))?"
)
_STREET = re.compile(
    rf"(?<![\d.-])\d{{1,5}}\s(?:{_WORD}\s){{1,3}}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Lane|"
    rf"Boulevard|Blvd\.?)(?![a-z])"
)
_BUILDING_ROOM = re.compile(
    rf"(?<![A-Za-z])(?:{_WORD}\s){{1,3}}(?:Heights|Mansion|Apartments?|Corpo|Coopo|Haitsu|Residence|"
    rf"Danchi|Maison)\s(?:Room\s|#)?\d{{2,4}}"
)
_TELLING = re.compile(
    r"-(?:ku|shi|cho|chō|chome|machi|mura|gun|ken|to|fu|dori)(?![a-z])|chome|banchi|\s(?:City|Ward|"
    r"Prefecture|Pref\.|Ku|Shi)(?![a-z])|"
    + "|"
    r"".join(rf"\b{prefecture.romaji}\b" for prefecture in all_prefectures()),
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:address|live[sd]? (?:at|in)|living (?:at|in)|moved to|reside[sd]? (?:at|in)|住所|"
    r"家は)\W{0,4}(?:is\s|to\s|:)?\W{0,3}$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d{1,5}-\d|\d\s?-?chome|banchi|Room|#|Apt", re.IGNORECASE)


def find(text: str) -> Iterator[Span]:
    """Addresses in Latin letters.

    Args:
        text: folded text.
    """
    for match in _CANDIDATE.finditer(text):
        said = _SAID.search(text[max(0, match.start() - 24) : match.start()])
        if _NUMBERS.search(match[0]) and (_TELLING.search(match[0]) or said):
            yield Span(Kind.ADDRESS, *match.span())
    for pattern in (_STREET, _BUILDING_ROOM):
        for match in pattern.finditer(text):
            yield Span(Kind.ADDRESS, *match.span())
