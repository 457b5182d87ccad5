"""Letter pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Passage
from retrieval.analyser import fold
from retrieval.letters import Letters
from tests.retrieval.town import passages

PASSAGES = passages(
    [
        (("家具の処分",), "粗大ごみの処理券を貼ります。"),
        ((), "住民税の納付書を送ります。"),
        ((), "住民票の写しを渡します。"),
    ]
)
LETTERS = Letters.build(PASSAGES)


def scores(question: str) -> list[float]:
    values: list[float] = LETTERS.score(fold(question), np.arange(len(PASSAGES))).tolist()
    return values


def test_the_passage_that_shares_most_pairs_scores_most() -> None:
    assert max(scores("住民税のお知らせ")) == scores("住民税のお知らせ")[1]


def test_a_word_cut_short_or_run_together_still_shares_pairs() -> None:
    assert scores("粗大ゴミ処理")[0] > scores("粗大ゴミ処理")[1] == 0


def test_the_rarer_pair_counts_more() -> None:
    _, tax, certificate = scores("住民 納付")
    assert tax > certificate > 0


def test_the_heading_counts() -> None:
    assert scores("家具の処分")[0] > 0
    assert scores("家具の処分")[1:] == [0, 0]


def test_only_the_passages_asked_for_are_scored_in_their_order() -> None:
    assert LETTERS.score("住民税", np.array([2, 1])).tolist() == [scores("住民税")[2], scores("住民税")[1]]


@pytest.mark.parametrize("question", ["", "税", "して ください。", "  \n"])
def test_a_question_without_telling_pairs_scores_nothing(question: str) -> None:
    assert scores(question) == [0, 0, 0]


@given(st.text(max_size=300))
def test_scores_are_shares(question: str) -> None:
    assert all(0 <= score <= 1 for score in scores(question))


def test_white_space_makes_no_difference() -> None:
    spaced = [Passage(id="1", source="s", text="住 民\n税の 納付")]
    whole = [Passage(id="1", source="s", text="住民税の納付")]
    first = np.array([0])
    assert Letters.build(spaced).score("住民税", first) == Letters.build(whole).score("住 民税", first) > 0


def test_no_passages_have_no_scores() -> None:
    assert Letters.build([]).score("住民税", np.zeros(0, np.int64)).tolist() == []
