"""Latin letters that spell Japanese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.romaji import kana, sentence


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("zairyu kikan koushin", "ざいりゅ きかん こうしん"),
        ("nenkinの手続", "ねんきん"),
        ("shussei todoke", "しゅっせい とどけ"),
        ("jidouteate wa?", "じどうてあて"),
        ("donna annai", "どんな あんない"),
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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("gomi wa doko ni dasu?", "ごみ は どこ に だす?"),
        ("donna shorui wo motte iku", "どんな しょるい を もって いく"),
        ("elevator no naka de jishin ni atta", "elevator の なか で じしん に あった"),
    ],
)
def test_a_whole_sentence_is_read_with_its_particles(written: str, read: str) -> None:
    assert sentence(written) == read


@pytest.mark.parametrize(
    "written", ["", "zairyu card", "i want to make a home", "在留カードをなくした", "sushi ramen sake mochi"]
)
def test_what_is_no_japanese_sentence_is_not(written: str) -> None:
    assert sentence(written) == ""
