"""Latin letters that spell Japanese: "koushin" is こうしん."""

from __future__ import annotations

import re

import jaconv

#: Shorter words are English or chance as often as not.
_SPELT = re.compile(r"[a-z]{4,}")
_KANA = re.compile(r"[ぁ-ゖー]+")


def kana(folded: str) -> str:
    """The Latin words of a text that can be read as Japanese, in hiragana, separated by spaces.

    Args:
        folded: lower case, half width.
    """
    read = (jaconv.alphabet2kana(word.group()) for word in _SPELT.finditer(folded))
    return " ".join(word for word in read if _KANA.fullmatch(word))
