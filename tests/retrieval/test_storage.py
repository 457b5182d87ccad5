"""An index on disk: whole or not at all, and never trusted when damaged."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.model import Corpus, Grade, Passage, Source, Supersession
from retrieval import storage
from retrieval.engine import Engine
from retrieval.errors import IndexUnusable
from retrieval.words import WordVectors
from tests.retrieval.town import corpus_of

QUESTIONS = ("印鑑登録の手数料", "ひっこししたら何をしますか", "jishin", "保育園 申込み 締切", "火星への移住")


@pytest.fixture
def folder(engine: Engine, tmp_path: Path) -> Path:
    """Where an index of the town lies."""
    engine.save(tmp_path / "index")
    return tmp_path / "index"


def files_of(folder: Path) -> list[Path]:
    """The files of the one generation that is there."""
    (generation,) = folder.glob("index-*")
    return sorted(generation.iterdir())


def assert_refused(folder: Path) -> str:
    """Loading fails with one line that names the folder; returns it."""
    with pytest.raises(IndexUnusable) as refused:
        Engine.load(folder)
    line = str(refused.value)
    assert "\n" not in line
    assert str(folder) in line
    assert "madoguchi index" in line
    return line


def test_what_is_read_back_finds_the_same(engine: Engine, folder: Path) -> None:
    again = Engine.load(folder)
    assert again.corpus == engine.corpus
    assert again.fingerprint == "town"
    for question in QUESTIONS:
        assert again.find(question) == engine.find(question)


def test_every_field_of_sources_and_passages_survives(words: WordVectors, tmp_path: Path) -> None:
    source = Source(
        id="s",
        title="題",
        publisher="町",
        edition="第2版",
        date="2024-05",
        language="ja",
        url="https://example.org/",
        grade=Grade.CASE,
        official=False,
        superseded=(Supersession(by="t", section="二"), Supersession(by="u")),
    )
    passage = Passage(
        id="p",
        source=source.key,
        text="①「原文」の\nまま。\u3000全角　も",
        section_id="1.2",
        section=("章", "節"),
        page=7,
        url="https://example.org/p",
        date="2024",
        unconfirmed=True,
        keywords=("別名",),
        note="注",
    )
    corpus = Corpus({source.key: source}, (passage,))
    Engine.build(corpus, words=words).save(tmp_path)
    assert Engine.load(tmp_path).corpus == corpus


def test_the_fingerprint_is_read_without_the_rest(folder: Path) -> None:
    for path in files_of(folder):
        if path.name != "manifest.json":
            path.unlink()
    assert storage.fingerprint_of(folder) == "town"


def test_a_newer_index_takes_the_place_of_the_older(words: WordVectors, folder: Path) -> None:
    newer = Engine.build(corpus_of("町の花はあじさいです。"), words=words, fingerprint="newer")
    newer.save(folder)
    assert Engine.load(folder).find("町の花") == newer.find("町の花")
    assert storage.fingerprint_of(folder) == "newer"
    newer.save(folder)
    assert len(list(folder.glob("index-*"))) == 2, "but the newest and the one before it, all are gone"


def test_one_damaged_byte_in_any_file_is_noticed(folder: Path) -> None:
    files = [path for path in files_of(folder) if path.name != "manifest.json"]
    assert len(files) > 5
    for path in files:
        whole = path.read_bytes()
        at = len(whole) // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert path.name in assert_refused(folder)
        path.write_bytes(whole)
    Engine.load(folder)


def test_any_missing_file_is_noticed(folder: Path) -> None:
    for path in files_of(folder):
        aside = path.rename(folder / "aside")
        assert_refused(folder)
        aside.rename(path)
    Engine.load(folder)


@pytest.mark.parametrize("name", ["manifest.json", "passages.jsonl", "nearest.faiss", "table.npz"])
def test_a_file_cut_short_is_noticed(folder: Path, name: str) -> None:
    (path,) = (path for path in files_of(folder) if path.name == name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert_refused(folder)


def test_another_format_is_refused_by_its_number(folder: Path) -> None:
    (manifest,) = folder.glob("index-*/manifest.json")
    value = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**value, "format": storage.FORMAT + 41}), encoding="utf-8")
    assert str(storage.FORMAT + 41) in assert_refused(folder)
    with pytest.raises(IndexUnusable):
        storage.fingerprint_of(folder)


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    assert_refused(tmp_path)
    assert_refused(tmp_path / "nowhere")


def test_a_pointer_to_nowhere_is_refused(folder: Path) -> None:
    (folder / "current").write_text("index-gone", encoding="utf-8")
    assert_refused(folder)


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe", b"..", b"\0"])
def test_a_damaged_pointer_is_refused(folder: Path, pointer: bytes) -> None:
    (folder / "current").write_bytes(pointer)
    assert_refused(folder)


#: Writes into the folder of the index it has read, until the first file of more than 100,000 bytes;
#: there the system kills the process in the midst of the write.
_KILLED_WRITING = """
import resource, signal, sys
from pathlib import Path
from retrieval.engine import Engine
engine = Engine.load(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
engine.save(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the signals and limits of POSIX")
def test_the_old_index_answers_when_a_write_is_killed(engine: Engine, folder: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED_WRITING, str(folder)], check=False)
    assert killed.returncode == -signal.SIGXFSZ
    assert len(list(folder.glob("index-*"))) == 2, "a generation was begun"
    again = Engine.load(folder)
    assert again.find(QUESTIONS[0]) == engine.find(QUESTIONS[0])
    again.save(folder)
    again.save(folder)
    assert len(list(folder.glob("index-*"))) == 2, "writes clear up all but the newest and the one before"


def test_an_index_may_be_moved(engine: Engine, folder: Path, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "elsewhere")
    assert Engine.load(tmp_path / "elsewhere").find(QUESTIONS[0]) == engine.find(QUESTIONS[0])


def test_an_empty_index_is_an_index(words: WordVectors, tmp_path: Path) -> None:
    Engine.build(Corpus(), words=words).save(tmp_path)
    assert Engine.load(tmp_path).find("在留カード").found == ()
