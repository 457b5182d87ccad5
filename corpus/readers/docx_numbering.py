"""Counts the numbered paragraphs of a Word document, whose numbers the file itself does not hold.

The names are those of ISO/IEC 29500-1, 17.9: a paragraph names a list (numId) and a level (ilvl); the list
follows an abstract one, whose levels say where to start, how to write numbers (numFmt, 17.18.59) and what
stands around them (lvlText: "第%1章", "%1.%2").
"""

from __future__ import annotations

import re
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from corpus.readers.docx_styles import Element, Styles

_KANJI: Final = "〇一二三四五六七八九"
_SERIES: Final = {
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "upperRoman": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "lowerRoman": "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
}
_SAME: Final = {
    "aiueo": "aiueoFullWidth",
    "iroha": "irohaFullWidth",
    "ideographDigital": "japaneseCounting",
    "japaneseDigitalTenThousand": "japaneseCounting",
}
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")


class Numbering:
    """The numbers of a document, counted while its paragraphs are asked one after another.

    Args:
        document: the document, opened.
        styles: its styles, which may number paragraphs too.
    """

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[tuple[str, int], Element] = {}
        self._restarts: dict[tuple[str, int], int] = {}  # each counts once, where its list begins
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                self._learn(relation.target_part.element)

    def label(self, paragraph: Element) -> str:
        """What stands before the next paragraph: "第2章 ", "（３） ", "・", or "" where it has no number."""
        number, depth = self._place(paragraph)
        abstract = self._abstract_of.get(number, "")
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.pop((number, depth), None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else _start(level)
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if _value(level, "numFmt") == "bullet":
            return "・"
        arabic = level.find(qn("w:isLgl")) is not None  # "1.1" though chapters are "第一章"
        label = re.sub(
            "%([1-9])", lambda mark: self._written(abstract, int(mark[1]) - 1, arabic), _value(level, "lvlText")
        )
        return f"{label} " if label.strip() else ""

    def _learn(self, root: Element) -> None:
        for abstract in root.iterchildren(qn("w:abstractNum")):
            for level in abstract.iterchildren(qn("w:lvl")):
                key = abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl")))
                self._levels[key] = level
        for number in root.iterchildren(qn("w:num")):
            name = number.get(qn("w:numId"))
            self._abstract_of[name] = _value(number, "abstractNumId")
            for override in number.iterchildren(qn("w:lvlOverride")):
                if start := _value(override, "startOverride"):
                    self._restarts[name, int(override.get(qn("w:ilvl")))] = int(start)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """List and level of a paragraph; its style may give what it does not say itself."""
        number = depth = ""
        for element in self._styles.chain(paragraph):
            properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                number, depth = number or _value(properties, "numId"), depth or _value(properties, "ilvl")
        return number, int(depth or 0)

    def _written(self, abstract: str, depth: int, arabic: bool) -> str:
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        form = "decimal" if arabic else _value(level, "numFmt")
        return written(self._counts[abstract].get(depth, _start(level)), form)


def written(number: int, form: str) -> str:
    """Writes a number as Word does.

    Args:
        number: at least 0.
        form: a numFmt of the standard; one that is not known, or has no sign for the number, is written 1, 2, 3.
    """
    form = _SAME.get(form, form)
    if form == "none":
        return ""
    if form == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if form == "japaneseCounting" and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (_KANJI[tens] if tens > 1 else "") + "十" * bool(tens) + (_KANJI[ones] if ones else "")
    signs = _SERIES.get(form, "")
    return signs[number - 1] if 0 < number <= len(signs) else str(number)


def _start(level: Element) -> int:
    return int(_value(level, "start") or 0)


def _value(element: Element, name: str) -> str:
    child = element.find(qn(f"w:{name}"))
    return "" if child is None else str(child.get(qn("w:val"), ""))
