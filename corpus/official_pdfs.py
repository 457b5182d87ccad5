"""Catalogues of official PDFs that can be downloaded; the program's own is `corpus/data/official_pdfs.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path

from corpus.errors import CatalogueError

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPdf:
    """A PDF on a responsible body's site.

    The address names a place, not an edition: its content is replaced when a new edition appears.

    Args:
        id: names the file.
        source: id of the document in the corpus; a part has the whole's id, a hyphen and the part.
        title: title as printed, with the part that the file holds.
        publisher: who answers for it.
        language: BCP-47 code.
        url: where the PDF lies.
        page: official page that links to it.
        confirmed: whether the address was seen in use for this very file.
        note: what to heed, in Japanese; "" where nothing.
    """

    id: str
    source: str
    title: str
    publisher: str
    language: str
    url: str
    page: str
    confirmed: bool
    note: str = ""


@cache
def load() -> dict[str, OfficialPdf]:
    """The catalogue that comes with the program.

    Returns:
        Its entries by id, in the order of the file.

    Raises:
        CatalogueError: the data file of the installation is damaged.
    """
    text = resources.files("corpus").joinpath("data", "official_pdfs.toml").read_text(encoding="utf-8")
    return _parse(text, "official_pdfs.toml")


def read(path: Path) -> dict[str, OfficialPdf]:
    """A catalogue of one's own, in the form of the program's.

    Args:
        path: a TOML file.

    Returns:
        Its entries by id, in the order of the file.

    Raises:
        CatalogueError: it is not in that form; the text names file and entry.
        OSError: it cannot be read.
    """
    try:
        return _parse(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: UTF-8の文字ではありません。UTF-8で保存し直してください") from error


def _parse(text: str, name: str) -> dict[str, OfficialPdf]:
    try:
        tables = tomllib.loads(text).get("pdf", [])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}: TOMLとして読めません（{error}）") from error
    if not (isinstance(tables, list) and all(isinstance(entry, dict) for entry in tables)):
        raise CatalogueError(f"{name}: pdf は [[pdf]] の形で書いてください")
    catalogue: dict[str, OfficialPdf] = {}
    for number, entry in enumerate(tables, start=1):
        if fault := _fault(entry, catalogue):
            raise CatalogueError(f"{name}: {number}番目の [[pdf]]: {fault}")
        catalogue[entry["id"]] = OfficialPdf(**entry)
    return catalogue


def _fault(entry: dict[str, object], before: dict[str, OfficialPdf]) -> str:
    """What is wrong with an entry, in Japanese; "" where nothing."""
    known = {field.name: bool if field.name == "confirmed" else str for field in fields(OfficialPdf)}
    if missing := known.keys() - entry.keys() - {"note"}:
        return f"{'、'.join(sorted(missing))} がありません"
    for key, value in entry.items():
        if key not in known:
            return f"{key} という項目はありません"
        if not isinstance(value, known[key]):
            return f"{key} の値の種類が違います"
    if not _FILE_NAME.fullmatch(str(entry["id"])):
        return "id はファイル名になるので、半角の英数字と - _ だけで付けてください"
    return f"id {entry['id']} が二度出てきます" if entry["id"] in before else ""
