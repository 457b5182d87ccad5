"""What speaks for the first passages answering."""

from __future__ import annotations

import math

import pytest

from retrieval.closely import Near
from retrieval.evidence import gather
from retrieval.question import Question, Word
from tests.retrieval.candidates import NOTHING, passage, ranked, seen

NOWHERE = Near(near=0.0, far=0.0, missed=0.0)
QUESTION = Question(
    text="",
    words=(
        Word(weight=2.0, row=-1, said=True),
        Word(weight=1.0, row=-1, said=True),
        Word(weight=0.0, row=-1, said=True),
        Word(weight=3.0, row=-1, said=False),
    ),
    topics=(),
    sections=frozenset(),
    pairs=frozenset(),
    kinds=frozenset(),
)


def test_the_first_passage_is_told_from_the_best_of_three() -> None:
    given_seen = [seen(nouns=0.2, titled=0.5), seen(nouns=0.4), seen(titled=0.9), seen(nouns=1, titled=1)]
    evidence = gather(QUESTION, ranked([4, 3, 2, 1]), given_seen, [NOWHERE], [passage(number) for number in range(4)])
    assert (evidence["nouns_first"], evidence["nouns"]) == (0.2, 0.4)
    assert (evidence["titled_first"], evidence["titled"]) == (0.5, 0.9)


def test_what_is_asked_for_may_stand_in_any_of_those_read() -> None:
    near = [
        Near(near=0.1, far=0.6, missed=0.5),
        Near(near=0.4, far=0.0, missed=0.2),
        Near(near=0.3, far=0.1, missed=0.3),
    ]
    evidence = gather(QUESTION, ranked([3, 2, 1]), [NOTHING] * 3, near, [passage(number) for number in range(3)])
    assert (evidence["near"], evidence["missed"]) == (0.4, 0.2)
    assert evidence["far_first"] == 0.6, "what only comes near counts in the first"


def test_score_and_words_are_those_of_the_first() -> None:
    given_ranked = ranked([30, 8], words=[6, 9])
    evidence = gather(QUESTION, given_ranked, [NOTHING] * 2, [NOWHERE], [passage(number) for number in range(2)])
    assert evidence["score"] == pytest.approx(1.5)
    assert evidence["words"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("sections", "agree"),
    [("甲甲甲甲甲甲", 1), ("甲乙乙乙乙", 0.2), ("甲甲乙丙丁", 0.4), ("甲乙", 0.5), ("甲", 1)],
)
def test_the_first_five_agree_where_they_stand_in_one_section(sections: str, agree: float) -> None:
    passages = [passage(number, section) for number, section in enumerate(sections)]
    evidence = gather(QUESTION, ranked([1.0] * len(sections)), [NOTHING] * len(sections), [NOWHERE], passages)
    assert evidence["agree"] == pytest.approx(agree)


def test_only_words_that_were_said_and_count_make_a_question_long() -> None:
    evidence = gather(QUESTION, ranked([1]), [NOTHING], [NOWHERE], [passage(0)])
    assert evidence["length"] == pytest.approx(math.log(3) / 4)


def test_one_candidate_is_enough() -> None:
    evidence = gather(QUESTION, ranked([7]), [seen(covered=0.5)], [NOWHERE], [passage(0)])
    assert evidence["covered"] == evidence["covered_first"] == 0.5
    assert all(math.isfinite(value) for value in evidence.values())
