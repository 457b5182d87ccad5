from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from adapters.desk_sheets import SheetError, read_desks
from bot.desks import Desk, DeskKind

HEAD = "ID,名称,都道府県,団体コード,種別,言語,曜日・時間,連絡先"
TOKYO = '13-1,新宿区 外国人相談窓口,東京,131041,市区町村,"英語、中国語、ベトナム語",月～金 9:00～17:00,03-0000-0000'
JOINT = "34-j,広島広域 共同窓口,広島県,341002、343021,共同,,,"
OUTSOURCED = "27-o,NPO法人 みなと相談センター,おおさか,271004,委託,vi;pt,,info@example.org"


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding, errors="replace", newline="")
    return path


def test_desks_of_every_kind_are_read(tmp_path: Path) -> None:
    city, joint, outsourced = read_desks(write(tmp_path / "desks.csv", HEAD, TOKYO, JOINT, OUTSOURCED))
    assert city == Desk(
        id="13-1",
        name="新宿区 外国人相談窓口",
        prefecture="東京都",
        municipalities=("131041",),
        kind=DeskKind.CITY,
        languages=("en", "zh", "vi"),
        hours="月～金 9:00～17:00",
        contact="03-0000-0000",
    )
    assert joint.kind is DeskKind.JOINT
    assert joint.municipalities == ("341002", "343021")
    assert outsourced.kind is DeskKind.OUTSOURCED
    assert outsourced.prefecture == "大阪府"
    assert outsourced.contact == "info@example.org"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_as_people_have_it(tmp_path: Path, encoding: str) -> None:
    (desk,) = read_desks(write(tmp_path / "desks.csv", HEAD, JOINT, encoding=encoding))
    assert desk.name == "広島広域 共同窓口"


def test_excel_keeps_codes_as_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["窓口の名称", "都道府県", "団体コード", "備考"])
    sheet.append(["札幌市 外国人相談窓口", "北海道", 11002, "あ"])
    sheet.append([None, None, None, None])
    sheet.append(["新宿区 外国人相談窓口", "東京都", 131041.0, None])
    book.save(tmp_path / "desks.xlsx")
    # Excel ate the leading zero of 011002; by itself 11002 would be a code of 埼玉県.
    assert [desk.id for desk in read_desks(tmp_path / "desks.xlsx")] == ["011002", "131041"]


SHEET = "xl/worksheets/sheet1.xml"


def excel(path: Path, **parts: str | None) -> Path:
    """A file of one desk, with parts of it replaced (`SHEET`, for one), or left out where they are None."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称", "都道府県", "団体コード"])
    sheet.append(["新宿区 外国人相談窓口", "東京都", 131041])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()} | parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            if content is not None:
                archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: "<worksheet><sheetData>"},
        {SHEET: "no XML"},
        {SHEET: None},
        {SHEET: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><worksheet>&b;</worksheet>'},
        {"xl/workbook.xml": "<workbook"},
        {"xl/styles.xml": "<"},
        {"[Content_Types].xml": None},
    ],
)
def test_a_damaged_excel_file_is_told_in_a_line(tmp_path: Path, parts: dict[str, str | None]) -> None:
    with pytest.raises(SheetError, match=r"Excelのファイル（\.xlsx）として読めません"):
        read_desks(excel(tmp_path / "desks.xlsx", **parts))


def test_an_excel_file_that_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    path = excel(tmp_path / "desks.xlsx", **{"xl/sharedStrings.xml": "<sst>" + "a" * 100_000_000})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(SheetError, match="展開すると100 MBを超えます"):
        read_desks(path)


def test_every_fault_is_told_by_row(tmp_path: Path) -> None:
    path = write(
        tmp_path / "desks.csv",
        HEAD,
        TOKYO,
        "x,,火星,999999,移動式,火星語,,",
        "",
        ",名前だけ,東京都,,,,,",
        TOKYO,
    )
    with pytest.raises(SheetError) as raised:
        read_desks(path)
    assert str(raised.value).splitlines() == [
        "3行目: 団体コードではないか、都道府県と合いません: 999999",
        "3行目: 名称がありません",
        "3行目: 都道府県ではありません: 火星",
        "3行目: 種別は 都道府県、市区町村、共同、委託、窓口なし のどれかです: 移動式",
        "3行目: 言語として読み取れません: 火星語",
        "5行目: IDか団体コードのどちらかが必要です",
        "6行目: IDが重なっています: 13-1",
    ]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["ID,電話"], "「名称」の列がありません"),
        ([HEAD], "1件もありません"),
        (["名称,窓口名,都道府県"], "同じ列が二つあります: 名称"),
        ([HEAD, "x,千葉の窓口,千葉県,131041,,,,"], "都道府県と合いません: 131041"),
        ([HEAD, '"閉じない'], "CSVとして読めません"),
        ([HEAD, f"1,{'長' * 501},東京都,,,,,"], "名称が長すぎます"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, lines: list[str], fault: str) -> None:
    with pytest.raises(SheetError, match=fault):
        read_desks(write(tmp_path / "desks.csv", *lines))


def test_what_is_no_table_at_all(tmp_path: Path) -> None:
    (tmp_path / "desks.xlsx").write_bytes(b"not a zip")
    with pytest.raises(SheetError, match="Excel"):
        read_desks(tmp_path / "desks.xlsx")
    (tmp_path / "desks.csv").write_bytes(b"\x81\x00\xff")
    with pytest.raises(SheetError, match="文字コード"):
        read_desks(tmp_path / "desks.csv")


def test_what_people_read_stays_as_it_is_written(tmp_path: Path) -> None:
    written = "１３－１,みなと（①階）,東京都,１３１０４１,市区町村,,月～金（祝日を除く）,０３－００００－００００"
    (desk,) = read_desks(write(tmp_path / "desks.csv", HEAD, written))
    assert (desk.id, desk.municipalities) == ("13-1", ("131041",))
    assert (desk.name, desk.hours, desk.contact) == (
        "みなと（①階）",
        "月～金（祝日を除く）",
        "０３－００００－００００",
    )
