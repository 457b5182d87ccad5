"""Addresses in Japanese. Prefecture and municipality alone stay; with a town, a number or a building they go.

An address is found from its block number (2-3-4, 2丁目3番4号) or its building outwards: to the left over words that
can be a place, to the right over building and room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.wordsets import wordset
from corpus.directory.prefectures import all_prefectures
from retrieval.names import Sort, Word

_N = r"(?:\d{1,5}|[〇一二三四五六七八九十百]{1,5})"
_G = r"[ \t\n]{0,2}"
_DASH = rf"(?:{_G}-{_G}|の|ノ)"
#: 2丁目3番4号, 二丁目3-4, 123番地の4, 2-3-4; the surest first.
_BLOCK = re.compile(
    rf"(?<![\d第.-])(?P<sure>{_N}{_G}丁目(?:{_G}-?{_N}(?:番地|番)?(?:{_DASH}?{_G}{_N}(?!階|"
    rf"F))?(?:{_DASH}{_N})?(?:{_G}号(?!室|棟))?)?"
    rf"|{_N}{_G}番地(?:{_DASH}?{_N}(?!階))?(?:{_G}号(?!室))?"
    rf"|{_N}{_G}番{_G}{_N}{_G}号(?!室|棟)|{_N}{_G}番(?=\s?[A-Z0-9]{{1,3}}号?棟)"
    rf"|\d{{1,4}}[のノ]\d{{1,3}}(?:[のノ]\d{{1,4}}){{1,3}}(?!日|月)"
    rf"|(?<=[一-龥ぁ-ん])[一二三四五六七八九十]{{1,3}}の[一二三四五六七八九十]{{1,3}}の[一二三四五六七八九十]{{1,4}}"
    rf"|{_N}条[東西南北]?{_N}丁目(?:{_G}-?{_N}(?:-{_N})*)?)(?:-\d{{1,4}})?"
    rf"|(?<![\d第.-])(?P<plain>\d{{1,5}}(?:{_G}-{_G}\d{{1,4}}){{1,3}}(?:番地|番|"
    rf"号(?!室))?)(?![\d年月日回名点円%位対-])"
)
_BUILDING_WORD = (
    r"マンション|アパート|アパートメント|コーポ|コーポラス|ハイツ|ハイム|メゾン|レジデンス|パレス|ヴィラ|ビラ|ハウス|"
    r"テラス|タワー|プラザ|コート|ガーデン|フラット|シャトー|ドミトリー|カーサ|ヒルズ|レオパレス|シャーメゾン|"
    r"荘|寮|団地|住宅|ビル|ビルディング|館|邸"
)
_ROOM = (
    r"(?:[A-Z]?-?\d{1,3}-\d{2,4}(?:号室?)?|[A-Z]-\d{1,2}-\d{2,4}|\d{1,3}-?[A-Z](?![A-Za-z])|"
    r"[A-Z]-?\d{1,3}(?![\d月])|[A-Z]?-?\d{1,4}[A-Z]?\s?(?:号室|号|室)|[A-Z]?\d{1,2}階|[A-Z]?\d{1,2}F|"
    r"[A-Z]?-?\d{2,4}(?![\d年月日時分円人名歳.-]))"
)
#: What may follow a block: a building with or without a room, or a room alone.
_TAIL = re.compile(
    rf"[\s、,]{{0,2}}(?!の)(?:(?!電話|TEL|Tel|tel|携帯|メール|生年|国籍|在留)(?:[一-龥々ァ-ヶーA-Za-z・'0-9]|"
    rf"[ぁ-ん](?=[ぁ-ん]{{0,6}}[一-龥ァ-ヶ])){{0,14}}?"
    rf"(?:{_BUILDING_WORD})(?:[ァ-ヶー一-龥A-Za-zの]{{0,10}}?(?=\s?[A-Z]?\d{{2,4}})|[ァ-ヶー一-龥A-Za-z]{{0,10}}?)"
    rf"(?:\s?[A-Z0-9]{{1,3}}(?:号)?棟)?(?:[\s-]{{0,2}}{_ROOM})?(?=[^一-龥ァ-ヶー]|(?<=[室階F0-9号])|$|[にへでのが])"
    rf"|[\s、,]{{0,2}}[ァ-ヶーA-Za-z一-龥・]{{2,14}}[\s-]?[A-Z]?\d{{2,4}}号(?:室)?"
    rf"|[\s]{{1,4}}(?!電話|TEL|Tel|tel|携帯|生年|国籍|在留|氏名|内線|"
    rf"FAX)[ァ-ヶーA-Za-z一-龥・]{{2,14}}[ ]?(?:[A-Z]?-?\d{{3,4}}|[A-Z]-\d{{2,4}}|\d{{1,2}}階)"
    r"(?![\d年月日時分円人名歳.-])|[ ][ァ-ヶー]{2,}[ァ-ヶー一-龥・ぁ-んA-Z]{0,10}?(?=[、。\n)」]|$)"
    rf"|[\s-]{{0,2}}(?:[A-Z0-9]{{1,3}}号?棟\s?)?(?:[A-Z]?\d{{1,4}}\s?(?:号室|号棟|室)|\d{{1,2}}階))"
)
#: A building with its room, where no block stands before it.
_BUILDING = re.compile(
    rf"(?P<name>(?:[一-龥々ァ-ヶーA-Za-z・0-9]|[ぁ-ん](?=[ぁ-ん]{{0,6}}(?:荘|寮|ハイツ|コーポ|ビル))){{1,14}}?)?"
    rf"(?:{_BUILDING_WORD})(?P<rest>[ァ-ヶー一-龥A-Za-z・]{{0,10}})(?:の)?\s?(?:[A-Z0-9]{{1,3}}(?:号)?棟\s?)?"
    rf"(?P<room>(?:[A-Z]-)?\d{{1,3}}-\d{{2,4}}|[A-Z]?-?\d{{1,4}}[A-Z]?\s?(?:号室|号|室)|"
    rf"\d{{3,4}}(?![\d年月日時分円人名歳.-]))"
)
_NAMED = re.compile(
    r"(?:物件|建物|アパート|マンション)名\s?[::]?\s?(?P<v>[一-龥々ァ-ヶーA-Za-zぁ-ん0-9-]{3,20}(?:[ ]\d{2,4})?)"
)
#: 西上尾第二団地: towns and estates are numbered.
_NTH = re.compile(r"[一-龥々ヶ]{2,14}第$")
#: アパート「若葉荘」: what stands in the quotation is the building's name, whatever it looks like.
_QUOTED = re.compile(
    r"(?:アパート|マンション|団地|寮|社宅|シェアハウス|物件|建物)(?:名)?(?:は|の名前は|"
    r"[::])?\s?[「『](?P<v>[^「」『』\n]{2,24})[」』]"
)
#: 下田15: a lot's number with nothing behind it that would make it a count.
_LOT = re.compile(r"\d{1,5}(?:番地?|号)?(?![\d年月日時分円人歳才%名回か個件位歩km.-])")
#: みなみく たましま 2-3-9, as easy Japanese writes it: from its number leftwards.
_KANA_NUMBER = re.compile(r"(?<=[ぁ-ん\s])\d{1,4}(?:-\d{1,4}){1,3}")
_KANA_TOWN = re.compile(r"[ぁ-ん]{2,8}\s?")
_KANA_PLACE = re.compile(r"[ぁ-ん]{2,8}(?:けん|し|く|ちょう|まち|むら|ぐん)\s?")
_KANA_BLOCK = re.compile(r"[ぁ-ん]{2,8}\s?\d{1,2}ちょうめ(?:\s?\d{1,3}(?:ばん(?:ち)?|-)?){0,2}(?:ごう)?")
_PREFECTURES = frozenset(prefecture.name for prefecture in all_prefectures())
_PREFECTURE = "|".join(sorted(_PREFECTURES))
_TOWNS_END = re.compile(
    r"(?:町|丁|台|丘|通り?|字|条|ヶ丘|が丘|新田|沢|塚|崎|原|野|島|浜|坂|谷|橋|田|川|山|本|井|口|宿|森|"
    r"里|沼|瀬|津|池|畑|園|宮|台町)$"
)
_STOP = wordset(
    "住所 現住所 自宅 住居 居所 居住地 所在地 所在 住居地 本籍 本籍地 旧住所 新住所 転居先 引越先 "
    "住まい 連絡先 送付先 場所 勤務先 実家 "
    "電話 番号 氏名 現在 今 私 夫 妻 父 母 会社 第 表 図 別紙 様式 章 節 項 問 例 ページ 頁 時点 住民票 "
    "住民登録 宛先 宛て 世帯主 転入 転出 転居"
)
_LABELS_BEFORE = re.compile(
    r"(?:住所|現住所|じゅうしょ|自宅|居所|所在地|住居地|住まい|住んでいるのは)\s*(?:は|が|[:：)=])?\s*$"
)
_PLACES = frozenset({Sort.PLACE, Sort.SURNAME})
_PARTS = _PLACES | {Sort.NOUN, Sort.SUFFIX, Sort.PREFIX, Sort.NUMBER, Sort.PROPER, Sort.GIVEN, Sort.PERSON}
_AFTER_A_TOWN = (
    "駅",
    "公園",
    "空港",
    "図書館",
    "方面",
    "周辺",
    "近辺",
    "付近",
    "地区",
    "地域",
    "エリア",
    "支所",
    "市民",
    "区民",
    "全域",
)


def find(document: Document) -> Iterator[Span]:
    """Addresses, each as long as it goes.

    Args:
        document: what is read; nothing in it is changed.
    """
    text = document.text
    for match in _BLOCK.finditer(text):
        if not document.is_free(*match.span()):
            continue
        start = _leftwards(document, match.start(), is_sure=bool(match["sure"]))
        if start is None:
            continue
        if start == match.start() and match["sure"] and not re.search(r"番|号|-|条", match["sure"]):
            continue  # 三丁目 alone
        numbered = _NTH.search(text[max(0, start - 15) : start])
        start -= len(numbered[0]) if numbered else 0
        yield Span(Kind.ADDRESS, start, _rightwards(document, match.end()))
    for match in _BUILDING.finditer(text):
        span = _building(document, match)
        if span:
            yield span
    for match in _NAMED.finditer(text):
        yield Span(Kind.ADDRESS, *match.span("v"))
    for match in _QUOTED.finditer(text):
        yield Span(Kind.ADDRESS, *match.span("v"))
    for match in _KANA_NUMBER.finditer(text):
        begin = _kana_start(text, match.start())
        if begin is not None:
            yield Span(Kind.ADDRESS, begin, match.end())
    for match in _KANA_BLOCK.finditer(text):
        yield Span(Kind.ADDRESS, *match.span())
    yield from _towns(document)


def _rightwards(document: Document, end: int) -> int:
    match = _TAIL.match(document.text, end)
    return match.end() if match and document.is_free(end, match.end()) else end


def _kana_start(text: str, number: int) -> int | None:
    """Where the one to four places in kana begin that stand before a number; None where none does.

    Each start is looked at once: one pattern for them all would share a row of し out in thousands of ways.
    """
    begins = {number, *_begins(_KANA_TOWN, text, number)}
    places: set[int] = set()
    for _ in range(4):
        begins = {begin for end in begins for begin in _begins(_KANA_PLACE, text, end)}
        places |= begins
    return min(places, default=None)


def _begins(pattern: re.Pattern[str], text: str, end: int) -> Iterator[int]:
    """Where a place of at most 12 characters may begin that ends here."""
    return (begin for begin in range(max(0, end - 12), end) if pattern.fullmatch(text, begin, end))


def _leftwards(document: Document, begin: int, *, is_sure: bool) -> int | None:
    """Where the address begins whose block begins here; None where what stands before is no place."""
    text, index = document.text, document.word_at(begin)
    # A word may reach over the block's first character (一番町); then the block is part of a name.
    if index and document.words[index - 1].end > begin:
        index -= 1
    place, start, taken = False, begin, 0
    while index and taken < 14 and begin - start < 40:
        index -= 1
        word = document.words[index]
        if not document.is_free(word.start, word.end) or not _may_belong(document, index, start, begin):
            break
        if word.surface.strip():
            place = place or _is_place(word)
            start = word.start
        taken += 1
    written = text[start:begin]
    start += len(written) - len(written.lstrip())
    if place or (is_sure and start < begin and not written.strip().isascii()):
        return start
    said = _LABELS_BEFORE.search(text[max(0, begin - 12) : begin])
    return begin if said or is_sure else None


def _may_belong(document: Document, index: int, start: int, begin: int) -> bool:
    """Whether a word can be part of the address that begins at `start` so far."""
    word = document.words[index]
    if word.surface.isspace():
        left = document.words[index - 1].surface if index else ""
        return len(word.surface) <= (6 if start == begin else 2) and (
            start == begin or left[-1:] in tuple("都道府県市区町村郡") or left.isdigit()
        )
    if word.surface in _STOP or (word.surface.isascii() and not word.surface.isdigit()):
        return False
    if word.surface in ("の", "ノ", "ケ", "ヶ", "が", "ツ", "之"):
        # 虎ノ門, 希望が丘 where the dictionary has them in parts; 夫の大久保 is not one.
        before = document.words[index - 1] if index else None
        return word.surface in ("ノ", "ケ", "ヶ", "ツ", "之") and before is not None and before.sort is not Sort.MARK
    return word.sort in _PARTS or (not word.known and word.sort not in (Sort.MARK, Sort.PARTICLE))


def _is_place(word: Word) -> bool:
    if word.sort is Sort.COUNTRY:
        return False
    return (
        word.sort in _PLACES
        or (len(word.surface) > 1 and bool(_TOWNS_END.search(word.surface)))
        or (not word.known and not word.surface.isascii() and not word.surface.isdigit())
        or word.surface in ("町", "丁", "台", "丘", "通", "通り", "区", "市", "村")
    )


def _building(document: Document, match: re.Match[str]) -> Span | None:
    """A building with a room; 市営住宅 and the like count too, 会議室3号室 does not."""
    if not document.is_free(*match.span()):
        return None
    if not (match["name"] or match["rest"]) and "号" not in match["room"]:
        return None
    start = match.start()
    for word in document.words[document.word_at(start) : document.word_at(match.start("room"))]:
        if word.sort is Sort.PARTICLE and word.surface != "の":
            start = word.end
    numbered = _NTH.search(document.text[max(0, start - 15) : start])
    start -= len(numbered[0]) if numbered else 0
    # A place before the building belongs to it: 大久保グリーンハイツ.
    return Span(Kind.ADDRESS, start, match.end())


def _towns(document: Document) -> Iterator[Span]:
    """A municipality with a town behind it and no number: 新宿区大久保に."""
    pattern = re.compile(rf"(?:{_PREFECTURE})?[一-龥々ヶぁ-んァ-ヶ]{{1,6}}?[市区](?:[一-龥々ヶ]{{1,4}}区)?")
    words = document.words
    index = 0
    while index < len(words):
        begin = index
        while index < len(words) and words[index].sort in (Sort.PLACE, Sort.SUFFIX, Sort.SURNAME):
            index += 1
        if index == begin:
            index += 1
            continue
        run = document.text[words[begin].start : words[index - 1].end]
        match = pattern.match(run)
        rest = run[match.end() :] if match else ""
        after = document.text[words[index - 1].end :][:3]
        is_town = bool(rest) and words[index - 1].sort in _PLACES and not rest.endswith(("市", "区", "県", "都", "府"))
        is_town = (
            is_town and not after.startswith(_AFTER_A_TOWN) and not rest.startswith(("内", "立", "役", "民", "在"))
        )
        number = _LOT.match(document.text, words[index - 1].end)
        end = number.end() if number else words[index - 1].end
        span = Span(Kind.ADDRESS, words[begin].start, _rightwards(document, end) if number else end)
        if is_town and document.is_free(span.start, span.end):
            yield span
