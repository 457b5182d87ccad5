from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.anonymise import Kind, anonymise
from corpus import directory
from tools.learning.marked import read_lot
from tools.learning.measuring import FIGURES, FORMATTED, SAID, measure

#: Texts that neither the rules nor the model were made with; the README beside them tells how each fared at first.
TEXTS = {path.stem: read_lot(path) for path in sorted((Path(__file__).parents[1] / "texts").glob("*.txt"))}
#: Pieces that rules look for, so that texts made of them are nothing but borders between rules.
PIECES = [
    *(
        "グエン・ヴァン・アイン",
        "田中",
        "太郎",
        "さん",
        "様",
        "氏名：",
        "NGUYEN",
        "VAN",
        "Maria",
        "人物A",
        "会社B",
        "住所",
        "の",
        "は",
        "夫",
    ),
    *(
        "090-1234-5678",
        "1234",
        "-",
        " ",
        "\n",
        "AB",
        "12345678",
        "CD",
        "丁目",
        "番",
        "号",
        "新宿区",
        "大久保",
        "株式会社",
        "工業",
        "小学校",
    ),
    *(
        "で働いている",
        "1990年4月3日",
        "生まれ",
        "@",
        "example.com",
        "LINE ID: ",
        "品川 300 あ ",
        "（",
        "）",
        "〓",
        "\u200b",
        "゙",
        "ﾀﾅｶ",
        "、",
        "。",
    ),
]


def test_what_identifies_is_removed_and_what_is_innocent_stays() -> None:
    outcome = measure((one for texts in TEXTS.values() for one in texts), removed)
    assert outcome.recall(FIGURES) >= 0.99
    assert outcome.recall(FORMATTED) >= 0.97
    for kind in SAID:
        assert outcome.recall(kind) >= 0.95, kind
    assert outcome.innocent > 2500
    assert outcome.masked / outcome.innocent <= 0.02


def removed(text: str) -> list[tuple[int, int]]:
    return [(finding.start, finding.end) for finding in anonymise(text).findings]


def rebuilt(text: str) -> str:
    """The masked text, made again of the findings alone."""
    done, position = "", 0
    for finding in anonymise(text).findings:
        assert position <= finding.start < finding.end <= len(text)
        done += text[position : finding.start] + finding.replacement
        position = finding.end
    return done + text[position:]


@pytest.mark.parametrize("name", TEXTS)
def test_findings_tell_where_in_the_original_each_label_went(name: str) -> None:
    for one in TEXTS[name]:
        assert rebuilt(one.text) == anonymise(one.text).text


@pytest.mark.parametrize("name", TEXTS)
def test_masking_what_was_masked_changes_nothing(name: str) -> None:
    for one in TEXTS[name]:
        masked = anonymise(one.text).text
        assert anonymise(masked).text == masked
        assert anonymise(masked).findings == ()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_nor_does_it_where_rules_meet(text: str) -> None:
    masked = anonymise(text).text
    assert masked == rebuilt(text)
    assert anonymise(masked).text == masked


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    masked = anonymise(text).text
    assert masked == rebuilt(text)
    assert anonymise(masked).text == masked


@pytest.mark.parametrize("piece", ["1 ", "1-", "ア・", "A ", "田中さん", "料理店", "DUNG", "1番", "Tokyo, ", "\n", "0"])
def test_long_monotonous_texts_are_done_as_well(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert rebuilt(text) == anonymise(text).text


def test_one_person_has_one_label_however_the_name_is_written() -> None:
    text = (
        "グエン・ヴァン・アインさん（NGUYEN VAN ANH）が来た。"
        "グエンさんは夫の田中太郎さんと。アインさんが言うには、田中さんが"
    )
    assert anonymise(text).text == (
        "人物Aさん（人物A）が来た。人物Aさんは夫の人物Bさんと。人物Aさんが言うには、人物Bさんが"
    )


def test_two_of_one_family_name_are_not_taken_for_one() -> None:
    assert (
        anonymise("田中太郎さんと田中花子さん。田中さんが話した。").text == "人物Aさんと人物Bさん。人物Cさんが話した。"
    )


def test_an_employer_with_and_without_its_form_is_one() -> None:
    assert anonymise("株式会社ヤマト工業に入社。ヤマト工業を解雇された。").text == "会社Aに入社。会社Aを解雇された。"


def test_labels_that_stand_in_the_text_are_not_given_again() -> None:
    assert anonymise("人物Aさんが田中太郎さんと来た。").text == "人物Aさんが人物Bさんと来た。"


def test_a_company_whose_name_looks_like_a_label_is_masked() -> None:
    assert anonymise("勤務先は株式会社NKです").text == "勤務先は会社Aです"


@pytest.mark.parametrize(
    "written", ["０９０－１２３４－５６７８", "090 1234 5678", "090\n1234\n5678", "090\u200b-1234‐5678", "09012345678"]
)
def test_widths_hyphens_and_breaks_do_not_hide_a_number(written: str) -> None:
    text = f"携帯は{written}です"
    (finding,) = anonymise(text).findings
    assert (finding.kind, text[finding.start : finding.end]) == (Kind.PHONE, written)


def test_every_number_of_the_directory_stays() -> None:
    known = directory.load()
    numbers = [number.number for hotline in known.hotlines for number in hotline.numbers]
    numbers += [bureau.contact.phone for bureau in known.bureaus]
    assert len(numbers) > 30
    for number in numbers:
        for text in (f"電話は{number}です。", f"TEL {number}", f"（{number}）に相談"):
            assert number in anonymise(text).text


def test_every_office_of_the_directory_stays() -> None:
    for bureau in directory.load().bureaus:
        text = f"{bureau.name}（{bureau.contact.address}）に行く。"
        assert anonymise(text).text == text
