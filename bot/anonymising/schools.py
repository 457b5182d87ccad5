"""Schools that are known by whose they are, or by who goes there: 市立第三中, 北区立滝野川もみじ小, 青葉小に通う."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.kinds import Kind, Span
from retrieval.names import Sort, words

_KINDS = (
    r"小学校|中学校|高等学校|中等教育学校|義務教育学校|特別支援学校|支援学校|養護学校|高校|高専|中学|小中学校|"
    r"小|中|高|"
    r"商業|工業|農業|工科|総合|大学院|大学|短期大学|短大|専門学校|学校|学院|学園|保育園|保育所|幼稚園|幼児園|"
    r"こども園|保育センター"
)
_PART = r"(?:夜間学級|夜間部|夜間コース|定時制|通信制|全日制|分校|分教室|[一-龥]{1,8}(?:学部|研究科|学科)|大学院)"
#: Before and after a kind of school without a name this is no school: 市立小学校, 県立高校.
_OWNED = re.compile(
    rf"(?P<owner>[一-龥々ヶ]{{0,8}})(?:[市区町村都道府県国私]|組合)立\s?(?!(?:{_KINDS})(?![一-龥ぁ-んァ-ヴー])|"
    rf"小学|中学|高等学|病院|図書)"
    rf"(?P<v>[一-龥々ヶぁ-んァ-ヴー0-9]{{1,12}}?)(?:{_KINDS})(?:{_PART}{{1,2}}|(?![一-龥ァ-ヴー]))"
    rf"|[一-龥]{{2,8}}(?:[市区町村都道府県国私]|組合)立\s?(?!小学校|中学校|高等学校|"
    rf"保育所)[一-龥々ヶぁ-んァ-ヴー0-9]{{0,12}}?"
    rf"(?:小学校|中学校|高等学校|高校|大学|保育園|保育所|幼稚園|こども園){_PART}{{1,2}}"
)
_WHEN = re.compile(
    r"(?:来週|今週|先週|来月|今月|先月|来年|今年|昨年|昨日|今日|明日|本人|現在|以前|長男|長女|次男|次女|息子|娘)"
)
_SHORT = re.compile(
    r"(?<![一-龥々])(?P<v>第?[一-龥々ヶ]{1,4}(?:ヶ丘|が丘|の台)?|[ぁ-ん]{3,6}|[ァ-ヴー]{2,6})(?P<kind>小学?|中学?|高)"
    r"(?=\s?(?:に|へ|を)?\s?(?:通|在学|在籍|入学|転入|転校|編入|進学|卒業)|の?\s?\d\s?年(?:生|\d組|[、。(\s]|$)|に行)"
)
#: A part of the year or of a stay, no school: 勤務中に通院.
#: Named after a saint, or international: セントアンズ・インターナショナル.
_SAINT = re.compile(
    r"(?:セント|聖|サンタ|サン)・?[ァ-ヴー一-龥]{2,8}(?:・[ァ-ヴー]{2,12})?(?:学園|学院|幼稚園|保育園|高校|"
    r"中学|小学校|女子\S{0,4}|インターナショナル(?:スクール)?|スクール)"
    r"|[ァ-ヴー]{2,12}・インターナショナル(?:・?(?:スクール|プリスクール|アカデミー))?"
)
_STEMS = re.compile(
    r"(?:最|途|背|夜間|自主|近所の|地元の|地域|別の|勤務|通院|入院|妊娠|在留|申請|年度|夜|集|大|同|留学|就労|運転|仕事|授業|休業|休暇|休学|世|"
    r"県立|市立|区立|公立|私立|在日|日)$"
)
_PLACES = frozenset({Sort.PLACE, Sort.SURNAME, Sort.PROPER, Sort.PERSON, Sort.GIVEN})
_CAMPUS = re.compile(
    r"[ 　]?[一-龥ァ-ヴーA-Za-z]{0,8}(?:校|キャンパス|教室|分校|分園|本園)(?![長舎庭歌則])|[ ]?(?:大学院|短期大学部|"
    r"中等部|高等部|初等部|幼稚部)"
)


def find(text: str) -> Iterator[Span]:
    """Schools said in full behind 市立, or in short before 小, 中 and 高.

    Args:
        text: folded text.
    """
    for match in _OWNED.finditer(text):
        when = _WHEN.match(match[0])
        yield Span(Kind.SCHOOL, match.start() + (when.end() if when else 0), match.end())
    for match in _SAINT.finditer(text):
        yield Span(Kind.SCHOOL, *match.span())
    for match in _SHORT.finditer(text):
        if _STEMS.search(match["v"]) or _is_a_word(match["v"] + match["kind"]):
            continue
        if match["v"].startswith("第") or re.match(r"[東西南北]", match["v"]) or _names_something(match["v"]):
            yield Span(Kind.SCHOOL, *match.span())


def campus_end(text: str, end: int) -> int:
    """One past the branch or the part of a school that stands behind its name: …スクール梅田校.

    Args:
        text: folded text.
        end: one past the name.
    """
    match = _CAMPUS.match(text, end)
    return match.end() if match else end


def _is_a_word(written: str) -> bool:
    read = words(written)
    return len(read) == 1 and read[0].known and read[0].sort is Sort.NOUN


def _names_something(written: str) -> bool:
    read = words(written)
    return any(word.sort in _PLACES or not word.known for word in read) or (len(read) == 1 and len(written) > 1)
