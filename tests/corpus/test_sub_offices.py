"""Sub-offices are data: which desks they answer for, how they are told of, and what a wrong entry is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import directory
from corpus.directory.bureaus import Kind, bureaus_of
from corpus.directory.contacts import contact_of_bureau
from corpus.directory.datafiles import read
from corpus.directory.municipalities import is_local_government, is_municipality
from corpus.directory.passages import as_corpus
from corpus.errors import DirectoryError
from corpus.model import PASSAGE_LIMIT
from tests.sub_office import ENTRY, HINODE, HINOHARA, SHINJUKU_WARD, in_data

NAME = ENTRY["name"]


@pytest.fixture
def known() -> Iterator[directory.Directory]:
    """The directory with the sub-office."""
    with in_data(ENTRY) as known:
        yield known


@pytest.mark.parametrize(
    ("codes", "office"),
    [
        ([HINODE], "nishitama"),
        ([HINOHARA[:5]], "nishitama"),  # lists of desks may leave the check digit out
        ([HINODE, HINOHARA], "nishitama"),
        ([HINODE, SHINJUKU_WARD], "tokyo"),  # a joint desk that no office has whole
        ([SHINJUKU_WARD], "tokyo"),
        (["130001"], "tokyo"),  # the prefecture's own desk
        ([], "tokyo"),
    ],
)
def test_a_desks_municipalities_decide_before_its_prefecture(
    known: directory.Directory, codes: list[str], office: str
) -> None:
    assert known.bureau_for("東京都", codes).id == office
    assert known.bureau_for("東京都").id == "tokyo"


def test_a_joint_desk_between_two_sub_offices_is_the_bureaus() -> None:
    other = {**ENTRY, "id": "hinohara", "name": "檜原出張所", "municipalities": ENTRY["municipalities"][1:]}
    mine = {**ENTRY, "municipalities": ENTRY["municipalities"][:1]}
    with in_data(mine, other) as known:
        assert known.bureau_for("東京都", [HINODE]).id == "nishitama"
        assert known.bureau_for("東京都", [HINOHARA]).id == "hinohara"
        assert known.bureau_for("東京都", [HINODE, HINOHARA]).id == "tokyo"


def test_any_office_may_claim_municipalities_outside_its_prefectures() -> None:
    entries = read("bureaus")
    yokohama = next(entry for entry in entries if entry["id"] == "yokohama")
    yokohama["municipalities"] = [{"code": "132098", "name": "町田市"}]
    branch = next(office for office in bureaus_of(entries) if office.id == "yokohama")
    assert branch.area == ("神奈川県", "東京都のうち町田市")
    assert branch.answers_in("東京都")
    assert not branch.answers_in("千葉県")


def test_an_unknown_prefecture_is_refused_whatever_the_codes_are(known: directory.Directory) -> None:
    with pytest.raises(directory.UnknownPrefectureError):
        known.bureau_for("どこか", [HINODE])


def test_it_is_told_of_with_what_it_answers_for(known: directory.Directory) -> None:
    office = known.bureau("nishitama")
    assert (office.kind, office.parent) == (Kind.SUB_OFFICE, "tokyo")
    passages = {passage.id: passage for passage in as_corpus(known).passages}
    told = passages["directory/nishitama"]
    for part in (NAME, "042-000-0000", "東京都のうち日の出町・檜原村を担当します。", "令和8年度"):
        assert part in told.text
    assert len(told.text) <= PASSAGE_LIMIT
    assert {"檜原村", "檜原", "西多摩入管"} <= {*told.keywords}
    assert "出張所にいる担当官は" not in told.note
    assert passages["directory/tokyo"].note.endswith(f"一部の市区町村は{NAME}が担当します。")
    assert passages["directory/osaka"].note.endswith("出張所にいる担当官は、この版には載っていません。")
    assert contact_of_bureau(office).why == "東京都のうち日の出町・檜原村の窓口からの相談先です。"


def test_without_a_place_of_its_own_it_is_still_whole() -> None:
    with in_data({**ENTRY, "municipalities": []}) as known:
        told = next(one for one in as_corpus(known).passages if one.id == "directory/nishitama")
        assert "担当します" not in told.text
        assert known.bureau_for("東京都", [HINODE]).id == "tokyo"
        assert contact_of_bureau(known.bureau("nishitama")).why == ""


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"parent": "mars"}, "nishitama: parent が正しくありません: 「mars」"),
        ({"parent": ""}, "nishitama: parent が正しくありません: 「」"),
        ({"parent": "nishitama"}, "nishitama: parent が正しくありません: 「nishitama」"),
        ({"kind": "bureau"}, "nishitama: parent が正しくありません: 「tokyo」（bureau の parent は なし）"),
        ({"kind": "branch", "parent": "kobe"}, "nishitama: parent が正しくありません: 「kobe」"),
        ({"id": "osaka"}, "osaka: 同じ id が二度あります"),
        ({"prefectures": ["東京"]}, "nishitama: 都道府県名ではありません: 東京"),
        ({"prefectures": ["東京都"]}, "nishitama: 東京都 は tokyo にもあります"),
        ({"municipalities": [{"code": "133052", "name": "日の出町"}]}, "nishitama: .*6桁.*: 133052"),
        ({"municipalities": [{"code": "13305", "name": "日の出町"}]}, "nishitama: .*6桁.*: 13305"),
        ({"municipalities": [{"code": "130001", "name": "東京都"}]}, "nishitama: .*6桁.*: 130001"),
        ({"municipalities": [{"code": "町", "name": "日の出町"}]}, "nishitama: .*6桁.*: 町"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_by_name(wrong: dict[str, Any], fault: str) -> None:
    with pytest.raises(DirectoryError, match=f"bureaus.json: {fault}"):
        bureaus_of([*read("bureaus"), {**ENTRY, **wrong}])


def test_a_municipality_that_two_offices_claim_is_told_with_both(tmp_path: Path) -> None:
    file = tmp_path / "bureaus.json"
    entries = [*read("bureaus"), ENTRY, {**ENTRY, "id": "other"}]
    file.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(DirectoryError) as caught:
        bureaus_of(json.loads(file.read_text(encoding="utf-8")))
    assert str(caught.value).splitlines() == [
        f"bureaus.json: other: {code} は nishitama にもあります" for code in (HINODE, HINOHARA)
    ]


@pytest.mark.parametrize(
    ("code", "valid"),
    [("131041", True), ("13104", True), ("011002", True), ("131042", False), ("481041", False), ("1310", False)],
)
def test_codes_of_local_governments(code: str, valid: bool) -> None:
    assert is_local_government(code) is valid


@pytest.mark.parametrize(("code", "valid"), [("131041", True), ("13104", False), ("130001", False), ("131042", False)])
def test_whole_codes_of_municipalities(code: str, valid: bool) -> None:
    assert is_municipality(code) is valid
