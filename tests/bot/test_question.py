from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question import QUESTION_LIMIT, read_question


def test_control_characters_vanish_and_lines_stay() -> None:
    assert read_question("\x00在留\x07カード\n\x1b[31mなくした\udcff ").text == "在留 カード\n [31mなくした"


@pytest.mark.parametrize("typed", ["", "   \n", "\x00\x01", "？？？", "😀😀"])
def test_nothing_to_look_for_is_an_empty_question(typed: str) -> None:
    assert read_question(typed).text == ""


def test_beginning_and_end_of_a_long_case_remain() -> None:
    read = read_question("初め" + "あ" * 3000 + "終わり")
    assert read.shortened
    assert len(read.text) < QUESTION_LIMIT
    assert read.text.startswith("初め")
    assert read.text.endswith("終わり")


def test_a_question_at_the_limit_is_searched_whole() -> None:
    assert read_question("あ" * QUESTION_LIMIT) == read_question("あ" * QUESTION_LIMIT + " ")
    assert not read_question("あ" * QUESTION_LIMIT).shortened


@given(st.text(max_size=80))
def test_reading_twice_changes_nothing(typed: str) -> None:
    once = read_question(typed)
    assert read_question(once.text) == once
    once.text.encode()


@pytest.mark.parametrize(
    ("typed", "is_japanese"),
    [("在留", True), ("ｶｰﾄﾞ", True), ("visa の更新", True), ("zairyu card", False), ("비자", False), ("", False)],
)
def test_a_question_in_japanese_is_told_from_others(typed: str, is_japanese: bool) -> None:
    assert read_question(typed).is_japanese is is_japanese
