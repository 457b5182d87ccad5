"""Names in Japanese script: those that a form or an honorific announces first, then the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import kanji_people, katakana_people
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.spelling import in_latin
from bot.anonymising.telling import NAMES, is_ordinary
from bot.anonymising.wordsets import wordset
from corpus.names import Names
from retrieval.names import Sort, Word

_HONORIFIC = re.compile(
    r"さん|さま|様(?![子々式相態]|反応|症状)|氏(?!名)|くん|君|ちゃん|殿(?![一-龥])|女史|夫妻|一家|San\b|san\b|"
    r"(?<!ッ)サン(?![ァ-ヴー・=])|(?<=[ァ-ヴー])(?:家|世帯)(?![一-龥])|"
    r"先生|選手|容疑者|被告|社長|店長|部長|課長|係長|主任|弁護士|行政書士|相談員|支援員|医師|看護師|"
    r"通訳|夫婦|教諭|教授|議員|理事長|院長|園長|校長|教頭|所長|監督官|審査官|担当官|刑事|巡査|代表"
)
#: With these before them only names count that are known to be names: 英語先生, 店長.
_TITLES = wordset(
    "先生 選手 容疑者 被告 社長 店長 部長 課長 係長 主任 弁護士 行政書士 相談員 支援員 医師 看護師 通訳 "
    "夫婦 一家 殿 教諭 教授 議員 理事長 院長 園長 校長 教頭 所長 監督官 審査官 担当官 刑事 巡査 代表"
)
_LABEL = re.compile(
    r"(?<![一-龥])(?:氏名|お名前|名前|お?なまえ|フルネーム|フリガナ|ふりがな|カナ氏名|氏名カナ|通称名?|"
    r"本名|旧姓|姓名|名義人?|口座名義|"
    r"(?:申請者|相談者|本人|担当者|保護者|児童|配偶者|患者|生徒|届出人|代表者|緊急連絡先|保証人|夫|妻|"
    r"父|母|子|利用者|対象者)の?(?:氏名|名前|名)|"
    r"世帯主|届出人|Name|NAME|name|姓|名)"
    r"(?:\s?[(][^()\n]{1,12}[)])?(?P<by>\s?[:：=]\s{0,3}|[ \t]{1,3}|\s?\n\s?|は、?\s?|が、?\s?|を)[「『]?"
)
_POLITE = wordset("さん さま 様 氏 くん 君 ちゃん 女史 夫妻 San san サン")
#: 氏名：… in a form: whatever stands there in kanji or kana, up to the line's end or a mark.
_FORM_VALUE = re.compile(r"[一-龥々ぁ-んァ-ヶー]{1,12}(?:[ \t・][一-龥々ぁ-んァ-ヶー]{1,12}){0,4}(?=\s|[、,/()]|$)")
_NO_VALUE = re.compile(
    r"なし|不明|不詳|匿名|非公開|未記入|同上|記入|別紙|省略|電話|番号|住所|生年|国籍|性別|ください|"
    r"下さい|など|欄|変更|順|必要|あり|ない|任意|必須|です"
)


def find(document: Document, names: Names) -> Iterator[Span]:
    """Names in kanji, katakana and hiragana, the surest first.

    Args:
        document: what is read; what is spoken for in it is passed over.
        names: what names look like.
    """
    for match in _LABEL.finditer(document.text):
        end = _labelled_end(document, names, match)
        if end > match.end():
            yield Span(Kind.NAME, match.end(), end)
    yield from kanji_people.vietnamese(document.text, names)
    yield from kanji_people.introduced(document, names)
    for match in _HONORIFIC.finditer(document.text):
        start = _honored_start(document, names, match.start(), match[0])
        if start < match.start():
            yield Span(Kind.NAME, start, match.start())
    yield from katakana_people.find(document, names)
    yield from kanji_people.find(document, names)


def _labelled_end(document: Document, names: Names, match: re.Match[str]) -> int:
    begin = match.end()
    end = max(katakana_people.ends_after(document, names, begin), kanji_people.ends_after(document, begin))
    if not (match["by"].strip() in ("：", ":", "=") or "\n" in match["by"]):
        return end
    value = _FORM_VALUE.match(document.text, begin)
    if value and not is_ordinary(names, value[0]) and not _NO_VALUE.search(value[0]):
        return max(end, value.end())
    return end


def _honored_start(document: Document, names: Names, end: int, honorific: str) -> int:
    """Where the name begins that ends before an honorific; `end` where none does."""
    sure = honorific not in _TITLES
    start = katakana_people.begins_before(document, names, end, sure=sure)
    if start < end:
        before = document.words[document.word_at(start) - 1]  # 田中ジュニオールさん
        return before.start if before.end == start and before.sort is Sort.SURNAME else start
    start = kanji_people.chinese_before(document, names, end)
    index = document.word_at(end)
    if start < end or index == 0 or document.words[index - 1].end != end:
        return start
    word = document.words[index - 1]
    if word.surface == " " and index > 1:  # 田中 さん
        index -= 1
        word = document.words[index - 1]
    if not _may_be_honored(names, word, honorific):
        return end
    return _with_what_belongs(document, names, index - 1)


def _with_what_belongs(document: Document, names: Names, index: int) -> int:
    """Where the name begins whose last word is known: 田中 太郎, 朴智星."""
    start, gap = document.words[index].start, False
    for word in reversed(document.words[max(0, index - 3) : index]):
        if word.surface in (" ", "・") and word.end == start and not gap:
            gap, start = True, word.start
            continue
        belongs = word.sort in NAMES or word.surface in names.kanji
        if word.end != start or not belongs or not document.is_free(word.start, word.end):
            break
        start, gap = word.start, False
    written = document.text[start : document.words[index].end]
    return start + len(written) - len(written.lstrip(" ・"))


def _may_be_honored(names: Names, word: Word, honorific: str) -> bool:
    surface = word.surface
    if is_ordinary(names, surface) or surface.isascii() or len(surface) > 8:
        return False
    if word.sort in NAMES:
        return True
    if word.sort is Sort.PLACE and honorific in ("先生", *_POLITE):  # 千葉さん
        return len(surface) < 4 and not surface.endswith(("市", "区", "県", "町", "村"))
    return honorific in _POLITE and _is_a_kana_or_kanji_name(names, word, honorific)


def _is_a_kana_or_kanji_name(names: Names, word: Word, honorific: str) -> bool:
    surface = word.surface
    if not word.known:
        return bool(re.fullmatch(r"[一-龥々]{1,4}|[ぁ-ん]{2,5}", surface))
    if re.fullmatch(r"[ぁ-ん]{2,5}", surface):  # さくらちゃん
        return honorific in ("ちゃん", "くん") or in_latin(surface) in names.given
    # 愛ちゃん, 光さん: nouns of one character; longer ones are roles.
    return bool(re.fullmatch(r"[一-龥]", surface)) and word.sort in (Sort.NOUN, Sort.PREFIX)
