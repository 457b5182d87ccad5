from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import names
from retrieval.name_features import blocks, features, within
from retrieval.names import words


def seen(text: str, marks: list[str] | None = None) -> list[list[str]]:
    return features(text, words(text), marks or [""] * len(text), names.load())


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_each_character_has_its_own(text: str) -> None:
    assert len(seen(text)) == len(text)


def test_empty_lines_part_a_text() -> None:
    text = "一\n二\n\n \n三"
    assert [text[start:end] for start, end in blocks(text)] == ["一\n二", "三"]
    assert list(blocks("")) == list(blocks("\n\n")) == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("田中 \n\t　、a"), max_size=30))
def test_the_words_of_a_block_fill_it(text: str) -> None:
    for start, end in blocks(text):
        inside = within(words(text), start, end)
        assert [word.start for word in inside] == [0, *(word.end for word in inside)][:-1]
        assert inside[-1].end == end - start


def test_a_label_counts_to_the_end_of_its_line() -> None:
    text = "勤務先：みのり\n備考"
    labels = [next(one for one in here if one.startswith("l=")) for here in seen(text.replace("：", ":"))]
    assert labels[text.index("み")] == "l=勤務先"
    assert labels[text.index("備")] == "l="


def test_what_rules_said_is_seen_there_and_beside() -> None:
    here = seen("林です", ["name", "", ""])
    assert "m=name" in here[0]
    assert "m-=name" in here[1]
    assert "m-=#" in here[0]


def test_words_of_one_meaning_are_seen_alike() -> None:
    def group(word: str) -> set[str]:
        return {one for one in seen(word)[0] if one.startswith("k1=")}

    assert group("辞める")
    assert group("辞める") == group("退職")
    assert group("辞める") != group("寿司")


@pytest.mark.parametrize(("text", "at", "part"), [("工場", 0, "BNOUN"), ("工場", 1, "ENOUN"), ("は", 0, "SPARTICLE")])
def test_where_in_its_word_a_character_stands(text: str, at: int, part: str) -> None:
    assert f"a={part}" in seen(text)[at]
