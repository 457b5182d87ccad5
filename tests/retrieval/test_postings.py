"""BM25 against a second implementation, and near words in place of a word."""

from __future__ import annotations

import bm25s
import numpy as np
import pytest

from retrieval.postings import K1, B, Postings

TERMS = 40
PASSAGES = 60


def random_passages(seed: int) -> list[list[int]]:
    """Passages of 1 to 30 terms, some terms much more frequent than others; the last term in none."""
    chance = np.random.default_rng(seed)
    share = 1 / np.arange(1, TERMS)
    return [chance.choice(TERMS - 1, chance.integers(1, 30), p=share / share.sum()).tolist() for _ in range(PASSAGES)]


def postings_of(passages: list[list[int]], counts: list[list[float]] | None = None) -> Postings:
    return Postings.build(
        np.repeat(np.arange(len(passages), dtype=np.int32), [len(terms) for terms in passages]),
        np.array([term for terms in passages for term in terms], np.int32),
        np.array([c for one in counts for c in one] if counts else [1.0] * sum(map(len, passages)), np.float32),
        passage_count=len(passages),
        term_count=TERMS,
    )


def by_itself(postings: Postings, terms: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """BM25 of a question in which every word stands only for itself."""
    return postings.score((float(postings.idf[term]), {term: 1.0}) for term in terms)


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_bm25s(seed: int) -> None:
    passages = random_passages(seed)
    other = bm25s.BM25(k1=K1, b=B, method="lucene")  # Lucene leaves out the constant factor k1 + 1
    other.index([[str(term) for term in terms] for terms in passages], show_progress=False)
    asked = sorted({term for terms in passages[:2] for term in terms})
    expected = other.get_scores([str(term) for term in asked]) * (K1 + 1)
    np.testing.assert_allclose(by_itself(postings_of(passages), asked), expected, rtol=1e-4)


def test_a_word_that_counts_twice_is_as_if_it_stood_twice() -> None:
    heading_counted = postings_of([[0, 1], [2, 3, 4]], [[2.0, 1.0], [1.0, 1.0, 1.0]])
    stands_twice = postings_of([[0, 0, 1], [2, 3, 4]])
    np.testing.assert_allclose(by_itself(heading_counted, [0, 1]), by_itself(stands_twice, [0, 1]))


def test_what_counts_nothing_is_not_there() -> None:
    postings = postings_of([[0, 1], [1]], [[0.0, 1.0], [1.0]])
    assert postings.frequencies[:2].tolist() == [0, 2]
    assert by_itself(postings, [0]).tolist() == [0.0, 0.0]


def test_a_near_word_counts_its_share_in_place_of_the_word() -> None:
    postings = postings_of([[0, 5], [1, 5], [5, 5]])
    itself, near, neither = postings.score([(1.0, {0: 1.0, 1: 0.5})])
    assert near == pytest.approx(itself * 0.5)
    assert neither == 0


def test_a_word_is_never_counted_twice_through_its_alternatives() -> None:
    postings = postings_of([[0, 1, 5, 6], [0, 7, 5, 6]])
    both, one = postings.score([(1.0, {0: 1.0, 1: 0.5})])
    assert both == pytest.approx(one)


def test_words_add_up() -> None:
    postings = postings_of(random_passages(9))
    together = postings.score([(2.0, {0: 1.0}), (0.5, {3: 0.4, 4: 1.0})])
    apart = postings.score([(2.0, {0: 1.0})]) + postings.score([(0.5, {3: 0.4, 4: 1.0})])
    np.testing.assert_allclose(together, apart, rtol=1e-6)


def test_a_word_that_stands_nowhere_or_weighs_nothing_changes_nothing() -> None:
    postings = postings_of(random_passages(3))
    assert not postings.score([(1.0, {TERMS - 1: 1.0}), (0.0, {0: 1.0}), (1.0, {})]).any()


def test_the_rarer_word_weighs_more_and_the_unseen_one_most() -> None:
    postings = postings_of([[0, 1], [0], [0]])
    assert postings.idf[0] < postings.idf[1] < postings.unseen_idf


def test_no_passages_have_no_scores() -> None:
    assert postings_of([]).score([(1.0, {0: 1.0})]).shape == (0,)
