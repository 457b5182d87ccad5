"""Dates of birth. Other dates stay: it takes words, or a person beside it, to make a date a birthday."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.kinds import Kind, Span

_N = r"(?:\d{1,2}|[〇一二三四五六七八九十]{1,4}|元)"
_YEAR = r"(?:19|20)\d{2}|[一二][〇一二三四五六七八九]{3}"
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ERA = r"(?:明治|大正|昭和|平成|令和|[明大昭平令](?=\d)|[MTSHR]\.?)"
_G = r"\s{0,2}"
_SEP = rf"{_G}(?:[-/.,・年]|ねん){_G}"
_FULL = (
    rf"(?:(?:{_YEAR})(?:年?{_G}[(](?:{_ERA}|[明大昭平令]){_N}年?[)]{_G}[年/.-]?{_G}|{_SEP}|\s){_N}"
    rf"(?:{_G}(?:[-/.,・月]|がつ){_G}|\s){_N}(?:{_G}日|"
    rf"{_G}にち)?"
    rf"|{_ERA}{_G}{_N}(?:年?[(](?:{_YEAR})年?[)])?{_SEP}{_N}{_G}(?:[-/.,・月]|がつ){_G}{_N}(?:{_G}日|{_G}にち)?"
    rf"|\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:19|20)\d{{2}}"
    rf"|{_MONTHS}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{0,2}}(?:19|20)\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]{{0,2}}(?:of )?{_MONTHS}[\s,-]{{0,3}}(?:19|20)\d{{2}}"
    rf"|(?:19|20)\d{{6}})"
)
_PARTIAL = (
    rf"(?:(?:{_YEAR})(?:年|ねん)(?:{_G}{_N}月)?|{_ERA}{_N}年(?:{_G}{_N}月)?|'?\d{{2}}年{_N}月{_N}日|"
    rf"{_N}月{_G}{_N}日|\d{{1,2}}/\d{{1,2}}"
    rf"|{_MONTHS}\s?\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of )?{_MONTHS}|(?:19|20)\d{{2}})"
)
_DATE = rf"(?<![\d-])(?:{_FULL}|{_PARTIAL})(?!\d)"
_SAID = (
    r"生年月日|(?:お)?誕生日|たんじょうび|生まれた(?:日|のは)|生まれ[はが]|うまれたひ|出生(?:の?年月日|日|(?=[\s:]?[\dRHS令平昭]))|誕生(?:日)?|"
    r"生日|D\.?O\.?B\.?|"
    r"date of birth|birth ?da(?:te|y)|was born|\bborn|ngày sinh|data de nascimento|nascimento|fecha de "
    r"nacimiento|nacimiento|"
    r"petsa ng kapanganakan|tanggal lahir"
)
_BEFORE = re.compile(
    rf"(?:{_SAID})(?:[\s:=「『(\[|/・、→>-]|は|が|\bis\b|\bon\b|\bin\b|西暦|和暦){{0,6}}(?P<v>{_DATE})", re.IGNORECASE
)
#: 1961年4月1日以前に生まれた方 tells of a rule, not of a person.
_AFTER = re.compile(
    rf"(?P<v>{_DATE})[\s)\]]{{0,2}}(?:(?:に|、|,|の)?\s?(?:[^\s。、\d〓]{{1,8}}で)?"
    r"(?:生まれ|生れ|うまれ|出生(?!届)|誕生)|\s?(?:is|was) (?:my|his|her) (?:date of birth|birthday)"
    r"|\s?[(](?:DOB|生年月日|誕生日)|"
    r"生(?=[)\]、。,.\s/]|$)|が(?:お)?誕生日)(?!た(?:方|人|者))"
)
#: 男 1990.4.3, 1990年4月3日（36歳）: nothing but a birthday stands beside sex or age.
_BESIDE = re.compile(
    rf"(?P<a>(?<![\d-]){_FULL})(?!\d)\s{{0,2}}(?:[(]?(?:満)?\d{{1,3}}\s?[歳才]|[/,、・|]?\s?(?:男性?|"
    rf"女性?|[MF])(?![一-龥A-Za-z]))"
    rf"|(?:(?:男性?|女性?|性別)[\s/,、・|()]{{1,3}}|\d{{1,2}}[歳才]\s?[(]\s?)(?P<b>(?<![\d-]){_FULL})(?!\d)"
)
_BY_NAME = re.compile(
    rf"(?:(?P<child>ちゃん|くん|君)|さん|様|さま|氏)?\s?[(,、]\s?(?P<v>(?<![\d-]){_FULL})(?!\d)"
    rf"(?=[\s),、]*(?:生|[)]|男|女|\d{{1,3}}歳))"
)
#: A whole date of so long ago, in the text of a consultation, is a birthday, unless this follows.
_LONG_AGO = re.compile(
    rf"(?P<v>(?<![\d-]){_FULL})(?![\d日-])"
    r"(?!\s?(?:に|、|から|より)?\s?(?:来日|入国|上陸|結婚|婚姻|離婚|施行|公布|改正|制定|決定|通知|通達|発出|"
    r"告示|付|から|まで|"
    r"以前|以降|以後|現在|時点|締結|発効|設立|創業|開業|入社|卒業|法律|政令|省令|生まれた?の?(?:方|人|者)|"
    r"[^\s。]{0,4}第\d))"
)
_ADULT = 2008
_ERAS = {
    "明": 1867,
    "M": 1867,
    "大": 1911,
    "T": 1911,
    "昭": 1925,
    "S": 1925,
    "平": 1988,
    "H": 1988,
    "令": 2018,
    "R": 2018,
}
_LATEST = 2015  # what stands behind a name and is later is a day of something else


def find(text: str) -> Iterator[Span]:
    """Dates that words make birthdays.

    Args:
        text: folded text.
    """
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            yield Span(Kind.BIRTH_DATE, *match.span("v"))
    for match in _BESIDE.finditer(text):
        yield Span(Kind.BIRTH_DATE, *match.span("a" if match["a"] else "b"))
    for match in _LONG_AGO.finditer(text):
        year = _year(match["v"])
        if year and 1920 <= year <= _ADULT:
            yield Span(Kind.BIRTH_DATE, *match.span("v"))


def _year(written: str) -> int:
    """The western year of a date; 0 where it is written in a way that tells none."""
    western = re.search(r"(?:19|20)\d{2}", written)
    if western:
        return int(western[0])
    era = re.match(rf"(明治|大正|昭和|平成|令和|[MTSHR])\.?{_G}(\d{{1,2}})", written)
    return _ERAS[era[1][0]] + int(era[2]) if era else 0


def behind_a_name(text: str, end: int) -> Span | None:
    """The date in brackets right behind a name, if one stands there.

    Args:
        text: folded text.
        end: one past the name's last character.
    """
    match = _BY_NAME.match(text, end)
    if match is None:
        return None
    return None if _year(match["v"]) > _LATEST and not match["child"] else Span(Kind.BIRTH_DATE, *match.span("v"))
