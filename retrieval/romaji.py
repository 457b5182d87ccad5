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

#: donna is どんな; jaconv reads n and na where an apostrophe stands between them.
_DOUBLE_N = re.compile(r"nn(?=[aiueoy])")

#: Particles say nothing of the matter, in kana or beside it in Latin letters.
PARTICLES = frozenset({"wa", "ga", "wo", "o", "ni", "no", "de", "to", "ka", "mo", "e", "he", "ya", "kara", "made"})


#: The same in kana.
PARTICLES_IN_KANA = frozenset({"は", "が", "を", "に", "の", "で", "と", "か", "も", "へ", "や", "から", "まで"})

#: A text is Japanese in Latin letters when it has this many words of which so many can be read.
_SENTENCE, _READ = 4, 0.85
_WORDS = re.compile(r"[a-z]+")
_AS_SPOKEN = {"wa": "は", "wo": "を", "o": "を", "e": "へ"}


def sentence(folded: str) -> str:
    """A text wholly written in Latin letters that spell Japanese, in hiragana; "" for any other.

    Args:
        folded: lower case, half width.
    """
    words = _WORDS.findall(folded)
    read = [word for word in words if _JAPANESE.fullmatch(word)]
    if len(words) < _SENTENCE or len(read) < _READ * len(words) or PARTICLES.isdisjoint(read):
        return ""
    return _WORDS.sub(lambda word: _read(word[0]), folded)


def kana(folded: str) -> str:
    """The Latin words of a text that can be read as Japanese, in hiragana, separated by spaces.

    Args:
        folded: lower case, half width.
    """
    words = _WORD.findall(folded)
    return " ".join(_kana(word) for word in words if _JAPANESE.fullmatch(word))


def _read(word: str) -> str:
    return (_AS_SPOKEN.get(word) or _kana(word)) if _JAPANESE.fullmatch(word) else word


def _kana(word: str) -> str:
    return str(jaconv.alphabet2kana(_DOUBLE_N.sub("n'n", word)))
