"""From text to terms."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.analyser import fold, katakana, sentences, tokens


def terms(text: str) -> list[str]:
    return [token.term for token in tokens(text)]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＶＩＳＡ　１２３", "visa 123"),
        ("ｶﾞｲﾄﾞﾌﾞｯｸ", "ガイドブック"),
        ("㍿みどり①", "株式会社みどり1"),
        ("在留\u200bカ\u202eード\x00\ufeff", "在留カード"),
        ("二行\n目\tは残る", "二行\n目\tは残る"),
    ],
)
def test_spellings_become_comparable(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folded_text_holds_neither_capitals_nor_control_characters(text: str) -> None:
    folded = fold(text)
    assert folded == folded.lower()
    assert {c for c in folded if unicodedata.category(c) == "Cc"} <= {"\t", "\n"}


@given(st.text(st.characters()))
@example("J\u030c")  # joined only as small letters
@example("\ud83c\udf89")
@example("が\u3099")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("dirt", ["\ud83c", "\udf89", "\x00", "\x1b", "\x85", "\u200d", "\u202e", "\ufeff"])
def test_surrogates_and_control_characters_within_a_word_change_nothing(dirt: str) -> None:
    assert terms(f"{dirt}在留カ{dirt}ードの更{dirt}新") == terms("在留カードの更新")


@pytest.mark.parametrize("other", ["引っ越し", "引越", "引っこし"])
def test_variants_of_okurigana_are_one_term(other: str) -> None:
    assert terms(f"{other}をした") == terms("引越しをした")


def test_compounds_are_split_into_their_shortest_parts() -> None:
    assert terms("在留期間更新許可申請") == ["在留", "期間", "更新", "許可", "申請"]


def test_particles_and_signs_carry_nothing() -> None:
    assert terms("のを。！（が、・に）") == []


@pytest.mark.parametrize("negated", ["燃えません", "燃えず", "燃えぬ"])
def test_negation_is_one_term_whatever_its_form(negated: str) -> None:
    assert terms(negated) == terms("燃えない") == [*terms("燃える"), "ない"]


@pytest.mark.parametrize(("said", "denied"), [("燃えるごみ", "燃えないごみ"), ("払えます", "払えません")])
def test_what_is_denied_is_not_what_is_said(said: str, denied: str) -> None:
    assert terms(said) != terms(denied)


@given(st.text(max_size=200))
def test_tokens_stand_in_order_where_they_say(text: str) -> None:
    folded = fold(text)
    found = tokens(text)
    assert all(folded[token.start : token.end] == token.surface for token in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_long_texts_are_analysed_to_their_end() -> None:
    found = tokens("在留カードの更新。" * 9_000)
    assert found[-1].term == "更新"
    assert found[-1].end == 9_000 * len("在留カードの更新。") - 1


@pytest.mark.parametrize("mark", ["。", "\n", "、", " "])
def test_long_texts_are_cut_between_sentences_never_within_a_word(mark: str) -> None:
    sentence = f"外国人登録証明書を在留カードに切り替えた方{mark}"
    assert terms(sentence * 900) == terms(sentence) * 900


def test_a_long_text_without_any_sign_loses_nothing() -> None:
    text = "在留期間更新許可申請" * 2_500
    assert "".join(token.surface for token in tokens(text)) == text


def test_threads_analyse_at_once_what_one_analyses_alone() -> None:
    texts = [f"{word}の届出はどこへ出しますか。" * 200 for word in ("引越し", "在留カード", "婚姻", "住民税")] * 4
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(tokens, texts)) == [tokens(text) for text in texts]


def test_unknown_words_are_told_from_known_ones() -> None:
    assert all(token.known for token in tokens("住民票"))
    assert not next(token.known for token in tokens("ゔぁぎょぺら"))


def test_sentences_end_at_their_signs_and_at_line_ends() -> None:
    text = "  はい。「本当ですか？」\nはい！！次\n\n"
    assert [text[start:end] for start, end in sentences(text)] == ["はい。", "「本当ですか？」", "はい！！", "次"]


@given(st.text(alphabet=st.one_of(st.sampled_from("。．！？!?\n 　」）あa1"), st.characters())))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    ranges = sentences(text)
    covered = {place for start, end in ranges for place in range(start, end)}
    assert sum(end - start for start, end in ranges) == len(covered), "no two overlap"
    assert all(text[place].isspace() for place in range(len(text)) if place not in covered)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in ranges)


def test_hiragana_becomes_katakana_and_all_else_stays() -> None:
    assert katakana("ゔぁ・かーどABC漢字ゖ") == "ヴァ・カードABC漢字ヶ"
