"""Reads web pages: headings, paragraphs, lists and tables, without what surrounds the content."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString

from corpus.blocks import Block, Kind, ReadDocument
from corpus.errors import DocumentError
from corpus.readers.decoding import decode
from corpus.readers.html_tables import is_layout, table_blocks

#: What surrounds the content, is never shown, or is the reading beside a kanji.
_DROPPED: Final = (
    "script, style, noscript, template, svg, iframe, object, select, button, nav, footer, aside, rt, rp, rtc, "
    "[hidden], [role=navigation], [role=contentinfo], [role=complementary], [role=search]"
)
#: Elements that run on within a line (HTML Living Standard, phrasing content); every other one breaks the paragraph.
_INLINE: Final = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label|map|mark|meter|nobr|output|"
    "picture|q|rb|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_HEADING: Final = re.compile(r"h([1-6])")
#: In Japanese a line break of the source is no blank. Kana, kanji, full-width forms and their punctuation.
_WIDE: Final = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_IN_JAPANESE: Final = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")
_BLANKS: Final = re.compile(r"[ \t\r\n\f\xa0]+")
#: Stands for <br> until the blanks of the source are folded; in no document, because HTML forbids it.
_LINE_BREAK: Final = "\x0b"


def read(path: Path, data: bytes) -> ReadDocument:
    """Reads an HTML file in UTF-8, UTF-16, Shift_JIS or EUC-JP.

    Args:
        path: the file, to name it in an error.
        data: its bytes.

    Returns:
        Headings, paragraphs and table rows, the page's title and language.

    Raises:
        DocumentError: the bytes are no text, or nothing of the page is content.
    """
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    document = parse(decode(path, data, declared))
    if not document.blocks:
        raise DocumentError(path, "本文が見つかりません", "ブラウザーで開き、本文のあるページを保存してください")
    return document


def parse(markup: str) -> ReadDocument:
    """Reads HTML that is text already.

    Args:
        markup: a page or a piece of one, however badly formed.

    Returns:
        What `read` returns; without blocks where there is no content.
    """
    with warnings.catch_warnings():
        # Both guess that the caller meant something else; the caller has looked at the content before.
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(markup.replace(_LINE_BREAK, " "), "lxml")
    title = _folded(soup.title.get_text()) if soup.title else ""
    language = soup.html.get("lang") if soup.html else None
    for element in soup.select(_DROPPED):
        element.extract()
    for element in soup.find_all("br"):
        element.replace_with(NavigableString(_LINE_BREAK))
    blocks = tuple(_blocks(soup.body)) if soup.body else ()
    return ReadDocument(blocks, title=title, language=language if isinstance(language, str) else "")


def _blocks(parent: Tag, marker: str = "") -> Iterator[Block]:
    """Blocks of an element's content; `marker` ("・", "2. ") goes before the first paragraph."""
    run: list[str] = []
    for child in parent.children:
        if not _breaks(child):
            run.append(_inline_text(child))
            continue
        if paragraph := _folded("".join(run)):
            yield Block(Kind.PARAGRAPH, marker + paragraph)
            marker = ""
        run.clear()
        assert isinstance(child, Tag)
        for block in _element(child):
            yield Block(block.kind, marker + block.text) if marker and block.kind is Kind.PARAGRAPH else block
            marker = ""
    if paragraph := _folded("".join(run)):
        yield Block(Kind.PARAGRAPH, marker + paragraph)


def _element(element: Tag) -> Iterator[Block]:
    heading = _HEADING.fullmatch(element.name)
    if heading:
        if text := _folded(element.get_text()).replace("\n", " "):
            yield Block(Kind.HEADING, text, level=int(heading[1]))
    elif element.name == "table" and not is_layout(element):
        caption = element.find("caption")
        if caption and (text := _folded(caption.get_text())):
            yield Block(Kind.PARAGRAPH, text)
        yield from table_blocks(element, _folded)
    elif element.name == "pre":
        if text := element.get_text().replace(_LINE_BREAK, "\n").strip():
            yield Block(Kind.PARAGRAPH, text)
    elif element.name in {"ul", "ol", "menu"}:
        yield from _list(element)
    else:
        yield from _blocks(element)


def _list(element: Tag) -> Iterator[Block]:
    start = str(element.get("start", "1"))
    number = int(start) if start.isascii() and start.isdigit() else 1
    for item in element.find_all(True, recursive=False):
        if item.name == "li":
            yield from _blocks(item, f"{number}. " if element.name == "ol" else "・")
            number += 1
        else:
            yield from _element(item)


def _breaks(node: PageElement) -> bool:
    """Whether a node begins a new paragraph: a block element, or an inline one that (wrongly) holds one."""
    return isinstance(node, Tag) and (
        not _INLINE.fullmatch(node.name) or node.find(lambda inner: not _INLINE.fullmatch(inner.name)) is not None
    )


def _inline_text(node: PageElement) -> str:
    if isinstance(node, Tag):
        return node.get_text()
    # Comments, declarations and CDATA are strings too.
    return str(node) if isinstance(node, NavigableString) and not isinstance(node, PreformattedString) else ""


def _folded(text: str) -> str:
    """Blanks folded as a browser does, Japanese lines joined without one; only <br> leaves a line break."""
    lines = (_BLANKS.sub(" ", _BREAK_IN_JAPANESE.sub("", line)).strip() for line in text.split(_LINE_BREAK))
    return "\n".join(line for line in lines if line)
