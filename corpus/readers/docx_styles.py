"""Knows what the styles of a Word document say about its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn

_HEADING_NAME: Final = re.compile(r"(?:heading|見出し)\s*([1-9])", re.I)
_TITLE_NAME: Final = re.compile(r"title|表題", re.I)
#: Lines of a table of contents repeat the headings with page numbers; they tell nothing.
_CONTENTS_NAME: Final = re.compile(r"(?:toc|目次)\s*(?:[1-9]|heading|の見出し)", re.I)

#: lxml, whose elements these are, has no types.
Element = Any


class Styles:
    """The styles of a document.

    Args:
        document: the document, opened.
    """

    def __init__(self, document: Document) -> None:
        self._by_id = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iterchildren(qn("w:style"))
        }

    def chain(self, paragraph: Element) -> Iterator[Element]:
        """The paragraph itself, its style and those this is based on: what comes first decides."""
        yield paragraph
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        seen = set()
        while reference is not None and (name := reference.get(qn("w:val"))) in self._by_id and name not in seen:
            seen.add(name)  # a damaged file may base a style on itself
            yield self._by_id[name]
            reference = self._by_id[name].find(qn("w:basedOn"))

    def is_title(self, paragraph: Element) -> bool:
        """Whether it is the title of the document."""
        return any(map(_TITLE_NAME.fullmatch, self._names(paragraph)))

    def is_contents(self, paragraph: Element) -> bool:
        """Whether it is a line of a table of contents."""
        return any(map(_CONTENTS_NAME.fullmatch, self._names(paragraph)))

    def level(self, paragraph: Element) -> int:
        """Depth of a heading, 1 outermost; 0 for a paragraph that is none."""
        for element in self.chain(paragraph):
            outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            # Word counts from 0; 9 means body text.
            if outline is not None and (value := outline.get(qn("w:val"), "")).isdecimal():
                return int(value) + 1 if int(value) < 9 else 0
            if heading := _HEADING_NAME.fullmatch(_name(element)):
                return int(heading[1])
        return 0

    def _names(self, paragraph: Element) -> Iterator[str]:
        return map(_name, self.chain(paragraph))


def _name(element: Element) -> str:
    name = element.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"), ""))
