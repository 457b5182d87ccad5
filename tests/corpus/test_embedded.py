"""The embedded corpus: what it may say, and how."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from corpus import directory, embedded
from corpus.model import PASSAGE_LIMIT, Grade

SHARED_FACTS = Path(__file__).parents[3] / "shared" / "facts"
shared = pytest.mark.skipif(not SHARED_FACTS.exists(), reason="the fact lists are not beside the repository")

CORPUS = embedded.load()
GUIDE = [p for p in CORPUS.passages if CORPUS.source_of(p).id == "guidebook"]
NETWORK = [p for p in CORPUS.passages if CORPUS.source_of(p).id == "desk-network"]
CONTACTS = [p for p in CORPUS.passages if CORPUS.source_of(p).id == "directory"]

#: Sections of which only unconfirmed passages are known.
ONLY_UNCONFIRMED = {"ch08.3"}
UNDATED = "参照した資料に日付がなく、いつの時点の内容か分かりません。"
#: A change that was still to come when its source was written, and of which nothing newer was seen.
ANNOUNCED = re.compile(r"^(2026年(4月|5月|6月|8月|9月|10月|11月)|2027年)")


def facts() -> list[dict[str, Any]]:
    lines = (SHARED_FACTS / "guide_facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def contents() -> list[dict[str, Any]]:
    loaded: dict[str, Any] = json.loads((SHARED_FACTS / "guidebook_toc8.json").read_text(encoding="utf-8"))
    sections: list[dict[str, Any]] = loaded["sections"]
    return sections


def test_three_summaries_none_of_them_official() -> None:
    assert [source.id for source in CORPUS.sources.values()] == ["guidebook", "desk-network", "directory"]
    assert not any(source.official for source in CORPUS.sources.values())
    guide = CORPUS.sources["guidebook@第8版/ja"]
    assert (guide.title, guide.date) == ("生活・就労ガイドブック", "2026-02-26")
    assert CORPUS.sources["directory@2026年/ja"].grade is Grade.CONTACT


def test_enough_to_be_useful() -> None:
    assert len(GUIDE) > 600
    assert len(NETWORK) > 100
    known = directory.load()
    assert len(CONTACTS) == len(known.bureaus) + len(known.shown_hotlines) + len(known.fresc.agencies)


def test_ids_are_unique() -> None:
    repeated = [name for name, count in Counter(p.id for p in CORPUS.passages).items() if count > 1]
    assert repeated == []


def test_no_text_stands_twice() -> None:
    repeated = [text for text, count in Counter(p.text for p in CORPUS.passages).items() if count > 1]
    assert repeated == []


def test_every_passage_can_be_shown() -> None:
    for p in CORPUS.passages:
        assert 10 <= len(p.text) <= PASSAGE_LIMIT, p.id
        assert p.text == p.text.strip(), p.id
        assert p.text.endswith("。"), p.id
        assert all((p.section_id, p.section, p.keywords)), p.id
        assert not p.superseded_by, p.id


def test_every_passage_has_a_link_and_a_date_or_says_undated() -> None:
    for p in CORPUS.passages:
        link = urlsplit(p.url or CORPUS.source_of(p).url)
        assert link.scheme in {"http", "https"}, p.id
        assert "." in link.netloc, p.id
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", p.date) or UNDATED in p.note, p.id


def test_nothing_of_the_workshop_is_left() -> None:
    for p in CORPUS.passages:
        for leftover in ("[GK]", "要確認", "DOMAIN", ".json", "TODO", "http", "S00"):
            assert leftover not in p.text + p.note, p.id


def test_no_retired_number_anywhere() -> None:
    retired = directory.load().retired_numbers
    assert len(retired) == 20
    for p in CORPUS.passages:
        shown = unicodedata.normalize("NFKC", p.text + p.note)
        digits = re.sub(r"\D", "", shown)
        assert not any(number in shown or re.sub(r"\D", "", number) in digits for number in retired), p.id


def test_an_unconfirmed_passage_says_why() -> None:
    unconfirmed = [p for p in CORPUS.passages if p.unconfirmed]
    assert len(unconfirmed) > 50
    assert all(p.note for p in unconfirmed)


def test_what_was_announced_before_it_began_is_not_asserted() -> None:
    announced = [p for p in GUIDE if ANNOUNCED.match(p.text)]
    assert announced
    assert [p.id for p in announced if not p.unconfirmed] == []


def test_sure_passages_come_before_unconfirmed_ones_of_a_section() -> None:
    for before, after in pairwise(GUIDE):
        assert before.section_id != after.section_id or before.unconfirmed <= after.unconfirmed


def test_a_heading_path_leads_from_the_chapter_inwards() -> None:
    lost_card = next(p for p in GUIDE if p.section_id == "ch01.1-3")
    assert lost_card.section == ("入国・在留手続", "在留カード", "在留カードの紛失")
    assert lost_card.page == 2
    chapter = next(p for p in GUIDE if p.section_id == "ch01")
    assert chapter.section == ("入国・在留手続",)


def test_the_network_keeps_its_own_numbering() -> None:
    online = next(p for p in NETWORK if p.section_id == "net.1-2")
    assert online.section == ("一元的相談窓口と国の支援", "オンラインネットワーク事業")
    assert online.page is None


@pytest.mark.parametrize(
    ("asked_for", "section_id"),
    [
        ("14日以内に、住所を担当する入管で再交付", "ch01.1-3"),
        ("1週間28時間以内", "ch01.2-5"),
        ("第3子以降は年齢に関係なく30,000円", "ch04.3"),
        ("0570-003259（所属部署番号 310）", "dir.1-1"),
        ("20の言語に対応", "net.1-4"),
    ],
)
def test_what_desks_ask_most_is_there(asked_for: str, section_id: str) -> None:
    assert any(asked_for in p.text and not p.unconfirmed for p in CORPUS.passages if p.section_id == section_id)


@shared
def test_every_heading_of_the_eighth_edition_has_passages_on_its_page() -> None:
    pages = {section["id"]: section["page"] for section in contents()}
    assert len(pages) == 144
    assert {p.section_id for p in GUIDE} == set(pages)
    assert all(p.page == pages[p.section_id] for p in GUIDE)


@shared
def test_heading_paths_are_the_books_own_titles() -> None:
    titles = {section["id"]: section["title"] for section in contents()}
    assert all(p.section[-1] == titles[p.section_id] for p in GUIDE)
    assert all(p.section[0] == titles[p.section_id[:4]] for p in GUIDE)


@shared
def test_known_gaps() -> None:
    sure = {p.section_id for p in GUIDE if not p.unconfirmed}
    assert {section["id"] for section in contents()} - sure == ONLY_UNCONFIRMED


@shared
def test_a_single_secondary_source_is_never_asserted() -> None:
    asserted = {(p.section_id, p.text) for p in GUIDE if not p.unconfirmed}
    for fact in facts():
        if fact["kind"] == "secondary" and fact["confirmed"] < 2:
            assert not any(section == fact["section"] and fact["fact"] in text for section, text in asserted)


@shared
@pytest.mark.parametrize("doubt", ["割れる", "未確認", "法案", "確認できず", "見つからなかった", "古いページ"])
def test_a_fact_with_an_open_question_is_not_asserted_as_it_stands(doubt: str) -> None:
    """Left out, shown as unconfirmed, or told with the open question beside it."""
    doubted = [fact for fact in facts() if doubt in fact.get("note", "") and "本文に書かず" not in fact["note"]]
    assert doubted
    for fact in doubted:
        told = [p for p in GUIDE if fact["fact"] in p.text and not p.unconfirmed]
        assert all(p.note.removesuffix(UNDATED) for p in told), fact["fact"]


@shared
def test_dates_and_links_are_those_of_the_facts() -> None:
    by_text = {fact["fact"]: fact for fact in facts()}
    compared = 0
    for passage in GUIDE:
        fact = by_text.get(passage.text)
        if fact is not None and passage.url:
            assert urlsplit(passage.url).path in fact["source"] or "documents/" in fact["source"]
            assert fact["as_of"].startswith(passage.date)
            compared += 1
    assert compared > 500


def test_a_passage_before_the_first_heading_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = {"id": "x", "title": "題", "grade": "手引き"}
    (tmp_path / "data").mkdir()
    lines = [json.dumps({"source": source}), json.dumps({"text": "見出しがありません。"})]
    (tmp_path / "data" / "x.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("corpus.embedded.resources.files", lambda package: tmp_path)
    with pytest.raises(ValueError, match="before the first heading"):
        embedded.read_summary("x")
