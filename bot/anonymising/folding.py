"""A text in the one form that the rules read, and the way back to where each character stood.

Full and half width become one, voiced marks join their kana, invisible characters vanish, all hyphens are
"-", and a label that a former pass left (人物A) is one character that no rule takes for anything. Without
the last, masking a text that was masked before could change it again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.anonymising.kinds import LABELS

#: Stands for a label. 〓 is what printers put where a character was missing.
MASKED = "〓"

_WORDS = "|".join(sorted(LABELS.values(), key=len, reverse=True))
#: 株式会社NK is a company of that name, and no label. Nor is 番号MD before 4401 2287: the letters are the number's.
_LABEL = re.compile(
    f"(?<!株式)(?<!有限)(?<!合同)(?:{_WORDS})[A-Z]{{1,3}}"
    r"(?![A-Za-z0-9]|[-/.・][A-Za-z0-9]| \d[\d -]{4,}+(?!\s?[年月日円万人件]))"
)
_HYPHENS = frozenset("‐‑‒–—―−－﹣⁃─━➖")
_VOICED = frozenset("\u3099\u309a\uff9e\uff9f")
#: Takes folded characters and where they stood.
_Put = Callable[[str, int, int], None]
#: ー is a hyphen where it stands among digits, and a vowel elsewhere.
_LONG = re.compile(r"(?<=\d)ー(?=\d)")
#: Hiragana that looks like katakana, among katakana.
_ALIKE = re.compile(r"(?<=[ァ-ヴー])[へべぺ](?=[ァ-ヴー・])")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as the rules read it.

    Args:
        text: the folded characters.
        starts: for each of them, where what it came from begins in the original.
        ends: for each of them, where that ends.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the original; it must not be empty."""
        return self.starts[start], self.ends[end - 1]


def labels_in(text: str) -> set[str]:
    """The labels that stand in a text already."""
    return {match[0] for match in _LABEL.finditer(text)}


def fold(text: str) -> Folded:
    """Folds a text; its positions are kept.

    Args:
        text: any text, lone surrogates included.
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(folded: str, start: int, end: int) -> None:
        for character in folded:
            characters.append(character)
            starts.append(start)
            ends.append(end)

    begin = 0
    for match in _LABEL.finditer(text):
        _fold_between(text, begin, match.start(), put)
        put(MASKED, match.start(), match.end())
        begin = match.end()
    _fold_between(text, begin, len(text), put)
    plain = _ALIKE.sub(lambda match: chr(ord(match[0]) + 0x60), _LONG.sub("-", "".join(characters)))
    return Folded(plain, starts, ends)


def _fold_between(text: str, begin: int, end: int, put: _Put) -> None:
    position = begin
    while position < end:
        after = position + 1
        while after < end and (text[after] in _VOICED or unicodedata.combining(text[after])) and after - position < 4:
            after += 1
        folded = _fold_cluster(text[position:after])
        put(folded, position, after)
        position = after


def _fold_cluster(cluster: str) -> str:
    """One character with the marks that belong to it."""
    if cluster in _HYPHENS:
        return "-"
    if unicodedata.decomposition(cluster[0]).startswith("<circle>"):
        return cluster  # ② behind a telephone number is no figure of it
    if len(cluster) == 1 and cluster.isascii():
        return cluster if cluster in "\n\t" or cluster.isprintable() else ""
    kept = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in unicodedata.normalize("NFKC", cluster))
    return "".join(c for c in kept if c == "\n" or unicodedata.category(c) not in {"Cf", "Cc"})
