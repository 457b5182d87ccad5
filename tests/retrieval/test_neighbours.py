"""Near words, with GiNZA's vectors."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.analyser import tokens
from retrieval.index import row_in
from retrieval.neighbours import Neighbours
from retrieval.table import Vocabulary
from retrieval.words import WordVectors

TEXT = "病院 医師 学校 教師 税金 納税 地震 津波 電車 バス"


@pytest.fixture(scope="module")
def vocabulary(words: WordVectors) -> Vocabulary:
    vocabulary = Vocabulary([], [], [])
    for token in tokens(TEXT):
        vocabulary.add(token, row_in(words))
    return vocabulary


def neighbours_of(vocabulary: Vocabulary, words: WordVectors, frequency: int = 1) -> Neighbours:
    return Neighbours(vocabulary, np.full(len(vocabulary), frequency, np.int64), words)


@pytest.mark.parametrize(
    ("word", "expected"), [("診療所", "病院"), ("先生", "教師"), ("課税", "税金"), ("震災", "地震"), ("鉄道", "電車")]
)
def test_the_nearest_word_is_one_that_a_person_would_name(
    vocabulary: Vocabulary, words: WordVectors, word: str, expected: str
) -> None:
    near = neighbours_of(vocabulary, words).near(words.row([word]))
    assert vocabulary.terms[near[0][0]] == expected


def test_a_word_is_nearest_to_itself_and_shares_are_squared_cosines(vocabulary: Vocabulary, words: WordVectors) -> None:
    row = words.row(["病院"])
    near = neighbours_of(vocabulary, words).near(row)
    assert vocabulary.terms[near[0][0]] == "病院"
    units = words.unit(np.array([row, *(vocabulary.rows[term] for term, _ in near)]))
    np.testing.assert_allclose([share for _, share in near], (units[1:] @ units[0]) ** 2, atol=1e-5)
    assert [share for _, share in near] == sorted((share for _, share in near), reverse=True)


def test_unrelated_words_are_not_near(vocabulary: Vocabulary, words: WordVectors) -> None:
    near = neighbours_of(vocabulary, words).near(words.row(["津波"]))
    assert "税金" not in {vocabulary.terms[term] for term, _ in near}


def test_a_word_without_a_vector_is_near_none(vocabulary: Vocabulary, words: WordVectors) -> None:
    assert neighbours_of(vocabulary, words).near(-1) == ()


def test_terms_that_stand_in_no_passage_are_near_none(vocabulary: Vocabulary, words: WordVectors) -> None:
    assert neighbours_of(vocabulary, words, frequency=0).near(words.row(["病院"])) == ()
    assert neighbours_of(Vocabulary([], [], []), words).near(words.row(["病院"])) == ()
