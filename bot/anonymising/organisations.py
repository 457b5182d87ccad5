"""Employers and schools. 工場 and 日本語学校 by themselves name nobody; with a name in front they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import runs
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.wordsets import wordset
from corpus.names import Names
from retrieval.names import Sort, Word

_FORMS = re.compile(
    r"(?:社会|特定)医療法人|株式会社|有限会社|合同会社|合資会社|合名会社|一般(?:社団|財団)法人|特定非営利活動法人|NPO法人|"
    r"医療法人(?:社団|財団)?|"
    r"社会福祉法人|学校法人|宗教法人|農業生産法人|農事組合法人|\((?:株|有|同|医|福|社|財)\)"
)
_SAID = (
    r"(?:名|の名前|の名称|の名)?\s?(?:(?P<sure>[:：=]\s{0,2}[「『]?|\s?[「『]|\t|[ ]{1,3}|\n)|は、?\s?|"
    r"が\s?|→\s?)[「『]?"
    r"(?P<v>[^\s。、,.「」『』()\[\]:/\n][^。、,「」『』()\[\]:/\n]{1,30})"
)
_WORKPLACE_SAID = re.compile(
    r"(?:勤務先|勤務場所|勤め先|就労先|就業先|就職先|職場|会社|雇用主|雇用先|所属機関|受入れ?(?:機関|"
    r"企業|会社)|実習実施者|実習先|監理団体|"
    r"前職|現職|前の会社|今の会社|派遣元|派遣先|派遣会社|アルバイト先|バイト先|パート先|事業所|事業者|"
    r"店|使用者|内定先|転職先|しごとの ?ばしょ|かいしゃ|社名)" + _SAID
)
_SCHOOL_SAID = re.compile(r"(?:学校|在籍校|通学先|在学先|出身校|保育園|幼稚園|大学|所属|がっこう)" + _SAID)
_WORKS = re.compile(
    r"という(?:会社|店|お店|工場|ところ|企業|[^\s。、]{0,6}?(?:屋|店|機関))|(?:の(?:工場|会社|店|お店|寮|厨房|事務所|"
    r"現場))?(?:という(?:会社|店|工場|ところ))?"
    r"(?:で|に|へ|を|と|から)\s?(?:今|現在|毎日|週\d日|長く|ずっと|フルタイムで|パートで|アルバイトで|"
    r"正社員として|\d年(?:間)?|は|も|、)?\s?"
    r"(?:働|勤|雇|アルバイト|バイト|就職|入社|採用|派遣|パート|転職|退職|解雇|やめ|辞め|クビ|首に|配属|"
    r"内定|夜勤|日勤|レジ|研修|はたら|しごと|仕事|就労|実習)"
    r"|\s?(?:勤務|社員|の(?:バイト|アルバイト|パート|社長|店長|工場長|社員|従業員|実習生|技能実習生|"
    r"期間工|派遣社員|寮|給料|給与|残業|契約社員|パート|正社員|シフト|上司|同僚|人事|担当者|コック|調理|店員|清掃|倉庫|工場|ライン|厨房|ハウス|キッチン|客室|フロント|ピッキング|作業|求人|面接|雇用契約|就業規則))"
)
_TELLING = frozenset({Sort.PROPER, Sort.PERSON, Sort.SURNAME, Sort.GIVEN})
#: Behind an ending these make another word of it: 食品業, 警備員, 建設現場.
_GOES_ON = re.compile(
    r"[員業者長化車場生卒用品費代税権法士師職]|関係|関連|分野|作業|現場|科|部門|団体|労働|許可|情報|"
    r"センター|協会|機構|財団|学会|振興|見学|工事|加工|機器|教育|区域|以上|程度|相当|入学|就学|給食|"
    r"選択|受験|進学"
)
_BRANCH = re.compile(r"[ ]?[一-龥ァ-ヶー]{1,8}?(?:店|支店|工場|営業所|支社|事業所)(?![長員])")
#: Hiragana from the beginning of a line or a clause that ends in no particle: やまと, わかくさ.
_KANA_NAME = re.compile(r"(?:^|[\s、。「:(立])(?P<v>[ぁ-ん]{2,6})(?P<more>[一-龥]{0,4})$")
_NO_KANA_NAME = re.compile(
    r"[はがをにのでもへや]$|から|まで|より|また|もう|まだ|ような|よう|ため|など|とき|する|した|して|いる|ある|ない|な$|[うくすつぬむるいたかしてりれけ]$"
)
#: 太陽の子, やすらぎの里: what の joins in names.
_SOFT = re.compile(r"(?<=の)[子里森丘家星風音木花杜海空](?:どもの家)?$")
_KATAKANA_WORD = re.compile(r"[ァ-ヴー]{4,}")
_WORD = re.compile(r"[一-龥々ァ-ヶー]{1,16}")
_BRANCHES = wordset("支店 本店 売店 開店 閉店 支社 本社 商社 会社 神社 他社 自社 当社 弊社 御社 貴社")
_NOT_A_SHOP = re.compile(r"[支本商売開閉入出来お当他各同]$")
_FIRST_OF_MANY = wordset("日本 国際 中央 東洋 アジア")
_HIGHER = wordset("専門学校 大学 短期大学 学院 高校 高等学校 高等専門学校 大学院")
_KATAKANA = re.compile(r"[ァ-ヴー]+")
_LONG_ENOUGH = 2


class Organisations:
    """Finds employers and schools in one text.

    Args:
        document: what is read; what is spoken for in it is passed over.
        names: words of such names.
    """

    def __init__(self, document: Document, names: Names) -> None:
        self._document = document
        self._text = document.text
        self._parts = names.organisations
        self._ordinary = names.ordinary
        self._outside = names.organisations["outside"]
        endings = {*names.organisations["company"], *names.organisations["shop"], *names.organisations["school"]}
        self._endings = re.compile("|".join(sorted(endings, key=len, reverse=True)))
        self._establishments = re.compile(
            rf"(?:{'|'.join(sorted(names.organisations['establishment'], key=len, reverse=True))})"
            r"\s?[「『]?(?P<v>[ァ-ヴー・]{2,12}|[一-龥]{2,4}(?=の(?:コック|社長|店長|調理|厨房|店員|バイト)|で(?:働|バイト|アルバイト|調理)|に勤)|[ぁ-ん]{2,6}?(?=苑|園|荘|屋|庵|の[里家丘森郷杜]|です|で(?:働|は|"
            r"、|バイト|アルバイト|仕事|介護|勤務|パート)|に(?:勤|就|通)|[のをがは、。\s」]|勤務|"
            r"$))(?:の[里家丘森郷杜])?"
        )

    def find(self) -> Iterator[Span]:
        """Employers and schools, the surest first; an employer's branch belongs to it."""
        for span in self._find():
            yield Span(span.kind, span.start, self._branch_end(span.end)) if span.kind is Kind.EMPLOYER else span

    def _branch_end(self, end: int) -> int:
        """One past the branch or the place that stands behind an employer's name: くら寿司 新宿店, ホテル長崎."""
        branch = _BRANCH.match(self._text, end)
        if branch:
            return branch.end()
        index = self._document.word_at(end)
        word = self._document.words[index] if index < len(self._document.words) else None
        return word.end if word and word.start == end and word.sort is Sort.PLACE else end

    def _find(self) -> Iterator[Span]:
        yield from self._with_a_form()
        yield from self._by_ending()
        yield from self._said(_WORKPLACE_SAID, Kind.EMPLOYER)
        yield from self._said(_SCHOOL_SAID, Kind.SCHOOL)
        yield from self._by_establishment()
        yield from self._worked_at()

    def _with_a_form(self) -> Iterator[Span]:
        """株式会社ヤマト工業, ヤマト工業株式会社, (株)ヤマト."""
        for match in _FORMS.finditer(self._text):
            if not self._document.is_free(*match.span()):
                continue
            end = runs.right(self._document, match.end(), self._outside)
            if end > match.end() and match[0].endswith("法人") and self._is_open(end):
                further = runs.right(self._document, end + 1, self._outside)  # アジアの風
                if further > end + 1 and not self._is_generic(end + 1, further):
                    end = further
            if end > match.end() and not self._is_generic(match.end(), end):
                yield Span(Kind.EMPLOYER, match.start(), end)
                continue
            start = runs.left(self._document, match.start(), self._outside)
            if start < match.start() and not self._is_generic(start, match.start()):
                yield Span(Kind.EMPLOYER, start, match.end())

    def _is_open(self, end: int) -> bool:
        """Whether a name may go on behind a の: アジアの風, but not 仁愛会の看護師."""
        last = runs.within(self._document, end - 1, end) or [self._document.words[self._document.word_at(end) - 1]]
        ending = self._endings.search(self._text[max(0, end - 2) : end])
        return self._text.startswith("の", end) and not ending and last[0].sort is not Sort.PARTICLE

    def _by_ending(self) -> Iterator[Span]:
        """A name with 工業, 水産, 日本語学校 … behind it."""
        done = 0
        for match in self._endings.finditer(self._text):
            start, end = match.span()
            if start < done:
                continue
            while longer := self._endings.match(self._text, end):  # アカデミー + 日本語学校
                start, end = longer.span()
            done = end
            if not self._document.is_free(start, end) or not self._ends_here(end):
                continue
            start = self._ending_start(start, end)
            if start < 0:
                continue
            begin = runs.left(self._document, start, self._outside)
            ending = self._text[start:end]
            if ending in _BRANCHES:
                continue
            kind = Kind.SCHOOL if ending in self._parts["school"] else Kind.EMPLOYER
            soft = self._with_kana(begin, start, kind)
            if soft < start:
                yield Span(kind, soft, end)
                continue
            inside = runs.within(self._document, begin, start)
            if ending in self._parts["school"]:
                if self._is_school(inside, ending):
                    yield Span(Kind.SCHOOL, begin, self._last_school(end))
            elif self._is_company(inside, ending, start - begin, end):
                yield Span(Kind.EMPLOYER, begin, end)

    def _ends_here(self, end: int) -> bool:
        """Whether an ending ends a word, too, and none that says something else."""
        if _GOES_ON.match(self._text, end) and not _WORKS.match(self._text, end):
            return False
        index = self._document.word_at(end)
        return index == 0 or self._document.words[index - 1].end <= end

    def _ending_start(self, start: int, end: int) -> int:
        """Where an ending begins: 店 of 内田洋品店 with 洋品 before it; -1 for バー in マイナンバー."""
        if self._begins_here(start) or (end - start > 2 and self._text[start:end] in self._parts["school"]):
            return start
        index = self._document.word_at(start) - 1
        word, before = self._document.words[index], self._document.words[index - 1] if index else None
        is_whole = word.end == end and word.sort is Sort.NOUN and not _KATAKANA.fullmatch(word.surface)
        return word.start if is_whole and before and before.end == word.start and before.sort in _TELLING else -1

    def _begins_here(self, start: int) -> bool:
        """Whether an ending begins a word, or ends a proper one: ヤマト工業; バー in マイナンバー is neither."""
        index = self._document.word_at(start)
        word = self._document.words[index - 1] if index else None
        if word is None or word.end <= start:
            return True
        # ロイヤルホテル, エムズクリーン
        if (word.sort is Sort.PROPER or not word.known) and word.end - start > (2 if word.known else 1):
            return word.end - word.start > 4
        return (word.sort in _TELLING or not word.known) and not _KATAKANA.fullmatch(self._text[start - 1 : start + 1])

    def _with_kana(self, begin: int, start: int, kind: Kind) -> int:
        """Where a name begins that the words do not show: わかくさこども園, 太陽の子幼稚園; `start` where none does."""
        kana = _KANA_NAME.search(self._text[max(0, start - 11) : start])
        if kana and not _NO_KANA_NAME.search(kana["v"]) and (kana["more"] or kind is Kind.SCHOOL):
            return start - len(kana["v"]) - len(kana["more"])
        soft = _SOFT.search(self._text[max(0, start - 6) : start])
        if soft and begin <= start:
            before = runs.left(self._document, start - len(soft[0]) - 1, self._outside)
            if before < start - len(soft[0]) - 1:
                return before
        return start

    def _last_school(self, end: int) -> int:
        """中央工学校附属日本語学校 is one school."""
        run = _WORD.match(self._text, end)
        further = run[0] if run else ""
        schools = [match for match in self._endings.finditer(further) if match[0] in self._parts["school"]]
        return end + schools[-1].end() if schools else end

    def _is_school(self, inside: list[Word], ending: str) -> bool:
        own = runs.after_ownership(inside)
        if len(own) > 1 and own[0].surface in _FIRST_OF_MANY and ending in _HIGHER:
            return True  # 日本工業専門学校
        generic = self._parts["generic"]
        if not any(
            not self._says_nothing(word) or (_KATAKANA_WORD.fullmatch(word.surface) and word.surface not in generic)
            for word in own
        ):
            return False
        return any(len(word.surface) > 1 or word.sort in _TELLING or not word.known for word in own)

    def _is_company(self, inside: list[Word], ending: str, length: int, end: int) -> bool:
        if all(self._says_nothing(word) for word in inside) or length < _LONG_ENOUGH:
            return False
        telling = any(word.sort in _TELLING or not word.known for word in inside)
        works = bool(_WORKS.match(self._text, end))
        if ending in self._parts["company"]:
            # 大和食品, 北関東運輸: a place or a word that is no kind of work is enough before such an ending.
            return telling or works or any(not self._says_nothing(word) for word in inside)
        if ending == "店" and _NOT_A_SHOP.search(self._text[:end][-2:-1]):
            return False
        return telling or (works and not all(word.sort is Sort.PLACE or self._says_nothing(word) for word in inside))

    def _says_nothing(self, word: Word) -> bool:
        surface = word.surface.lower()
        if word.sort in (Sort.COUNTRY, Sort.NUMBER) or surface in self._parts["generic"] or surface.isdigit():
            return True
        if surface in self._ordinary:
            return True
        kinds = ("company", "shop", "school", "establishment")
        if len(surface) > 1 and any(surface in self._parts[kind] for kind in kinds):
            return True
        return (
            surface.endswith(("人", "語", "立", "市", "区", "県", "業", "用", "的", "向け", "型"))
            and word.sort is not Sort.SURNAME
        )

    def _is_generic(self, start: int, end: int) -> bool:
        # Beside 株式会社 a word that ends other companies' names is a name: ジャパンフレッシュ株式会社.
        generic = self._parts["generic"]
        return all(
            word.surface in generic or word.sort is Sort.COUNTRY for word in runs.within(self._document, start, end)
        )

    def _said(self, pattern: re.Pattern[str], kind: Kind) -> Iterator[Span]:
        for match in pattern.finditer(self._text):
            begin = match.start("v")
            end = runs.right(self._document, begin, self._outside)
            inside = runs.within(self._document, begin, end)
            if match["sure"] and match["sure"].strip() and not inside:
                continue
            sure = bool(match["sure"]) and bool(match["sure"].strip())
            if end - begin < _LONG_ENOUGH or all(self._says_nothing(word) for word in inside):
                continue
            named = bool(self._endings.search(self._text[max(begin, end - 3) : end]))
            if sure or named or any(self._is_telling(word) for word in inside):
                yield Span(kind, begin, end)

    def _by_establishment(self) -> Iterator[Span]:
        """レストランヒマラヤ, 居酒屋とりよし."""
        for match in self._establishments.finditer(self._text):
            end = runs.right(self._document, match.start("v"), self._outside)
            end = max(match.end(), end)
            index = self._document.word_at(match.start())
            if index == len(self._document.words) or self._document.words[index].start != match.start():
                continue
            if self._document.word_at(match.start("v")) == index or self._document.words[index].end > match.start("v"):
                continue  # スーパービジョン is one word
            if self._document.words[self._document.word_at(match.start("v"))].sort is Sort.PARTICLE:
                continue
            if not all(self._says_nothing(word) for word in runs.within(self._document, match.start("v"), end)):
                yield Span(Kind.EMPLOYER, match.start(), end)

    def _worked_at(self) -> Iterator[Span]:
        """トヨタで働いている: something proper, and work."""
        for match in _WORKS.finditer(self._text):
            if not self._document.is_free(match.start(), match.start() + 1):
                continue
            start = runs.left(self._document, match.start(), self._outside)
            inside = runs.within(self._document, start, match.start())
            if match.start() - start < _LONG_ENOUGH or all(self._says_nothing(word) for word in inside):
                continue
            strong = any(self._is_telling(word) for word in inside) or self._is_made_up(inside)
            works = match[0][0] in "でにへをとから"
            if strong and (works or self._is_made_up(inside) or any(word.sort is Sort.PROPER for word in inside)):
                yield Span(Kind.EMPLOYER, start, match.start())

    def _is_made_up(self, inside: list[Word]) -> bool:
        """スパイスキング: words of katakana joined to one that no dictionary has."""
        written = "".join(word.surface for word in inside)
        made_up = len(inside) > 1 and len(written) > 4 and bool(_KATAKANA.fullmatch(written))
        return made_up and not any(self._says_nothing(word) for word in inside[:1])

    def _is_telling(self, word: Word) -> bool:
        if self._says_nothing(word):
            return False
        return word.sort in _TELLING or (not word.known and len(word.surface) > 1 and not word.surface.isdigit())
