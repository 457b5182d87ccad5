"""Tells headings from text, by how they are marked and by what stands around them.

A format that declares headings is believed. In lines of PDF and text, a heading is short, ends no
sentence, bears a mark (第3章, 2｜, （1）, ■, ①, 【 】) or none, and is followed by what it heads. The same
marks also begin the items of lists: of those, several stand next to one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from corpus.blocks import Kind
from corpus.lines import MARKER, TERMINAL, Piece


class Mark(Enum):
    """How a heading is marked."""

    DECLARED = "declared"  # by the format, with a level
    VOLUME = "volume"  # 第2部, 第1編
    CHAPTER = "chapter"  # 第3章, Chapter 3
    PART = "part"  # 2｜, 2 |
    NUMBER = "number"  # 2 or 2. before a title
    DASHED = "dashed"  # 2-1, 2.1
    PAREN = "paren"  # （1）
    CIRCLED = "circled"  # ①
    BOX = "box"  # ■
    BRACKET = "bracket"  # 【 】
    ANGLE = "angle"  # ＜ ＞
    BARE = "bare"  # none
    COLUMN = "column"  # none, in a box of its own
    PAGE = "page"  # none, over a page


#: Depth of the numbered marks, the outermost first. The others lie under whatever they stand in.
RANKS: Final = {
    Mark.VOLUME: 1,
    Mark.CHAPTER: 2,
    Mark.PART: 3,
    Mark.NUMBER: 3,
    Mark.DASHED: 4,
    Mark.PAREN: 5,
}
_DIGITS: Final = r"[0-9０-９]{1,2}"
_NUMERAL: Final = rf"(?P<number>{_DIGITS}|[一二三四五六七八九十]{{1,3}})"
#: PDF readers leave out the blank between a number and its title, as between any Japanese characters.
_KANJI: Final = "[一-龠ぁ-んァ-ヶ]"
#: A number before these counts something.
_UNIT: Final = (
    "(?:[人名年月日時分円つ回件割歳才階番号級種頁万千百億週度部章節以台枚市町区村言世校社本冊点箇個]"
    "|か[月所国]|[ヶカ][月所国]|ページ|団体)"
)
#: Words that begin as such a unit does and are titles of sections: 1年金, 3日本語学習, 4社会保険.
_NO_UNIT: Final = "(?:年金|年末調整|日本|日常|時間外|人権|人材|分娩|台風|町内会|社会|市役所|市民|区役所|町役場|村役場)"
_MARKED: Final = (
    (Mark.VOLUME, re.compile(rf"第\s*{_NUMERAL}\s*[部編][\s　:：]*(?P<title>\S.*)?")),
    (
        Mark.CHAPTER,
        re.compile(rf"(?:第\s*{_NUMERAL}\s*[章節]|(?i:chapter)\s+(?P<latin>{_DIGITS}))[\s　:：.]*(?P<title>\S.*)?"),
    ),
    (Mark.PART, re.compile(rf"(?P<number>{_DIGITS})\s*[｜|]\s*(?P<title>\S.*)")),
    (
        Mark.DASHED,
        re.compile(
            rf"(?P<number>{_DIGITS}(?:[-－‐–.．]{_DIGITS}){{1,3}})[.．]?(?:[\s　]+|(?={_KANJI}))(?P<title>\D.*)"
        ),
    ),
    (
        Mark.NUMBER,
        re.compile(
            rf"(?P<number>{_DIGITS})(?:[.．][\s　]*|[\s　]+|(?={_KANJI})(?:(?={_NO_UNIT})|(?!{_UNIT})))"
            r"(?P<title>[^\d\s０-９.．].*)"
        ),
    ),
    (Mark.PAREN, re.compile(rf"[（(]\s*(?P<number>{_DIGITS})\s*[）)]\s*(?P<title>\S.*)")),
    (Mark.CIRCLED, re.compile(r"(?P<number>[①-⑳])\s*(?P<title>\S.*)")),
    (Mark.BOX, re.compile(r"[■◆□◇]\s*(?P<title>\S.*)")),
    (Mark.BRACKET, re.compile(r"【(?P<title>[^】]+)】")),
    (Mark.ANGLE, re.compile(r"[<＜](?P<title>[^>＞]+)[>＞]")),
)
#: Longest heading, in characters; the official titles of the guidebook's sections have up to 40.
_LONGEST: Final = 60
_LONGEST_BARE: Final = 45
_SHORTEST_BARE: Final = 4
#: So many empty lines beyond the usual set a title apart.
_APART: Final = 2
_PROSE_LENGTH: Final = 25
_CONTINUED: Final = re.compile(r"(?<!\s)\s*+[（(](?:つづき|続き|承前)[）)]$")
#: A label with its content ("■対応言語 ６言語", "実施対象：…") is text.
_LABELLED: Final = re.compile(r"[^\x00-\x7f][ 　][^\x00-\x7f]|[：:]\s*\S")
_NOT_BARE: Final = re.compile(
    r"^[（(「『※+〒]|^[A-Z]?\d+[.．/年]|[●▼▲]|[：:、，／→←]$|：|／.*／|https?://|\d{2,4}-\d{2,4}|[、，].*[、，]|^[\W\d_]*$"
)
_CELLS: Final = re.compile(r"[^\x00-\x7f～~][ 　]+[^\x00-\x7f～~]")
_LIST_ITEM: Final = re.compile(r"[・●◎]")
_NOTE: Final = re.compile(r"[○〇]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Args:
        title: as shown in the heading path: number kept, ornaments off.
        mark: how it is marked.
        number: the document's number in plain digits ("3", "2-1"), or "".
        level: depth that the format declares, 0 where it declares none.
        text: as it stands in the document.
    """

    title: str
    mark: Mark
    number: str = ""
    level: int = 0
    text: str = ""


def headings(pieces: Sequence[Piece]) -> list[Heading | None]:
    """Tells which pieces are headings.

    Args:
        pieces: one document, in reading order.

    Returns:
        For each piece the heading that it is, or None.
    """
    if any(piece.kind is Kind.HEADING and piece.level for piece in pieces):
        return [_declared(piece) if piece.kind is Kind.HEADING else None for piece in pieces]
    marked = [None if piece.kind is Kind.ROW else read_mark(piece.text) for piece in pieces]
    found: list[Heading | None] = [None] * len(pieces)
    for index in reversed(range(len(pieces))):  # backwards: a title may head a heading
        piece, heading = pieces[index], marked[index]
        if piece.kind is Kind.HEADING:
            mark = Mark.PAGE if stands_apart(piece) else Mark.BARE
            found[index] = Heading(_shown(piece.text), mark, text=piece.text)
        elif heading:
            found[index] = heading if _heads_something(index, pieces, marked) else None
        elif piece.kind is Kind.PARAGRAPH:
            found[index] = _bare(index, pieces, marked, found)
    return _in_sequence(found, pieces)


def read_mark(text: str) -> Heading | None:
    """Reads a text as a marked heading, whether or not it is one where it stands.

    Args:
        text: a paragraph.

    Returns:
        The heading, or None if the text bears no mark, is too long or ends a sentence.
    """
    if len(text) > _LONGEST or TERMINAL.search(text):
        return None
    for mark, pattern in _MARKED:
        match = pattern.fullmatch(text)
        if not match:
            continue
        groups = match.groupdict()
        number = _plain(groups.get("number") or groups.get("latin") or "")
        title = (groups["title"] or "") if mark in {Mark.BOX, Mark.BRACKET, Mark.ANGLE} else text
        if groups["title"] and mark in {Mark.VOLUME, Mark.CHAPTER, Mark.NUMBER, Mark.DASHED}:
            title = f"{text[: match.start('title')].rstrip()} {groups['title']}"
        if mark is Mark.BOX and _LABELLED.search(title):
            return None
        return Heading(_shown(title), mark, number, text=text)
    return None


def is_bare(piece: Piece) -> bool:
    """Whether a piece could be a heading without any mark, by itself."""
    text = piece.text
    return (
        piece.kind is Kind.PARAGRAPH
        and _SHORTEST_BARE <= len(text) <= _LONGEST_BARE
        and not (TERMINAL.search(text) or MARKER.match(text) or _NOT_BARE.search(text))
        and len(_CELLS.findall(text)) <= piece.starts_page
    )


def is_prose(piece: Piece) -> bool:
    """Whether a piece is running text: no item of a list, no label."""
    return (
        piece.kind is Kind.PARAGRAPH
        and len(piece.text) >= _PROSE_LENGTH
        and bool(re.search("[。、，]|[.] ", piece.text))
        and not MARKER.match(piece.text)
    )


def stands_apart(piece: Piece) -> bool:
    """Whether a piece stands at the top of a page or behind a gap."""
    return piece.starts_page or piece.gap >= _APART


def _declared(piece: Piece) -> Heading:
    heading = read_mark(piece.text)
    number = heading.number if heading else ""
    return Heading(_shown(piece.text), Mark.DECLARED, number, piece.level, piece.text)


def _heads_something(index: int, pieces: Sequence[Piece], marked: Sequence[Heading | None]) -> bool:
    """Items of a list stand next to one another and head nothing."""
    heading = marked[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if heading is None or following is None:
        return False
    if heading.mark in {Mark.VOLUME, Mark.CHAPTER, Mark.PART}:
        return True
    beside = [marked[i] for i in (index - 1, index + 1) if 0 <= i < len(marked)]
    if any(other and other.mark is heading.mark for other in beside):
        return False
    if heading.mark is Mark.CIRCLED:
        return is_prose(following) or bool(_LIST_ITEM.match(following.text) or _NOTE.match(following.text))
    return True


def _bare(
    index: int, pieces: Sequence[Piece], marked: Sequence[Heading | None], found: Sequence[Heading | None]
) -> Heading | None:
    piece = pieces[index]
    if not is_bare(piece) or index + 1 == len(pieces):
        return None
    following, above = pieces[index + 1], pieces[index - 1] if index else None
    apart = stands_apart(piece)
    if not apart and (stands_apart(following) or (above and _is_label(above) and above.gap >= piece.gap)):
        return None  # a label of a figure, or the last of several short lines
    opens_list = bool(_LIST_ITEM.match(following.text)) and (apart or piece.gap > 0)
    opens_notes = bool(_NOTE.match(following.text)) and (above is None or _ends(above)) and piece.gap > 0
    titled = apart and found[index + 1] is not None
    over_page = piece.starts_page and piece.page is None and len(piece.text) > 2 * _SHORTEST_BARE
    boxed = following.text.startswith("■")
    if not (is_prose(following) or boxed or opens_list or opens_notes or titled or over_page):
        return None
    mark = Mark.BARE if boxed or not apart else Mark.PAGE if piece.starts_page else Mark.COLUMN
    return Heading(_shown(piece.text), mark, text=piece.text)


def _is_label(piece: Piece) -> bool:
    """A short line without a mark, such as one of a list of offices."""
    short = len(piece.text) <= _LONGEST_BARE and not TERMINAL.search(piece.text) and not MARKER.match(piece.text)
    return piece.kind is Kind.PARAGRAPH and short and not stands_apart(piece)


def _ends(piece: Piece) -> bool:
    return bool(TERMINAL.search(piece.text)) or (stands_apart(piece) and is_bare(piece)) or piece.kind is Kind.ROW


def _in_sequence(found: Sequence[Heading | None], pieces: Sequence[Piece]) -> list[Heading | None]:
    """Keeps bare numbers (2, 2-1) only where they count on: other numbers begin lines as well."""
    kept: list[Heading | None] = []
    last, parts = 0, 0
    for heading, piece in zip(found, pieces, strict=True):
        keep = heading
        if heading and heading.mark in {Mark.VOLUME, Mark.CHAPTER}:
            last = parts = 0
        elif heading and heading.mark is Mark.NUMBER:
            number = int(heading.number)
            if number == last + 1 or (piece.starts_page and not last):
                last, parts = number, 0
            else:
                keep = None
        elif heading and heading.mark is Mark.DASHED:
            whole, part = (int(n) for n in heading.number.split("-")[:2])
            goes_on = last in {0, whole} and part in {parts, parts + 1}
            if goes_on or (whole, part) == (last + 1, 1):  # the heading above it was not told from text
                last, parts = (last and whole), part
            else:
                keep = None
        kept.append(keep)
    return kept


def _plain(number: str) -> str:
    """A number in plain digits, its parts joined by hyphens: "３" → "3", "２．１" → "2-1", "②" → "2", "十二" → "12"."""
    folded = re.sub(r"[-－‐–.．]", "-", unicodedata.normalize("NFKC", number))
    if not re.search("[一二三四五六七八九十]", folded):
        return "-".join(str(int(part)) for part in folded.split("-")) if folded else ""
    tens, ten, units = folded.rpartition("十")
    # 十 is ten, 二十 twice ten; str.find gives 0 for an empty digit, as its index in "〇一二…" would be.
    digits = "〇一二三四五六七八九"
    return str((digits.find(tens) or 1) * 10 * bool(ten) + digits.find(units))


def _shown(title: str) -> str:
    title = _CONTINUED.sub("", title.strip())
    return re.sub(r"第\s*+([^\s第]+?)\s*+([章部節編])", r"第\1\2", title, count=1)
