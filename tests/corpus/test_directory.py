"""The directory: who answers for whom, and which numbers may be shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus import directory
from corpus.directory.bureaus import Kind
from corpus.directory.categories import best_match, is_within
from corpus.directory.hotlines import Hotline
from corpus.directory.passages import as_corpus

SHARED_FACTS = Path(__file__).parents[3] / "shared" / "facts"
shared = pytest.mark.skipif(not SHARED_FACTS.exists(), reason="the fact lists are not beside the repository")

DIRECTORY = directory.load()
#: Sub-offices may be added to them.
ELEVEN = [bureau for bureau in DIRECTORY.bureaus if bureau.kind is not Kind.SUB_OFFICE]
#: 0570 and 0120 numbers, area codes, 050, international, and the short codes.
NUMBER = re.compile(
    r"0570-\d{6}|0570-\d{2}-\d{4}|0120-\d{3}-\d{3}|0\d{1,3}-\d{2,4}-\d{4}|050-\d{4}-\d{4}|\+81-\d-\d{4}-\d{4}|#?\d{3,4}"
)


def test_eleven_bureaus_and_branches_answer_for_47_prefectures_once_each() -> None:
    assert len(ELEVEN) == 11
    served = [name for bureau in DIRECTORY.bureaus for name in bureau.prefectures]
    assert sorted(served) == sorted(prefecture.name for prefecture in DIRECTORY.prefectures)
    assert len(served) == 47


def test_routing_agrees_with_what_each_bureau_says() -> None:
    for prefecture in DIRECTORY.prefectures:
        assert prefecture.name in DIRECTORY.bureau_for(prefecture.name).prefectures


@pytest.mark.parametrize(
    ("prefecture", "short"),
    [
        ("新潟県", "東京"),
        ("山梨県", "東京"),
        ("長野県", "東京"),
        ("富山県", "名古屋"),
        ("石川県", "名古屋"),
        ("福井県", "名古屋"),
        ("静岡県", "名古屋"),
        ("三重県", "名古屋"),
        ("山口県", "広島"),
        ("滋賀県", "大阪"),
        ("神奈川県", "横浜"),
        ("兵庫県", "神戸"),
        ("沖縄県", "那覇"),
        ("北海道", "札幌"),
    ],
)
def test_jurisdictions_that_are_often_mistaken(prefecture: str, short: str) -> None:
    assert DIRECTORY.bureau_for(prefecture).short == short


@pytest.mark.parametrize(
    "spelling",
    [
        "神奈川県",
        "神奈川",
        "かながわ",
        "かながわけん",
        "カナガワ",
        "Kanagawa",
        "KANAGAWA-KEN",
        "14",
        "１４",
        "神奈川県横浜市",
    ],
)
def test_a_prefecture_is_recognised_however_it_is_written(spelling: str) -> None:
    assert DIRECTORY.bureau_for(spelling).id == "yokohama"


@pytest.mark.parametrize(
    ("spelling", "bureau"),
    [
        ("京都", "osaka"),
        ("東京", "tokyo"),
        ("Ōsaka", "osaka"),
        ("hyogo prefecture", "kobe"),
        ("01", "sapporo"),
        ("1", "sapporo"),
    ],
)
def test_names_that_are_easily_cut_wrong(spelling: str, bureau: str) -> None:
    assert DIRECTORY.bureau_for(spelling).id == bureau


@pytest.mark.parametrize("text", ["", "48", "0", "横浜市", "ソウル", "県"])
def test_what_is_no_prefecture_is_refused_by_name(text: str) -> None:
    with pytest.raises(directory.UnknownPrefectureError, match="都道府県として読み取れません"):
        DIRECTORY.bureau_for(text)


@pytest.mark.parametrize("name", ["", "東京", "tokyo "])
def test_what_is_no_bureaus_id_is_refused_by_name(name: str) -> None:
    assert DIRECTORY.bureau("tokyo").short == "東京"
    with pytest.raises(directory.UnknownBureauError, match=f": {name}$"):
        DIRECTORY.bureau(name)


def test_a_current_contact_names_its_edition() -> None:
    sapporo = DIRECTORY.bureau_for("北海道").contact
    assert sapporo.dial == "0570-003259（所属部署番号 310）"
    assert "令和6年度" in sapporo.edition
    assert sapporo.valid_as_of == "2024"
    naha = DIRECTORY.bureau_for("沖縄県").contact
    assert naha.dial == "098-832-4186"


def test_superseded_contacts_are_kept_but_do_not_show() -> None:
    assert all(bureau.superseded for bureau in ELEVEN)
    for bureau in DIRECTORY.bureaus:
        for old in bureau.superseded:
            assert old.valid_as_of < bureau.contact.valid_as_of
            assert old.phone in DIRECTORY.retired_numbers or old.phone == bureau.contact.phone
        assert "superseded" not in repr(bureau)


def test_eight_bureaus_changed_their_number() -> None:
    changed = {b.short for b in ELEVEN if b.superseded[0].phone != b.contact.phone}
    assert changed == {"札幌", "仙台", "東京", "名古屋", "大阪", "神戸", "広島", "福岡"}


@pytest.mark.parametrize("hotline", DIRECTORY.hotlines, ids=lambda hotline: hotline.id)
def test_numbers_are_written_as_dialled(hotline: Hotline) -> None:
    assert all(NUMBER.fullmatch(number.number) for number in hotline.numbers)


@pytest.mark.parametrize("hotline", DIRECTORY.shown_hotlines, ids=lambda hotline: hotline.id)
def test_a_hotline_that_may_be_shown_says_where_it_was_read(hotline: Hotline) -> None:
    assert hotline.numbers
    assert hotline.url.startswith(("http://", "https://"))
    assert hotline.scope.endswith("。")
    known = {language.code for language in DIRECTORY.languages}
    assert set(hotline.languages) <= known


def test_what_is_in_doubt_is_not_shown() -> None:
    doubted = {hotline.id for hotline in DIRECTORY.hotlines if hotline.unconfirmed}
    assert doubted == {
        "dv_navi",
        "labour_foreign",
        "labour_dial",
        "yorisoi",
        "otit",
        "amda",
        "consumer_visitor",
        "fresc_helpdesk",
    }
    shown = " ".join(passage.text for passage in as_corpus(DIRECTORY).passages)
    for hotline in DIRECTORY.hotlines:
        for number in hotline.numbers:
            assert (number.number in shown) is not hotline.unconfirmed


def test_emergencies_are_110_and_119() -> None:
    assert {h.numbers[0].number for h in DIRECTORY.shown_hotlines if h.emergency} == {"110", "119"}


def test_thirty_languages_and_the_official_sets() -> None:
    assert len(DIRECTORY.languages) == 30
    assert {language.code for language in DIRECTORY.languages if language.right_to_left} == {"ur", "ar"}
    assert len(DIRECTORY.language_sets["interpretation"].codes) == 20
    assert len(DIRECTORY.language_sets["translation"].codes) == 21


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("タガログ語", "tl"),
        ("フィリピン語", "fil"),
        ("フィリピノ語", "fil"),
        ("クメール語", "km"),
        ("ビルマ語", "my"),
        ("ウルドゥ語", "ur"),
        ("ポルトガル", "pt"),
        ("Vietnamese", "vi"),
        ("ZH-HANS", "zh-Hans"),
        ("簡体字", "zh-Hans"),
        ("やさしい日本語", "ja-x-easy"),
    ],
)
def test_a_language_is_found_by_any_of_its_names(name: str, code: str) -> None:
    language = DIRECTORY.language_named(name)
    assert language is not None
    assert language.code == code


def test_an_unknown_language_is_none() -> None:
    assert DIRECTORY.language_named("火星語") is None


def test_seventeen_categories_cover_the_whole_guidebook() -> None:
    assert len(DIRECTORY.categories) == 17
    assert {c.label for c in DIRECTORY.categories if c.confirmed} == {
        "入管手続",
        "手続一般",
        "社会保険・年金",
        "税金",
        "通訳・翻訳",
    }
    for chapter in range(1, 13):
        inner = [s for c in DIRECTORY.categories for s in c.sections if is_within(s, f"ch{chapter:02}")]
        assert inner


@pytest.mark.parametrize(
    ("section_id", "label"),
    [
        ("ch01.2-1", "入管手続"),
        ("ch02.1-3", "身分関係（結婚・離婚・DV等）"),
        ("ch02.1-1", "手続一般"),
        ("ch03.4", "社会保険・年金"),
        ("ch03.2-5", "雇用・労働"),
        ("ch07.1-3", "社会保険・年金"),
        ("ch12.4", "交通・運転免許"),
        ("net.1-4", "通訳・翻訳"),
        ("net.4-1", "その他"),
    ],
)
def test_the_category_of_a_section(section_id: str, label: str) -> None:
    assert DIRECTORY.category_of(section_id).label == label


def test_a_section_is_within_its_chapter_but_not_within_a_namesake() -> None:
    assert is_within("ch07.1-3", "ch07.1")
    assert is_within("ch07.1", "ch07.1")
    assert not is_within("ch07.11", "ch07.1")
    assert best_match("ch07.1-3", ["ch07", "ch07.1"]) == "ch07.1"


@shared
def test_contacts_are_those_of_the_checked_list() -> None:
    offices = json.loads((SHARED_FACTS / "bureaus.json").read_text(encoding="utf-8"))["offices"]
    for office, bureau in zip(offices, ELEVEN, strict=True):
        assert (bureau.id, bureau.contact.phone) == (office["id"], office["phone"])
        assert bureau.contact.extension == (office["extension"] or "")
        assert bureau.contact.address == office["address"]
        assert bureau.contact.department == office["department"]


@shared
def test_shown_numbers_stand_in_a_list_of_hotlines() -> None:
    lists = [(SHARED_FACTS / name).read_text(encoding="utf-8") for name in ("hotlines.json", "hotlines_checked.jsonl")]
    for hotline in DIRECTORY.shown_hotlines:
        for number in hotline.numbers:
            assert any(number.number in text for text in lists)
