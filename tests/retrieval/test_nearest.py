"""FAISS's exact index against brute force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.meaning import Matrix, unit
from retrieval.nearest import Nearest

DIMENSIONS = 16


def random_units(count: int, seed: int) -> Matrix:
    """Unit vectors in loose groups, as sentences on the same matters are."""
    chance = np.random.default_rng(seed)
    matters = np.random.default_rng(0).normal(size=(200, DIMENSIONS))
    return unit((matters[chance.integers(0, 200, count)] + chance.normal(size=(count, DIMENSIONS))).astype(np.float32))


def test_a_small_index_finds_exactly_what_brute_force_finds() -> None:
    vectors = random_units(500, seed=2)
    nearest = Nearest.build(vectors)
    for vector in random_units(20, seed=3):
        compared = nearest.compare(vector[None])
        found = compared.nearest(10)
        assert sorted(found.tolist()) == sorted(np.argsort(-(vectors @ vector))[:10].tolist())
        np.testing.assert_allclose(compared.cosines(found), (vectors @ vector)[found], atol=1e-5)


def test_a_small_index_hands_its_vectors_out_as_they_were() -> None:
    vectors = random_units(30, seed=5)
    numbers = np.array([29, 0, 7, 7], np.int64)
    np.testing.assert_array_equal(Nearest.build(vectors).vectors(numbers), vectors[numbers])


def test_no_more_are_found_than_there_are() -> None:
    asked = random_units(1, seed=7)
    assert sorted(Nearest.build(random_units(3, seed=6)).compare(asked).nearest(10).tolist()) == [0, 1, 2]
    assert Nearest.build(random_units(0, seed=6)).compare(asked).nearest(10).tolist() == []


def test_what_is_read_back_finds_the_same(tmp_path: Path) -> None:
    nearest = Nearest.build(random_units(100, seed=8))
    nearest.save(tmp_path / "nearest")
    again = Nearest.load(tmp_path / "nearest")
    for vector in random_units(5, seed=9):
        kept, read = nearest.compare(vector[None]), again.compare(vector[None])
        found = kept.nearest(20)
        np.testing.assert_array_equal(found, read.nearest(20))
        np.testing.assert_array_equal(kept.cosines(found), read.cosines(found))


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "nearest"
    path.write_bytes(b"not an index")
    with pytest.raises(RuntimeError):
        Nearest.load(path)
