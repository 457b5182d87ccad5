"""Joins the lines of a paragraph that a page broke, without joining what was apart.

Two signs tell a broken line. Text from some word processors keeps a blank at the end of a paragraph
and none at the end of a broken line; where a document does that, it is believed. Elsewhere a line is
broken if it is as wide as the column and does not end a sentence. Both signs fail now and then; then
the words themselves tell: an open bracket, a particle at the end, a small kana at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from corpus.lines import MARKER, TERMINAL, Line, columns

#: A line that ends so goes on, whatever follows: a comma, a stroke, an open bracket.
_OPEN_END: Final = re.compile(r"[、，・／/（(「『【〔]$")
#: A line that begins so continues the one before it, whatever that is.
_BOUND_START: Final = re.compile(r"[をへ、。，．・／）)」』】〕ぁぃぅぇぉっゃゅょァィゥェォッャュョーんンる々]")
#: A particle at the end or the beginning of a line.
_PARTICLE_END: Final = re.compile(
    r"[ぁ-ん一-龠ァ-ヶー）」][がをはにへと]$|[一-龠ァ-ヶー）」][のな]$|(?:につ|くだ|てい|しま)$"
)
_PARTICLE_START: Final = re.compile(
    r"[がはにとでものや](?=[一-龠ァ-ヶ、０-９0-9])|のため|といっ|として|による|等[をのはがに、]|[ぁ-ん]$"
)
#: Hiragana after kanji are the rest of a word, except where they begin a sentence or another word.
_OKURIGANA: Final = re.compile(
    r"[一-龠]\n(?!また|まず|なお|さらに|しかし|ただし|たとえ|もし|よって|ここ|この|これ|その|それ|そこ|そう|こう|こと"
    r"|やさし|わか|すべて|はい|いず|いつ|あら|あな|ひと|どの|どこ|だれ|どう|おおむ|ごみ|[おご][一-龠])[ぁ-ん]"
)
_KATAKANA_BROKEN: Final = re.compile(r"[ァ-ヶー]\n[ァ-ヶー]")
_LATIN_BROKEN: Final = re.compile(r"[a-zà-ỹ,;]\n[a-zà-ỹ(]")
_COMPOUND_BROKEN: Final = re.compile(r"[一-龠]\n[一-龠]")
_ENGLISH_BROKEN: Final = re.compile(r"[A-Za-z0-9,.;:)]\n[A-Za-z0-9(]")
#: The note in brackets that closes a paragraph after its last sentence: 「…した。（札幌市）」.
_ASIDE: Final = re.compile(r"。[（(][^（(）)]*[）)]$")
_BRACKETS: Final = str.maketrans("(（「『", "[[[[") | str.maketrans(")）」』", "]]]]")
#: In double-spaced text at least this share of the empty lines stands within a word.
_BROKEN_SHARE: Final = 0.15
_SENTENCE_END: Final = re.compile(r"。|[a-zà-ỹ)][.](?:\s|$)")
#: A line is full if this many columns are left at most: Japanese typesetting moves a character or two
#: to the next line to keep punctuation from its beginning.
_SLACK: Final = 4
#: Lines narrower than this are labels, not columns of text.
_NARROWEST: Final = 12
#: A line this wide is no heading.
_WIDE: Final = 40
#: Neighbouring lines that begin with so many same characters are rows of a list.
_ALIKE: Final = 5
_ITEM: Final = re.compile(r"[・●※❶-❿➊-➓①-⑳].{6}")
#: A section's number, at the beginning of its title.
_NUMBERED: Final = re.compile(r"[0-9０-９]{1,2}(?:[-－.．][0-9０-９]{1,2})*[\s　.．]*[^\s\d０-９.．,，]")
#: More lines than a page has are no paragraph.
_MOST_LINES: Final = 60
#: How many lines around a line show the width of its column.
_NEIGHBOURS: Final = 6


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Groups lines into paragraphs.

    Args:
        lines: in reading order, page furniture left out.

    Yields:
        The lines of each paragraph, one at least.
    """
    marked = marks_paragraph_ends(lines)
    base = usual_gap(lines)
    group: list[Line] = []
    for index, line in enumerate(lines):
        # Without a limit, a file of one endless paragraph would be looked through again for every line.
        if group and (len(group) >= _MOST_LINES or not _continues(_text(group), lines, index, marked, base)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _text(group: Sequence[Line]) -> str:
    return "".join(line.text for line in group)


def joined(group: Sequence[Line]) -> str:
    """The text of a paragraph; words of languages that part them by blanks stay apart."""
    text = group[0].text
    for line in group[1:]:
        apart = _ENGLISH_BROKEN.fullmatch(f"{text[-1]}\n{line.text[0]}")
        text += f" {line.text}" if apart else line.text
    return text


def marks_paragraph_ends(lines: Sequence[Line]) -> bool:
    """Whether a blank at a line's end marks the end of a paragraph in this document.

    So it is if nearly all lines that end a sentence have one, and a good part of the others has none.
    """
    final = [line.closed for line in lines if TERMINAL.search(line.text)]
    closed = sum(line.closed for line in lines)
    return bool(final) and sum(final) >= 0.8 * len(final) and closed <= 0.85 * len(lines)


def usual_gap(lines: Sequence[Line]) -> int:
    """How many empty lines the document sets between any two lines: 1 where it is double-spaced, else 0."""
    spaced = [_is_broken_word(a.text, b.text) for a, b in pairwise(lines) if b.gap == 1]
    close = [_is_broken_word(a.text, b.text) for a, b in pairwise(lines) if not b.gap]
    return int(sum(spaced) > max(_BROKEN_SHARE * len(spaced), sum(close)))


def _is_broken_word(text: str, following: str) -> bool:
    """Whether a break stands inside a word or before its particle."""
    if TERMINAL.search(text) or MARKER.match(following):
        return False
    return bool(
        _is_open(text, following)
        or _PARTICLE_END.search(text)
        or _PARTICLE_START.match(following)
        or _OKURIGANA.match(f"{text[-1]}\n{following}")
        or _KATAKANA_BROKEN.fullmatch(f"{text[-1]}\n{following[0]}")
        or _LATIN_BROKEN.fullmatch(f"{text[-1]}\n{following[0]}")
    )


def _is_open(text: str, following: str) -> bool:
    """Whether the first line cannot end or the second not begin a paragraph."""
    return bool(_OPEN_END.search(text) or _BOUND_START.match(following))


def _continues(text: str, lines: Sequence[Line], index: int, marked: bool, base: int) -> bool:
    """Whether line `index` goes on with the paragraph `text`, which ends with the line before it."""
    previous, line = lines[index - 1], lines[index]
    brackets = text.translate(_BRACKETS)
    if brackets.count("[") > brackets.count("]") and line.gap <= base + 1:
        return True
    if MARKER.match(line.text) or (TERMINAL.search(text) and (previous.closed or not marked)):
        return False
    broken = _is_broken_word(previous.text, line.text)
    if line.gap > base:
        return broken and marked and not previous.closed and not line.starts_page
    if not marked:
        return not line.starts_page and _continues_by_width(text, lines, index, broken)
    if previous.closed:
        return _continues_in_spite_of_blank(text, lines, index, broken)
    return broken or _continues_by_spacing(lines, index, base)


def _continues_by_spacing(lines: Sequence[Line], index: int, base: int) -> bool:
    """A line that no blank closes goes on, but labels of a figure stand closer than the text around them."""
    previous, line = lines[index - 1], lines[index]
    if line.gap < base or previous.gap < base:
        column = _column(lines, index - 1, line.gap)
        return _is_full(lines, index - 1, line.gap) and any("。" in member.text for member in column)
    begins_cluster = index + 1 < len(lines) and lines[index + 1].gap < base
    return not begins_cluster


def _continues_in_spite_of_blank(text: str, lines: Sequence[Line], index: int, broken: bool) -> bool:
    """Boxes beside a picture have blanks at the ends of their broken lines as well."""
    previous, line = lines[index - 1], lines[index]
    broken = broken and not _KATAKANA_BROKEN.fullmatch(f"{previous.text[-1]}\n{line.text[0]}")
    unfinished = "。" in text and not TERMINAL.search(text) and not _ASIDE.search(text)
    full = _is_full(lines, index - 1, line.gap)
    return (
        unfinished
        or _is_open(previous.text, line.text)
        or (broken and (full or len(line.text) == 1 or bool(_ITEM.match(text))))
        or (full and "。" in line.text and columns(previous.text) >= _WIDE)
    )


def _continues_by_width(text: str, lines: Sequence[Line], index: int, broken: bool) -> bool:
    """Without blanks to tell, a line goes on if it is full and what is around it is no list."""
    previous, line = lines[index - 1], lines[index]
    if broken:
        # The title of a section may end as a broken line does (心がけるべきこと, センター), but it is not full.
        is_title = text == previous.text and bool(_NUMBERED.match(text)) and not _is_open(text, line.text)
        return not is_title or _is_full(lines, index - 1, line.gap)
    if previous.text[:_ALIKE] == line.text[:_ALIKE] or not _is_full(lines, index - 1, line.gap):
        return False
    item = _ITEM.match(text) and _COMPOUND_BROKEN.fullmatch(f"{previous.text[-1]}\n{line.text[0]}")
    titled = MARKER.match(text) and not _ITEM.match(text)
    return (
        bool(item)
        or _is_prose(lines, index - 1, line.gap)
        or bool(not titled and re.search(r"[ぁ-ん]$", previous.text))
    )


def _is_full(lines: Sequence[Line], index: int, base: int) -> bool:
    """Whether a line is as wide as its column allows."""
    column = [columns(line.text) for line in _column(lines, index, base)]
    widest = max(column)
    return widest >= _NARROWEST and columns(lines[index].text) >= widest - _SLACK


def _is_prose(lines: Sequence[Line], index: int, base: int) -> bool:
    """Whether the lines around are wrapped text and no list: sentences end there, or a word is broken."""
    column = _column(lines, index, base)
    widths = [columns(line.text) for line in column]
    full = sum(width >= max(widths) - _SLACK for width in widths)
    broken = any(_is_broken_word(a.text, b.text) for a, b in pairwise(column))
    return full > 1 and (broken or any(_SENTENCE_END.search(line.text) for line in column))


def _column(lines: Sequence[Line], index: int, base: int) -> Sequence[Line]:
    """The lines next to a line that no gap parts from it."""
    start = index
    while start > max(0, index - _NEIGHBOURS) and lines[start].gap <= base:
        start -= 1
    end = index + 1
    while end < min(len(lines), index + _NEIGHBOURS) and lines[end].gap <= base:
        end += 1
    return lines[start:end]
