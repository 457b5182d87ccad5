"""Readers: one module a file format, one function `read` for all of them.

    read(Path("guide.pdf"))  ->  ReadDocument

A reader takes (path, data) and returns a `ReadDocument` without its hash; the path only serves to
name the file in an error. Whatever is wrong with a file, the caller sees a `DocumentError`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.blocks import ReadDocument
from corpus.errors import DocumentError
from corpus.files import is_file
from corpus.readers import docx, html, markdown, pdf, text
from corpus.readers.files import load
from corpus.readers.sniffing import check_suffix

Reader = Callable[[Path, bytes], ReadDocument]

READERS: Final[dict[str, Reader]] = {
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".html": html.read,
    ".htm": html.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": text.read,
    ".text": text.read,
}

#: Suffixes of the files that can be read, in lower case and with the dot.
SUFFIXES: Final = frozenset(READERS)


def read(path: Path) -> ReadDocument:
    """Reads one file.

    Args:
        path: a file whose suffix is one of `SUFFIXES`, in any case.

    Returns:
        Its blocks in reading order and the SHA-256 of the bytes they were read from.

    Raises:
        DocumentError: whatever is wrong with the file; its text is one line that names it.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        if not is_file(path):
            load(path)  # which says what is wrong: nothing there, a folder, a device
        known = "、".join(sorted(SUFFIXES))
        raise DocumentError(path, "対応していない種類のファイルです", f"読めるのは {known} です")
    data = load(path)
    check_suffix(path, data)
    try:
        document = reader(path, data)
    except RecursionError as error:  # elements within elements, thousands deep: no person wrote that
        raise DocumentError(path, "入れ子が深すぎて読めません", "元の文書を開き、保存し直してください") from error
    blocks = tuple(replace(block, text=_whole(block.text), header=_whole(block.header)) for block in document.blocks)
    digest = hashlib.sha256(data).hexdigest()
    return replace(document, blocks=blocks, title=_whole(document.title), sha256=digest)


def _whole(text: str) -> str:
    """A text that can be written as UTF-8: half a character (a lone surrogate of a broken PDF) becomes "\ufffd"."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
