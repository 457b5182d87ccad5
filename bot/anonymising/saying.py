"""Which words of an employer's or a school's name say which one it is."""

from __future__ import annotations

from bot.anonymising.organisation_words import KATAKANA, NO_VALUE, TELLING
from corpus.names import Names
from retrieval.names import Sort, Word

_KINDS = ("company", "shop", "school", "establishment")
_ENDINGS = ("人", "語", "立", "市", "区", "県", "業", "用", "的", "向け", "型")


def says_nothing(names: Names, word: Word) -> bool:
    """Whether a word could stand in any name: 国際, 食品, ベトナム, 市立.

    Args:
        names: words of such names.
        word: any word.
    """
    surface, parts = word.surface.lower(), names.organisations
    if word.sort in (Sort.COUNTRY, Sort.NUMBER) or surface in parts["generic"] or surface.isdigit():
        return True
    if surface in names.ordinary or (len(surface) > 1 and any(surface in parts[kind] for kind in _KINDS)):
        return True
    return surface.endswith(_ENDINGS) and word.sort is not Sort.SURNAME


def is_telling(names: Names, word: Word) -> bool:
    """Whether a word is a name by itself: a proper noun, or one that no dictionary has.

    Args:
        names: words of such names.
        word: any word.
    """
    if says_nothing(names, word):
        return False
    return word.sort in TELLING or (not word.known and len(word.surface) > 1 and not word.surface.isdigit())


def is_made_up(names: Names, inside: list[Word]) -> bool:
    """Whether words of katakana are joined to one that no dictionary has: スパイスキング.

    Args:
        names: words of such names.
        inside: the words.
    """
    # イングリッシュハウス代官山: the place of a branch behind it is one word more.
    parts = inside[:-1] if inside and inside[-1].sort is Sort.PLACE else inside
    written = "".join(word.surface for word in parts)
    made_up = len(inside) > 1 and len(written) > 4 and bool(KATAKANA.fullmatch(written))
    return made_up and not all(says_nothing(names, word) for word in inside)


def is_generic(names: Names, inside: list[Word]) -> bool:
    """Whether the words beside a form name no company: ベトナム, 食品.

    Beside 株式会社 a word that ends other companies' names is a name, ジャパンフレッシュ株式会社; so are several that
    say nothing each: アジア人材支援協同組合.

    Args:
        names: words of such names.
        inside: the words.
    """
    few = len(inside) < 3 and not any(word.sort is Sort.COUNTRY for word in inside[1:])
    return few and all(word.surface in names.organisations["generic"] or word.sort is Sort.COUNTRY for word in inside)


def is_value(names: Names, inside: list[Word], written: str) -> bool:
    """Whether all that stands behind a label is a name: no sentence, no further label, no mere kind of work.

    Args:
        names: words of such names.
        inside: the words.
        written: the same, as written.
    """
    if not inside or len(written.strip()) < 3 or "  " in written.strip() or NO_VALUE.search(written):
        return False
    if any(word.sort is Sort.PARTICLE and word.surface != "の" for word in inside):
        return False
    return not all(says_nothing(names, word) or word.sort in (Sort.PARTICLE, Sort.MARK) for word in inside)
