"""Whom to call for a topic, and the contacts as passages."""

from __future__ import annotations

import pytest

from corpus import directory
from corpus.directory.passages import as_corpus

DIRECTORY = directory.load()


def every_contact() -> list[directory.Contact]:
    topics = [topic for hotline in DIRECTORY.hotlines for topic in hotline.topics]
    return [c for p in DIRECTORY.prefectures for topic in topics for c in DIRECTORY.contacts_for([topic], p.name)]


def test_retired_numbers_are_nobodys() -> None:
    for contact in every_contact():
        assert contact.number not in DIRECTORY.retired_numbers
        assert not any(number in other for number in DIRECTORY.retired_numbers for other in contact.other_numbers)
    assert "0120-76-2029" in DIRECTORY.retired_numbers  # a service of 2020 that public pages still print
    assert "087-822-5851" not in DIRECTORY.retired_numbers  # Takamatsu moved but kept its number


def test_matters_of_residence_go_to_the_bureau_first() -> None:
    first, *others = DIRECTORY.contacts_for(["ch01.2-1"], "神奈川県")
    assert first.number == "0570-045259"
    assert "令和6年度" in first.edition
    assert first.as_of == "2024"
    assert "0570-013904" in {contact.number for contact in others}


def test_the_extension_comes_with_its_label() -> None:
    (*_, coordinators) = DIRECTORY.contacts_for(["ch03"], "愛知県")
    assert (coordinators.number, coordinators.extension) == ("0570-052259", "所属部署番号 130")


@pytest.mark.parametrize(
    ("section_id", "number"),
    [
        ("ch03.2-5", "0120-811-610"),
        ("ch07.1-3", "0570-05-1165"),
        ("ch10.1-1", "119"),
        ("ch10.1-2", "110"),
        ("ch11.2", "188"),
        ("net.7-2", "03-3580-9841"),
    ],
)
def test_whom_to_call_for_a_topic(section_id: str, number: str) -> None:
    assert number in {contact.number for contact in DIRECTORY.contacts_for([section_id], None)}


def test_never_more_than_three_hotlines_and_a_bureau() -> None:
    many = ["ch10.1-1", "ch11.2", "ch02.1-3", "ch03", "ch01"]
    assert len(DIRECTORY.contacts_for(many, None)) == 3
    assert len(DIRECTORY.contacts_for(many, "東京都")) == 4


def test_where_no_hotline_fits_there_is_still_somebody_to_call() -> None:
    assert [contact.number for contact in DIRECTORY.contacts_for(["ch08.1"], None)] == ["0570-011000"]
    assert [contact.number for contact in DIRECTORY.contacts_for([], None)] == ["0570-011000"]


def test_an_unknown_prefecture_is_not_passed_over() -> None:
    with pytest.raises(directory.UnknownPrefectureError):
        DIRECTORY.contacts_for(["ch01"], "どこか")


def test_each_bureau_hotline_and_agency_is_a_passage_of_its_own() -> None:
    passages = {passage.id: passage for passage in as_corpus(DIRECTORY).passages}
    for bureau in DIRECTORY.bureaus:
        text = passages[f"directory/{bureau.id}"].text
        assert bureau.contact.dial in text
        assert bureau.contact.address in text
        assert bureau.contact.edition in text
        assert all(name in text for name in bureau.area)
    assert "札幌入管" in passages["directory/sapporo"].keywords
