"""Employers and schools in Latin letters: ABC Foods Co., Ltd., Sakura Language School."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.kinds import Kind, Span
from bot.anonymising.wordsets import wordset

_W = r"[A-Z][\w&'.-]{0,20}"
_FORM = re.compile(
    rf"(?<![A-Za-z])(?:{_W}[ ,]{{1,2}}){{1,5}}(?:C[Oo]\.?,?\s?,?L(?:td|TD)\.?|INC\.?|CORPORATION|COMPANY|"
    rf"LIMITED|Inc\.?|Corp\.?|Corporation|Company|"
    rf"K\.\s?K\.|LLC|G\.K\.|GmbH|Limited|Industries|Industry|Foods|"
    r"Trading|Holdings|Logistics|Construction|Restaurant|Hotel|Clinic|Hospital|Farm|Factory|Works|"
    r"Manufacturing|Engineering|Bakery|Cafe|Kogyo|Shokuhin|Suisan|Kensetsu|Seisakusho)(?![a-z])"
)
_KABUSHIKI = re.compile(rf"(?:Kabushiki ?[Gg]aisha|K\.K\.|Yugen ?[Gg]aisha|Godo ?[Gg]aisha)\s(?:{_W}\s?){{1,3}}")
_SCHOOL = re.compile(
    rf"(?<![A-Za-z])(?:(?:{_W} ){{1,4}}(?:University|College|Academy|(?:Japanese )?Language (?:School|"
    rf"Academy|Institute|Center)|High School|Junior High(?: School)?|Elementary(?: School)?|"
    r"Primary School|Middle School|Nursery(?: School)?|Kindergarten|Preschool|International School|"
    r"Institute|Nihongo Gakko|Nihongo Gakuin|Gakuin|Gakko|Hoikuen|Yochien|Daigaku|Shogakko|Chugakko|"
    r"Koko|School|Day ?care)"
    r"|University of [A-Z][a-z]+)(?: of [A-Z][a-z]+)?(?![a-z])"
)
_WORKS = re.compile(
    r"(?:[Ww]orks?|[Ww]orking|[Ww]orked|employed|hired|fired|job|arubaito|baito|part-?time|[Tt]rabalho|"
    r"[Tt]rabajo)\s(?:at|for|by|in|with|from|na|no|en)\s(?:a |an |the |my )?(?:(?:company|restaurant|"
    r"factory|place) (?:called|named) )?"
    rf"(?P<v>{_W}(?: {_W}){{0,4}})|(?:[Ee]mployer|[Cc]ompany|[Ww]orkplace)(?: name)?\s?(?:is|"
    rf":)\s?(?P<w>{_W}(?: {_W}){{0,4}})"
)
_SO_CALLED = re.compile(
    rf"(?P<v>(?<![A-Za-z])(?:{_W}\s){{0,4}}{_W})\s?という(?:会社|企業|店|お店|工場|ところ|"
    rf"[^\s。、]{{0,6}}?(?:屋|店|機関))"
)
_STUDIES = re.compile(
    rf"(?:study|studies|studying|studied|enrolled|goes|go|went|student)\s(?:at|to|of)\s(?P<v>{_W}(?: "
    rf"{_W}){{0,4}})|[Ss]chool(?: name)?\s?(?:is|:)\s?(?P<w>{_W}(?: {_W}){{0,4}})"
)
_LEADING = re.compile(
    r"(?:The|My|At|In|I|A|And|From|For|To|Is|He|She|We|Our|His|Her|Dear|Work|Works|Employer|Company|"
    r"School|Name)[ ,:]{1,2}"
)
_COMMON = wordset(
    "co ltd inc corp corporation company limited industries industry foods trading holdings logistics "
    "construction restaurant hotel clinic hospital farm factory works manufacturing engineering bakery "
    "cafe university college academy language school high junior elementary primary middle nursery "
    "kindergarten preschool institute japanese english public private state city the of and k"
)


def find(text: str, ordinary: frozenset[str]) -> Iterator[Span]:
    """Employers and schools.

    Args:
        text: folded text.
        ordinary: words that name nothing by themselves, lower case.
    """
    for pattern, kind in (
        (_FORM, Kind.EMPLOYER),
        (_KABUSHIKI, Kind.EMPLOYER),
        (_SCHOOL, Kind.SCHOOL),
        (_WORKS, Kind.EMPLOYER),
        (_SO_CALLED, Kind.EMPLOYER),
        (_STUDIES, Kind.SCHOOL),
    ):
        for match in pattern.finditer(text):
            group = next((name for name in pattern.groupindex if match[name]), 0)
            start, end = match.span(group)
            while leading := _LEADING.match(text, start, end):
                start = leading.end()
            words = re.findall(r"[A-Za-z]{2,}", text[start:end].replace(".", " "))
            while (end > start and text[end - 1] in " ,'-") or (end > start and text[end - 1] == "." and group):
                end -= 1
            if any(word.lower() not in ordinary and word.lower() not in _COMMON for word in words):
                yield Span(kind, start, end)
