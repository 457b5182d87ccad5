"""What lies on the shelf is known only as far as it is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.shelf import Shelf
from tests.adapters.official_site import pdf_bytes

URL = "https://www.moj.go.jp/isa/content/000000000.pdf"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, "guide")


def come(shelf: Shelf, content: bytes, validator: str = "") -> None:
    shelf.begin(URL, validator)
    shelf.part.write_bytes(content)


def test_an_empty_shelf(shelf: Shelf) -> None:
    assert shelf.retrieval() is None
    assert shelf.resumable(URL) == (0, "")
    shelf.discard()


def test_a_finished_file_is_known_by_its_address_and_content(shelf: Shelf) -> None:
    come(shelf, pdf_bytes(100))
    retrieval = shelf.finish(URL, '"1"', "")
    assert shelf.kept(URL) == retrieval == shelf.retrieval()
    assert shelf.kept(f"{URL}?other") is None
    shelf.file.write_bytes(pdf_bytes(99))
    assert shelf.retrieval() is None


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"url": 1, "extra": 2}'])
def test_a_damaged_record_is_as_none(shelf: Shelf, record: str) -> None:
    come(shelf, pdf_bytes(100), '"1"')
    shelf.finish(URL, '"1"', "")
    (shelf.folder / "guide.json").write_text(record)
    assert shelf.retrieval() is None
    come(shelf, b"%PDF", '"1"')
    (shelf.folder / "guide.part.json").write_text(record)
    assert shelf.resumable(URL) == (0, "")


def test_a_part_can_be_resumed_only_from_its_address_and_version(shelf: Shelf) -> None:
    come(shelf, b"%PDF-1.7", '"1"')
    assert shelf.resumable(URL) == (8, '"1"')
    assert shelf.resumable(f"{URL}?other") == (0, "")
    come(shelf, b"%PDF-1.7")
    assert shelf.resumable(URL) == (0, "")


def test_the_former_file_is_kept_once(shelf: Shelf) -> None:
    for content in (pdf_bytes(100), pdf_bytes(200), pdf_bytes(200)):
        come(shelf, content)
        shelf.finish(URL, "", "")
    assert sorted(path.stat().st_size for path in shelf.folder.glob("*.pdf")) == [100, 200]
