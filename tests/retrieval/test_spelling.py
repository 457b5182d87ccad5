"""Words by their sound and by their letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analyser import tokens
from retrieval.spelling import Spelling
from tests.retrieval.vocabularies import vocabulary_of

TEXT = "在留カード 更新 申請 保険料 マイナンバー 被扶養者 控除 退職"


VOCABULARY = vocabulary_of(TEXT)
SPELLING = Spelling(VOCABULARY, [1] * len(VOCABULARY))


def heard(text: str) -> list[set[str]]:
    return [{VOCABULARY.terms[number] for number in numbers} for numbers in SPELLING.heard(text)]


def like(term: str) -> list[str]:
    return [VOCABULARY.terms[number] for number, _ in SPELLING.like(term)]


def test_words_are_heard_in_kana() -> None:
    assert heard("ざいりゅうのこうしん、いつですか") == [{"在留"}, {"更新"}]
    assert heard("コウシンハ") == [{"更新"}]


def test_the_longest_word_is_heard() -> None:
    longer = vocabulary_of("講師 更新")
    ((number,),) = Spelling(longer, [1] * len(longer)).heard("こうしんです")
    assert longer.terms[number] == "更新"


def test_nothing_is_heard_where_kanji_stand_or_nothing_sounds_alike() -> None:
    assert heard("更新申請") == []
    assert heard("ぬぬぬぬぬぬ") == []
    assert heard("") == []


def test_no_word_is_heard_where_none_can_begin() -> None:
    corpse = vocabulary_of("死体")
    spelling = Spelling(corpse, [1])
    assert spelling.heard("延ばしたい") == [(0,)]
    assert spelling.heard("延ばしたい", {1, 2}) == []
    assert spelling.heard("延ばしたい", {1}) == [(0,)]


def test_typing_errors_lead_to_the_word_meant() -> None:
    assert like("マイナンバ")[0] == "マイナンバー"
    assert like("まいなんばぁ")[0] == "マイナンバー"
    assert like("ストラスブール") == []


def test_likeness_tells_how_alike() -> None:
    found = dict(SPELLING.like("マイナンバ"))
    assert all(0 < likeness < 1 for likeness in found.values())
    assert dict(SPELLING.like("マイナンバー"))[next(iter(found))] == pytest.approx(1.0)


def test_homophones_are_other_words_of_the_same_sound() -> None:
    (slip,), (right,) = tokens("交信"), tokens("更新")
    assert [VOCABULARY.terms[number] for number in SPELLING.homophones(slip)] == ["更新"]
    assert SPELLING.homophones(right) == ()


def test_terms_that_stand_in_no_passage_are_never_found() -> None:
    gone = Spelling(VOCABULARY, [0] * len(VOCABULARY))
    assert gone.heard("ざいりゅうのこうしん") == []
    assert gone.like("マイナンバ") == []
    assert gone.homophones(tokens("交信")[0]) == ()


@given(st.text(alphabet=st.one_of(st.sampled_from("ざいりゅうこしんせマナンバーカド"), st.characters()), max_size=60))
def test_any_text_is_heard_and_compared(text: str) -> None:
    numbers = range(len(VOCABULARY))
    assert all(number in numbers for found in SPELLING.heard(text) for number in found)
    assert all(number in numbers and 0 < likeness <= 1 for number, likeness in SPELLING.like(text))


def test_terms_of_a_sound_come_the_most_frequent_first() -> None:
    pair = vocabulary_of("交信 更新")
    assert Spelling(pair, [1, 2]).sounding("コウシン") == ["更新", "交信"]
    assert Spelling(pair, [1, 2]).sounding("コウ") == []
