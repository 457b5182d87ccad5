"""Latin letters that spell Japanese: "koushin" is こうしん."""

from __future__ import annotations

import re

import jaconv

#: Words of at least four letters; shorter ones are English or chance as often as not.
_WORD = re.compile(r"[a-z]{4,}")
#: Hepburn and Kunrei syllables; a consonant doubles before itself (kk, cch, tch, ssh).
_JAPANESE = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y?|[yw]|sh|j|jy|ch|ts|f)?[aiueo]|n(?![aiueoy])|([kstpc])(?=\1|sh)|[tc](?=ch))+"
)

#: Particles say nothing of the matter, in kana or beside it in Latin letters.
PARTICLES = frozenset({"wa", "ga", "wo", "o", "ni", "no", "de", "to", "ka", "mo", "e", "he", "ya", "kara", "made"})


def kana(folded: str) -> str:
    """The Latin words of a text that can be read as Japanese, in hiragana, separated by spaces.

    Args:
        folded: lower case, half width.
    """
    words = _WORD.findall(folded)
    return " ".join(jaconv.alphabet2kana(word) for word in words if _JAPANESE.fullmatch(word))
