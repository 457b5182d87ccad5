"""FAISS's inverted file, used above `FLAT_LIMIT`, against brute force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.meaning import Matrix
from retrieval.nearest import FLAT_LIMIT, Nearest
from tests.retrieval.test_nearest import random_units


@pytest.fixture(scope="module")
def large() -> tuple[Matrix, Nearest]:
    """More vectors than are searched exactly."""
    vectors = random_units(FLAT_LIMIT + 1_000, seed=1)
    return vectors, Nearest.build(vectors)


def test_nearly_all_is_found_that_brute_force_finds(large: tuple[Matrix, Nearest]) -> None:
    vectors, nearest = large
    asked = random_units(50, seed=4)
    exact = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    shares = [
        len(set(nearest.compare(vector[None]).nearest(10).tolist()) & set(best.tolist())) / 10
        for vector, best in zip(asked, exact, strict=True)
    ]
    assert np.mean(shares) > 0.9


def test_how_near_any_span_is_is_nearly_what_it_was(large: tuple[Matrix, Nearest]) -> None:
    vectors, nearest = large
    asked, numbers = random_units(1, seed=4), np.array([FLAT_LIMIT + 999, 0, 31_415], np.int64)
    np.testing.assert_allclose(nearest.compare(asked).cosines(numbers), vectors[numbers] @ asked[0], atol=0.02)


def test_vectors_are_handed_out_nearly_as_they_were(large: tuple[Matrix, Nearest]) -> None:
    vectors, nearest = large
    numbers = np.array([FLAT_LIMIT + 999, 0, 31_415], np.int64)
    np.testing.assert_allclose(nearest.vectors(numbers), vectors[numbers], atol=0.01)


def test_what_is_read_back_finds_the_same(tmp_path: Path, large: tuple[Matrix, Nearest]) -> None:
    _, nearest = large
    nearest.save(tmp_path / "nearest")
    again = Nearest.load(tmp_path / "nearest")
    for vector in random_units(5, seed=9):
        kept, read = nearest.compare(vector[None]), again.compare(vector[None])
        found = kept.nearest(20)
        np.testing.assert_array_equal(found, read.nearest(20))
        np.testing.assert_array_equal(kept.cosines(found), read.cosines(found))
