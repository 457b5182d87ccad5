"""One score out of four readings."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from corpus.model import Corpus
from retrieval.encoders import WordEncoder
from retrieval.fusion import HEADING, LETTERS, MEANING, Fusion, Ranked
from retrieval.index import Index
from retrieval.question import Reader
from retrieval.words import WordVectors
from tests.retrieval.candidates import ranked
from tests.retrieval.town import TOWN, corpus_of, passages, town

READINGS = ("words", "meaning", "heading", "letters")


def rank(index: Index, question: str) -> Ranked:
    reader = Reader(index.vocabulary, index.postings, index.words, index.forms)
    read, fusion = reader.read(question), Fusion(index)
    return fusion.rank(read, fusion.meaning(read))


@pytest.fixture(scope="module")
def large(words: WordVectors) -> Index:
    """The town, and behind it 400 opening times that hardly differ."""
    times = passages(((f"窓口{number}",), f"{number}番の窓口は平日に開いています。") for number in range(400))
    return Index.build(Corpus({TOWN.key: TOWN}, (*town().current, *times)), words, WordEncoder(words))


@pytest.mark.parametrize("question", ["粗大ごみの処理券", "窓口はいつ開いていますか", "7番の窓口", "火星", "x"])
def test_candidates_are_passages_each_once_best_first(large: Index, question: str) -> None:
    out = rank(large, question)
    numbers = out.passages.tolist()
    assert 1 <= len(numbers) == len(set(numbers)) < len(large.passages)
    assert all(0 <= number < len(large.passages) for number in numbers)
    scored = list(zip(out.score.tolist(), numbers, strict=True))
    assert all(
        before > after or (before == after and first < second) for (before, first), (after, second) in pairwise(scored)
    )


@pytest.mark.parametrize("question", ["粗大ごみの処理券", "窓口はいつ開いていますか", "火星"])
def test_the_score_is_the_sum_of_the_readings(large: Index, question: str) -> None:
    out = rank(large, question)
    total = out.words + MEANING * out.meaning + HEADING * out.heading + LETTERS * out.letters
    np.testing.assert_allclose(out.score, total, atol=1e-4)
    for name in READINGS:
        assert np.isfinite(getattr(out, name)).all()
        assert getattr(out, name).max() <= 20, "deviations end where they are no measure"


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("処理券を貼る", "粗大ごみ"),  # its words stand in one of 414 passages
        ("赤ちゃんのワクチン", "予防接種"),  # no word of it stands anywhere
        ("鉛筆 定規 弁護士", "法律相談"),  # one of three words does
    ],
)
def test_what_words_or_meaning_bring_up_is_a_candidate(large: Index, question: str, heading: str) -> None:
    first = rank(large, question).passages[:3].tolist()
    assert heading in [large.passages[number].section[-1] for number in first]


def test_one_passage_knows_what_chance_is(words: WordVectors) -> None:
    """It has no other passages to stand above; without what other corpora taught all would be alike."""
    index = Index.build(corpus_of("在留カードの更新は入管でします。"), words, WordEncoder(words))
    answered = rank(index, "在留カードの更新")
    for other in ("カレーの作り方", "犬を飼いたい", "火星"):
        unanswered = rank(index, other)
        assert answered.score[0] > unanswered.score[0] + 10
        assert answered.words[0] > 0 > unanswered.words[0]
        assert answered.letters[0] > 0 > unanswered.letters[0]


@pytest.mark.parametrize("text", ["", "。", "は、が。"])
def test_a_passage_without_words_gets_finite_readings(words: WordVectors, text: str) -> None:
    index = Index.build(corpus_of(text, "ごみを出す日"), words, WordEncoder(words))
    out = rank(index, "ごみ")
    assert out.passages[0] == 1
    assert all(math.isfinite(value) for name in READINGS for value in getattr(out, name))


def test_a_question_in_the_words_of_a_heading_reads_that_heading_best(index: Index) -> None:
    out = rank(index, "町営住宅")
    best = index.passages[int(out.passages[int(np.argmax(out.heading))])]
    assert best.section[-1] == "町営住宅"


def test_another_order_is_that_of_every_reading() -> None:
    before = ranked([3, 2, 1], words=[0.3, 0.2, 0.1], letters=[7, 8, 9])
    after = before.ordered(np.array([2, 0, 1]), np.array([5, 4, 6], np.float32))
    assert after.passages.tolist() == [2, 0, 1]
    assert after.score.tolist() == [6, 5, 4]
    np.testing.assert_allclose(after.words, [0.1, 0.3, 0.2], rtol=1e-6)
    assert after.letters.tolist() == [9, 7, 8]
    assert before.passages.tolist() == [0, 1, 2], "the order before stays as it is"


@pytest.mark.parametrize(("dates", "first"), [(("2021", "2024-04"), 1), (("2024-04", "2021"), 0), (("", "2021"), 0)])
def test_of_two_that_say_the_same_the_newer_is_first(words: WordVectors, dates: tuple[str, str], first: int) -> None:
    sources = [replace(TOWN, id=f"town-{number}", date=date) for number, date in enumerate(dates)]
    page = passages([(("ごみ",), "粗大ごみは電話で申し込みます。")])[0]
    same = tuple(replace(page, id=source.id, source=source.key) for source in sources)
    index = Index.build(Corpus({source.key: source for source in sources}, same), words, WordEncoder(words))
    assert rank(index, "粗大ごみの申込み").passages.tolist() == [first, 1 - first]
