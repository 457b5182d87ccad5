"""What nothing explains: long numbers that are no amount, no date and no law, words that only a machine would choose.

The rules before this know how a number is written that identifies somebody. There are more ways than anybody can list,
but few in which a long number tells nothing about a person; so here it is what stays that is listed. The learned
reader has the last word: for what is found here a small chance is enough to mask it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from retrieval.figure_features import codes

#: Figures alone count from five on, beside letters from four on: house numbers and model names have fewer.
_FEWEST, _FEWEST_WITH_LETTERS = 5, 4
_UNIT = re.compile(
    r"\s?(?:円|えん|圓|万|億|千|百|ドル|ウォン|ドン|ペソ|ルピー|ルピア|元|バーツ|レアル|ユーロ|チャット|"
    r"人|名|にん|件|個|枚|回|冊|頁|ページ|本|台|室|戸|世帯|株|坪|平米|㎡|m2|度|便|号線|号室|歩|"
    r"年|月|日|時|分|秒|週|歳|才|さい|%|割|倍|点|位|番目|番窓口|キロ|グラム|メートル|リットル|"
    r"(?:k?m|k?g|mg|cm|mm|ml|l|kcal|kwh|w|hz|gb|mb|yen|jpy|usd|vnd|php|inr|npr|idr|mmk|krw|cny|brl|"
    r"hours?|days?|people|persons?|pages?|points?)(?![A-Za-z]))",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    r"(?:[¥$€£₱₫₩#]|(?:yen|jpy|usd|vnd|php|rs|eur)\.?|(?:給料?|手取り|家賃|金額|総額|合計|税額?|料金?|代金?|費用?|"
    r"[額費料代給金]|収入|所得|残高|単価)(?:は|が|[:=])?)\s?$",
    re.IGNORECASE,
)
#: Numbers of insurers and payers are those of an office; the others belong to no person.
_FOR_ALL_BEFORE = re.compile(
    r"(?:保険者番号|負担者番号|施策番号|部署番号|局番|エラー(?:コード)?|(?<![A-Za-z])(?:ISO|JIS|RFC|IEC|EN|ver(?:sion)?|v)[\s.]?|"
    r"型番|品番|型式|規格|機種|機械|端末|車種|装置|エアコン|冷蔵庫|洗濯機|プレス機|フォークリフト|トラクター|"
    r"モデル|ロット|告示|条約|条例|通達|法律|政令|省令|規則|勅令|議案|訓令|様式|基発|国道|県道|府道|市道|"
    r"広報|会報|便り|だより|ニュース|雑誌|フォーム|form|標高|人口|気圧|郵便局留め)[\s第:はがNno.(「]{0,4}$",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d{2}"
_ERA = r"(?:[RHSTM]|令和?|平成?|昭和?|大正?|明治?)?"
#: Dates and times, ranges of them, shares of a whole.
_DATE_OR_TIME = re.compile(
    rf"{_YEAR}(?:[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}})?)?(?:[\s-]*(?:{_YEAR}(?:[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}})?)?|"
    r"\d{1,2}[-/.:]\d{2}|\d{1,2}))?(?:[\s-]*\d{1,2}:\d{2}(?::\d{2})?){0,2}"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?(?:[\s_-]?\d{{4,6}})?"
    rf"|{_ERA}\.?\d{{1,2}}[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}})?(?:\s?-\s?{_ERA}\.?\d{{1,2}}[-/.年]\d{{1,2}}"
    r"(?:[-/.月]\d{1,2})?)?(?:\s?\d{1,2}:\d{2}){0,2}"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}"
    r"|\d{1,2}(?::\d{2}){1,4}(?:\s?-\s?\d{1,2}(?::\d{2}){1,4})?"
    r"|(?:\d{1,2}/\d{1,2}[\s、-]?){1,4}(?:\d{1,2}:\d{2})?"
    r"|\d{1,3}[-/]\d{1,3}|\d+\.\d+|\d{1,3}(?:\.\d{1,2}){1,4}"
)
#: Flights: KE704, 5J 5038.
_FLIGHT = re.compile(r"[A-Z]{2} ?\d{2,4}|\d[A-Z] ?\d{2,4}|[A-Z]\d ?\d{2,4}")
#: 6 0 1 7 - 2 2 8 4 1 5 is one number; PR437 7/9 is a flight and its day.
_TOGETHER = re.compile(r"\d{1,5}(?: ?- ?| )\d{1,5}(?:(?: ?- ?| )\d{1,5})*(?![A-Za-z0-9])|[^\s・:@]+")
#: Names of accounts: hanihani_03, joy.m, toshi0505.
_ACCOUNT = re.compile(
    r"(?<![A-Za-z0-9._@/-])(?:[A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)*_[A-Za-z0-9._]*[A-Za-z0-9]"
    r"|(?=[a-z.]*\d|[a-z]+(?:\.[a-z]{2,14}){1,3}(?<!\.jp)(?<!\.com)(?<!\.net)(?<!\.org)(?![A-Za-z.]))"
    r"[a-z][a-z0-9]*(?:\.[a-z0-9]+)+|[A-Z]?[a-z]{2,20}\d{2,6}[a-z]{0,3}"
    r"|[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d[a-z0-9]*)(?![A-Za-z0-9@/])"
)
_EDGES = " \n-_./・:@の年月"
_IN_KANJI = re.compile(r"[〇零一二三四五六七八九十年月の・/.\s-]+")
_KANJI_FIGURES = 7


def find(document: Document) -> Iterator[Span]:
    """All that no rule has spoken for.

    Args:
        document: what is read, with what rules found in it.
    """
    text = document.text
    for begin, stop in codes(text):
        for start, end in _free(document, begin, stop):
            if not _is_explained(text, start, end):
                yield Span(Kind.NUMBER, start, end)
    for match in _ACCOUNT.finditer(text):
        if document.is_free(*match.span()):
            yield Span(Kind.SNS, *match.span())


def is_of_a_thing(text: str, start: int) -> bool:
    """Whether the words before a number say that it is that of a machine, a norm, a rule or an office.

    Args:
        text: folded text.
        start: the number's first character.
    """
    return bool(_FOR_ALL_BEFORE.search(text, max(0, start - 12), start))


def _free(document: Document, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """What of a code is not spoken for, cut where another thing begins."""
    for run in _TOGETHER.finditer(document.text, begin, stop):
        start = run.start()
        for position in range(run.start(), run.end() + 1):
            if position == run.end() or not document.is_free(position, position + 1):
                first, last = document.trimmed(start, position, _EDGES)
                if first < last:
                    yield first, last
                start = position + 1


def _is_explained(text: str, start: int, end: int) -> bool:
    code = text[start:end]
    if _IN_KANJI.fullmatch(code):
        told = set(code) & set("一二三四五六七八九")
        return (
            not told
            or len(re.findall(r"[〇零一二三四五六七八九]", code)) < _KANJI_FIGURES
            or "十" in code
            or "月" in code
        )
    figures = len(re.findall(r"\d", code))
    has_letters = bool(re.search(r"[A-Z]", code))
    return (
        figures < (_FEWEST_WITH_LETTERS if has_letters else _FEWEST)
        or bool(_DATE_OR_TIME.fullmatch(code))
        or bool(_FLIGHT.fullmatch(code))
        or bool(_UNIT.match(text, end))
        or bool(_MONEY_BEFORE.search(text, max(0, start - 8), start))
        or is_of_a_thing(text, start)
    )
