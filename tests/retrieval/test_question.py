"""What a question speaks of."""

from __future__ import annotations

import pytest

from retrieval.analyser import fold
from retrieval.index import Index
from retrieval.question import Question, Reader


def read(index: Index, text: str) -> Question:
    return Reader(index.vocabulary, index.postings, index.words, index.forms).read(text)


def heads(index: Index, question: Question) -> list[str]:
    """Of every word the term that stands for it best: itself, where the index holds it."""
    return [
        index.vocabulary.terms[max(word.alternatives, key=lambda number: word.alternatives[number])]
        for word in question.words
        if word.alternatives
    ]


def test_words_are_told_the_weightiest_first_each_once(index: Index) -> None:
    question = read(index, "予約が必要ですか。予約の電話番号を教えてください")
    weights = [word.weight for word in question.words]
    assert weights == sorted(weights, reverse=True)
    assert heads(index, question).count("予約") == 1
    assert question.text == fold("予約が必要ですか。予約の電話番号を教えてください")


def test_rare_words_weigh_more_than_frequent_ones_and_unknown_ones_most(index: Index) -> None:
    rare, frequent, unknown = (read(index, word).words[0].weight for word in ("弁護士", "ごみ", "ゔぁぎょぺら"))
    assert unknown > rare > frequent > 0


def test_what_carries_no_topic_weighs_little_and_nothing_stands_for_it(index: Index) -> None:
    question = read(index, "教えてください")
    assert all(word.weight < 1 for word in question.words)


def test_what_is_asked_for_is_told(index: Index) -> None:
    assert read(index, "手数料はいくらですか").kinds == {"amount"}
    assert read(index, "粗大ごみ").kinds == frozenset()


def test_a_situation_leads_to_its_section(index: Index) -> None:
    assert read(index, "隣の人が夜うるさい").sections == {"ch12.1-2"}
    assert read(index, "粗大ごみ").sections == frozenset()


def test_words_side_by_side_are_pairs(index: Index) -> None:
    number = index.vocabulary.number
    assert (number("印鑑"), number("登録")) in read(index, "印鑑登録").pairs
    assert (number("登録"), number("印鑑")) not in read(index, "印鑑登録").pairs
    assert read(index, "ごみごみ").pairs == frozenset(), "a word beside itself is no pair"


def test_of_a_pasted_case_the_weightiest_words_are_kept(index: Index) -> None:
    case = "、".join(one.text for one in index.passages)
    question = read(index, case)
    assert len(question.words) == 48
    assert min(word.weight for word in question.words) > 0


@pytest.mark.parametrize(("latin", "japanese"), [("gomi", "ごみ"), ("hinanjo", "避難"), ("jishin", "地震")])
def test_japanese_in_latin_letters_is_read_once(index: Index, latin: str, japanese: str) -> None:
    question = read(index, f"{latin} no koto wo")
    assert japanese in heads(index, question)
    assert all(word.alternatives for word in question.words if word.said and word.weight > 3), "none is unknown"


@pytest.mark.parametrize("foreign", ["NISA", "elevator", "PayPay", "zwxq"])
def test_latin_letters_that_are_not_read_stay_a_word(index: Index, foreign: str) -> None:
    unknown = max(word.weight for word in read(index, "ゔぁぎょぺら").words)
    assert max(word.weight for word in read(index, f"{foreign}の手数料").words if word.said) == unknown


@pytest.mark.parametrize("text", ["", "？！", "は、が。", "\u200b"])
def test_a_question_that_says_nothing_has_no_words(index: Index, text: str) -> None:
    assert read(index, text).words == ()


def test_a_question_in_kana_is_read_in_the_words_of_the_index(index: Index) -> None:
    question = read(index, "いんかんとうろくの てすうりょうは いくらですか")
    assert {"印鑑", "登録", "手数"} <= set(heads(index, question))
    assert question.kinds == {"amount"}


def test_a_misspelt_compound_is_read_as_it_was_meant(index: Index) -> None:
    assert read(index, "印鑑登禄の手数料").text == "印鑑登録の手数料"
    assert "登録" in heads(index, read(index, "印鑑登禄の手数料"))


def test_words_of_the_story_are_told_from_those_that_ask(index: Index) -> None:
    question = read(index, "弁護士に会いました。粗大ごみはどこに出しますか")
    asking = {
        index.vocabulary.terms[max(w.alternatives, key=w.alternatives.__getitem__)]: w.asking
        for w in question.words
        if w.said and w.alternatives
    }
    assert asking["ごみ"]
    assert not asking["弁護"]
