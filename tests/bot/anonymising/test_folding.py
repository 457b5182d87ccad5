from __future__ import annotations

import pytest

from bot.anonymising.folding import MASKED, fold, labels_in


def test_a_place_in_the_folded_text_leads_back_to_the_original() -> None:
    text = "A㍿\u200bﾀﾞ－１"
    folded = fold(text)
    assert folded.text == "A株式会社ダ-1"
    start = folded.text.index("ダ")
    assert folded.original(start, start + 1) == (3, 5)
    assert folded.original(1, 5) == (1, 2)
    assert folded.original(len(folded.text) - 1, len(folded.text)) == (6, 7)


@pytest.mark.parametrize("hyphen", "-‐‑‒–—―−－﹣")
def test_all_hyphens_are_one(hyphen: str) -> None:
    assert fold(f"2{hyphen}3").text == "2-3"


def test_the_long_vowel_is_a_hyphen_only_among_digits() -> None:
    assert fold("０９０ー１２ コーポ").text == "090-12 コーポ"


def test_hiragana_among_katakana_is_what_it_looks_like() -> None:
    assert fold("ホルへ・ルイス へや").text == "ホルヘ・ルイス へや"


def test_labels_are_one_character_each_and_no_rule_sees_their_letters() -> None:
    assert fold("人物AさんとABさん、電話番号Bへ").text == f"{MASKED}さんとABさん、{MASKED}へ"


@pytest.mark.parametrize("text", ["株式会社NK", "整理番号K-0098765", "人物ABCD", "学校A1"])
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert MASKED not in fold(text).text
    assert labels_in(text) == set()


def test_lone_surrogates_are_characters_like_others() -> None:
    assert fold("a\ud800b").text == "a\ufffdb"
