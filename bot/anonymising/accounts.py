"""Bank accounts: the bank, the branch and the number together, in whatever order they stand; the bank alone stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.kinds import Kind, Span, spans_of

_END = r"(?![A-Za-z0-9円]|-\d)"
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
#: Hiragana begins a name at the edge of a word or behind a particle; behind kanji it goes on unless it looks like one.
_NAME = (
    r"(?:(?:(?<![ぁ-ん一-龥])|(?<=[はがをにでもとへの]))[ぁ-ん]{2,8}[一-龥ァ-ヴー]{0,8}"
    r"|[一-龥々ァ-ヴーA-Za-z]{1,12}(?:(?![はがをにでへもとのやかよっ])[ぁ-ん]{1,6}|[のがヶケ][一-龥]{1,3})?[一-龥ァ-ヴー]{0,6})"
)
_BANK = (
    rf"(?:(?:[(](?:株|信組|信金)[)])?{_NAME}(?:銀行|ぎんこう|信用金庫|信金|しんきん|信用組合|信組|労働金庫|労金|ろうきん|"
    r"農業協同組合|農協|漁協|BANK|Bank)|(?:三菱UFJ|みずほ|埼玉りそな|りそな|三井住友|PayPay|楽天|住信SBI)(?:銀行)?"
    r"|JA[一-龥ぁ-んァ-ヴー]{1,8})(?:\s?[(]?\d{4}[)]?(?=[\s一-龥]))?"
)
_BESIDE = r"[\s・、,/:(のに-]{0,3}"
_BRANCH = (
    rf"(?:{_BESIDE}(?:[一-龥々ァ-ヴーぁ-んA-Za-z0-9ヶケ]{{1,14}}?(?:支店|支所|出張所|営業部|営業所|本店|本所|してん|店)|"
    r"[一-龥々ァ-ヴーヶケ]{1,6})[)]?)?(?:[\s・、,/(]{0,2}(?:店番号?|支店番号|支店コード)?\s?\d{3}[)]?(?=[\s・、,/普当総の口]|\d{7}))?"
)
_TYPE = r"[(]?(?:普通|ふつう|普|フツウ|フ|当座|当|総合|貯蓄|定期)[)]?(?:預金|口座)?"
_SORT = (
    rf"[)]?[\s・、,/:にでは-]{{0,3}}(?:{_TYPE})?[\s・、,/:のでは-]{{0,3}}(?:口座番号|口座|番号)?[\s・、:はが]{{0,2}}"
    r"(?:No\.?|#)?\s?"
)
_NUMBER = r"(?:\d(?:[-\s]?\d){5,13}|[〇零一二三四五六七八九]{7})"

_WHOLE = (
    re.compile(rf"{_BANK}{_BRANCH}{_SORT}{_NUMBER}{_END}(?:[\s、]?[(]?{_TYPE}[)]?)?"),
    re.compile(rf"{_TYPE}[\s・、:のは]{{0,2}}{_NUMBER}[\s、,/(]{{0,3}}{_BANK}{_BRANCH}"),
    re.compile(
        r"[一-龥々ァ-ヴーA-Za-zぁ-ん]{2,10}[・ /、][一-龥々ァ-ヴーぁ-んヶケ]{1,10}[・ /、]"
        rf"[(]?(?:普通?|当座?|フ)[)]?(?:預金|口座)?[・ /、]?(?:口座番号)?\s?(?:No\.?|#)?{_NUMBER}{_END}"
    ),
    # Yucho has one name all over the country, which tells nothing. 記号 and 番号 side by side: five digits of a savings
    # book, and of an insurance card otherwise.
    re.compile(
        rf"記号[\s:=は]{{0,3}}1(?:\s?\d){{3}}\s?[01][\s、,/・-]{{0,3}}番号[\s:=は]{{0,3}}\d(?:\s?\d){{1,7}}{_END}"
    ),
    re.compile(
        r"(?:ゆうちょ(?:銀行)?|郵便局)[\s、・の(は]{0,3}"
        r"(?P<v>1(?:[\s-]?\d){4}(?:[\s-]|\s?の\s?|\s-\s){1,3}\d(?:[\s-]?\d){1,7}"
        rf"|[〇一二三四五六七八九\d]{{3}}店?{_SORT}{_NUMBER}){_END}"
    ),
)
_LINK = r"(?:[\s:=「『(\[#/、.]|は|が|の|を|番号|ばんごう|ナンバー|No\.?|is\b|number|→|-|[(][^()\n\d]{1,12}[)]){0,8}"
_SAID = re.compile(
    r"(?:口座(?:番号)?|普通(?:預金)?|当座|貯蓄預金|振込先|ゆうちょ(?:銀行)?(?:の)?(?:記号|番号)?|通帳(?:の)?(?:記号|番号)?|"
    rf"\bacc(?:oun)?t\.?(?: number| no\.?)?|IBAN){_LINK}"
    r"(?P<v>\d{3,5}-\d{3}\s\d{7}|\d{5}-\d{5,8}|\d{3}-\d{7}|\d{6,14}|\d{4}(?: \d{4}){1,4}(?: \d{1,3})?|"
    r"\d{2,5}(?:-\d{1,8}){2,5}|"
    rf"[A-Z]{{2}}\d{{2}}(?: ?[A-Z0-9]{{4}}){{3,7}}){_END}",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?:銀行|UFJ|みずほ|りそな|三井住友|[一-龥]支店|信用金庫|信金|ゆうちょ|bank)[^\n]{0,24}?"
    r"(?<![\d-])(?P<v>\d{7}|\d{5}-\d{6,8})(?![\d円]|-\d)",
    re.IGNORECASE,
)


def whole(text: str) -> Iterator[Span]:
    """Accounts with their bank and branch, and as they are written abroad; telephone numbers could be seen within them.

    Args:
        text: folded text.
    """
    return spans_of(text, Kind.BANK_ACCOUNT, _IBAN, *_WHOLE)


def numbers(text: str) -> Iterator[Span]:
    """Numbers that the words before them say to be those of accounts.

    Args:
        text: folded text.
    """
    return spans_of(text, Kind.BANK_ACCOUNT, _SAID, _NEAR)
