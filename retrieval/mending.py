"""Compounds that a slip of kana conversion broke: 育正 for 育成, 在流 for 在留.

Such a word is in no dictionary, so it falls apart into single letters that nobody meant, and which the index does not
hold. Read aloud they are still the word that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from retrieval.analyser import Token

_ONE_KANJI = re.compile(r"[一-龠々]")


def mended(text: str, found: Sequence[Token], held: Sequence[bool], sounding: Callable[[str], Sequence[str]]) -> str:
    """A text in which broken compounds are written as the index writes them.

    Args:
        text: folded.
        found: its content words.
        held: whether the index holds each.
        sounding: the index's words for a sound in katakana, the most frequent first.
    """
    places: dict[int, str] = {}
    beside = sorted(pairwise(zip(found, held, strict=True)), key=lambda pair: pair[0][1] + pair[1][1])
    for (first, first_held), (second, second_held) in beside:
        if first.end != second.start or (first_held and second_held) or not _are_letters(first, second):
            continue
        written = first.surface + second.surface
        meant = max(sounding(first.reading + second.reading), key=lambda word: len({*word} & {*written}), default="")
        overlapping = (first.start - 1, first.start, second.start)
        if len(meant) == len(written) and places.keys().isdisjoint(overlapping):
            places[first.start] = meant
    for start in sorted(places, reverse=True):
        text = text[:start] + places[start] + text[start + len(places[start]) :]
    return text


def _are_letters(*tokens: Token) -> bool:
    return all(_ONE_KANJI.fullmatch(token.surface) for token in tokens)
