"""The official guidebook, as a PDF with all its headings, takes the place of the summary section by section."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from corpus import embedded
from corpus.editions import supersede
from corpus.model import Corpus, Passage
from corpus.reading import read_documents
from tests import documents

SUMMARY = embedded.load()
SECTIONS = {
    p.section_id: p for p in SUMMARY.passages if SUMMARY.source_of(p).id == "guidebook" and p.section_id and p.page
}
#: Pages before the first that bears a number, as in the official PDF: cover and contents.
COVER = 2
CATALOGUE = """
[[source]]
file = "guidebook.pdf"
id = "guidebook"
title = "生活・就労ガイドブック"
edition = "第8版"
date = "2026-02-26"
"""


def headed(sections: list[Passage]) -> list[str]:
    """Lines of sections that stand on one page: heading and text, the chapter's heading where it begins."""
    lines: list[str] = []
    for section in sections:
        chapter, _, number = section.section_id.partition(".")
        beginning = section is next(s for id_, s in SECTIONS.items() if id_.startswith(chapter))
        if beginning or not number:
            lines.append(f"第{int(chapter[2:])}章 {section.section[0]}")
        if number:
            lines.append(f"{number} {section.section[-1]}")
        lines += [
            f"{section.section_id}の本文です。市区町村の窓口で{len(section.text)}番の紙を受け取り、名前と住所を",
            "書いて、係の人に渡します。",
        ]
    return lines


def official(folder: Path) -> Corpus:
    by_page = {page: list(group) for page, group in groupby(SECTIONS.values(), key=lambda section: section.page)}
    pages: list[list[documents.Drawing]] = [[documents.text("生活・就労ガイドブック", 150, 600, 24)]] * COVER
    for number in range(1, max(page or 0 for page in by_page) + 1):
        foot = documents.text(f"- {number} -", 290, 30)
        text = documents.lines(headed(by_page.get(number, [])) or [f"{number}枚目の絵の説明です。"], y=790, leading=17)
        pages.append([text, foot])
    documents.saved(folder, "guidebook.pdf", documents.pdf(pages))
    documents.saved(folder, "sources.toml", CATALOGUE.encode())
    return read_documents([folder]).corpus


def test_every_section_is_found_under_its_number_on_its_printed_page(tmp_path: Path) -> None:
    found = {p.section_id: p.page for p in reversed(official(tmp_path).passages) if p.section_id in SECTIONS}
    assert found == {section_id: section.page for section_id, section in SECTIONS.items()}


def test_no_section_of_the_summary_is_cited_beside_the_official_text(tmp_path: Path) -> None:
    together = supersede(SUMMARY + official(tmp_path))
    cited = {together.source_of(p).official for p in together.current if p.section_id in SECTIONS}
    assert cited == {True}
