"""The catalogue of official PDFs says only what a source was seen to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.official_pdfs import load

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
