"""Reads Markdown (CommonMark with tables) by way of the HTML it stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

from corpus.blocks import Kind, ReadDocument
from corpus.errors import DocumentError
from corpus.readers import html
from corpus.readers.decoding import decode

_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TITLE: Final = re.compile(r"^title:[ \t]*+(['\"]?)(.+?)\1(?<![ \t])[ \t]*$", re.M)


def read(path: Path, data: bytes) -> ReadDocument:
    """Reads a Markdown file.

    Args:
        path: the file, to name it in an error.
        data: its bytes.

    Returns:
        Headings, paragraphs and table rows; the title of the front matter, or else of the first outermost heading.

    Raises:
        DocumentError: the bytes are no text, or there is no content.
    """
    text = decode(path, data).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    document = html.parse(MarkdownIt("commonmark").enable("table").render(body))
    if not document.blocks:
        raise DocumentError(path, "本文が見つかりません", "内容のあるファイルを用意してください")
    title = _FRONT_TITLE.search(front[1] or "") if front else None
    outermost = next((block.text for block in document.blocks if block.kind is Kind.HEADING and block.level == 1), "")
    return replace(document, title=title[2] if title else outermost)
