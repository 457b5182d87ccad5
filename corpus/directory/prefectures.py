"""The 47 prefectures and the many ways people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.directory.datafiles import read

#: Combining macron and circumflex: "Ōsaka" and "Ôsaka" are "osaka".
_LONG_VOWELS = "\u0304\u0302"
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


@dataclass(frozen=True, slots=True)
class Prefecture:
    """One of the 47 prefectures.

    Args:
        code: JIS X 0401 code, 1 to 47.
        name: full name ("神奈川県").
        kana: full name in hiragana ("かながわけん").
        romaji: name without its suffix ("Kanagawa").
        bureau: id of the regional immigration bureau or branch that answers for its residents.
    """

    code: int
    name: str
    kana: str
    romaji: str
    bureau: str

    def spellings(self) -> Iterator[str]:
        """Every normalised spelling by which it is found."""
        yield from (str(self.code), f"{self.code:02}", self.name, self.kana)
        if self.name != "北海道":  # the only one that is never said without its last character
            yield self.name[:-1]
            yield re.sub(r"(けん|ふ|と)$", "", self.kana)
        suffix = {"都": "to", "道": "do", "府": "fu", "県": "ken"}[self.name[-1]]
        romaji = self.romaji.lower()
        yield from (romaji, f"{romaji}{suffix}", f"{romaji}prefecture")


class UnknownPrefectureError(LookupError):
    """The text names no prefecture."""

    def __init__(self, text: str) -> None:
        super().__init__(f"都道府県として読み取れません: {text}")


@cache
def all_prefectures() -> tuple[Prefecture, ...]:
    """The 47, by code."""
    return tuple(Prefecture(**entry) for entry in read("prefectures"))


def prefecture_named(text: str) -> Prefecture:
    """The prefecture that a text means.

    Args:
        text: a name with or without 都道府県, in kanji, kana or romaji; a code of one or two digits; or
            an address that begins with the full name ("神奈川県横浜市").

    Returns:
        The prefecture.

    Raises:
        UnknownPrefectureError: the text is none of these.
    """
    spelling = _normalised(text)
    found = _by_spelling().get(spelling)
    if found is None:
        found = next((p for p in all_prefectures() if spelling.startswith(p.name)), None)
    if found is None:
        raise UnknownPrefectureError(text)
    return found


@cache
def _by_spelling() -> dict[str, Prefecture]:
    return {spelling: prefecture for prefecture in all_prefectures() for spelling in prefecture.spellings()}


def _normalised(text: str) -> str:
    """Width, case, long-vowel marks, katakana, hyphens and spaces folded away."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = unicodedata.normalize("NFD", folded).translate(dict.fromkeys(map(ord, _LONG_VOWELS)))
    hiragana = unicodedata.normalize("NFC", letters).translate(_KATAKANA_TO_HIRAGANA)
    return re.sub(r"[\s\-]", "", hiragana)
