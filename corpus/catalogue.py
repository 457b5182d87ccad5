"""The catalogue of a folder: sources.toml tells what each file is and what of it has been superseded.

[[source]]
file = "guide.pdf"            # in the same folder
id = "guidebook"              # the same in every edition and language
title = "生活・就労ガイドブック"
publisher = "出入国在留管理庁"
edition = "第8版"
date = "2026-02-26"           # as exact as known
language = "ja"
url = "https://..."           # the official page
grade = "手引き"              # a value of `Grade`
official = true

[[source.superseded]]         # any number of them
section = "問合せ先"          # a heading; without it the whole source
by = "handbook-ch4"           # id of the source that holds now
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from corpus.errors import CatalogueError
from corpus.files import is_file, real
from corpus.model import Grade, Source, Supersession

#: Name of a folder's catalogue.
CATALOGUE: Final = "sources.toml"
_TEXTS: Final = frozenset({"file", "id", "title", "publisher", "edition", "date", "language", "url", "grade"})
_REQUIRED: Final = ("file", "id", "title")
_DATE: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ID: Final = re.compile(r"[^\s@#/]+")


@dataclass(slots=True)
class Catalogue:
    """What a sources.toml says.

    Args:
        path: the file.
        sources: by the file that holds each, links followed (`corpus.files.real`).
        faults: what is wrong in it, one line each.
    """

    path: Path
    sources: dict[Path, Source] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_catalogue(path: Path) -> Catalogue:
    """Reads a sources.toml as far as it can be read.

    Args:
        path: the file.

    Returns:
        Its sources and its faults; `check` turns the latter into an error.
    """
    catalogue = Catalogue(path)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        catalogue.faults.append(f"{path}: TOMLとして読めません（{' '.join(str(error).split())}）")
        return catalogue
    catalogue.faults += [f"{path}: 知らない項目です: {key}" for key in tables.keys() - {"source"}]
    entries = tables.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        catalogue.faults.append(f"{path}: source は [[source]] の形で書いてください")
        return catalogue
    for number, entry in enumerate(entries, start=1):
        where = f"{path}: {number}番目の source（{entry.get('id') or entry.get('file') or '名前なし'}）"
        faults = [f"{where}: {fault}" for fault in _faults(entry, path.parent)]
        catalogue.faults += faults
        if not faults:
            catalogue.sources[real(path.parent / entry["file"])] = _source(entry)
    files = Counter(entry["file"] for entry in entries if isinstance(entry.get("file"), str))
    catalogue.faults += [f"{path}: {file} が{times}回書かれています" for file, times in files.items() if times > 1]
    return catalogue


def check(catalogues: Collection[Catalogue], others: Collection[str] = ()) -> None:
    """Makes sure that catalogues are sound, each by itself and all together.

    Args:
        catalogues: all that are read at once.
        others: ids of sources that stand in none of them.

    Raises:
        CatalogueError: one line for every fault, with file and entry.
    """
    faults = [fault for catalogue in catalogues for fault in catalogue.faults]
    ids = {source.id for catalogue in catalogues for source in catalogue.sources.values()}.union(others)
    seen: dict[str, Path] = {}
    for catalogue in catalogues:
        for file, source in catalogue.sources.items():
            where = f"{catalogue.path}: {source.id}"
            if source.key in seen:
                faults.append(f"{where}: 同じ版が2つあります（{seen[source.key].name}、{file.name}）")
            seen.setdefault(source.key, file)
            faults += [
                f"{where}: superseded の by が知らない id です: {supersession.by}"
                for supersession in source.superseded
                # A faulty entry may be the very one that is meant; its own fault is told already.
                if supersession.by not in ids and not any(c.faults for c in catalogues)
            ]
    if faults:
        raise CatalogueError("\n".join(faults))


def _faults(entry: Mapping[str, Any], folder: Path) -> Iterator[str]:
    for key, value in entry.items():
        if key in _TEXTS:
            if not isinstance(value, str) or not value.strip():
                yield f"{key} には文字を書いてください"
        elif key == "official":
            if not isinstance(value, bool):
                yield "official には true か false を書いてください"
        elif key == "superseded":
            yield from _supersession_faults(value)
        else:
            yield f"知らない項目です: {key}"
    yield from (f"{key} がありません" for key in _REQUIRED if key not in entry)
    texts = {key: value for key, value in entry.items() if key in _TEXTS and isinstance(value, str)}
    if "id" in texts and not _ID.fullmatch(texts["id"]):
        yield "id に空白や @ # / は使えません"
    if "date" in texts and not _DATE.fullmatch(texts["date"]):
        yield f"date は 2024、2024-07、2024-07-01 のように書いてください: {texts['date']}"
    if "grade" in texts and texts["grade"] not in {grade.value for grade in Grade}:
        yield f"grade は {'、'.join(Grade)} のどれかです: {texts['grade']}"
    if "file" in texts:
        file = folder / texts["file"]
        if not is_file(file) or not real(file).is_relative_to(real(folder)):
            yield f"ファイルがありません: {texts['file']}"


def _supersession_faults(value: object) -> Iterator[str]:
    if not isinstance(value, list):
        yield "superseded は [[source.superseded]] の形で書いてください"
        return
    for entry in value:
        if not isinstance(entry, dict) or not all(isinstance(text, str) and text for text in entry.values()):
            yield "superseded には section と by を文字で書いてください"
            continue
        yield from (f"superseded の知らない項目です: {key}" for key in entry.keys() - {"section", "by"})
        if "by" not in entry:
            yield "superseded に by がありません"


def _source(entry: Mapping[str, Any]) -> Source:
    values = {key: entry[key] for key in entry.keys() - {"file", "grade", "superseded"}}
    superseded = tuple(Supersession(by=each["by"], section=each.get("section")) for each in entry.get("superseded", []))
    return Source(**values, grade=Grade(entry.get("grade", Grade.GUIDE)), superseded=superseded)
