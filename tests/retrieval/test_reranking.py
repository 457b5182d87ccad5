"""The order of the first passages."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reranking import READ, SAME_SECTION, SEEN, UNCONFIRMED, rerank
from tests.retrieval.candidates import NOTHING, passage, ranked, seen

shares = st.floats(0, 1, width=32)
scores = st.floats(-20, 60, width=32)


@st.composite
def candidates(draw: st.DrawFn) -> tuple[list[float], list[dict[str, float]], list[str]]:
    """Fused scores, falling; what is seen of the first of them; and their sections."""
    given_scores = sorted(draw(st.lists(scores, min_size=1, max_size=12)), reverse=True)
    read = draw(st.integers(1, len(given_scores)))
    given_seen = [{name: draw(shares) for name in NOTHING} for _ in range(read)]
    return given_scores, given_seen, [draw(st.sampled_from("甲乙丙")) for _ in range(read)]


@given(candidates())
def test_any_candidates_get_an_order_along_which_scores_fall(
    given_candidates: tuple[list[float], list[dict[str, float]], list[str]],
) -> None:
    given_scores, given_seen, sections = given_candidates
    passages = [passage(number, section) for number, section in enumerate(sections)]
    out, seen_after = rerank(ranked(given_scores), given_seen, passages)
    read = len(given_seen)
    assert all(before >= after for before, after in pairwise(out.score.tolist()))
    assert sorted(out.passages[:read].tolist()) == list(range(read))
    assert out.passages[read:].tolist() == list(range(read, len(given_scores))), "those not read stay behind"
    assert seen_after == [given_seen[number] for number in out.passages[:read].tolist()]


@pytest.mark.parametrize("name", sorted(SEEN))
def test_between_equals_what_is_seen_decides(name: str) -> None:
    worse, better = (1.0, 0.0) if SEEN[name] < 0 else (0.0, 1.0)
    out, _ = rerank(ranked([9, 9]), [seen(**{name: worse}), seen(**{name: better})], [passage(0), passage(1)])
    assert out.passages.tolist() == [1, 0]
    assert out.score[0] - out.score[1] == pytest.approx(abs(SEEN[name]), abs=1e-5)


def test_equals_keep_their_order() -> None:
    out, _ = rerank(ranked([5, 5, 5]), [NOTHING] * 3, [passage(number) for number in range(3)])
    assert out.passages.tolist() == [0, 1, 2]


def test_every_reading_stays_with_its_candidate() -> None:
    given_readings = {name: [number + at / 10 for at in range(3)] for number, name in enumerate(("words", "heading"))}
    out, _ = rerank(
        ranked([3, 2, 1], **given_readings),
        [seen(), seen(titled=1), seen()],
        [passage(number) for number in range(3)],
    )
    assert out.passages.tolist() == [1, 0, 2]
    for name, values in given_readings.items():
        np.testing.assert_allclose(getattr(out, name), [values[1], values[0], values[2]], rtol=1e-6)


def test_the_unconfirmed_stands_behind_the_sure() -> None:
    out, _ = rerank(ranked([5 + UNCONFIRMED / 2, 5]), [NOTHING] * 2, [passage(0, unconfirmed=True), passage(1)])
    assert out.passages.tolist() == [1, 0]


def test_but_comes_first_where_it_answers_much_better() -> None:
    out, _ = rerank(ranked([5 + UNCONFIRMED * 2, 5]), [NOTHING] * 2, [passage(0, unconfirmed=True), passage(1)])
    assert out.passages.tolist() == [0, 1]


def test_another_section_comes_before_more_of_the_same() -> None:
    given_scores = [9.0, 8.9, 8.8, 9 - SAME_SECTION / 2]
    passages = [passage(0, "甲"), passage(1, "甲"), passage(2, "甲"), passage(3, "乙")]
    out, _ = rerank(ranked(given_scores), [NOTHING] * 4, passages)
    assert out.passages.tolist() == [0, 3, 1, 2]


def test_but_not_before_what_answers_much_better() -> None:
    passages = [passage(0, "甲"), passage(1, "甲"), passage(2, "乙")]
    out, _ = rerank(ranked([9, 8.9, 8.8 - SAME_SECTION]), [NOTHING] * 3, passages)
    assert out.passages.tolist() == [0, 1, 2]


def test_sections_of_one_name_in_two_documents_are_two() -> None:
    passages = [passage(0, "甲", source="一"), passage(1, "甲", source="二"), passage(2, "乙", source="一")]
    out, _ = rerank(ranked([9, 8.9, 8.8]), [NOTHING] * 3, passages)
    assert out.passages.tolist() == [0, 1, 2]


def test_those_not_read_stay_behind_even_where_their_scores_were_higher() -> None:
    given_scores = [30.0] * (READ + 3)
    drawn_back = seen(kind_missed=1)
    out, _ = rerank(
        ranked(given_scores, words=[20.0] * (READ + 3)),
        [drawn_back] * READ,
        [passage(number) for number in range(READ)],
    )
    assert out.passages.tolist() == list(range(READ + 3))
    assert out.score[READ] <= out.score[READ - 1]


def test_rounding_lifts_none_of_those_not_read_above_those_read() -> None:
    out, _ = rerank(ranked([1.7, 56.1]), [NOTHING], [passage(0)])  # 56.1 - (56.1 - 1.7) is 1.7000008 in 32 bits
    assert out.score[0] >= out.score[1]
