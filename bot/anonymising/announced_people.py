"""Names that what stands right beside them makes names, whatever the dictionary takes them for: 鳥居主査, 三輪教授.

Many surnames are places or things first, so that their part of speech says little. A table of surnames, and a place
where hardly anything but a name can stand, say more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.telling import KATAKANA, NAMES, ROLE, ROLE_BESIDE, is_ordinary
from corpus.directory.prefectures import all_prefectures
from corpus.names import Names
from retrieval.names import Sort, words

_POLITE = r"さん|さま|様|氏|殿|くん|君|ちゃん|先生"
_TITLE = (
    r"税理士|社労士|社会保険労務士|司法書士|弁護士|行政書士|公証人|主査|主事|主任|主幹|参事|副主幹|係長|課長|"
    r"部長|次長|室長|"
    r"局長|館長|班長|理事長|理事|常務|専務|会長|組合長|支店長|店長|工場長|社長|所長|院長|園長|校長|教頭|塾長|"
    r"教授|准教授|"
    r"講師|教諭|先生|医師|ドクター|看護師|保健師|助産師|保育士|介護士|民生委員|相談員|支援員|調査員|監督官|調査官|"
    r"審査官|検事|判事|刑事|巡査|巡査部長|警部補?|警部|ケアマネ|ケースワーカー|ワーカー|コーディネーター|"
    r"マネージャー|"
    r"オーナー|リーダー|コーチ|監督|牧師|神父|住職|職員|通訳|代表|議員|児童福祉司|福祉司|ソーシャルワーカー|CW|"
    r"SW|PSW|SC|ALT|さん|様|氏|殿|くん|君"
)
_TITLED = re.compile(rf"(?<=[一-龥々ヶ])(?:{_TITLE})(?:代理|補佐)?(?![一-龥])")
_BEFORE = re.compile(r"[一-龥々ヶ]{2,8}$")
#: 戸叶主事, 乾係長: before these titles two or three characters that are no word are a name, and these single ones.
_OFFICIAL = re.compile(
    rf"(?:^|(?<=[\s、。,:/|の「(〓]))(?P<v>[一-龥々ヶ]{{1,3}})(?=(?:{_TITLE})(?:代理|補佐)?(?![一-龥]))", re.M
)
_SINGLE = frozenset("林森原堀辻関岡島谷沢杉菅星柳桂橘乾巽梶榊轟湊泉芦畑堤孫王李張金朴崔呉黄楊梁")
#: お世話になっております。光洋ビルドの浅羽です: a greeting, and who greets.
_GREETING = re.compile(
    r"(?:お世話になって|ありがとうござい|失礼いたし|恐れ入り|はじめまして|こんにちは|おはようござい|"
    r"もしもし)[^。\n]{0,12}[。、\n]\s?"
    r"[^。\n]{2,30}の(?P<v>[一-龥々ヶ]{1,4}|[ァ-ヴー]{2,10})(?=です|と申|でござい)"
)
#: 国際交流協会の鳥居です, 鳥居と申します.
_SPEAKING = re.compile(
    r"(?:(?<=[の。、\s])|^)(?P<v>[一-龥々ヶ]{2,4})(?=です[。\s]|です$|と申し|と言います|といいます|と名乗)", re.M
)
#: 孫(そん)様, 劉峰(リュウ・ホウ): a name and how it is read.
_READ = re.compile(
    rf"(?<![一-龥々])(?P<v>[一-龥々ヶ]{{1,5}}(?:[ "
    rf"・][一-龥々]{{1,4}})?)\s?[(](?P<read>[ぁ-んァ-ヴー]{{2,10}}(?:[ ・][ぁ-んァ-ヴー]{{1,10}}){{0,3}})[)]"
    rf"\s?(?P<polite>{_POLITE})?"
)
_SPACED = re.compile(
    rf"(?<![一-龥々])(?P<v>[一-龥々ヶ]{{1,4}}[ ]{{1,2}}[一-龥々]{{1,4}})(?=[ ]{{0,3}}(?:{_POLITE}|[(]|$))", re.M
)
_ALONE = re.compile(r"(?:^|(?<=[\n\t／/|]))[ ]{0,3}(?P<v>[一-龥々ヶ]{2,4})[ ]{0,3}(?=$|[\n\t／/|])", re.M)
_OF_AN_OFFICE = re.compile(
    r"(?:監理団体|組合|会社|派遣元|派遣先|機関|事務所|労基署|役所|役場|学校|協会|センター|病院)の$"
)
#: 呂:「…」 in minutes: who speaks.
_SPEAKER = re.compile(r"^[ ]{0,2}(?P<v>[一-龥々ヶ]{1,4})(?=\s?[:：]\s?[「『])", re.M)
_RUN = re.compile(r"(?<![一-龥々])[一-龥々]{2,3}(?![一-龥々])")
_NOTED = re.compile(r"(?<![一-龥々])[一-龥々ヶ]{2,4}(?=[はがもをにとの、。)\s/」]|より|から|まで|$)")
_AGED = re.compile(rf"(?<!{KATAKANA})(?P<v>{KATAKANA}{{2,16}})(?=\s?[(]\d{{1,2}}(?:[歳才]|[)、,])|\s?\d{{1,2}}[歳才])")
_LONG = re.compile(rf"(?<!{KATAKANA}){KATAKANA}{{4,20}}(?!{KATAKANA})")
_AFTER_ROLE = re.compile(
    rf"(?:ドライバー|コック|シェフ|オーナー|マネージャー|リーダー|スタッフ|ママ|パパ|ミスター|ミセス|"
    rf"シスター)(?P<v>{KATAKANA}{{2,12}})"
    rf"(?!{KATAKANA})"
)
#: Chinese and Korean surnames that begin hardly any Japanese word.
_RARE = frozenset(
    "劉刘陳陈趙赵郭鄭郑鄧邓蕭馮冯蔡潘袁董蘇呂吕魏蒋蔣姜鍾钟盧卢汪崔廖姚邱譚韋賈鄒閻薛郝邵尹龔朴裵黎阮鞠楊杨"
)
_ENDS = frozenset(
    "田村川山本谷沢澤野原井島崎木口藤塚岡橋森松林浦瀬津池永尾里中西上下内辺部屋倉坂石宮江見戸堀水吉良賀高程"
)
_NAME_OR_PLACE = NAMES | {Sort.PLACE}
_PREFECTURES = frozenset(prefecture.name.rstrip("都府県") for prefecture in all_prefectures())
_NOT_BEHIND = re.compile(r"[市区町村県駅店川山線館部局署課院校園]")


def whole(text: str, names: Names) -> Iterator[Span]:
    """Names in two parts before an honorific, and names with their reading behind; before parts of them are looked for.

    Args:
        text: folded text.
        names: what names look like.
    """
    for match in _READ.finditer(text):
        strange = match["polite"] or not is_ordinary(names, match["v"])
        if not strange or is_ordinary(names, match["read"]) or words(match["read"])[0].sort is Sort.COUNTRY:
            continue
        if match["polite"] or _begins_with_surname(names, match["v"]):
            yield Span(Kind.NAME, *match.span("v"))
            yield Span(Kind.NAME, *match.span("read"))
    yield from _chinese(text)
    for match in _SPACED.finditer(text):
        first, *_, last = match["v"].split(" ")
        if _is_surname(names, first) and not (is_ordinary(names, last) or last in names.organisations["outside"]):
            yield Span(Kind.NAME, *match.span("v"))


def find(document: Document, names: Names) -> Iterator[Span]:
    """Names with a title, an age or a role beside them, or with a line of their own.

    Args:
        document: what is read; what is spoken for in it is passed over.
        names: what names look like.
    """
    text = document.text
    for match in _TITLED.finditer(text):
        run = _BEFORE.search(text[max(0, match.start() - 8) : match.start()])
        size = _surname_at_end(names, run[0]) if run else 0
        if size and not (run and run[0] in _PREFECTURES and match[0] in ("局長", "職員")):
            yield Span(Kind.NAME, match.start() - size, match.start())
    for match in _OFFICIAL.finditer(text):
        single = len(match["v"]) == 1
        if match["v"] in _SINGLE if single else _looks_like_surname(names, match["v"]):
            yield Span(Kind.NAME, *match.span("v"))
    for match in _GREETING.finditer(text):
        if not is_ordinary(names, match["v"]):
            yield Span(Kind.NAME, *match.span("v"))
    for match in _SPEAKING.finditer(text):
        if _begins_with_surname(names, match["v"]) and match["v"] not in _PREFECTURES:
            yield Span(Kind.NAME, *match.span("v"))
    for match in _ALONE.finditer(text):
        if _is_whole_name(document, names, match["v"]):
            yield Span(Kind.NAME, *match.span("v"))
    for match in _SPEAKER.finditer(text):
        if match["v"] in names.kanji or match["v"] in names.characters:
            yield Span(Kind.NAME, *match.span("v"))
    yield from _noted(text, names)
    yield from _katakana(text, names)


def _is_surname(names: Names, written: str) -> bool:
    return written in names.characters or written in names.kanji or words(written)[0].sort in NAMES


def _surname_at_end(names: Names, run: str) -> int:
    """How many characters at the end of a run are a surname: 2 in 担当鳥居; 0 where none is."""
    for size in range(min(4, len(run)), 1, -1):
        if run[-size:] in names.characters and (size == len(run) or _may_precede(run[:-size])):
            return size
    built = run[-1] in _ENDS and len(run) > 3 and _looks_like_surname(names, run[-2:]) and _may_precede(run[:-2])
    return 2 if built else 0


def _may_precede(written: str) -> bool:
    """Whether a word before a surname ends there: 担当, 福祉課."""
    return len(words(written)) == 1 or written[-1] in "課係室部局会所院校園社者"


def _looks_like_surname(names: Names, written: str) -> bool:
    """Whether two or three characters are built like a surname and are no common word: 岸谷, 三田村, 戸叶."""
    if written in names.characters:
        return True
    read = words(written)
    common = len(read) == 1 and read[0].known and read[0].sort not in _NAME_OR_PLACE
    return not common and written not in _PREFECTURES and not _is_said(names, written)


def _is_said(names: Names, written: str) -> bool:
    """Whether a word of a run says what an office does: 総務, 生活支援."""
    nothing = names.organisations["generic"] | names.organisations["outside"] | names.ordinary
    return any(word.surface in nothing for word in words(written)) or written[-1] in "課係室部局員者長会"


def _begins_with_surname(names: Names, written: str) -> bool:
    bare = written.replace(" ", "").replace("・", "")
    return any(
        bare[:size] in names.characters or (bare[:size] in names.kanji and len(bare) > 1 and _is_no_word(bare))
        for size in (4, 3, 2, 1)
    )


def _is_no_word(written: str) -> bool:
    """Whether a run of characters is no one word that the dictionary has."""
    read = words(written)
    return len(read) > 1 or not read[0].known or read[0].sort in NAMES


def _is_whole_name(document: Document, names: Names, written: str) -> bool:
    """Whether a line's only word is a name: 王小明, 小林花子."""
    if is_ordinary(names, written) or written in _PREFECTURES:
        return False
    if written in names.characters:
        return True
    read = words(written)
    if len(read) == 1:
        return read[0].sort in NAMES
    first = next((written[:size] for size in (3, 2, 1) if _is_listed(names, written[:size])), "")
    rest = words(written[len(first) :]) if first and len(first) < len(written) else []
    return bool(rest) and read[0].surface == first and all(word.sort in NAMES or not word.known for word in rest)


def _is_listed(names: Names, written: str) -> bool:
    return written in names.characters or written in names.kanji


def _chinese(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        if match[0][0] in _RARE and _is_no_word(match[0]):
            yield Span(Kind.NAME, *match.span())


def _noted(text: str, names: Names) -> Iterator[Span]:
    """担当の鳥居, 大家：古市: who is meant stands right before."""
    for match in _NOTED.finditer(text):
        if match[0] in _PREFECTURES or _NOT_BEHIND.match(text, match.end()) or is_ordinary(names, match[0]):
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        built = match[0][-1] in _ENDS and _looks_like_surname(names, match[0])
        strange = not all(word.known for word in words(match[0])) and not _is_said(names, match[0])
        if match[0] not in names.characters and not strange and not built:
            continue
        if ROLE.search(before) or ROLE_BESIDE.search(before) or _OF_AN_OFFICE.search(before):
            yield Span(Kind.NAME, *match.span())


def _katakana(text: str, names: Names) -> Iterator[Span]:
    """グエンティトゥイ, written without a space, タオ(24) and ドライバーカルロス."""
    for match in _AFTER_ROLE.finditer(text):
        if match["v"] in names.katakana:
            yield Span(Kind.NAME, *match.span("v"))
    for match in _AGED.finditer(text):
        listed = match["v"] in names.katakana
        if not is_ordinary(names, match["v"]) and (listed or not _is_common(match["v"])):
            yield Span(Kind.NAME, *match.span("v"))
    for match in _LONG.finditer(text):
        if not is_ordinary(names, match[0]) and not _is_common(match[0]) and _is_joined(names, match[0]):
            yield Span(Kind.NAME, *match.span())


def _is_common(written: str) -> bool:
    read = words(written)
    return all(word.known and word.sort not in NAMES for word in read)


def _is_joined(names: Names, written: str) -> bool:
    """Whether a row of katakana is names from end to end, the first and the last of them of two letters and more."""
    if len(written) < 6:
        return False  # マイカー
    reached = {0}
    for end in range(2, len(written) + 1):
        for start in range(max(0, end - 9), end):
            long = end - start > 1 or (start > 1 and end < len(written))
            if start in reached and long and written[start:end] in names.katakana:
                reached.add(end)
                break
    return len(written) in reached and written not in names.katakana


_WITH = re.compile(rf"(?:と|や|、|及び|および|・)(?P<v>{KATAKANA}{{2,10}})(?=[はがのをにもと、。)]|$)")


def beside(document: Document, names: Names) -> Iterator[Span]:
    """川端とネハ: beside a name, joined to it, a word of katakana that no dictionary has is one as well.

    Args:
        document: what is read, with the names found so far.
        names: what is no name.
    """
    for span in [span for span in document.spans if span.kind is Kind.NAME]:
        match = _WITH.match(document.text, span.end)
        if match and not is_ordinary(names, match["v"]) and not _is_common(match["v"]):
            yield Span(Kind.NAME, *match.span("v"))
