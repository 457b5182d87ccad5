"""The Agency's own documents, as text taken out of PDFs, where they are at hand."""

import re
from functools import cache
from pathlib import Path

import pytest

from corpus.model import PASSAGE_LIMIT, Corpus, Passage
from corpus.reading import read_documents

DOCUMENTS = Path(__file__).parents[3] / "shared" / "documents"
pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not there")

#: Office and number as the handbook of fiscal year 2024 prints them.
CURRENT = {
    "札幌出入国在留管理局": "0570-003259",
    "仙台出入国在留管理局": "0570-022259",
    "東京出入国在留管理局": "03-5363-3025",
    "横浜支局": "0570-045259",
    "名古屋出入国在留管理局": "0570-052259",
    "大阪出入国在留管理局": "0570-064259",
    "神戸支局": "078-391-6378",
    "広島出入国在留管理局": "082-221-4526",
    "高松出入国在留管理局": "087-822-5851",
    "福岡出入国在留管理局": "092-717-7595",
    "那覇支局": "098-832-4186",
}
#: Numbers of July 2021 that are no longer those of the office.
FORMER = [
    "011-261-9658",
    "022-256-6080",
    "03-5363-3015",
    "052-559-2151",
    "06-4703-2115",
    "078-391-4747",
    "082-221-4412",
    "092-717-7596",
]


@cache
def corpus() -> Corpus:
    reading = read_documents([DOCUMENTS])
    assert reading.problems == ()
    return reading.corpus


def with_text(words: str) -> list[Passage]:
    return [passage for passage in corpus().passages if words in passage.text]


@pytest.mark.parametrize(("office", "number"), CURRENT.items())
def test_each_current_number_stands_with_its_office_in_a_current_passage(office: str, number: str) -> None:
    found = [passage for passage in corpus().current if passage.text.startswith(office) and number in passage.text]
    assert [corpus().source_of(passage).id for passage in found] == ["handbook-ch4"]


@pytest.mark.parametrize("office", CURRENT)
def test_each_former_contact_is_superseded_and_kept(office: str) -> None:
    former = [
        p for p in corpus().passages if p.text.startswith(f"{office}\u3000") and p.source.startswith("fresc-2021@")
    ]
    assert [passage.superseded_by for passage in former] == ["handbook-ch4"]


@pytest.mark.parametrize("number", FORMER)
def test_no_former_number_is_in_a_current_passage(number: str) -> None:
    assert {passage.superseded_by for passage in with_text(number)} == {"handbook-ch4"}


def test_the_rest_of_the_document_of_2021_is_current() -> None:
    current = [passage for passage in corpus().current if passage.source.startswith("fresc-2021@")]
    assert any("交付限度額" in passage.text for passage in current)
    assert any("日本貿易振興機構" in passage.text for passage in current)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("それぞれの相談窓口での対応の様子", 24),
        ("通訳センターの利用が効率的", 38),
        ("表情を見ながら", 40),
        ("相談通訳コーディネーターは、依頼内容に応じた", 50),
        ("特定技能制度を含む入管制度等について研修会を実施", 67),
        ("指定相談場所となることに関心のある", 81),
        ("アンケート調査を今後の交付金の在り方", 84),
    ],
)
def test_pages_of_the_third_chapter_are_the_printed_ones(words: str, page: int) -> None:
    assert {passage.page for passage in with_text(words)} == {page}


def test_a_town_keeps_its_name_in_the_path_of_all_its_passages() -> None:
    numbered = {p.section_id: p for p in corpus().passages if re.fullmatch(r"3\.2\.\d", p.section_id)}
    assert len(numbered) == 8
    for passage in corpus().passages:
        if passage.section_id in numbered:
            assert passage.section[:3] == numbered[passage.section_id].section[:3]
    assert {p.section_id for p in with_text("ソーシャルワーカーを配置した")} == {"3.2.5"}
    # A column is no part of the story of a town that it interrupts.
    assert {p.section_id for p in with_text("なるべく話しやすい環境")} == {"3.2.5"}
    (column,) = with_text("神奈川県横須賀市、長野県松本市")
    assert (column.section_id, column.section[2]) == ("3.2", "一元的相談窓口での様々な取組")


def test_what_the_page_did_to_the_text_is_gone() -> None:
    for passage in corpus().passages:
        assert 0 < len(passage.text) <= PASSAGE_LIMIT
        assert not re.search(r"\| *$|F R E S C|▼|\*\*|^(?:.\n){3}", passage.text, re.MULTILINE), passage.id
        assert "大塚" not in passage.text  # a poster that character recognition made up


def test_ids_are_unique_and_the_same_each_time() -> None:
    ids = [passage.id for passage in corpus().passages]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in read_documents([DOCUMENTS]).corpus.passages]
