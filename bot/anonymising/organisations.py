"""Employers and schools. 工場 and 日本語学校 by themselves name nobody; with a name in front they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bot.anonymising import runs, schools
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.organisation_words import (
    BRANCH,
    BRANCHES,
    FIRST_OF_FIRMS,
    FIRST_OF_MANY,
    FORMS,
    GOES_ON,
    HIGHER,
    INNS,
    KANA,
    KANA_BEGINS,
    KANA_NAME,
    KATAKANA,
    KATAKANA_WORD,
    LONG_ENOUGH,
    MEDICAL,
    NO_KANA_NAME,
    NOT_A_SHOP,
    SCHOOL_SAID,
    SOFT,
    TELLING,
    WORD,
    WORDS_TOO,
    WORKPLACE_SAID,
    WORKS,
)
from bot.anonymising.saying import is_generic, is_made_up, is_telling, is_value, says_nothing
from bot.anonymising.workplaces import site_end
from corpus.names import Names
from retrieval.names import Sort, Word


class Organisations:
    """Finds employers and schools in one text.

    Args:
        document: what is read; what is spoken for in it is passed over.
        names: words of such names.
    """

    def __init__(self, document: Document, names: Names) -> None:
        self._document = document
        self._text = document.text
        self._names = names
        self._parts = names.organisations
        self._outside = names.organisations["outside"]
        endings = {*names.organisations["company"], *names.organisations["shop"], *names.organisations["school"]}
        self._endings = re.compile("|".join(sorted(endings, key=len, reverse=True)))
        self._establishments = re.compile(
            rf"(?:{'|'.join(sorted(names.organisations['establishment'], key=len, reverse=True))})"
            r"\s?[「『]?(?P<v>[ァ-ヴー・]{2,12}|[一-龥]{2,4}(?=の(?:コック|社長|店長|調理|厨房|店員|バイト)|"
            r"で(?:働|バイト|アルバイト|調理)|に勤)|[ぁ-ん]{2,6}?(?=苑|園|荘|屋|庵|の[里家丘森郷杜]|です|で(?:働|は|"
            r"、|バイト|アルバイト|仕事|介護|勤務|パート)|に(?:勤|就|通)|[のをがは、。\s」]|勤務|"
            r"$))(?:の[里家丘森郷杜])?"
        )

    def find(self) -> Iterator[Span]:
        """Employers and schools, the surest first; an employer's branch belongs to it."""
        for span in self._find():
            further = self._branch_end if span.kind is Kind.EMPLOYER else partial(schools.campus_end, self._text)
            end = further(span.end)
            yield Span(span.kind, span.start, end if self._document.is_free(span.end, end) else span.end)

    def _branch_end(self, end: int) -> int:
        """One past the branch or the place that stands behind an employer's name: くら寿司 新宿店, ホテル長崎."""
        branch = BRANCH.match(self._text, end)
        if not branch and self._text.startswith(" ", end):
            return site_end(self._text, end)
        if branch:
            return branch.end()
        index = self._document.word_at(end)
        word = self._document.words[index] if index < len(self._document.words) else None
        abroad = word is not None and word.sort is Sort.COUNTRY and self._text[end - 1 : end] in "社業子機"
        return word.end if word and word.start == end and (word.sort is Sort.PLACE or abroad) else end

    def _find(self) -> Iterator[Span]:
        yield from self._with_a_form()
        yield from self._by_ending()
        yield from self._said(WORKPLACE_SAID, Kind.EMPLOYER)
        yield from self._said(SCHOOL_SAID, Kind.SCHOOL)
        yield from self._by_establishment()
        yield from self._worked_at()

    def _with_a_form(self) -> Iterator[Span]:
        """株式会社ヤマト工業, ヤマト工業株式会社, (株)ヤマト."""
        for match in FORMS.finditer(self._text):
            if not self._document.is_free(*match.span()):
                continue
            start = runs.left(self._document, match.start(), self._outside)
            if start < match.start() and self._text.startswith(" ", match.end()):
                yield Span(Kind.EMPLOYER, start, match.end())  # 日東工業(株) 第二工場
                continue
            kana = KANA_BEGINS.match(self._text, match.end())
            end = runs.right(self._document, kana.end() if kana else match.end(), self._outside)
            if end > match.end() and match[0].endswith("法人") and self._is_open(end):
                further = runs.right(self._document, end + 1, self._outside)  # アジアの風
                if further > end + 1 and not is_generic(self._names, runs.within(self._document, end + 1, further)):
                    end = further
            if end > match.end() and not is_generic(self._names, runs.within(self._document, match.end(), end)):
                yield Span(Kind.EMPLOYER, match.start(), end)
                continue
            if start < match.start() and not is_generic(self._names, runs.within(self._document, start, match.start())):
                yield Span(Kind.EMPLOYER, start, match.end())

    def _is_open(self, end: int) -> bool:
        """Whether a name may go on behind a の: アジアの風, but not 仁愛会の看護師."""
        last = runs.within(self._document, end - 1, end) or [self._document.words[self._document.word_at(end) - 1]]
        ending = self._endings.search(self._text[max(0, end - 2) : end])
        return self._text.startswith("の", end) and not ending and last[0].sort is not Sort.PARTICLE

    def _by_ending(self) -> Iterator[Span]:
        """A name with 工業, 水産, 日本語学校 … behind it."""
        position = 0
        while match := self._endings.search(self._text, position):
            start, end = match.span()
            while longer := self._endings.match(self._text, end):  # アカデミー + 日本語学校
                start, end = longer.span()
            # 文化学院: where 化学 is none, 学院 may be one.
            ends = self._document.is_free(start, end) and self._ends_here(end)
            position = end if ends else match.start() + 1
            if not ends:
                continue
            start = self._ending_start(start, end)
            if start < 0:
                continue
            begin = runs.left(self._document, start, self._outside)
            ending = self._text[start:end]
            if ending in BRANCHES:
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
        if GOES_ON.match(self._text, end) and not WORKS.match(self._text, end):
            return False
        index = self._document.word_at(end)
        return index == 0 or self._document.words[index - 1].end <= end

    def _ending_start(self, start: int, end: int) -> int:
        """Where an ending begins: 店 of 内田洋品店 with 洋品 before it; -1 for バー in マイナンバー."""
        if self._begins_here(start) or (end - start > 2 and self._text[start:end] in self._parts["school"]):
            return start
        index = self._document.word_at(start) - 1
        word, before = self._document.words[index], self._document.words[index - 1] if index else None
        is_whole = word.end == end and word.sort is Sort.NOUN and not KATAKANA.fullmatch(word.surface)
        is_school = self._text[start:end] in self._parts["school"]
        beside = before is not None and before.end == word.start and (before.sort in TELLING or is_school)
        return word.start if is_whole and beside else -1

    def _begins_here(self, start: int) -> bool:
        """Whether an ending begins a word, or ends a proper one: ヤマト工業; バー in マイナンバー is neither."""
        index = self._document.word_at(start)
        word = self._document.words[index - 1] if index else None
        if word is None or word.end <= start:
            return True
        # ロイヤルホテル, エムズクリーン
        if (word.sort is Sort.PROPER or not word.known) and word.end - start > (2 if word.known else 1):
            return word.end - word.start > 4
        return (word.sort in TELLING or not word.known) and not KATAKANA.fullmatch(self._text[start - 1 : start + 1])

    def _with_kana(self, begin: int, start: int, kind: Kind) -> int:
        """Where a name begins that the words do not show: わかくさこども園, 太陽の子幼稚園; `start` where none does."""
        kana = KANA_NAME.search(self._text[max(0, start - 11) : start])
        if (
            kana
            and not NO_KANA_NAME.search(kana["v"])
            and (kana["more"] or kind is Kind.SCHOOL or self._text[start:].startswith(MEDICAL))
        ):
            return start - len(kana["v"]) - len(kana["more"])
        soft = SOFT.search(self._text[max(0, start - 6) : start])
        if soft and begin <= start:
            before = runs.left(self._document, start - len(soft[0]) - 1, self._outside)
            if before < start - len(soft[0]) - 1:
                return before
        return start

    def _last_school(self, end: int) -> int:
        """中央工学校附属日本語学校 is one school."""
        run = WORD.match(self._text, end)
        further = run[0] if run else ""
        schools = [match for match in self._endings.finditer(further) if match[0] in self._parts["school"]]
        return end + schools[-1].end() if schools else end

    def _is_school(self, inside: list[Word], ending: str) -> bool:
        own = runs.after_ownership(inside)
        if len(own) > 1 and own[0].surface in FIRST_OF_MANY and ending.endswith(HIGHER):
            return True  # 日本工業専門学校
        generic = self._parts["generic"]
        if not any(
            not says_nothing(self._names, word)
            or (KATAKANA_WORD.fullmatch(word.surface) and word.surface not in generic)
            for word in own
        ):
            return False
        return any(len(word.surface) > 1 or word.sort in TELLING or not word.known for word in own)

    def _is_company(self, inside: list[Word], ending: str, length: int, end: int) -> bool:
        if all(says_nothing(self._names, word) for word in inside) or length < LONG_ENOUGH:
            return False
        telling = any(word.sort in TELLING or not word.known for word in inside) or is_made_up(self._names, inside)
        # 長崎重工サービス, 星ヶ丘ゴルフ倶楽部: a place, a trade and the ending.
        trades = [word for word in inside if word.surface not in self._parts["generic"] and word.surface.isalpha()]
        local = any(word.sort is Sort.PLACE for word in inside) and len(trades) > 1
        telling = telling or (local and len(ending) > 1)
        # 関門海運整備, 清流荘
        firm = len(inside) > 1 and any(word.surface in self._parts["company"] for word in inside)
        telling = telling or firm or (ending in INNS and length > 1)
        # なかよし小児科
        telling = telling or (ending.startswith(MEDICAL) and bool(KANA.fullmatch(inside[-1].surface)))
        # 城北済生病院
        telling = telling or (ending.endswith(("病院", "医院", "クリニック")) and length > 2)
        works = bool(WORKS.match(self._text, end))
        if ending in self._parts["company"]:
            if self._text[end - length - len(ending) : end - len(ending)] in FIRST_OF_FIRMS:
                return True
            # 大和食品, 北関東運輸: a place or a word that is no kind of work is enough before such an ending.
            return telling or works or any(not says_nothing(self._names, word) for word in inside)
        if ending == "店" and NOT_A_SHOP.search(self._text[:end][-2:-1]):
            return False
        return telling or (
            works and not all(word.sort is Sort.PLACE or says_nothing(self._names, word) for word in inside)
        )

    def _said(self, pattern: re.Pattern[str], kind: Kind) -> Iterator[Span]:
        for match in pattern.finditer(self._text):
            begin = match.start("v")
            end = runs.right(self._document, begin, self._outside)
            inside = runs.within(self._document, begin, end)
            if match["sure"] and match["sure"].strip() and not inside:
                continue
            sure = bool(match["sure"]) and bool(match["sure"].strip())
            if sure and is_value(self._names, runs.within(self._document, begin, match.end("v")), match["v"]):
                yield Span(kind, begin, begin + len(match["v"].rstrip()))
                continue
            if end - begin < LONG_ENOUGH or all(says_nothing(self._names, word) for word in inside):
                continue
            named = bool(self._endings.search(self._text[max(begin, end - 3) : end]))
            if (
                sure
                or named
                or is_made_up(self._names, inside)
                or any(is_telling(self._names, word) for word in inside)
            ):
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
            if match[0].startswith(WORDS_TOO) and not WORKS.match(self._text, end):
                continue
            if not all(says_nothing(self._names, word) for word in runs.within(self._document, match.start("v"), end)):
                yield Span(Kind.EMPLOYER, match.start(), end)

    def _worked_at(self) -> Iterator[Span]:
        """トヨタで働いている: something proper, and work."""
        for match in WORKS.finditer(self._text):
            if not self._document.is_free(match.start(), match.start() + 1):
                continue
            start = runs.left(self._document, match.start(), self._outside)
            inside = runs.within(self._document, start, match.start())
            if match.start() - start < LONG_ENOUGH or all(says_nothing(self._names, word) for word in inside):
                continue
            strong = any(is_telling(self._names, word) for word in inside) or is_made_up(self._names, inside)
            if match[0].startswith("という"):
                yield Span(Kind.EMPLOYER, start, match.start())
                continue
            works = match[0][0] in "でにへをとから"
            unlike = any(w.sort is Sort.PROPER or (not w.known and len(w.surface) > 1) for w in inside)
            if strong and (works or unlike or is_made_up(self._names, inside)):
                yield Span(Kind.EMPLOYER, start, match.start())
