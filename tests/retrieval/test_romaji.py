"""Latin letters that spell Japanese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.romaji import kana


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("zairyu kikan koushin", "ざいりゅ きかん こうしん"),
        ("nenkinの手続", "ねんきん"),
        ("shussei todoke", "しゅっせい とどけ"),
        ("jidouteate wa?", "じどうてあて"),
    ],
)
def test_japanese_in_latin_letters_is_read(written: str, read: str) -> None:
    assert kana(written) == read


@pytest.mark.parametrize("written", ["", "isa", "在留カード", "1234", "ISA, 12 m"])
def test_what_is_short_or_spells_no_kana_is_left_alone(written: str) -> None:
    assert kana(written) == ""


@given(st.text())
def test_nothing_but_hiragana_comes_out(text: str) -> None:
    assert all("ぁ" <= c <= "ゖ" or c in "ー " for c in kana(text))
