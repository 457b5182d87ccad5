"""Compounds that a slip of kana conversion broke."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval.analyser import fold, tokens
from retrieval.mending import mended

SOUNDS = {
    "イクセイ": ["育成"],
    "ザイリュウ": ["在留"],
    "ジンザイ": ["人材"],
    "ホショウ": ["補償", "保証"],
    "コイヌ": ["小さい犬"],
}


def sounding(sound: str) -> Sequence[str]:
    return SOUNDS.get(sound, ())


def mend(text: str, held: str = "") -> str:
    folded = fold(text)
    found = tokens(folded)
    return mended(folded, found, [token.surface in held for token in found], sounding)


def test_a_broken_word_is_written_as_it_was_meant() -> None:
    assert mend("相談員の育正について") == "相談員の育成について"


def test_letters_that_the_index_holds_are_no_mistake() -> None:
    assert mend("相談員の育正について", held="育正") == "相談員の育正について"


def test_of_two_readings_that_of_what_is_not_held_goes_first() -> None:
    assert mend("外国人在流支援", held="人") == "外国人在留支援"


def test_of_two_words_the_one_that_shares_a_letter_is_meant() -> None:
    assert mend("保症人") == "保証人"


@pytest.mark.parametrize("text", ["子犬を飼う", "育てる", "", "育、正", "育 正"])
def test_all_else_stays(text: str) -> None:
    assert mend(text) == text
