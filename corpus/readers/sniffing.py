"""Looks at a file's first bytes to notice a wrong suffix before a parser trips over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError

#: Bytes that are looked at. PDF readers accept a header anywhere in them (Adobe's implementation note 13 to PDF 1.7).
_HEAD: Final = 1024


@dataclass(frozen=True, slots=True)
class Content:
    """What a file's bytes show it to be.

    Args:
        name: what users call it.
        start: what such a file begins with.
        suffixes: suffixes it may bear; empty where no reader takes it.
        advice: what to do when it bears another.
    """

    name: str
    start: re.Pattern[bytes]
    suffixes: frozenset[str]
    advice: str


_CONTENTS: Final = (
    Content("PDF", re.compile(rb"\s*%PDF-"), frozenset({".pdf"}), "拡張子を .pdf に変えてください"),
    Content(
        "DOCXなどのZIP形式",
        re.compile(rb"PK\x03\x04"),
        frozenset({".docx"}),
        "Wordの文書なら拡張子を .docx に変えてください",
    ),
    Content(
        "旧形式またはパスワード付きのWord・Excelなど",
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        frozenset(),
        "Wordで開き、パスワードなしの .docx で保存し直してください",
    ),
    Content(
        "画像",
        re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*"),
        frozenset(),
        "文字認識（OCR）をしてから、PDFかテキストで保存してください",
    ),
    Content("リッチテキスト（RTF）", re.compile(rb"\{\\rtf"), frozenset(), "Wordで開き、.docx で保存し直してください"),
    Content(
        "HTML",
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
        ),
        frozenset({".html", ".htm"}),
        "拡張子を .html に変えてください",
    ),
)
#: What must be inside a file of these suffixes; a file of any other may hold whatever has no signature.
_REQUIRED: Final[Mapping[str, re.Pattern[bytes]]] = {
    ".pdf": re.compile(rb"%PDF-"),
    ".docx": re.compile(rb"\APK\x03\x04"),
}


def check_suffix(path: Path, data: bytes) -> None:
    """Makes sure that a file is what its name says.

    Args:
        path: the file; only its name is looked at.
        data: its bytes.

    Raises:
        DocumentError: the bytes are plainly of another format.
    """
    suffix, head = path.suffix.lower(), data[:_HEAD]
    for content in _CONTENTS:
        if content.start.match(head) and suffix not in content.suffixes:
            raise DocumentError(path, f"拡張子は {suffix} ですが、中身は{content.name}です", content.advice)
    required = _REQUIRED.get(suffix)
    if required and not required.search(head):
        raise DocumentError(
            path, f"拡張子は {suffix} ですが、中身が違います", f"元の文書を開き、{suffix} で保存し直してください"
        )
