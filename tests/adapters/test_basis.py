from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.basis import Basis
from corpus.library import Library

BASIS = Basis(embedded="e1", library="l1", model="")


@pytest.mark.parametrize("model", ["", "name/of-a-model", "/a folder/with spaces "])
def test_a_fingerprint_tells_its_basis(model: str) -> None:
    basis = replace(BASIS, model=model)
    assert Basis.read(str(basis)) == basis


@pytest.mark.parametrize("other", ["", "0123456789abcdef"])
def test_a_fingerprint_of_another_form_fits_nothing(other: str) -> None:
    assert Basis.read(other) != BASIS
    assert BASIS.changed_since(Basis.read(other)) == "内蔵の資料と追加した資料"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"embedded": "e2"}, "内蔵の資料"),
        ({"library": "l2"}, "追加した資料"),
        ({"model": "m"}, "検索に使うモデルの設定"),
        ({"library": "l2", "model": "m"}, "追加した資料と検索に使うモデルの設定"),
        ({}, ""),
    ],
)
def test_each_reason_has_its_words(change: dict[str, str], told: str) -> None:
    assert replace(BASIS, **change).changed_since(BASIS) == told


def test_the_basis_of_now_is_that_of_the_library(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert Basis.now(library, "m") == Basis.now(library, "m")
    assert Basis.now(library, "m").library == library.fingerprint()
    assert Basis.now(library, "m") != Basis.now(library, "")
