"""`madoguchi corpus add` and comparing files, as a person types it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.shelf import Shelf
from corpus import official_pdfs
from tests import documents
from tests.adapters.desk import Desk

GUIDE = """# くらしの手引き

## 第1章 役所

### 1 届出

引っ越した日から14日以内に、市区町村の窓口で届け出てください。

### 2 ごみ

決められた日の朝8時までに、決められた場所に出してください。
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "guide.md").write_text(GUIDE, encoding="utf-8")
    return folder


def added(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Titles, section ids and such of what was added, by key."""
    corpus = desk.library.corpus()
    return {
        holding.source.key: tuple(p.section_id for p in corpus.passages if p.source == holding.source.key)
        for holding in desk.library.list()
    }


def test_a_file_is_added_as_it_calls_itself(desk: Desk, folder: Path) -> None:
    result = desk.types("add", folder / "guide.md")
    assert result.exit_code == 0
    assert "追加しました: guide@/ja（くらしの手引き、2箇所）" in result.stdout
    assert "版が分かりません" in result.stderr
    (holding,) = desk.library.list()
    assert holding.origin.path == str(folder / "guide.md")
    assert len(holding.origin.sha256) == 64


def test_what_the_person_says_of_a_file_counts(desk: Desk, folder: Path) -> None:
    result = desk.types(
        "add",
        folder / "guide.md",
        "--id",
        "guidebook",
        "--edition",
        "第9版",
        "--date",
        "2027-03",
        "--title",
        "手引き「新」",
    )
    assert result.exit_code == 0
    (displaced,) = result.stderr.splitlines()
    assert "guidebook@第8版/ja（要約）" in displaced
    assert "もう引用されません" in displaced
    assert added(desk) == {"guidebook@第9版/ja": ("ch01.1", "ch01.2")}
    (holding,) = desk.library.list()
    assert (holding.source.title, holding.source.date) == ("手引き「新」", "2027-03")
    assert holding.origin.path == str(folder / "guide.md")
    # A newer edition of the whole document leaves nothing of the embedded summary.
    assert not [p for p in desk.library.corpus().current if p.source.startswith("guidebook@第8版")]


def test_a_folder_is_added_by_its_catalogue_and_the_bad_file_is_told(desk: Desk, folder: Path) -> None:
    (folder / "sources.toml").write_text(
        '[[source]]\nfile = "guide.md"\nid = "guide"\ntitle = "手引き"\nedition = "第2版"\n', encoding="utf-8"
    )
    (folder / "empty.txt").touch()
    result = desk.types("add", folder)
    assert result.exit_code == 1
    assert "追加しました: guide@第2版/ja（手引き、2箇所）" in result.stdout
    (line,) = result.stderr.splitlines()
    assert line.startswith(str(folder / "empty.txt"))
    assert list(added(desk)) == ["guide@第2版/ja"]


def test_a_catalogue_elsewhere_takes_the_place_of_the_folders_own(desk: Desk, folder: Path, tmp_path: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "more.txt").write_text(
        "ごみは朝に出してください。収集日は町によって違います。\n", encoding="utf-8"
    )
    (folder / "bad.pdf").write_bytes(b"not a PDF")
    (folder / "circle.md").symlink_to("circle.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "sources.toml").write_text("broken", encoding="utf-8")
    sources = tmp_path / "mine.toml"
    sources.write_text(
        '[[source]]\nfile = "guide.md"\nid = "guide"\ntitle = "手引き"\nedition = "第3版"\n'
        '[[source]]\nfile = "inner/more.txt"\nid = "more"\ntitle = "別冊"\nedition = "第1版"\n',
        encoding="utf-8",
    )
    result = desk.types("add", folder, "--sources", sources)
    assert "guide@第3版/ja" in added(desk)
    assert {holding.origin.path for holding in desk.library.list()} >= {str(folder / "guide.md")}
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines() if "版が" not in line] == [
        str(folder / name) for name in ("bad.pdf", "circle.md", "pipe.md")
    ]
    sources.write_bytes(b"\xff")
    result = desk.types("add", folder, "--sources", sources)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_two_files_of_one_name_cannot_be_told_apart_by_a_catalogue(desk: Desk, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "guide.md"
    other.write_text(GUIDE, encoding="utf-8")
    sources = tmp_path / "mine.toml"
    sources.write_text("", encoding="utf-8")
    result = desk.types("add", folder / "guide.md", other, "--sources", sources)
    assert result.exit_code == 1
    assert result.stderr == f"{other}: 読み書きできません（同じ名前のファイルが二つあります）。\n"


def test_a_wrong_catalogue_adds_nothing(desk: Desk, folder: Path, tmp_path: Path) -> None:
    sources = tmp_path / "mine.toml"
    sources.write_text('[[source]]\nfile = "none.md"\nid = "guide"\ntitle = "手引き"\n', encoding="utf-8")
    result = desk.types("add", folder, "--sources", sources)
    assert result.exit_code == 1
    assert result.stderr == f"{sources}: 1番目の source（guide）: ファイルがありません: none.md\n"
    assert desk.library.list() == ()


@pytest.mark.parametrize(
    ("words", "reason"),
    [(("--date", "昨年"), "date は"), (("--id", "a b"), "id に空白")],
)
def test_what_cannot_be_said_of_a_file_is_one_line(
    desk: Desk, folder: Path, words: tuple[str, ...], reason: str
) -> None:
    result = desk.types("add", folder / "guide.md", *words)
    assert result.exit_code == 1
    assert result.stderr.startswith("指定された内容: ")
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_identity_is_for_one_file_that_no_catalogue_knows(desk: Desk, folder: Path) -> None:
    assert desk.types("add", folder, "--edition", "第2版").exit_code == 2
    (folder / "sources.toml").write_text(
        '[[source]]\nfile = "guide.md"\nid = "guide"\ntitle = "手引き"\n', encoding="utf-8"
    )
    result = desk.types("add", folder / "guide.md", "--edition", "第2版")
    assert result.exit_code == 2
    assert "に書かれています" in result.stderr
    assert desk.library.list() == ()


def test_nothing_readable_is_an_error(desk: Desk, folder: Path) -> None:
    (folder / "guide.md").write_bytes(b"")
    result = desk.types("add", folder)
    assert result.exit_code == 1
    assert "追加できる資料がありませんでした" in result.stderr
    assert desk.types("add", folder / "none.md").exit_code == 2


def test_a_replaced_file_and_an_older_edition_are_told(desk: Desk, folder: Path) -> None:
    desk.types("add", folder / "guide.md", "--edition", "第2版")
    (folder / "guide.md").write_text(GUIDE.replace("14日", "30日"), encoding="utf-8")
    again = desk.types("add", folder / "guide.md", "--edition", "第2版")
    assert "置き換えました" in again.stderr
    assert "置き換えました" not in desk.types("add", folder / "guide.md", "--edition", "第2版").stderr
    older = desk.types("add", folder / "guide.md", "--edition", "第1版")
    assert "新しい版（guide@第2版/ja）があるため、この版は引用されません" in older.stderr
    unclear = desk.types("add", folder / "guide.md", "--edition", "春の版")
    assert "どちらが新しいか分かりません" in unclear.stderr


def test_a_withdrawn_edition_that_comes_again_is_told(desk: Desk, folder: Path) -> None:
    desk.types("add", folder / "guide.md", "--edition", "第2版")
    desk.types("withdraw", "guide")
    assert "取り下げられているため" in desk.types("add", folder / "guide.md", "--edition", "第2版").stderr


def test_files_are_compared_without_being_added(desk: Desk, folder: Path) -> None:
    new = folder / "new.md"
    new.write_text(GUIDE.replace("14日", "30日"), encoding="utf-8")
    result = desk.types("diff", folder / "guide.md", new)
    assert "数: 14日 → 30日" in result.output
    assert desk.library.list() == ()
    new.write_bytes(b"")
    broken = desk.types("diff", folder / "guide.md", new)
    assert broken.exit_code == 1
    assert broken.stderr.startswith(str(new))


def test_a_fetched_pdf_needs_only_its_edition(desk: Desk) -> None:
    lines = documents.lines(
        ["第4章 出産・子育て", "1 妊娠の手続", "妊娠が分かったら、住んでいる市区町村の窓口に早めに届け出てください。"]
    )
    downloads = desk.data_dir / "official"
    downloads.mkdir(parents=True)
    entry = official_pdfs.load()["guidebook-ch04"]
    shelf = Shelf(downloads, entry.id)
    shelf.begin(entry.url, "")
    shelf.part.write_bytes(documents.pdf([[lines]]))
    shelf.finish(entry.url, "", "")
    result = desk.types("add", shelf.file, "--edition", "第8版", "--date", "2026-02-26")
    assert result.exit_code == 0
    (displaced,) = result.stderr.splitlines()
    assert "guidebook@第8版/ja（要約）" in displaced
    assert "残りの" in displaced
    (holding,) = desk.library.list()
    assert (holding.source.key, holding.source.title) == ("guidebook-ch04@第8版/ja", entry.title)
    assert (holding.source.url, holding.origin.url) == (entry.page, entry.url)
