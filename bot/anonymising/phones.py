"""Telephone numbers and postal codes; what everybody may dial stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import printed
from bot.anonymising.kinds import Kind, Span

#: In the order of kana keyboards people write 〇九〇; one character each, so positions stay.
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_GAP = r"(?:[-\s.()/・_=〔〕]{0,3}|\s?-?[の、ノ]-?\s?|の[・、]|=)"
_FROM_ZERO, _ENDS = rf"[(]?0(?:{_GAP}\d)", r"(?![\d]|-\d)"
_DOMESTIC = re.compile(rf"(?<![A-Za-z0-9+])(?<!\d[-.]){_FROM_ZERO}{{9,10}}{_ENDS}")
#: The same with one digit less: what follows a number, （4） or 三河, may look like a digit of it.
_SHORTER = re.compile(rf"{_FROM_ZERO}{{9}}{_ENDS}")
_ABROAD = re.compile(
    rf"(?<![A-Za-z0-9])(?<!\d-)(?:(?=81-[1-9]0?-\d{{4}}-)|\+|(?<!\d )00(?=[1-9]))\d(?:{_GAP}\d){{7,14}}(?!\d)"
)
_SAID = re.compile(
    r"(?:電話|でんわ|TEL|Tel|tel|携帯|ケータイ|けいたい|スマホ|FAX|Fax|ファックス|連絡先|phone|Phone|"
    r"PHONE|mobile|Mobile|cell|WhatsApp|điện thoại|telefone)"
    r"(?:番号|ばんごう|number|No\.?|"
    r"no\.?)?[\s:=は「(.]{0,4}(?P<v>\d(?:[-\s.()]{0,2}\d){5,12})(?![\d円年月日時人]|-\d)"
)
#: Belongs to the number before it: (内線214).
_EXTENSION = re.compile(r"\s?[(]?内線?\s?\d{2,5}[)]?")
#: 44 06 1187 2390 is a licence's twelve figures, and no telephone behind something else; so is 2 5 0 7 8 1 1 3 4 6 9 0.
_MORE_BEFORE = re.compile(r"(?<!\d)\d{2} $")
_ONE_BY_ONE = re.compile(r"\d(?: \d)+")
_ONE_BEFORE = re.compile(r"(?<!\d)\d $")
#: Freephone and nationwide numbers belong to organisations.
_FOR_ALL = ("0120", "0570", "0800", "0990", "0180")
_PLACE_OF_CALL = re.compile(
    r"(?:管理局|労働局|法務局|支局|消防局|郵便局|署|庁|省|役所|役場|支所|出張所|保健所|相談所|"
    r"職業安定所|年金事務所|福祉事務所|裁判所|センター|機構|機関|裁判所|ハローワーク[一-龥]{0,4}|"
    r"法テラス[一-龥]{0,4}|FRESC|協会|大使館|領事館|窓口|ダイヤル|ホットライン|相談室|課|係)"
    r"[」』\s]*[(\[、:：\s]*(?:代表|直通|電話(?:番号)?|でんわ|TEL|Tel|tel|℡|☎|は|phone|Phone)?[\s.::は(]{0,3}$"
)
_BEHIND_A_PLACE = re.compile(rf"\s{{0,2}}[(]?(?:電話|TEL|Tel|tel|℡)?[\s:]{{0,2}}(?P<v>{_FROM_ZERO}{{9,10}}){_ENDS}")
_MOBILE = re.compile(r"0[5-9]0\d{8}")
#: ゼロキュウゼロ、ヨンナナ…: as numbers are said; figures may stand among them.
_SAID_FIGURE = (
    r"(?:ゼロ|ぜろ|レイ|れい|マル|まる|イチ|いち|ニイ|ニー|ニ|にい|にー|に|サン|さん|ヨン|よん|シ|ゴー|ゴ|ごー|ご|ロク|ろく|"
    r"ナナ|なな|シチ|しち|ハチ|はち|キュウ|キュー|きゅう|きゅー|ク|く|[\d〇零一二三四五六七八九])"
)
_SPELLED = re.compile(
    rf"(?<![ァ-ヴー\d])(?:(?<![ぁ-ん])|(?![ぁ-ん])){_SAID_FIGURE}(?:[\s、・のノ-]{{0,2}}{_SAID_FIGURE}){{6,12}}(?![ァ-ヴー\d])"
)
#: ゼロ is two; fewer stand between figures of another kind.
_LEAST_KANA = 2
_KANA = re.compile(r"[ぁ-んァ-ヴ](?<![のノ])")
_POSTAL = re.compile(
    r"(?:〒|郵便番号|ゆうびんばんごう|postal code|zip(?: code)?)[\s::=は]{0,3}(?P<a>\d(?:[-\s]{0,3}\d){6})(?!\d|-\d)"
    r"|(?<![A-Za-z0-9.])(?<!\d-)(?P<b>\d{3}-\d{4})(?![A-Za-z0-9円人日点%名件か月年]|-\d|万)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span | tuple[int, int]]:
    """Telephone numbers and postal codes.

    Args:
        text: folded text.

    Yields:
        A span for what is somebody's own; a bare range for a number that must stay.
    """
    digits = text.translate(_KANJI_DIGITS)
    for match in _ABROAD.finditer(text):
        number = re.sub(r"\D", "", match[0]).removeprefix("00")
        home = "0" + number.removeprefix("81").removeprefix("0")
        is_public = number.startswith("81") and _is_public(home, text, match.start())
        yield match.span() if is_public else Span(Kind.PHONE, *match.span())
    for longest in _DOMESTIC.finditer(digits):
        shorter = _SHORTER.match(digits, longest.start())
        found = longest if _is_number(longest) else shorter
        if found is None or not _is_number(found) or _is_a_part(text, found):
            continue
        number = re.sub(r"\D", "", found[0])
        start = found.start() + (found[0].startswith("(") and ")" not in found[0])
        extension = _EXTENSION.match(text, found.end())
        end = extension.end() if extension else found.end()
        yield (start, found.end()) if _is_public(number, text, start) else Span(Kind.PHONE, start, end)
    for match in _SPELLED.finditer(text):
        if len(_KANA.findall(match[0])) >= _LEAST_KANA:
            yield Span(Kind.PHONE, *match.span())
    for match in _SAID.finditer(text):
        number = re.sub(r"\D", "", match["v"])
        is_public = _is_for_all(number)
        yield match.span("v") if is_public else Span(Kind.PHONE, *match.span("v"))
    for match in _POSTAL.finditer(digits):
        group = "a" if match["a"] else "b"
        is_public = match[group] in printed.postal_codes()
        yield match.span(group) if is_public else Span(Kind.POSTAL_CODE, *match.span(group))


def of_a_masked_place(text: str, end: int) -> Span | None:
    """The number of a workplace or school that stands right behind its name, whatever it looks like from its name.

    Args:
        text: folded text.
        end: one past the name's last character.
    """
    match = _BEHIND_A_PLACE.match(text, end)
    number = re.sub(r"\D", "", match["v"]) if match else ""
    if match is None or not _is_domestic(number) or _is_for_all(number):
        return None
    return Span(Kind.PHONE, *match.span("v"))


def _is_number(match: re.Match[str]) -> bool:
    return _is_domestic(re.sub(r"\D", "", match[0])) and _is_grouped(match[0])


def _is_a_part(text: str, match: re.Match[str]) -> bool:
    """Whether two figures stand before it in the same way as its own groups do."""
    before = _ONE_BEFORE if _ONE_BY_ONE.fullmatch(match[0]) else _MORE_BEFORE
    return " " in match[0] and bool(before.search(text, max(0, match.start() - 4), match.start()))


def _is_domestic(number: str) -> bool:
    return bool(_MOBILE.fullmatch(number)) or (len(number) == 10 and number[1] != "0") or number[:4] in _FOR_ALL


def _is_grouped(written: str) -> bool:
    """Whether the digits stand as people write a number: in a few groups, or one by one. A row of figures does not."""
    groups = re.findall(r"\d+", written)
    return len(groups) <= 4 or all(len(group) == 1 for group in groups) or all(len(group) <= 3 for group in groups[:-1])


def _is_for_all(number: str) -> bool:
    return number in printed.numbers() or number.startswith(_FOR_ALL)


def _is_public(number: str, text: str, start: int) -> bool:
    if _is_for_all(number):
        return True
    before = text[max(0, start - 24) : start]
    return not _MOBILE.fullmatch(number) and bool(_PLACE_OF_CALL.search(before))
