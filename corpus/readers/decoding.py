"""Turns the bytes of a Japanese text file into text, whatever encoding its author's machine used."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters that no text editor writes; a form feed and tabs are text.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HALF_WIDTH_KANA: Final = re.compile("[\uff61-\uff9f]")
#: Share of control characters above which bytes are no text. Text taken out of a PDF has a stray one now
#: and then; random bytes have 10 % and more.
_CONTROL_SHARE: Final = 0.02


def decode(path: Path, data: bytes, declared: str | None = None) -> str:
    """Decodes UTF-8, UTF-16 with a byte order mark, ISO-2022-JP, Shift_JIS (CP932) or EUC-JP.

    Args:
        path: the file, to name it in an error.
        data: its bytes.
        declared: encoding that the file itself names, if it does; believed when it fits.

    Returns:
        The text, without a byte order mark.

    Raises:
        DocumentError: the bytes are no text in any of these encodings.
    """
    text = _decoded(data, declared)
    if text is None:
        raise DocumentError(path, "文字コードを判別できません", "UTF-8で保存し直してください")
    if "\0" in text or len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise DocumentError(path, "文字のファイルではありません", "元の文書を開き、正しい形式で保存し直してください")
    return text


def _decoded(data: bytes, declared: str | None) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _attempt(data, encoding)
    if declared and (text := _attempt(data, _widened(declared))) is not None:
        return text
    if b"\x1b$" in data and (text := _attempt(data, "iso2022_jp")) is not None:
        return text
    if (text := _attempt(data, "utf-8")) is not None:
        return text
    # Both may fit. Read in the wrong one of the two, kanji and kana turn into half-width katakana.
    readings = [text for name in ("cp932", "euc_jp") if (text := _attempt(data, name)) is not None]
    return min(readings, key=lambda text: len(_HALF_WIDTH_KANA.findall(text)), default=None)


def _widened(encoding: str) -> str:
    """What calls itself Shift_JIS is nearly always Microsoft's superset of it, with ① and ㈱."""
    return (
        "cp932" if encoding.strip().lower().replace("-", "_") in {"shift_jis", "sjis", "x_sjis"} else encoding.strip()
    )


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):  # LookupError: an encoding that does not exist
        return None
