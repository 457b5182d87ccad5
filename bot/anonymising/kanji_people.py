"""Names in kanji and hiragana: 田中太郎, 陳秀英, はなこちゃん."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.telling import AT_A_LINE, CALLED, DOES, INTRODUCED, NAMES, ROLE, ROLE_BESIDE, SPEAKS, is_ordinary
from bot.anonymising.wordsets import wordset
from corpus.directory.prefectures import all_prefectures
from corpus.names import Names
from retrieval.names import Sort, Word

_KANJI = re.compile(r"[一-龥々〆ヶ]+")
_RUN = re.compile(r"(?<![一-龥々〆])[一-龥々]{2,4}(?![一-龥々〆])")
_RUN_BEFORE = re.compile(r"(?<![一-龥々])[一-龥々]{2,4}$")
_AT_A_CLAUSE = re.compile(r"(?:^|[\n。、！])\s?$")
#: 我叫…, 김민수입니다: in Chinese and Korean who one is.
_SELF_NAMED = re.compile(
    r"(?:我叫|名字是|我是|姓名[:是])\s?(?P<v>[一-龥]{2,3})(?=[,，。、\s]|$)"
    r"|"
    r"(?P<w>[김이박최정강조윤장임한오서신권황안송류전홍고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모장남궁][가-힣]{1,3}?)(?=입니다|이에요|예요|씨|님|라고)"
)
#: Surnames that are places first, beside the prefectures.
_CITIES = [
    "札幌",
    "仙台",
    "横浜",
    "川崎",
    "名古屋",
    "神戸",
    "新宿",
    "渋谷",
    "品川",
    "豊田",
    "豊橋",
    "浜松",
    "松本",
    "上野",
    "浅草",
    "太田",
    "大泉",
    "鈴鹿",
    "羽田",
    "成田",
    "目黒",
    "中野",
    "日本",
    "中国",
]
_PLACES = frozenset([*_CITIES, *(prefecture.name.rstrip("都府県") for prefecture in all_prefectures())])
#: Surnames that are words of the landscape as well: alone they are names only where something is told of people.
_NOUNS_TOO = wordset(
    "高原 清水 平野 小川 大川 小山 草原 平原 大森 松原 荒川 花田 川上 川下 "
    "山上 坂上 坂下 大地 海原 高山 大谷 高台 大町 本町 中町"
)
_PLACE_BEHIND = wordset(
    "市 町 区 村 県 駅 川 山 線 店 病 式 家 港 島 駅前 支店 支部 支局 側 方面 公園 団地 地区 通り 橋 校 寺 神社 城"
)
_PERSON_BEHIND = re.compile(
    r"本人|夫妻|夫婦|様|氏|先生|弁護士|宛|相談員|担当|医師|社長|店長|部長|課長|教諭|教授|議員|理事長|"
    r"院長|園長|校長|審査官|監督官|選手|代表"
)
_GIVEN_WRITTEN = re.compile(r"[一-龥々]{1,3}|[ァ-ヴー]{2,6}")


def find(document: Document, names: Names) -> Iterator[Span]:
    """Names that no label and no honorific announces.

    Args:
        document: what is read.
        names: what names look like.
    """
    for index, word in document.free_words():
        if word.sort is Sort.SURNAME or (word.sort is Sort.PERSON and _KANJI.fullmatch(word.surface)):
            yield from _from_surname(document, names, index)
        elif (word.sort is Sort.GIVEN and _is_given_name(document, index)) or _is_strange_chinese(names, word):
            yield Span(Kind.NAME, word.start, word.end)
    yield from _chinese(document, names)


def ends_after(document: Document, begin: int) -> int:
    """One past the name that begins exactly at a place, by the words' sorts; that place where none does.

    Args:
        document: what is read.
        begin: a position.
    """
    index = document.word_at(begin)
    if index >= len(document.words) or document.words[index].start != begin:
        return begin
    return full_name(document, index) if document.words[index].sort in NAMES else begin


def full_name(document: Document, index: int) -> int:
    """One past the name that begins with a word: the surname, and the given name behind it.

    Args:
        document: what is read.
        index: the word's.
    """
    word = document.words[index]
    following = document.words[index + 1 : index + 4]
    if word.sort not in (Sort.SURNAME, Sort.PERSON) or not following:
        return word.end
    if following[0].surface in (" ", "・", "\t") and len(following) > 1:
        following = following[1:]
        if following[0].sort not in NAMES or bool(_KANJI.match(following[0].surface)) != bool(
            _KANJI.match(word.surface)
        ):
            return word.end
    if not _may_be_given(following[0]):
        return word.end
    end = following[0].end
    # Given names that the dictionary has in two: 智 + 星.
    more = following[1] if len(following) > 1 else None
    if more and more.start == end and len(following[0].surface) == 1 and more.sort in NAMES and len(more.surface) == 1:
        end = more.end
    return end


def chinese_before(document: Document, names: Names, end: int) -> int:
    """Where a Chinese or Korean name begins that ends before an honorific, its given name some other word: 陳 + 秀英.

    Args:
        document: what is read.
        names: surnames in characters.
        end: where the honorific begins.
    """
    run = _RUN_BEFORE.search(document.text[max(0, end - 5) : end])
    if run is None:
        return end
    begin = end - len(run[0])
    index = document.word_at(begin)
    if index >= len(document.words) or document.words[index].start != begin:
        return end
    first = document.words[index]
    is_surname = first.surface in names.kanji and first.sort is Sort.SURNAME
    return begin if is_surname and len(run[0]) - len(first.surface) < 3 else end


def vietnamese(text: str, names: Names) -> Iterator[Span]:
    """呉氏梅: Thị, in characters, between surname and given name; here 氏 is no honorific.

    Args:
        text: folded text.
        names: surnames in characters.
    """
    for match in re.finditer(
        r"(?:(?<![一-龥])|(?<=[妻夫母父兄姉弟妹子娘]))([一-龥])氏[一-龥]{1,2}(?=さん|様|[(、。\s)]|$)", text
    ):
        if match[1] in names.kanji:
            yield Span(Kind.NAME, *match.span())


def introduced(document: Document, names: Names) -> Iterator[Span]:
    """平山と申します: whatever noun stands there is a name.

    Args:
        document: what is read.
        names: words that are no names.
    """
    for match in _SELF_NAMED.finditer(document.text):
        yield Span(Kind.NAME, *match.span("v" if match["v"] else "w"))
    for match in re.finditer(r"と(?:申します|申し上げ|もうします|申す者)", document.text):
        index = document.word_at(match.start())
        start = match.start()
        for word in reversed(document.words[max(0, index - 3) : index]):
            is_name = (
                word.sort in NAMES
                or word.sort is Sort.PLACE
                or not word.known
                or (word.sort is Sort.NOUN and start == match.start() and not is_ordinary(names, word.surface))
            )
            if word.end != start or not is_name or not document.is_free(word.start, word.end):
                break
            start = word.start
        if start < match.start():
            yield Span(Kind.NAME, start, match.start())


def _may_be_given(word: Word) -> bool:
    """Whether a word behind a surname can be the given name: 健一, and one that no dictionary has."""
    if word.sort in NAMES:
        return True
    return bool(_GIVEN_WRITTEN.fullmatch(word.surface)) and not word.known and len(word.surface) > 1


def _from_surname(document: Document, names: Names, index: int) -> Iterator[Span]:
    word, text = document.words[index], document.text
    end = full_name(document, index)
    before = text[max(0, word.start - 12) : word.start]
    said = bool(
        ROLE.search(before) or ROLE_BESIDE.search(before) or CALLED.match(text, word.end) or INTRODUCED.search(before)
    )
    said = said or bool(SPEAKS.match(text, word.end) and AT_A_LINE.search(before))
    if is_ordinary(names, word.surface) or re.search(r"[市県]$|[東西南北]口$", word.surface):
        return
    if end > word.end:
        if document.is_free(word.start, end):
            yield Span(Kind.NAME, word.start, end)
    elif len(word.surface) == 1:
        follows = text[word.end : word.end + 1] in ("", *"がはのをにと、。):\n ")
        is_speaker = word.surface in names.kanji and text.startswith("です", word.end) and _AT_A_CLAUSE.search(before)
        if (said and follows) or is_speaker:
            yield Span(Kind.NAME, word.start, word.end)
    elif said or _stands_for_a_person(document, index):
        yield Span(Kind.NAME, word.start, word.end)


def _stands_for_a_person(document: Document, index: int) -> bool:
    """Whether a surname alone is one, and no town, hill or part of a longer word."""
    word = document.words[index]
    if word.surface in _PLACES or not _KANJI.match(word.surface) or _is_in_a_compound(document, index):
        return False
    return word.surface not in _NOUNS_TOO or bool(DOES.match(document.text, word.end))


def _is_in_a_compound(document: Document, index: int) -> bool:
    """Whether a name is part of something longer: 大久保駅, 田中市."""
    word = document.words[index]
    after = document.words[index + 1] if index + 1 < len(document.words) else None
    before = document.words[index - 1] if index else None
    if after is not None and after.start == word.end:
        follows = after.sort in (Sort.NOUN, Sort.NUMBER, Sort.PLACE, Sort.PROPER) or after.surface in _PLACE_BEHIND
        if follows and not _PERSON_BEHIND.match(after.surface):
            return True
    if (
        before is None
        or before.end != word.start
        or ROLE_BESIDE.search(document.text[max(0, word.start - 6) : word.start])
    ):
        return False
    beside = before.sort is Sort.NOUN and bool(_KANJI.fullmatch(before.surface))
    return beside or before.sort in (Sort.PLACE, Sort.NUMBER, Sort.PREFIX)


def _is_given_name(document: Document, index: int) -> bool:
    word, text = document.words[index], document.text
    before = text[max(0, word.start - 12) : word.start]
    if len(word.surface) == 1 or not _KANJI.fullmatch(word.surface):
        said = ROLE.search(before) or CALLED.match(text, word.end) or INTRODUCED.search(before)
        return bool(said) and len(word.surface) > 1
    return not _is_in_a_compound(document, index)


def _is_strange_chinese(names: Names, word: Word) -> bool:
    """陈丽: a word that no dictionary has and that begins with a surname."""
    if word.known or not _RUN.fullmatch(word.surface):
        return False
    return any(word.surface[:size] in names.kanji and len(word.surface) - size in (1, 2) for size in (1, 2))


def _chinese(document: Document, names: Names) -> Iterator[Span]:
    """A Chinese or Korean surname, and with it to a run of kanji a given name that the dictionary does not have."""
    for match in _RUN.finditer(document.text):
        run = match[0]
        surname = next((run[:size] for size in (2, 1) if run[:size] in names.kanji), "")
        if not surname or len(run) - len(surname) not in (1, 2) or not document.is_free(*match.span()):
            continue
        index = document.word_at(match.start())
        parts = [word for word in document.words[index : index + 4] if word.end <= match.end()]
        if (
            not parts
            or parts[0].start != match.start()
            or parts[0].surface != surname
            or parts[0].sort is not Sort.SURNAME
        ):
            continue  # 高校, 林業, 金額
        before = document.text[max(0, match.start() - 12) : match.start()]
        said = ROLE.search(before) or CALLED.match(document.text, match.end()) or DOES.match(document.text, match.end())
        if said or any(not word.known or word.sort in NAMES for word in parts[1:]):
            yield Span(Kind.NAME, *match.span())
