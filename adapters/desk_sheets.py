"""Reads a list of desks from a CSV or Excel file: faults are told row by row, and nothing is taken in by halves."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desks import Desk, DeskKind
from bot.practice import is_practised
from corpus.directory.languages import language_named
from corpus.directory.municipalities import is_local_government
from corpus.directory.prefectures import Prefecture, UnknownPrefectureError, all_prefectures, prefecture_named

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

#: Columns, and the headings under which they are recognised (white space and case do not count).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("ID", "番号", "窓口ID"),
    "name": ("名称", "窓口名", "窓口の名称", "name"),
    "prefecture": ("都道府県", "prefecture"),
    "municipalities": ("団体コード", "市区町村コード", "全国地方公共団体コード", "municipalities"),
    "kind": ("種別", "設置方式", "kind"),
    "languages": ("言語", "対応言語", "languages"),
    "hours": ("曜日・時間", "開設日時", "受付時間", "hours"),
    "contact": ("連絡先", "電話", "contact"),
}

#: Columns that are shown as they are written.
_READ = frozenset({"name", "hours", "contact"})

_KINDS = {
    **{kind.value: kind for kind in DeskKind},
    "都道府県": DeskKind.PREFECTURE,
    "市区町村": DeskKind.CITY,
    "市町村": DeskKind.CITY,
    "共同": DeskKind.JOINT,
    "共同方式": DeskKind.JOINT,
    "委託": DeskKind.OUTSOURCED,
    "窓口なし": DeskKind.WITHOUT,
}
_SEPARATORS = re.compile(r"[、,，;；/／\n]+")
_LARGEST = 10_000_000  # bytes; all 1,788 local governments take less than one
_LARGEST_UNPACKED = 100_000_000  # bytes; a zip of ten megabytes can hold ten gigabytes
_WIDEST = 64  # columns of a sheet that are looked at
_LONGEST_CELL = 500


class SheetError(Exception):
    """The file cannot be taken in; the text has one line for each fault."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int  # as the person sees it, the heading being row 1
    cells: Mapping[str, str]


def read_desks(path: Path) -> tuple[Desk, ...]:
    """Reads all desks of a file.

    Args:
        path: a .csv (UTF-8, or the Shift_JIS that Excel writes) or .xlsx file with headings in its first row.

    Returns:
        The desks, in the file's order; no two with one id.

    Raises:
        SheetError: the file cannot be read, or rows have faults. Nothing of it should be used.
        OSError: the file cannot be opened.
    """
    if path.stat().st_size > _LARGEST:
        raise SheetError(f"{path.name}: 大きすぎます（10 MBまで）。")
    table = _excel(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    desks: dict[str, Desk] = {}
    faults: list[str] = []
    for row in _rows(path.name, table):
        found, wrong = _desk(row)
        if found and found.id in desks:
            wrong.append(f"IDが重なっています: {found.id}")
        faults += [f"{row.number}行目: {reason}" for reason in wrong]
        if found:
            desks[found.id] = found
    if faults:
        raise SheetError("\n".join(faults))
    if not desks:
        raise SheetError(f"{path.name}: 窓口が1件もありません。")
    return tuple(desks.values())


def _csv(path: Path) -> Iterator[Sequence[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield from csv.reader(io.StringIO(text, newline=""), strict=True)
        except csv.Error as error:
            raise SheetError(f"{path.name}: CSVとして読めません（引用符の閉じ忘れなど）。") from error
        return
    raise SheetError(
        f"{path.name}: 文字コードが分かりません。UTF-8かShift_JISのCSV、またはExcel（.xlsx）にしてください。"
    )


def _excel(path: Path) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:  # openpyxl would leave what it cannot read open
            if sum(part.file_size for part in zipfile.ZipFile(file).infolist()) > _LARGEST_UNPACKED:
                raise SheetError(f"{path.name}: 大きすぎます（展開すると100 MBを超えます）。")
            sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
            for row in sheet.iter_rows(max_col=_WIDEST):
                yield [_cell(cell) for cell in row]
    except (SheetError, OSError):
        raise
    except Exception as error:  # openpyxl lets out whatever a damaged file provokes, as late as at its last row
        raise SheetError(f"{path.name}: Excelのファイル（.xlsx）として読めません。") from error


def _cell(cell: Cell | MergedCell) -> str:
    """A cell as text; Excel keeps codes like 131041 as numbers."""
    value = cell.value
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rows(name: str, table: Iterable[Sequence[str]]) -> Iterator[_Row]:
    lines = iter(table)
    heads = [_column(head) for head in next(lines, ())]
    for wanted in ("name", "prefecture"):
        if wanted not in heads:
            raise SheetError(f"{name}: 1行目に「{COLUMNS[wanted][0]}」の列がありません。")
    twice = {head for head in heads if head and heads.count(head) > 1}
    if twice:
        raise SheetError(f"{name}: 同じ列が二つあります: {'、'.join(COLUMNS[head][0] for head in sorted(twice))}")
    for number, line in enumerate(lines, 2):
        cells = {head: _tidied(head, cell) for head, cell in zip(heads, line, strict=False) if head}
        if any(cells.values()):
            yield _Row(number, cells)


def _tidied(head: str, cell: str) -> str:
    """A cell without white space around it; folded, unless people read it: 月～金 is not to become 月~金."""
    return (cell if head in _READ else unicodedata.normalize("NFKC", cell)).strip()


def _column(head: str) -> str:
    plain = _plain(head)
    return next((name for name, heads in COLUMNS.items() if plain in map(_plain, heads)), "")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _desk(row: _Row) -> tuple[Desk | None, list[str]]:
    """The desk of a row, or None, and what is wrong."""
    cells = {name: row.cells.get(name, "") for name in COLUMNS}
    wrong = [f"{COLUMNS[name][0]}が長すぎます（{_LONGEST_CELL}文字まで）" for name in cells if _too_long(cells[name])]
    prefecture = _prefecture(cells["prefecture"])
    kind = _KINDS.get(_plain(cells["kind"])) if cells["kind"] else DeskKind.CITY
    written = tuple(filter(None, _SEPARATORS.split(cells["municipalities"])))
    # A joint desk may serve towns of two prefectures.
    codes = tuple(_code(code, None if kind is DeskKind.JOINT else prefecture) for code in written)
    wrong += [
        f"団体コードではないか、都道府県と合いません: {was}"
        for was, code in zip(written, codes, strict=True)
        if not code
    ]
    identity = cells["id"] or (codes[0] if codes else "")
    if not identity:
        wrong.append("IDか団体コードのどちらかが必要です")
    if is_practised(identity):
        wrong.append(f"このIDは練習用です: {identity}")
    if not cells["name"]:
        wrong.append("名称がありません")
    if prefecture is None:
        wrong.append(f"都道府県ではありません: {cells['prefecture'] or '（空）'}")
    if kind is None:
        wrong.append(f"種別は 都道府県、市区町村、共同、委託、窓口なし のどれかです: {cells['kind']}")
    spoken = {name: language_named(name) for name in filter(None, _SEPARATORS.split(cells["languages"]))}
    wrong += [f"言語として読み取れません: {name}" for name, language in spoken.items() if language is None]
    if wrong or kind is None or prefecture is None:
        return None, wrong
    return (
        Desk(
            id=identity,
            name=cells["name"],
            prefecture=prefecture.name,
            municipalities=codes,
            kind=kind,
            languages=tuple(dict.fromkeys(language.code for language in spoken.values() if language)),
            hours=cells["hours"],
            contact=cells["contact"],
        ),
        wrong,
    )


def _prefecture(text: str) -> Prefecture | None:
    try:
        return prefecture_named(text)
    except UnknownPrefectureError:
        return None


def _code(written: str, prefecture: Prefecture | None) -> str:
    """The code that was meant, or "": Excel eats the zero that the codes of nine prefectures begin with.

    Args:
        written: digits.
        prefecture: where it must lie, or None for anywhere.
    """
    candidates = (written, f"0{written}")
    return next(
        (
            code
            for code in candidates
            if is_local_government(code) and prefecture in (None, all_prefectures()[int(code[:2]) - 1])
        ),
        "",
    )


def _too_long(cell: str) -> bool:
    return len(cell) > _LONGEST_CELL
