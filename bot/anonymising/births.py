"""Dates of birth. Other dates stay: it takes words, or a person beside it, to make a date a birthday."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import dates
from bot.anonymising.dates import DATE, FULL, HOUR, SPOKEN
from bot.anonymising.kinds import Kind, Span, spans_of

_SAID = (
    r"生年月日|せいねんがっぴ|(?:お)?誕生日|たんじょうび|tanjou?bi|生まれた(?:日|のは)|生まれ[はが]|うまれ(?:た)?\s?(?:ひ|日|の)?\s?[はが]|"
    r"うまれた\s?[ひ日]|出生(?:の?年月日|日|(?=[\s:]?[\dRHS令平昭]))|誕生(?:日)?|生日|(?<=[\s【\[|])生(?=[】\]|:])|"
    r"D\.?O\.?B\.?|date of birth|birth ?da(?:te|y)|was born|\bborn|(?<![A-Za-z])b\.(?=\s?[\dA-Z])|"
    r"ngày sinh|sinh ngày|data de nascimento|nascid[oa] em|nascimento|fecha de nacimiento|nacid[oa] el|nacimiento|"
    r"petsa ng kapanganakan|tanggal lahir|nat[oa] il"
)
_BEFORE = re.compile(
    rf"(?:{_SAID})(?:[\s:=「『(\[|/・、→>】\]-]|は|が|\bis\b|\bon\b|\bin\b|西暦|和暦|旅券(?:では|上)?){{0,6}}"
    rf"(?P<v>{DATE}|{SPOKEN})",
    re.IGNORECASE,
)
#: 1961年4月1日以前に生まれた方 tells of a rule, not of a person.
_AFTER = re.compile(
    rf"(?P<v>(?:{DATE}|(?<![\dぁ-ん]){SPOKEN})(?:{HOUR})?)[\s)\]]{{0,2}}(?:(?:に|、|,|の)?\s?(?:[^\s。、\d〓]{{1,8}}で)?"
    r"(?:生まれ|生れ|うまれ|出生(?!届)|誕生)|\s?(?:is|was) (?:my|his|her) (?:date of birth|birthday)"
    r"|\s?[(](?:DOB|生年月日|誕生日)|"
    r"生(?=[)\]、。,.\s/]|$)|が(?:お)?誕生日)(?!た(?:方|人|者))"
)
#: 男 1990.4.3, 1990年4月3日（36歳）: nothing but a birthday stands beside sex or age.
_BESIDE = re.compile(
    rf"(?P<a>(?<![\d-]){FULL})(?!\d)\s{{0,2}}(?:[(]?(?:満)?\d{{1,3}}\s?[歳才]|[/,、・|]?\s?(?:男性?|"
    rf"女性?|[MF])(?![一-龥A-Za-z]))"
    rf"|(?:(?:男性?|女性?|性別)[\s/,、・|()]{{1,3}}|\d{{1,2}}[歳才](?:\s?[(]\s?|、|[)]\s?))(?P<b>(?<![\d-]){FULL})(?!\d)"
)
_BY_NAME = re.compile(
    rf"(?:(?P<child>ちゃん|くん|君)|さん|様|さま|氏)?\s?[(,、]\s?(?P<v>(?<![\d-]){FULL})(?!\d)"
    rf"(?=[\s),、]*(?:生|[)]|男|女|\d{{1,3}}歳))"
)
#: In a list of a family: 長男 アルメン 2013年8月2日.
_BY_CHILD = re.compile(
    rf"(?:ちゃん|くん|君|さん|様)?(?:\s?[(]?(?:[男女]児?)?[)]?)?[\s(,、/|:・]{{1,4}}(?P<v>(?<![\d-]){FULL})(?!\d)"
)
_CHILD_BEFORE = re.compile(
    r"(?:(?:長|次|二|三|四|五|養)[男女]|息子|むすこ|娘|むすめ|子ども|こども|子供|お?子(?:さん|様)?|児童?|第[一二三四123]子|赤ちゃん|"
    r"妻|夫|父|母|配偶者|son|daughter|child|baby)(?:の?名前?は?|の)?[\s:/|・(、,は]{0,3}$",
    re.IGNORECASE,
)
#: A whole date of so long ago, in the text of a consultation, is a birthday, unless this follows.
_LONG_AGO = re.compile(
    rf"(?P<v>(?<![\d-]){FULL})(?![\d日-])"
    r"(?!\s?(?:に|、|から|より)?\s?(?:来日|入国|上陸|結婚|婚姻|離婚|施行|公布|改正|制定|決定|通知|通達|発出|"
    r"告示|付|から|まで|"
    r"以前|以降|以後|現在|時点|締結|発効|設立|創業|開業|入社|卒業|法律|政令|省令|生まれた?の?(?:方|人|者)|"
    r"[^\s。]{0,4}第\d))"
)
_ADULT = 2008
_LATEST = 2023  # what stands behind a name and is later is a day of something else


def find(text: str) -> Iterator[Span]:
    """Dates that words make birthdays.

    Args:
        text: folded text.
    """
    yield from spans_of(text, Kind.BIRTH_DATE, _BEFORE, _AFTER)
    for match in _BESIDE.finditer(text):
        yield Span(Kind.BIRTH_DATE, *match.span("a" if match["a"] else "b"))
    for match in _LONG_AGO.finditer(text):
        year = dates.year(match["v"])
        if year and 1920 <= year <= _ADULT:
            yield Span(Kind.BIRTH_DATE, *match.span("v"))


def behind_a_name(text: str, start: int, end: int) -> Span | None:
    """The date behind a name that is its bearer's birthday, if one stands there.

    Args:
        text: folded text.
        start: the name's first character.
        end: one past its last.
    """
    match = _BY_NAME.match(text, end)
    if match and (match["child"] or dates.year(match["v"]) <= _LATEST):
        return Span(Kind.BIRTH_DATE, *match.span("v"))
    match = _BY_CHILD.match(text, end)
    if match and _CHILD_BEFORE.search(text, max(0, start - 12), start):
        return Span(Kind.BIRTH_DATE, *match.span("v"))
    return None
