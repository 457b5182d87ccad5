"""Numbers that name one person: of cards, insurance, pension, accounts, cases, vehicles.

A number is masked for its shape where no other thing has it, and otherwise for the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.kinds import Kind, Span, spans_of

#: Between the words that announce a number and the number.
_LINK = (
    r"(?:[\s:=「『(\[#/、.]|は|が|の|を|番号|ばんごう|ナンバー|コード|No\.?|Nos\.?|ID|is\b|are\b|number|code|→|-"
    r"|[(][^()\n\d]{1,12}[)]){0,8}"
)
_END = r"(?![A-Za-z0-9]|-\d)"
_START = r"(?<![A-Za-z0-9])(?<!\d-)"
#: A break inside a number: people copy them from cards, with spaces, and lines end within them.
_GAP = r"[-\s./]{0,3}"


def _digits(low: int, high: int | None = None) -> str:
    """So many digits, with breaks between any two of them."""
    return rf"\d(?:{_GAP}\d){{{low - 1},{(high or low) - 1}}}"


def _said(words: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_LINK}(?P<v>{value}){_END}", re.IGNORECASE)


#: Between 記号 or 番号 and its digits.
_OF = r"[\s::=は]{0,3}"
_CARD = rf"[A-Za-z]{_GAP}[A-Za-z]{_GAP}{_digits(8)}{_GAP}[A-Za-z]{_GAP}[A-Za-z](?![A-Za-z0-9])(?:\s?号)?"
_ANY = r"[A-Za-z0-9]{1,12}(?:[-/_.](?:[A-Za-z0-9]{1,12}|[ァ-ヶ一-龥])|[ァ-ヶ一-龥]{1,3}\d{3,8}){0,5}"

_CREDIT = re.compile(rf"{_START}\d{{4}}([-\s]{{1,2}})\d{{4}}\1\d{{4}}\1\d{{4}}{_END}(?! \d)")
_TWELVE = re.compile(
    rf"{_START}(?<!\d\s)(?:\d{{12}}|\d{{4}}([-\s./]{{1,3}})\d{{4}}\1\d{{4}}|"
    rf"\d{{3}}([-\s]{{1,3}})\d{{3}}\2\d{{3}}\2\d{{3}}"
    rf"|\d{{2}} \d{{2}} \d{{4}} \d{{4}}|\d{{2}}(?:[-\s]\d{{2}}){{5}}|\d(?:[-\s]\d){{11}}){_END}(?!\s\d)"
)
_LICENCE_SAID = re.compile(r"(?:免許|運転|licen[cs]e)[^\n\d]{0,20}$", re.IGNORECASE)
_MINE_SAID = re.compile(r"(?:マイナンバー|個人番号|my ?number)[^\n\d]{0,20}$", re.IGNORECASE)
_NOT_A_NUMBER = re.compile(r"\s*(?:円|¥|ドル|ウォン|ドン|元|人|年|%|万|yen)", re.IGNORECASE)

_SAID: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.REFERENCE, re.compile(r"(?P<v>第\s?\d{9,13}\s?号)")),
    (
        Kind.INSURANCE,
        re.compile(
            rf"(?P<v>記号{_OF}(?:[一-龥ァ-ヶぁ-ん]{{0,3}}[\s-]?\d{{2,8}}(?:-\d{{1,8}})?|[一-龥ァ-ヶぁ-ん]{{1,4}})"
            rf"[\s、,/・-]{{0,3}}番号{_OF}\d{{1,9}}(?:-\d{{1,8}})?"
            rf"(?:[\s、,/・-]{{0,3}}枝番{_OF}\d{{1,2}})?){_END}"
        ),
    ),
    (
        Kind.RESIDENCE_CARD,
        _said(
            r"在留カード|在留卡|特別永住者証明書|residence card|zairyu card|thẻ cư trú",
            rf"{_CARD}|[A-Z]{{2}}\d{{6,10}}[A-Z]{{0,2}}",
        ),
    ),
    (Kind.MY_NUMBER, _said(r"マイナンバー(?:カード)?|個人番号|my ?number(?: card)?", _digits(12))),
    (
        Kind.LICENCE,
        _said(r"運転免許証?|免許証|免許番号|免許の番号|driver'?s? ?licen[cs]e|driving licen[cs]e", _digits(12)),
    ),
    (
        Kind.PASSPORT,
        _said(
            r"パスポート|旅券|ぱすぽーと|passport|護照|护照|hộ chiếu|pasaporte|passaporte",
            r"(?=[A-Z0-9 -]{0,4}\d)[A-Z]{0,3}[ -]?\d{5,9}[A-Z]?|\d{2}[A-Z]{2}\d{5}|[A-Z]{1,2} ?\d{2,4}(?:[ "
            r"-]\d{3,5}){1,2}",
        ),
    ),
    (
        Kind.PENSION,
        _said(
            r"基礎年金|年金手帳|年金番号|年金の番号|年金証書|pension",
            r"\d{4}[-\s]{0,3}\d{6}|\d{4}[-\s]{1,3}\d{6}(?:-\d{1,4})?",
        ),
    ),
    (
        Kind.INSURANCE,
        _said(
            r"(?:被?保険者証?|健康保険|保険証|国保|社保|介護保険|雇用保険|労働保険|記号・?番号|health insurance|"
            r"insurance)(?:の|証|被保険者|者){0,6}(?:等)?(?:記号・?番号|記号|番号|number|no\.?|card)?",
            r"[一-龥ァ-ヶ]{1,4}[ -]?\d{1,4}[-・]?\d{3,8}|\d{1,8}(?:[-・]\d{1,8}){1,2}|\d{4,12}(?:-\d{1,2})?",
        ),
    ),
    (
        Kind.INSURANCE,
        re.compile(
            r"記号[\s::=は]{0,3}(?P<v>[0-9A-Za-zァ-ヶ一-龥]{0,4}[-・]?\d{1,8}(?:-\d{1,8})?)(?=[\s、,/・・]{0,3}番号)"
        ),
    ),
    (
        Kind.INSURANCE,
        re.compile(
            r"記号[\s::=は]{0,3}[^\n\d]{0,4}[\d〓][-・\d〓]{0,9}[\s、,/・・]{0,3}番号[\s::=は]{0,3}(?P<v>\d{1,9})"
            + _END
        ),
    ),
    (
        Kind.REFERENCE,
        _said(
            r"(?:(?:受付|受理|整理|申請|事件|ケース|相談|管理|照会|問い?合わせ|お問い?合わせ|社員|従業員|職員|"
            r"学籍|学生証?|生徒|診察券|患者|"
            r"カルテ|会員|お客様|顧客|証明書|認定証明書|登録|届出|許可|契約|追跡|伝票|予約|参照|記録|個票|台帳|"
            r"児童|受給者証?|認定|手帳|宛名|"
            r"世帯|住民票|納税者?|通知書|確認|お申込み?|申込|送り状|注文|請求書?|会社|職員|隊員|案件|調書|確定|"
            r"領収書?|受験|交付|発行|文書|免許|資格|許可証|作業|事案|対応|面談)(?:の)?"
            r"(?:ID|番号|ナンバー|No\.?|コード)|(?:case|ref(?:erence)?|application|receipt|file|student|"
            r"employee|staff|customer|member(?:ship)?|"
            r"patient|ticket|tracking|booking|registration|certificate|order|policy|contract)\.? ?(?:number|"
            r"no\.?|id|#|code)|\bref\.?(?=\s?[:#])|\bcase(?=\s?[:#])|ケースNo\.?|住民票コード|案件)",
            rf"(?=[^\s]{{0,20}}\d)(?:[一-龥]{{1,3}}\d{{1,3}})?(?:第\s?)?{_ANY}(?: ?号)?",
        ),
    ),
)

#: Any other 番号, 契約者番号, 公費負担者番号, but those of forms, laws, rooms and counters.
_NUMBERED = re.compile(
    r"(?P<of>[一-龥ァ-ヴーA-Za-zぁ-ん]{1,12})(?:の)?(?:番号|ナンバー|No\.|ＮＯ|NO\.?|コード)"
    r"(?:\s?[(][^()\n\d]{1,12}[)])?[\s:=は「『(\[#が→]{0,4}第?"
    r"(?P<v>(?=[^\s]{0,7}[-0-9]{3})(?:[一-龥]{1,6}-?)?[A-Za-z0-9]{1,14}(?:[-/_.・ ]?[一-龥ァ-ヶ]?[-/_.・ "
    r"]?[A-Za-z0-9]{1,12}){0,5})"
    r"(?:号)?(?![A-Za-z0-9円人件%])"
)
_LABELLED = re.compile(
    r"(?:防犯登録|枝番|告知票|登録票|診察券|会員証|学生証|社員証|受給者証|許可証|受付票|整理票|証書|証券|伝票|"
    r"ロッカー)"
    r"[\s:=は「(]{0,2}(?:第|"
    r"No\.?\s?)?(?P<v>(?=[^\s]{0,6}\d{2})[A-Za-z0-9]{1,14}(?:[-/_.][A-Za-z0-9]{1,12}){0,5})(?![A-Za-z0-9円年月日])"
)
_NUMBERED_PUBLIC = re.compile(
    r"(?:電話|様式|書式|法律|法令|条文?|部屋|号室|郵便|窓口|議案|ページ|頁|章|法人|局番|国|品|型|緊急|通報|"
    r"相談|ダイヤル|施策|部署|設問|問|図|表|項目)$"
)

#: A vehicle's plate: place, class, kana, up to four digits. 〓 may be the place, masked before.
_PLATES = (
    re.compile(
        r"(?:(?<![\dA-Za-z])\d)?(?:[一-龥々ヶケ]{1,4}|つくば|なにわ|とちぎ|いわき|〓)[\s・]{0,3}\d\s?\d\s?[0-9A-Z]?[\s・]{0,3}"
        r"[ぁ-んァ-ヶA-Z]\s*[-・.\s]{0,4}\d(?:\s?[-・]{0,2}\s?\d){0,3}" + _END
    ),
    re.compile(r"(?<![ぁ-ん])[ぁ-ん]{2,5}[\s・]\d{3}[\s・]{1,3}[ぁ-ん][\s・]{1,3}(?:\d{1,2}-\d{2}|\d{4})" + _END),
    re.compile(
        r"(?:ナンバー|車両番号|登録番号|標識番号|プレート)[\s:=は]{0,3}"
        r"(?P<v>[一-龥々]{2,5}[\s-]?[ぁ-ん][\s-]?[・.\s]{0,3}\d{1,2}-?\d{1,2})" + _END
    ),
    re.compile(r"[一-龥]{2,5}[市区町村]\s[ぁ-ん]\s\d{2,4}" + _END),
    # Small motorbikes: 1品川 せ 20-08.
    re.compile(r"(?<![\dA-Za-z])\d(?:(?![年月日時分秒])[一-龥]){2,4}\s[ぁ-ん]\s\d{1,2}-?\d{2}" + _END),
)

_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.RESIDENCE_CARD, re.compile(rf"(?:第\s?)?(?<![A-Za-z0-9]){_CARD}")),
    (Kind.INSURANCE, re.compile(r"記号・?番号[\s:=は]{0,3}(?P<v>\d{1,8}(?:[-・\s]{1,2}\d{1,8}){1,3})" + _END)),
    (Kind.INSURANCE, re.compile(rf"{_START}\d{{4}}-\d{{6}}-\d(?![\d-])")),
    (Kind.PENSION, re.compile(rf"{_START}(?!0120|0570|0800|0990)\d{{4}}-\d{{6}}{_END}(?!円)")),
    (Kind.PASSPORT, re.compile(r"(?<![A-Za-z0-9/_.=-])(?:[A-Z]{1,2} ?\d{7,8}|[A-Z]\d{7}[A-Z])" + _END)),
    (
        Kind.REFERENCE,
        re.compile(
            r"(?:受理|受付|届出|整理|照会|交付|事件|調書|決定)(?:番号)?[\s::は]{0,2}(?P<v>第?\s?\d{2,8}\s?号)(?![様室車館線])"
        ),
    ),
    (Kind.REFERENCE, re.compile(r"[一-龥]{1,4}[RH]\d{1,2}-\d{3,8}" + _END)),
    (
        Kind.REFERENCE,
        re.compile(
            r"(?:令和?|平成?|昭和?|[RHS])\s?(?:元|\d{1,2})\s?年?度?\s?[(][ァ-ヶぁ-ん一-龥]{1,4}[)]\s?第?\s?\d{1,6}(?:\s?号)?"
        ),
    ),
    (
        Kind.REFERENCE,
        re.compile(
            r"(?:東|大|名|福|札|仙|広|高|横|神|那)(?:労|在|永|技|就|家|変|認|入)?[一-龥]?\s?(?:\d{1,3}第|第|"
            r"\d{2}-)\s?\d{3,9}\s?号?(?!条|項|回|章)"
        ),
    ),
)


def is_my_number(digits: str) -> bool:
    """Whether twelve digits end in the check digit of an individual number.

    Args:
        digits: twelve ASCII digits.

    Source: ordinance no. 85 of the Ministry of Internal Affairs (2014), article 5.
    """
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    rest = sum(int(p) * q for p, q in zip(reversed(digits[:11]), weights, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def find(text: str) -> Iterator[Span]:
    """All of them, the surest first.

    Args:
        text: folded text.
    """
    yield from spans_of(text, Kind.PLATE, *_PLATES)
    for kind, pattern in _SAID:
        for match in pattern.finditer(text):
            if not _NOT_A_NUMBER.match(text, match.end("v")):
                yield Span(kind, *match.span("v"))
    for match in _NUMBERED.finditer(text):
        if not _NUMBERED_PUBLIC.search(match["of"]) and not _NOT_A_NUMBER.match(text, match.end("v")):
            yield Span(Kind.REFERENCE, *match.span("v"))
    yield from spans_of(text, Kind.REFERENCE, _LABELLED)
    yield from spans_of(text, Kind.NUMBER, _CREDIT)
    for match in _TWELVE.finditer(text):
        if not _NOT_A_NUMBER.match(text, match.end()):
            yield Span(_twelve(text, match), *match.span())
    for kind, pattern in _SHAPES:
        yield from spans_of(text, kind, pattern)


def _twelve(text: str, match: re.Match[str]) -> Kind:
    """What twelve digits are: said by the words before them, or by their check digit."""
    before = text[max(0, match.start() - 30) : match.start()]
    if _LICENCE_SAID.search(before):
        return Kind.LICENCE
    if _MINE_SAID.search(before) or is_my_number(re.sub(r"\D", "", match[0])):
        return Kind.MY_NUMBER
    return Kind.NUMBER
