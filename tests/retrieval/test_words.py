"""GiNZA's word vectors, kept in a folder of one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.words import DIMENSIONS, WordVectors


def test_words_are_found_by_the_first_form_that_is_known(words: WordVectors) -> None:
    assert words.row(["更新"]) >= 0
    assert words.row(["ゔぁぎょぺら", "更新"]) == words.row(["更新"])
    assert words.row(["ゔぁぎょぺら"]) == -1
    assert words.row([]) == -1


def test_words_of_one_matter_are_nearer_than_others(words: WordVectors) -> None:
    assert words.vectors.shape[1] == DIMENSIONS
    hospital, *others = words.unit(np.array([words.row([word]) for word in ("病院", "医師", "税金")]))
    near, far = (float(hospital @ other) for other in others)
    assert near > 0.5 > far


def test_unit_vectors_have_length_one(words: WordVectors) -> None:
    lengths = np.linalg.norm(words.unit(np.arange(len(words.vectors))), axis=1)
    np.testing.assert_allclose(lengths[lengths > 0], 1, rtol=1e-4)


def test_what_is_kept_is_what_was_read(words: WordVectors, tmp_path: Path) -> None:
    words.save(tmp_path)
    again = WordVectors.cached(tmp_path)
    np.testing.assert_array_equal(again.vectors, words.vectors)
    assert [again.row([word]) for word in ("更新", "税金", "ない")] == [
        words.row([word]) for word in ("更新", "税金", "ない")
    ]


def test_an_empty_folder_holds_none(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        WordVectors.load(tmp_path)


def test_a_damaged_file_is_noticed(words: WordVectors, tmp_path: Path) -> None:
    words.save(tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises((OSError, ValueError)):
        WordVectors.load(tmp_path)


def test_frequent_words_are_told_from_rare_ones(words: WordVectors) -> None:
    everyday, rare = words.rarity("こと"), words.rarity("奨学")
    assert 0 < everyday < rare <= 1
    assert words.rarity("ゔぁぎょぺら") == 1, "what nobody has counted is rare"
