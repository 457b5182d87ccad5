"""Names in kanji, katakana and hiragana, with and without anything that says they are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from corpus.names import Names
from retrieval.names import Sort, Word

HONORIFIC = r"(?:さん|さま|様|氏(?!名)|くん|君|ちゃん|先生|殿|女史|夫妻|夫婦|一家|San|san|サン|選手|容疑者|被告|社長|店長|部長|課長|係長|主任|弁護士|行政書士|相談員|支援員|医師|看護師|通訳)"
_HONORED = re.compile(HONORIFIC)
_TITLES = frozenset(
    "先生 社長 店長 部長 課長 係長 主任 弁護士 行政書士 相談員 支援員 医師 看護師 通訳 夫婦 一家 選手 サン San san 殿".split()
)
_KATAKANA = r"[ァ-ヴー]"
#: A row of katakana words: グエン・ヴァン・アイン, ファム ティ フオン; = and . are breaks too.
_ROW = re.compile(
    rf"{_KATAKANA}{{1,14}}(?:[・=•·]\s?{_KATAKANA}{{1,14}}|\.{_KATAKANA}{{2,14}}){{0,6}}|(?<!{_KATAKANA}){_KATAKANA}+"
)
_SPACED_ROW = re.compile(
    rf"(?<!{_KATAKANA}){_KATAKANA}{{1,14}}(?:(?:[ \t]{{1,2}}|\n){_KATAKANA}{{1,14}}){{1,6}}(?!{_KATAKANA})"
)
_LABEL = (
    r"(?:氏名|お名前|名前|なまえ|フルネーム|フリガナ|ふりがな|カナ氏名|氏名カナ|通称名?|本名|旧姓|姓名|名義人?|口座名義|申請者名|届出人|世帯主|相談者名|本人氏名|担当者名|保護者名|児童名|"
    r"配偶者氏名|患者名|生徒名|Name|NAME|name|Full name|Họ tên|Họ và tên|Nome|Nombre|姓|名)"
)
_AFTER_LABEL = re.compile(
    rf"(?<![一-龥]){_LABEL}(?:\s?[(][^()\n]{{1,12}}[)])?(?:\s?[:：=]\s{{0,3}}|[ \t]{{1,3}}|\s?\n\s?|は、?\s?|が、?\s?)[「『]?"
)
#: A person who is told about: 相談者: …, 夫 …, 申請人 ….
_ROLE = re.compile(
    r"(?:相談者|本人|申請者|申請人|来談者|来所者|利用者|対象者|クライエント|クライアント|保証人|身元保証人|夫|妻|配偶者|父|母|長男|次男|三男|長女|次女|三女|息子|娘|子|子ども|子供|"
    r"弟|妹|兄|姉|友人|友達|同僚|知人|婚約者|彼氏|彼女|通訳|担当|担当者|記録者|作成者|記入者|対応者|同行者|同席者|患者|児童|生徒|学生|実習生|社長|店長|上司|大家|家主|弁護士|行政書士|先生|差出人|宛先|From|To|Cc)"
    r"(?:の|は|が|:|：|、|\s|[(「]|[:：]\s)[「\s]{0,2}$"
)
_CALLED = re.compile(
    r"[」』\s]{0,2}(?:と(?:申し|もうし|いい(?:ます|まし|、)|言い(?:ます|まし)|呼ばれ|名乗)|という(?:名前|人|者|方|女性|男性|子|友|学生|外国|ベトナム|フィリピン)|っていう|といいます|です。|と称)"
)
_PERSONAL = re.compile(
    r"(?:は|が|も|を|に|の|と|から|へ|、|から|より)(?:[^。\n]{0,20})?(?:さん|夫|妻|来日|来所|相談|言|話|住|働|結婚|離婚|妊娠|出産|在留|ビザ|電話|連絡|子|母|父|帰国|仕事|学校|病気|困|泣|"
    r"生まれ|パスポート|申請|勤|殴|暴力|紹介|知り合|会社|旦那|家族|同居|別居|持っ|行き|行っ|来て|来た|出身|国籍)"
)
_NAMEABLE = frozenset({Sort.SURNAME, Sort.GIVEN, Sort.PERSON})
_KANJI = re.compile(r"[一-龥々〆]+")
_PLACES = frozenset(
    "東京 大阪 京都 札幌 名古屋 福岡 新宿 渋谷 品川 日本 中国 千葉 神奈川 埼玉 横浜 神戸 広島 仙台 川崎 沖縄 北海道 奈良 長崎 宮崎 福島 山形 秋田 青森 岩手 茨城 群馬 栃木 山梨 長野 静岡 愛知 岐阜 三重 滋賀 兵庫 岡山 香川 徳島 愛媛 高知 佐賀 熊本 大分 鹿児島 富山 石川 福井 新潟 和歌山 鳥取 島根 山口 浜松 豊橋 豊田 松本 上野 浅草 太田 大泉 鈴鹿".split()
)


class People:
    """Finds names in one text.

    Args:
        document: what is read; what is spoken for in it is passed over.
        names: what names look like.
    """

    def __init__(self, document: Document, names: Names) -> None:
        self._document = document
        self._text = document.text
        self._words = document.words
        self._names = names

    def find(self) -> Iterator[Span]:
        """Names, the surest first."""
        yield from self._labelled()
        yield from self._honored()
        yield from self._katakana()
        yield from self._kanji()

    def _span(self, start: int, end: int) -> Span:
        return Span(Kind.NAME, start, end)

    def _labelled(self) -> Iterator[Span]:
        """What a form or a speaker announces as a name."""
        for match in _AFTER_LABEL.finditer(self._text):
            is_form = match[0].rstrip()[-1:] in (":", "=") or "\n" in match[0]
            end = self._name_end(match.end(), trusts=is_form)
            if end > match.end():
                yield self._span(match.end(), end)

    def _name_end(self, begin: int, *, trusts: bool) -> int:
        """One past the name that begins at a place where one is expected; that place if there is none."""
        row = re.match(
            rf"{_KATAKANA}{{1,14}}(?:[・=•·\s]\s?{_KATAKANA}{{1,14}}){{0,6}}", self._text[begin : begin + 80]
        )
        if row:
            written = row[0].rstrip()
            parts = re.split(r"[・=•·\s]+", written)
            if len(parts) > 1 and not all(self._is_ordinary(part) for part in parts):
                return begin + len(written)
            after = self._text[begin + len(written) :][:1]
            if not self._is_ordinary(parts[0]) and (
                self._is_katakana_name(parts[0]) or not re.match(r"[一-龥ぁ-ん]", after) or after in "とでがはさく"
            ):
                return begin + len(written)
            return begin
        end = self._kanji_name_end(begin)
        if end > begin or not trusts:
            return end
        # 氏名：… in a form: whatever stands there in kanji or kana, up to the line's end or a mark.
        match = re.match(
            r"[一-龥々ぁ-んァ-ヶー]{1,6}(?:[ \t・][一-龥々ぁ-んァ-ヶー]{1,8})?(?=\s|[、,/()]|$)",
            self._text[begin : begin + 24],
        )
        if (
            match
            and not self._is_ordinary(match[0])
            and not re.search(
                r"(?:なし|不明|不詳|匿名|非公開|未記入|同上|記入|別紙|省略|電話|番号|住所|生年|国籍|性別|ください|下さい|など|欄|変更|順)",
                match[0],
            )
        ):
            return begin + match.end()
        return begin

    def _kanji_name_end(self, begin: int) -> int:
        """One past a kanji or kana name that begins exactly here, by the words' sorts."""
        index = self._document.word_at(begin)
        if index >= len(self._words) or self._words[index].start != begin or self._words[index].sort not in _NAMEABLE:
            return begin
        return self._full_name(index)

    def _full_name(self, index: int) -> int:
        """One past the name that begins with a word: its surname, given name, what belongs to them."""
        word = self._words[index]
        end = word.end
        following = self._words[index + 1 : index + 4]
        if (
            following
            and following[0].surface in (" ", "・")
            and len(following) > 1
            and _may_be_given(following[1])
            and word.sort is Sort.SURNAME
        ):
            following = following[1:]
        if (
            word.sort in (Sort.SURNAME, Sort.PERSON)
            and following
            and _may_be_given(following[0])
            and following[0].start - end <= 1
        ):
            end = following[0].end
            # Given names that the dictionary has in two: 智 + 星.
            if (
                len(following) > 1
                and _KANJI.fullmatch(following[1].surface)
                and following[1].sort in _NAMEABLE
                and following[1].start == end
                and end - word.end < 2
            ):
                end = following[1].end
        return end

    def _is_ordinary(self, word: str) -> bool:
        return word in self._names.ordinary or word.removeprefix("お").removeprefix("ご") in self._names.ordinary

    def _is_katakana_name(self, word: str) -> bool:
        """Whether a katakana word is a name by itself; レ and アン are only beside others."""
        return word in self._names.katakana and len(word) > 1

    def _honored(self) -> Iterator[Span]:
        """What stands before さん, 様, くん …."""
        for match in _HONORED.finditer(self._text):
            start = self._honored_start(match.start(), match[0])
            if start < match.start():
                yield self._span(start, match.start())

    def _honored_start(self, end: int, honorific: str) -> int:
        text = self._text
        gap = end - 1 if end and text[end - 1] == " " else end
        row = re.search(
            rf"{_KATAKANA}{{1,14}}(?:[・=•·.\s]\s?{_KATAKANA}{{1,14}}){{0,6}}$", text[max(0, gap - 70) : gap]
        )
        if row:
            return self._row_start(row[0], gap - len(row[0]), honorific) if gap == end or len(row[0]) > 1 else end
        index = self._document.word_at(end)
        if index == 0 or self._words[index - 1].end > end or gap != end:
            return end
        chinese = self._chinese_before(end)
        if chinese < end:
            return chinese
        word = self._words[index - 1]
        if word.end != end or not self._may_be_honored(word, honorific):
            return end
        start = word.start
        for before in reversed(self._words[max(0, index - 4) : index - 1]):
            is_gap = before.surface in (" ", "・") and before.end == start
            if is_gap and start != word.start:
                break
            if is_gap or (before.sort in _NAMEABLE and before.end == start) or self._is_surname_before(before, start):
                start = before.start
                continue
            break
        written = text[start:end]
        start += len(written) - len(written.lstrip(" ・"))
        return start

    def _chinese_before(self, end: int) -> int:
        """Where a Chinese or Korean name begins whose given name is some other word to the dictionary: 陳 + 秀英さん."""
        run = re.search(r"(?<![一-龥々])[一-龥々]{2,4}$", self._text[max(0, end - 5) : end])
        if run is None:
            return end
        first = self._words[self._document.word_at(end - len(run[0]))]
        is_surname = first.start == end - len(run[0]) and first.surface in self._names.kanji and first.sort is Sort.SURNAME
        return first.start if is_surname and len(run[0]) - len(first.surface) < 3 else end

    def _is_surname_before(self, word: Word, start: int) -> bool:
        return word.end == start and word.surface in self._names.kanji

    def _may_be_honored(self, word: Word, honorific: str) -> bool:
        if self._is_ordinary(word.surface) or word.surface.isascii() or len(word.surface) > 8:
            return False
        if word.sort in _NAMEABLE:
            return True
        if honorific in _TITLES:
            return False
        if word.sort is Sort.PLACE:
            return len(word.surface) < 4 and not word.surface.endswith(("市", "区", "県", "町", "村"))
        if not word.known:
            return bool(re.fullmatch(r"[一-龥々]{1,4}|[ぁ-ん]{2,5}", word.surface))
        # 愛ちゃん, 光さん: nouns of one character; longer ones are roles.
        is_name = bool(re.fullmatch(r"[一-龥]", word.surface)) and word.sort in (Sort.NOUN, Sort.PREFIX)
        return is_name and honorific in ("さん", "ちゃん", "くん", "君", "様", "さま", "氏")

    def _row_start(self, row: str, begin: int, honorific: str) -> int:
        """Where the name begins that ends a row of katakana words before an honorific."""
        end = begin + len(row)
        last = re.split(r"[・=•·.\s]+", row)[-1]
        if self._is_ordinary(last) or (
            honorific in _TITLES and not self._is_katakana_name(last) and self._is_known_noun(end - len(last), last)
        ):
            return end
        if len(last) == 1 and last == row and last not in self._names.katakana:
            return end
        parts = re.split(r"([・=•·.]|\s+)", row)
        start = end
        for part, gap in zip(reversed(parts[::2]), [*reversed(parts[1::2]), ""], strict=True):
            if start < end and self._is_ordinary(part):
                start += len(previous_gap)
                break
            start -= len(part) + len(gap)
            previous_gap = gap
        else:
            return begin
        return start

    def _is_known_noun(self, start: int, word: str) -> bool:
        index = self._document.word_at(start)
        if index >= len(self._words):
            return False
        found = self._words[index]
        return found.surface == word and found.known and found.sort in (Sort.NOUN, Sort.COUNTRY, Sort.PLACE)

    def _katakana(self) -> Iterator[Span]:
        """Rows of katakana words, then single ones."""
        for pattern in (_SPACED_ROW, _ROW):
            for match in pattern.finditer(self._text):
                span = self._row(match)
                if span:
                    yield span

    def _row(self, match: re.Match[str]) -> Span | None:
        text, (start, end) = self._text, match.span()
        if not self._document.is_free(start, end):
            return None
        parts = re.split(r"[・=•·.\s]+", match[0])
        if len(parts) == 1:
            return self._span(start, end) if self._is_single_name(start, end) else None
        whole = self._reading("".join(parts))
        if len(whole) == 1 and whole[0].known and whole[0].sort not in _NAMEABLE:
            return None  # サン・パウロ, コスタ・リカ
        likely = [self._likelihood(part) for part in parts]
        if "\n" in match[0] and min(likely) < 1:
            return None  # a line that ends within a word
        if sum(likely) < 1 or min(likely) < 0:
            # マリア スーパー: a name beside a word that is none.
            return None
        # Names in a row of other words: コース・カリキュラム is none of them.
        if sum(likely) >= (len(parts) + 1) // 2 or all(one >= 0.5 for one in likely):
            return self._span(start, end)
        return None

    def _likelihood(self, part: str) -> float:
        """How likely a word in a row is part of a name: 1 for names, 0.5 for what no dictionary has, -1 for other words."""
        if part in self._names.katakana and not self._is_ordinary(part):
            return 1.0
        if self._is_ordinary(part):
            return -1.0
        index_words = self._reading(part)
        if any(word.sort in _NAMEABLE for word in index_words):
            return 1.0
        if len(index_words) == 1 and not index_words[0].known:
            return 0.5
        return 0.5 if len(part) <= 2 else 0.0

    def _reading(self, part: str) -> list[Word]:
        from retrieval.names import words

        return words(part)

    def _is_single_name(self, start: int, end: int) -> bool:
        text = self._text
        word = text[start:end]
        if len(word) < 2 or self._is_ordinary(word):
            return False
        before = text[max(0, start - 12) : start]
        after = text[end : end + 30]
        if re.match(r"[一-龥A-Za-z]", after) and not re.match(
            r"(?:様|氏|君|殿|夫妻|本人|妻|夫|母|父|宛|姉|兄|弟|妹|先生)", after
        ):
            return False  # ラマ寺, マリア像: part of a longer word
        if re.search(r"[一-龥A-Za-z0-9]$", before) and not re.search(
            r"(?:夫|妻|長男|次男|三男|長女|次女|三女|息子|娘|母|父|弟|妹|兄|姉|友人|同僚|知人|本人|相談者|担当|通訳|友達)$",
            before,
        ):
            return False
        index = self._document.word_at(start)
        inside = [w for w in self._words[index : index + 4] if w.end <= end]
        one = inside[0] if len(inside) == 1 and inside[0].start == start and inside[0].end == end else None
        is_listed = word in self._names.katakana
        has_sort = one is not None and one.sort in _NAMEABLE
        is_noun = one is not None and one.known and one.sort in (Sort.NOUN, Sort.COUNTRY, Sort.PLACE, Sort.PROPER)
        is_unknown = one is None or not one.known
        is_said = (
            bool(_ROLE.search(before))
            or bool(_CALLED.match(after))
            or bool(re.match(r"[:：「]\s?", after) and re.search(r"(?:^|\n)\s*$", before))
        )
        introduced = bool(re.search(r"(?:私は|わたしは|僕は|名前は)\s?$", before))
        if is_listed and (has_sort or is_unknown or len(word) >= 4):
            return True
        if is_listed and is_noun:
            return is_said or introduced or (len(word) >= 3 and bool(_PERSONAL.match(after)))
        if is_listed:
            return is_said or introduced or len(word) > 2 or bool(_PERSONAL.match(after))
        if has_sort:
            return True
        if is_unknown and (is_said or introduced):
            return True
        # A word that no dictionary has, of whom something is told that is told of people.
        return (
            one is not None
            and not one.known
            and len(word) >= 3
            and bool(_PERSONAL.match(after))
            and not re.search(r"[・]$", before)
        )

    def _kanji(self) -> Iterator[Span]:
        """Names in kanji and hiragana that nothing announces."""
        for index, word in self._document.free_words():
            if word.sort is Sort.SURNAME or (word.sort is Sort.PERSON and _KANJI.fullmatch(word.surface)):
                yield from self._from_surname(index)
            elif word.sort is Sort.GIVEN and self._is_given_name(index):
                yield self._span(word.start, word.end)
        yield from self._chinese()

    def _from_surname(self, index: int) -> Iterator[Span]:
        word = self._words[index]
        end = self._full_name(index)
        before = self._text[max(0, word.start - 12) : word.start]
        if word.surface in _PLACES and end == word.end and not _ROLE.search(before):
            return
        if end > word.end:
            if self._document.is_free(word.start, end) and (len(word.surface) > 1 or end - word.start > 1):
                yield self._span(word.start, end)
        elif len(word.surface) > 1 and not self._is_in_a_compound(index):
            if _KANJI.match(word.surface) or _ROLE.search(before) or _CALLED.match(self._text, word.end):
                yield self._span(word.start, word.end)
        elif len(word.surface) == 1 and (
            _CALLED.match(self._text, word.end)
            or (_ROLE.search(before) and self._text[word.end : word.end + 1] in "がはのをにと、。")
        ):
            yield self._span(word.start, word.end)

    def _is_in_a_compound(self, index: int) -> bool:
        """Whether a surname is part of something longer: 大久保駅, 田中市."""
        word = self._words[index]
        after = self._words[index + 1] if index + 1 < len(self._words) else None
        before = self._words[index - 1] if index else None
        if (
            after is not None
            and after.start == word.end
            and (
                after.sort is Sort.NOUN
                or after.surface
                in (
                    "市",
                    "町",
                    "区",
                    "村",
                    "県",
                    "駅",
                    "川",
                    "山",
                    "線",
                    "店",
                    "病",
                    "式",
                    "家",
                    "港",
                    "島",
                    "駅前",
                    "支店",
                    "支部",
                    "支局",
                    "側",
                    "方面",
                )
            )
        ):
            return re.match(r"(?:本人|夫妻|夫婦|様|氏|先生|弁護士|宛)", after.surface) is None
        return before is not None and before.end == word.start and before.sort in (Sort.PLACE, Sort.NUMBER, Sort.PREFIX)

    def _is_given_name(self, index: int) -> bool:
        word = self._words[index]
        before = self._text[max(0, word.start - 12) : word.start]
        if len(word.surface) == 1 or not _KANJI.fullmatch(word.surface):
            said = bool(_ROLE.search(before)) or bool(_CALLED.match(self._text, word.end))
            return said and len(word.surface) > 1
        return not self._is_in_a_compound(index)

    def _chinese(self) -> Iterator[Span]:
        """A Chinese or Korean surname with a given name that the dictionary does not have as one: 陈丽, 朴智星."""
        for match in re.finditer(r"(?<![一-龥々〆])[一-龥々]{2,4}(?![一-龥々〆])", self._text):
            run = match[0]
            surname = next((run[:size] for size in (2, 1) if run[:size] in self._names.kanji), "")
            if not surname or len(run) - len(surname) not in (1, 2) or not self._document.is_free(*match.span()):
                continue
            index = self._document.word_at(match.start())
            word = self._words[index]
            whole = word.start == match.start() and word.end >= match.end()
            if whole and word.known and word.sort not in _NAMEABLE:
                continue  # 高校, 林業, 金額
            parts = [w for w in self._words[index : index + 4] if w.end <= match.end()]
            before = self._text[max(0, match.start() - 12) : match.start()]
            said = (
                _ROLE.search(before)
                or _CALLED.match(self._text, match.end())
                or _PERSONAL.match(self._text, match.end())
            )
            strange = any(not w.known for w in parts) or (parts and parts[0].sort is Sort.SURNAME)
            if strange and (said or any(not w.known for w in parts)):
                yield self._span(*match.span())


def _may_be_given(word: Word) -> bool:
    """Whether a word behind a surname can be the given name: 健一, and 秀英 that is a noun elsewhere."""
    if word.sort in _NAMEABLE:
        return True
    if not re.fullmatch(r"[一-龥々]{1,3}|[ァ-ヴー]{2,6}", word.surface):
        return False
    return not word.known and len(word.surface) > 1
