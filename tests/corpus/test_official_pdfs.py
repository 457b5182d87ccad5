"""The catalogue of official PDFs says only what a source was seen to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.errors import CatalogueError
from corpus.official_pdfs import load, read

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "DOMAIN.md"


def test_every_address_is_an_official_pdf_over_https() -> None:
    for pdf in load().values():
        assert re.fullmatch(r"https://www\.moj\.go\.jp/isa/content/\d{9}\.pdf", pdf.url)
        assert pdf.page.startswith("https://www.moj.go.jp/isa/")


def test_no_address_is_listed_twice_and_names_are_fit_for_files() -> None:
    catalogue = load()
    assert len({pdf.url for pdf in catalogue.values()}) == len(catalogue)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in catalogue)
    assert len({(pdf.source, pdf.language) for pdf in catalogue.values()}) == len(catalogue)


def test_what_is_not_confirmed_says_why() -> None:
    assert all(pdf.note for pdf in load().values() if not pdf.confirmed)


def test_parts_of_the_guidebook_are_named_after_it() -> None:
    assert load()["guidebook"].url.endswith("/930004717.pdf")
    assert load()["guidebook-easy-ch03"].source == "guidebook-ch03"
    assert load()["guidebook-easy-ch03"].language == "ja-x-easy"


@pytest.mark.skipif(not FACTS.exists(), reason="../shared/facts is not here")
def test_every_number_was_seen() -> None:
    facts = FACTS.read_text(encoding="utf-8")
    for pdf in load().values():
        number = pdf.url.rpartition("/")[2].removesuffix(".pdf")
        assert number in facts, pdf.id


ENTRY = {
    "id": '"guide"',
    "source": '"guide"',
    "title": '"くらしの手引き"',
    "publisher": '"窓口市"',
    "language": '"ja"',
    "url": '"https://www.city.example.jp/guide.pdf"',
    "page": '"https://www.city.example.jp/"',
    "confirmed": "true",
}


def saved(folder: Path, *entries: dict[str, str]) -> Path:
    path = folder / "own.toml"
    text = "".join("[[pdf]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items()) for entry in entries)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_catalogue_of_ones_own_is_read(tmp_path: Path) -> None:
    (pdf,) = read(saved(tmp_path, ENTRY)).values()
    assert (pdf.id, pdf.publisher, pdf.confirmed, pdf.note) == ("guide", "窓口市", True, "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": '"../guide"'}, "半角の英数字"),
        ({"id": "7"}, "id の値の種類が違います"),
        ({"titel": '"x"'}, "titel という項目はありません"),
        ({"confirmed": '"yes"'}, "confirmed の値の種類が違います"),
    ],
)
def test_a_wrong_entry_is_told_with_file_and_number(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    with pytest.raises(CatalogueError, match=rf"own\.toml: 1番目の \[\[pdf\]\]: .*{reason}"):
        read(saved(tmp_path, ENTRY | change))


def test_missing_fields_and_repeated_ids_are_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="page、url がありません"):
        read(saved(tmp_path, {key: value for key, value in ENTRY.items() if key not in {"url", "page"}}))
    with pytest.raises(CatalogueError, match=r"2番目.*guide が二度"):
        read(saved(tmp_path, ENTRY, ENTRY))


@pytest.mark.parametrize(
    "data",
    [b"[[pdf]", b"pdf = 3", b"pdf = [1]", "title = 手引き".encode(), "id = '手'".encode("shift_jis")],
)
def test_a_file_that_is_no_toml_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(data)
    with pytest.raises(CatalogueError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
