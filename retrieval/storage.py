"""An index on disk: swapped in whole or not at all, and never trusted when it is damaged.

    FOLDER/current            the name of the generation that counts, replaced in one step
    FOLDER/index-…/           one generation: manifest.json and the files it lists

A new generation is written beside the old one; only when it is complete does `current` name it. A
process that is killed in between leaves the old one in place.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import stat
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from corpus.files import one_writer, write_whole
from corpus.model import Corpus, Grade, Passage, Source, Supersession
from retrieval.confidence import Calibration
from retrieval.encoders import encoder_for
from retrieval.errors import IndexUnusable
from retrieval.index import Index
from retrieval.letters import Letters
from retrieval.lexical import Forms
from retrieval.meaning import Space
from retrieval.nearest import Nearest
from retrieval.postings import Postings
from retrieval.table import Table, Vocabulary
from retrieval.words import WordVectors

#: Raised by one whenever what stands in the files changes its meaning.
FORMAT = 7

_Read = TypeVar("_Read")

_CURRENT = "current"
_MANIFEST = "manifest.json"
_AGAIN = "もう一度作ってください（madoguchi index）"
_MAKE = "madoguchi index で作ってください"
_ALLOW = "フォルダーの権限を確かめてください"


def save(index: Index, calibration: Calibration, folder: Path, fingerprint: str) -> None:
    """Writes an index and makes it the one that counts.

    Args:
        index: what to write.
        calibration: of its confidence.
        folder: made where it is missing.
        fingerprint: tells what it was built from.

    Raises:
        OSError: it cannot be written; the older one still counts.
    """
    with one_writer(folder):
        before = _current(folder)
        generation = Path(tempfile.mkdtemp(prefix="index-", dir=folder))
        try:
            generation.chmod(stat.S_IMODE(folder.stat().st_mode))  # mkdtemp lets its maker in, and nobody else
            _write(index, calibration, generation)
            files = {path.name: _checksum(path) for path in sorted(generation.iterdir())}
            _dump(generation / _MANIFEST, {"format": FORMAT, "fingerprint": fingerprint, "files": files})
            write_whole(folder / _CURRENT, generation.name.encode())
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise
        for old in folder.glob("index-*"):
            # the one before stays a while longer: a process that has just read `current` may be reading it
            if old.name not in (generation.name, before):
                shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> tuple[Index, Calibration, str]:
    """Reads the index that counts.

    Returns:
        The index, its calibration and its fingerprint.

    Raises:
        IndexUnusable: there is none, it is of another version, or it is damaged.
        ModelUnavailable: it was made with a model that cannot be loaded now.
    """
    return _undisturbed(_load, folder)


def fingerprint_of(folder: Path) -> str:
    """The fingerprint of the index in a folder, without reading it.

    Raises:
        IndexUnusable: there is none or it is of another version.
    """
    return _undisturbed(lambda at: str(_manifest(at)[1]["fingerprint"]), folder)


def _undisturbed(read: Callable[[Path], _Read], folder: Path) -> _Read:
    """Reads again where writers have meanwhile replaced, and then cleared up, what was being read."""
    while True:
        before = _current(folder)
        try:
            return read(folder)
        except IndexUnusable:
            if _current(folder) == before:
                raise


def _load(folder: Path) -> tuple[Index, Calibration, str]:
    generation, manifest = _manifest(folder)
    try:
        for name, checksum in manifest["files"].items():
            if _checksum(generation / name) != checksum:
                raise IndexUnusable(f"{folder}: 索引のファイル {name} が壊れています", _AGAIN)
        index, calibration = _read(generation)
    except PermissionError as error:
        raise IndexUnusable(f"{folder}: 索引を読む権限がありません", _ALLOW) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise IndexUnusable(f"{folder}: 索引が壊れています", _AGAIN) from error
    return index, calibration, str(manifest["fingerprint"])


def _current(folder: Path) -> str:
    """The name of the generation that counts, "" where there is none."""
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _manifest(folder: Path) -> tuple[Path, dict[str, Any]]:
    try:
        generation = folder / (folder / _CURRENT).read_text(encoding="utf-8").strip()
        manifest = json.loads((generation / _MANIFEST).read_text(encoding="utf-8"))
        version, _ = manifest["format"], manifest["fingerprint"]
    except FileNotFoundError as error:
        raise IndexUnusable(f"{folder}: 索引がありません", _MAKE) from error
    except PermissionError as error:
        raise IndexUnusable(f"{folder}: 索引を読む権限がありません", _ALLOW) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{folder}: 索引が壊れています", _AGAIN) from error
    if version != FORMAT:
        raise IndexUnusable(f"{folder}: 別の版で作られた索引です（{version}、今は {FORMAT}）", _AGAIN)
    return generation, manifest


def _write(index: Index, calibration: Calibration, to: Path) -> None:
    _dump(to / "sources.json", [dataclasses.asdict(source) for source in index.corpus.sources.values()])
    with (to / "passages.jsonl").open("w", encoding="utf-8") as lines:
        for passage in index.passages:
            lines.write(json.dumps(dataclasses.asdict(passage), ensure_ascii=False) + "\n")
    words = index.vocabulary
    _dump(to / "vocabulary.json", {"terms": words.terms, "readings": words.readings, "rows": words.rows})
    _dump(to / "forms.json", index.forms.to_json())
    _dump(to / "calibration.json", dataclasses.asdict(calibration))
    _dump(to / "encoder.json", {"model": index.encoder.model})
    np.savez(to / "table.npz", **{f.name: getattr(index.table, f.name) for f in dataclasses.fields(Table)})
    postings = index.postings
    np.savez(to / "postings.npz", starts=postings.starts, passages=postings.passages, weights=postings.weights)
    np.savez(to / "space.npz", mean=index.space.mean, axes=index.space.axes, spans=index.spans)
    letters = index.letters
    np.savez(to / "letters.npz", pairs=letters.pairs, starts=letters.starts, frequencies=letters.frequencies)
    index.nearest.save(to / "nearest.faiss")
    index.words.save(to)


def _read(at: Path) -> tuple[Index, Calibration]:
    sources = [_source(value) for value in _parse(at / "sources.json")]
    with (at / "passages.jsonl").open(encoding="utf-8") as lines:
        passages = tuple(_passage(json.loads(line)) for line in lines)
    words = _parse(at / "vocabulary.json")
    with np.load(at / "table.npz") as stored:
        table = Table(**{f.name: stored[f.name] for f in dataclasses.fields(Table)})
    with np.load(at / "postings.npz") as stored:
        postings = Postings(stored["starts"], stored["passages"], stored["weights"], len(passages))
    with np.load(at / "letters.npz") as stored:
        letters = Letters(stored["pairs"], stored["starts"], stored["frequencies"])
    with np.load(at / "space.npz") as stored:
        space, spans = Space(stored["mean"], stored["axes"]), stored["spans"]
    vectors = WordVectors.load(at)
    index = Index(
        corpus=Corpus({source.key: source for source in sources}, passages),
        vocabulary=Vocabulary(words["terms"], words["readings"], words["rows"]),
        table=table,
        forms=Forms.from_json(_parse(at / "forms.json")),
        words=vectors,
        encoder=encoder_for(_parse(at / "encoder.json")["model"], vectors),
        postings=postings,
        letters=letters,
        space=space,
        nearest=Nearest.load(at / "nearest.faiss"),
        spans=spans,
    )
    return index, Calibration(**_parse(at / "calibration.json"))


def _source(value: dict[str, Any]) -> Source:
    superseded = tuple(Supersession(**one) for one in value["superseded"])
    return Source(**{**value, "grade": Grade(value["grade"]), "superseded": superseded})


def _passage(value: dict[str, Any]) -> Passage:
    return Passage(**{**value, "section": tuple(value["section"]), "keywords": tuple(value["keywords"])})


def _dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _parse(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8"))


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return checksum
