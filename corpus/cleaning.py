"""Makes clean pieces of what a reader saw: whole paragraphs, rows and declared headings, with pages.

Text taken out of a PDF comes with its page: running heads and numbers within sentences, lines broken
inside words, letters spaced out, labels that were set vertically, captions and numbers of figures
that are not there. Here they are mended or, where nothing can be made of them, left out. What is shown
stays as printed otherwise: circled numbers and full-width digits are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from corpus.blocks import Block, Kind, ReadDocument
from corpus.lines import TERMINAL, Line, Piece, folded
from corpus.pages import contents_entry, page_of_lines
from corpus.tables import CELL_GAP, contact_records, tabbed_rows
from corpus.wrapping import joined, paragraphs, usual_gap

#: Four and more capitals each parted by a blank are one word: "F R E S C".
_SPACED_OUT: Final = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])(?:[A-ZＡ-Ｚ] ){3,}[A-ZＡ-Ｚ](?![A-Za-zＡ-Ｚａ-ｚ])")
#: Markdown that a converter left in the text: strong, superscript, links in angle brackets.
_STRONG: Final = re.compile(r"\*\*(.+?)\*\*")
_SUPERSCRIPT: Final = re.compile(r"\^(?=[（(])")
_LINK: Final = re.compile(r"<(https?://[^\s<>]+)>")
#: A note's sign that was lost with its font.
_LOST_SIGN: Final = re.compile(r"[（(][ 　]+[）)]")
_DASH_ITEM: Final = re.compile(r"^[-*]\s+")
#: A list's mark before another: "・①", "・（1）", "・・".
_DOUBLE_MARK: Final = re.compile(r"^・\s*(?=[・①-⑳]|[（(][0-9０-９]+[）)])")
#: Each of the three parts ends where the sign changes, so that a long row of signs is read in one way only.
_ORNAMENT: Final = re.compile(r"^([◆■●★☆◇])\1+(?!\1)(.*)(?<!\1)\1+$")
_NUMBERS: Final = re.compile(r"[0-9０-９.,，．%％\s]+")
_LEGEND: Final = re.compile(r"\S{1,4}(?:\s+\S{1,4})+")
#: Captions of figures: a triangle that points to the figure, or the words that name one.
_CAPTION: Final = re.compile(r"[▲▼△▽].{0,60}|.{0,40}[▲▼△▽]|[▶▷►◀◁◄]")
_CAPTION_WORDS: Final = re.compile(
    r"[^。、]{0,40}(?:の様子|のチラシ|のリーフレット|マップ|のイメージ|の写真)(?:[（(][^）)]*[）)])?"
)
#: Longest label or line of a table of contents, in characters.
_LONGEST_LABEL: Final = 60
#: What is left at a page's end behind a caption, and as short as this, is a caption that lost its mark.
_SHORT_CAPTION: Final = 10
#: So many lines of one character are a label that was set vertically.
_VERTICAL: Final = 3


def clean(document: ReadDocument) -> tuple[Piece, ...]:
    """Cleans one document.

    Args:
        document: what a reader saw.

    Returns:
        Paragraphs, rows and declared headings in reading order; none is empty.
    """
    raw = [block for block in document.blocks if block.kind is Kind.LINE]
    paging = page_of_lines(raw)
    pieces: list[Piece] = []
    position = 0
    for is_line, group in groupby(document.blocks, key=lambda block: block.kind is Kind.LINE):
        blocks = list(group)
        if not is_line:
            pieces += (_structured(block) for block in blocks)
            continue
        span = range(position, position + len(blocks))
        position += len(blocks)
        pieces += _pieces(list(_lines(raw, span, paging.pages, paging.starts, paging.furniture)))
    return tuple(_without_echoes(list(_without_contents([piece for piece in pieces if piece.text]))))


def tidied(text: str) -> str:
    """Mends what is wrong inside a paragraph."""
    text = _LINK.sub(r"\1", _SUPERSCRIPT.sub("", _STRONG.sub(r"\1", text)))
    text = _SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), _LOST_SIGN.sub("", text))
    text = _DASH_ITEM.sub("・", text)
    text = _DOUBLE_MARK.sub("", _ORNAMENT.sub(r"\1\2", text))
    return re.sub(r"[ \t\xa0]+", " ", text).strip(" \t\xa0\u3000")


def _structured(block: Block) -> Piece:
    """A block whose format says what it is."""
    text = " ".join(block.text.split())
    if block.kind is Kind.ROW:
        cells = [cell.strip() for cell in block.text.split(" | ")]
        header = CELL_GAP.join(cell.strip() for cell in block.header.split(" | ") if cell.strip())
        text = CELL_GAP.join(" ".join(cell.split()) for cell in cells if cell)
        return Piece(text, Kind.ROW, block.page, header=header)
    return Piece(tidied(text), block.kind, block.page, level=block.level)


def _lines(
    raw: Sequence[Block],
    span: range,
    pages: Sequence[int | None],
    starts: frozenset[int],
    furniture: frozenset[int],
) -> Iterator[Line]:
    """Lines that have something on them, without the page's own."""
    gap, starting = 0, False
    for index in span:
        text = raw[index].text
        starting = starting or index in starts
        if index in furniture:
            continue
        if not text.strip():
            gap += 1
            continue
        shown = text.strip(" \u3000\xa0\r\n")
        if shown:
            yield Line(shown, pages[index], gap, text.rstrip() != text, starting)
            gap, starting = 0, False


def _pieces(lines: list[Line]) -> Iterator[Piece]:
    lines = _without_charts(_upright([line for line in lines if not contents_entry(line.text)]))
    base = usual_gap(lines)
    # The gap around a page's end says nothing about the text: a sentence may go on behind it.
    lines = [replace(line, gap=base) if line.starts_page else line for line in lines]
    text: list[Line] = []
    index = 0
    while index < len(lines):
        rows, after = contact_records(lines, index)
        if after == index and "\t" in lines[index].text:
            rows, after = tabbed_rows(lines, index)
        if after == index:
            text.append(lines[index])
            index += 1
            continue
        yield from _prose(text, base)
        yield from rows
        text, index = [], after
    yield from _prose(text, base)


def _prose(lines: Sequence[Line], base: int) -> Iterator[Piece]:
    groups = list(paragraphs(lines))
    is_caption = False
    for number, group in enumerate(groups):
        text, first, was_caption = tidied(joined(group)), group[0], is_caption
        ends_page = number + 1 == len(groups) or groups[number + 1][0].starts_page
        is_caption = bool(_CAPTION.fullmatch(text) or _CAPTION_WORDS.fullmatch(text))
        stray = was_caption and ends_page and len(text) <= _SHORT_CAPTION and not TERMINAL.search(text)
        if is_caption or stray:
            continue
        yield Piece(text, page=first.page, gap=max(0, first.gap - base), starts_page=first.starts_page)


def _upright(lines: Sequence[Line]) -> list[Line]:
    """Sets vertical labels, which came out one character a line, upright again."""
    result: list[Line] = []
    for is_single, group in groupby(lines, key=lambda line: len(line.text) == 1):
        members = list(group)
        if not is_single or len(members) < _VERTICAL:
            result += members
            continue
        label = "".join(member.text for member in members)
        first = members[0]
        if label[0] in "▶▷►◀◁◄▲▼△▽":
            continue  # the caption of a picture
        result.append(Line(label, first.page, first.gap, closed=True, starts_page=first.starts_page))
    return result


def _without_charts(lines: Sequence[Line]) -> list[Line]:
    """Leaves out the numbers and legends of charts: apart from their bars they say nothing, or the wrong thing."""
    result: list[Line] = []
    after_chart = False
    for is_number, group in groupby(lines, key=lambda line: bool(_NUMBERS.fullmatch(line.text))):
        members = list(group)
        if is_number and (len(members) > 1 or after_chart):
            after_chart = True
            continue
        if after_chart and _LEGEND.fullmatch(members[0].text) and not TERMINAL.search(members[0].text):
            members = members[1:]
        after_chart = after_chart and not members
        result += members
    return result


def _without_contents(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Leaves out a table of contents: its lines would be found for every question and answer none."""
    inside = begun = False
    spaced = any(piece.gap for piece in pieces)  # only then does a gap tell where the table ends
    for piece in pieces:
        if folded(piece.text) in {"目次", "もくじ", "contents", "tableofcontents"}:
            inside, begun = True, False
            continue
        if inside:
            nested = spaced and begun and not piece.gap and not piece.starts_page
            listed = nested or bool(re.search(r"[0-9０-９]$", piece.text))
            inside, begun = listed and len(piece.text) <= _LONGEST_LABEL, True
            if inside:
                continue
        yield piece


def _without_echoes(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Leaves out labels, as on a logo, that only repeat the heading above them piece by piece."""
    above = ""
    for index, piece in enumerate(pieces):
        text = folded(piece.text)
        if piece.kind is Kind.PARAGRAPH and len(text) < len(above) and text in above and _is_label(piece):
            beside = [p for p in pieces[max(0, index - 1) : index + 2] if p is not piece]
            if any(folded(p.text) in above and _is_label(p) and folded(p.text) != above for p in beside):
                continue
        above = text if piece.gap or not above else above
        yield piece


def _is_label(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST_LABEL and not TERMINAL.search(piece.text)
