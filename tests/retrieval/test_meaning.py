"""Sentence vectors out of word vectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.meaning import Space, mean_of, unit, weighted_means

DIMENSIONS = 5
VECTORS = np.random.default_rng(1).normal(size=(12, DIMENSIONS)).astype(np.float32)

#: spans of (row of the word vectors or -1, what it counts)
spans = st.lists(
    st.lists(st.tuples(st.integers(-1, len(VECTORS) - 1), st.floats(0, 8, width=32)), max_size=6), max_size=8
)


def naive(span: list[tuple[int, float]]) -> npt.NDArray[np.float64]:
    """The unit mean of one span, word by word."""
    total = np.zeros(DIMENSIONS)
    for row, weight in span:
        if row >= 0:
            total += weight * VECTORS[row].astype(np.float64)
    return total / max(float(np.linalg.norm(total)), 1e-6)


@given(spans)
def test_means_are_those_of_a_naive_loop(given_spans: list[list[tuple[int, float]]]) -> None:
    tokens = [token for span in given_spans for token in span]
    means = weighted_means(
        np.array([row for row, _ in tokens], np.int32),
        np.array([weight for _, weight in tokens], np.float32),
        np.cumsum([0, *map(len, given_spans)]).astype(np.int64),
        VECTORS,
    )
    assert means.shape == (len(given_spans), DIMENSIONS)
    for mean, span in zip(means, given_spans, strict=True):
        np.testing.assert_allclose(mean, naive(span), atol=1e-4)
        np.testing.assert_allclose(mean_of(span, VECTORS)[0], naive(span), atol=1e-4)


def test_means_of_many_tokens_are_those_of_each_span_alone() -> None:
    chance = np.random.default_rng(2)
    lengths = chance.integers(0, 50, 6_000)
    lengths[3_000] = 70_000  # one span longer than what is gathered at a time
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    rows = chance.integers(-1, len(VECTORS), starts[-1]).astype(np.int32)
    weights = chance.random(starts[-1]).astype(np.float32)
    means = weighted_means(rows, weights, starts, VECTORS)
    for at in (*chance.integers(0, len(lengths), 200).tolist(), 2_999, 3_000, 3_001, len(lengths) - 1):
        one = slice(int(starts[at]), int(starts[at + 1]))
        span = list(zip(rows[one].tolist(), weights[one].tolist(), strict=True))
        np.testing.assert_allclose(means[at], naive(span), atol=1e-3)


def test_vectors_get_length_one_and_zero_stays_zero() -> None:
    out = unit(np.array([[3, 4], [0, 0]], np.float32))
    np.testing.assert_allclose(out, np.array([[0.6, 0.8], [0, 0]]), rtol=1e-6)


def test_the_common_part_is_taken_out() -> None:
    chance = np.random.default_rng(3)
    alike = np.array([10, 0, 0, 0, 0], np.float32)  # what all sentences share
    vectors = unit(alike + chance.normal(size=(200, DIMENSIONS)).astype(np.float32))
    space = Space.of(vectors)
    centred = space.project(vectors)
    assert float((vectors @ vectors.T).mean()) > 0.9
    assert abs(float((centred @ centred.T).mean())) < 0.05
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(space.axes.T @ space.axes, np.eye(space.axes.shape[1]), atol=1e-5)
    assert space.axes.shape == (DIMENSIONS, DIMENSIONS - 2), "the mean and two directions are common"


def test_of_many_sentences_only_what_tells_them_apart_is_kept() -> None:
    chance = np.random.default_rng(5)
    few, many = 40, 300  # directions in which sentences differ, and all there are
    loud = chance.normal(size=(3_000, few)) @ chance.normal(size=(few, many))
    vectors = unit((loud + 0.01 * chance.normal(size=(3_000, many))).astype(np.float32))
    space = Space.of(vectors)
    projected = space.project(vectors[:50])
    assert projected.shape[1] == space.axes.shape[1] < many / 2
    without_common = vectors - space.mean
    common = np.linalg.svd(without_common, full_matrices=False)[2][:2]
    whole = unit((without_common - without_common @ common.T @ common)[:50])
    np.testing.assert_allclose(projected @ projected.T, whole @ whole.T, atol=0.01)


def test_a_sentence_without_meaning_stays_without() -> None:
    space = Space.of(unit(np.random.default_rng(4).normal(size=(20, DIMENSIONS)).astype(np.float32)))
    assert not space.project(np.zeros((1, DIMENSIONS), np.float32)).any()


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_too_few_sentences_have_nothing_in_common(rows: int) -> None:
    vectors = unit(VECTORS[:rows])
    np.testing.assert_allclose(Space.of(vectors).project(vectors), vectors, rtol=1e-6)
