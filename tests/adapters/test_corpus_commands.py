"""`madoguchi corpus` as a person types it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.commands.corpus import corpus
from corpus.library import Library
from tests.adapters.official_site import OfficialSite, open_site, pdf_bytes
from tests.corpus.editions import edition_of


@dataclass(frozen=True)
class Desk:
    """A person at the command line."""

    data_dir: Path

    def types(self, *words: str | Path) -> Result:
        result = CliRunner().invoke(corpus, [str(word) for word in words], obj=self)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    @property
    def library(self) -> Library:
        return Library(self.data_dir / "library")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


OLD = edition_of(
    {"1 届出": "14日以内に届け出ます。電話は03-1111-2222です。", "2 ごみ": "朝8時までに出します。"}, edition="第1版"
)
NEW = edition_of(
    {"1 届出": "30日以内に届け出ます。電話は03-3333-4444です。", "3 年金": "20歳から入ります。"}, edition="第2版"
)


def test_the_list_shows_what_comes_with_the_program_and_what_was_added(desk: Desk) -> None:
    desk.library.add(OLD)
    desk.library.add(NEW)
    result = desk.types("list")
    assert result.exit_code == 0
    lines = {tuple(line.split()[:2]): line for line in result.output.splitlines()}
    assert "引用しません（guide@第2版/ja あり）" in lines["guide", "第1版"]
    assert lines["guide", "第2版"].endswith("引用中")
    assert "内蔵の要約" in lines["guidebook", "第8版"]


def test_the_list_for_scripts(desk: Desk) -> None:
    desk.library.add(OLD)
    desk.library.withdraw("guide", section="2", reason="誤り")
    entry = json.loads(desk.types("list", "--json").output)[-1]
    assert (entry["key"], entry["passages"], entry["current"], entry["embedded"]) == ("guide@第1版/ja", 2, 1, False)
    assert [(one["section"], one["reason"]) for one in entry["withdrawals"]] == [("2", "誤り")]


def test_two_editions_are_compared_with_the_figures_that_changed(desk: Desk) -> None:
    desk.library.add(OLD)
    desk.library.add(NEW)
    output = desk.types("diff", "guide@第1版", "guide@第2版/ja").output
    assert "数: 14日 → 30日" in output
    assert "電話: 03-1111-2222 → 03-3333-4444" in output
    assert "変更 1節、追加 1節、削除 1節、移動 0節、変わらず 0節" in output
    changes = json.loads(desk.types("diff", "guide@第1版", "guide@第2版", "--json").output)["changes"]
    assert [change["change"] for change in changes] == ["changed", "added", "dropped"]
    assert changes[0]["figures"][0] == {"kind": "number", "old": "14日", "new": "30日"}


def test_an_edition_compared_with_itself(desk: Desk) -> None:
    desk.library.add(OLD)
    assert desk.types("diff", "guide@第1版", "guide@第1版").output == (
        "変更 0節、追加 0節、削除 0節、移動 0節、変わらず 2節\n"
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("guide", "guide@第1版/ja、guide@第1版/en"),
        ("guide@第1版", "一つに決められません"),
        ("none", "ファイルも資料もありません"),
    ],
)
def test_an_edition_that_cannot_be_told_is_one_line(desk: Desk, name: str, reason: str) -> None:
    desk.library.add(OLD)
    desk.library.add(edition_of({"1 Notice": "within 14 days"}, edition="第1版", language="en"))
    result = desk.types("diff", name, name)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_withdrawn_and_put_back(desk: Desk) -> None:
    desk.library.add(OLD)
    desk.library.add(NEW)
    result = desk.types("withdraw", "guide", "--edition", "第2版", "--reason", "読み取りの誤り")
    assert "取り下げました: guide@第2版/ja" in result.output
    assert "代わりに guide@第1版/ja が再び引用されます" in result.output
    assert "取り下げ" in next(line for line in desk.types("list").output.splitlines() if "第2版" in line)
    assert desk.types("withdraw", "guide", "--edition", "第2版", "--undo").output == "元に戻しました: guide@第2版/ja\n"
    assert {p.source for p in desk.library.corpus().current if p.source.startswith("guide@")} == {"guide@第2版/ja"}


def test_a_section_of_the_embedded_summary_can_be_withdrawn(desk: Desk) -> None:
    assert "guidebook@第8版/ja の「ch01.1」" in desk.types("withdraw", "guidebook", "--section", "ch01.1").output
    assert not [p for p in desk.library.corpus().current if p.section_id.startswith("ch01.1-")]


@pytest.mark.parametrize(
    "words", [("withdraw", "none"), ("withdraw", "guidebook", "--section", "ch99"), ("withdraw", "guidebook", "--undo")]
)
def test_what_cannot_be_withdrawn_is_one_line(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk.types(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_a_damaged_library_is_one_line(desk: Desk) -> None:
    desk.library.add(OLD)
    (desk.data_dir / "library" / "ledger.json").write_text("{", encoding="utf-8")
    result = desk.types("list")
    assert result.exit_code == 1
    assert "資料の一覧を読めません" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_used_is_one_line(desk: Desk) -> None:
    desk.data_dir.write_text("a file where the folder should be")
    result = desk.types("withdraw", "guidebook")
    assert result.exit_code == 1
    assert "読み書きできません" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [("diff", "one"), ("withdraw",), ("fetch", "none"), ("fetch", "--max-mb", "0"), ("x",)]
)
def test_wrong_usage_is_exit_code_2(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.types(*words).exit_code == 2


@contextmanager
def site_in_thread(content: bytes) -> Iterator[OfficialSite]:
    """A site served beside the command, which runs an event loop of its own."""
    ready, done = threading.Event(), threading.Event()
    opened: list[OfficialSite] = []

    async def serve() -> None:
        async with open_site(content) as site:
            opened.append(site)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield opened[0]
    finally:
        done.set()
        thread.join()


def catalogue(folder: Path, site: OfficialSite) -> Path:
    entries = [("guide", "guide.pdf", "true"), ("lost", "lost.pdf", "true"), ("doubtful", "guide.pdf", "false")]
    text = "".join(
        f'[[pdf]]\nid = "{name}"\nsource = "{name}"\ntitle = "くらしの手引き"\npublisher = "窓口市"\nlanguage = "ja"\n'
        f'url = "{site.address}/{path}"\npage = "{site.address}/"\nconfirmed = {confirmed}\nnote = "{name}の注"\n'
        for name, path, confirmed in entries
    )
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_fetching_one_lets_the_others_go_on(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with site_in_thread(pdf_bytes(5000)) as site:
        result = desk.types("fetch", "--all", "--json", "--catalogue", catalogue(tmp_path, site))
        again = desk.types("fetch", "guide", "--catalogue", catalogue(tmp_path, site))
        site.content = pdf_bytes(6000)
        changed = desk.types("fetch", "guide", "--catalogue", catalogue(tmp_path, site))
    assert result.exit_code == 1
    guide, lost = json.loads(result.stdout)
    assert (guide["id"], guide["changed"], guide["size"]) == ("guide", True, 5000)
    assert "HTTP 404" in lost["error"]
    assert "guideの注" in result.stderr
    assert "madoguchi corpus add" in result.stderr
    assert (again.exit_code, "変わっていません" in again.stderr) == (0, True)
    assert "madoguchi corpus diff" in changed.stderr


def test_fetch_by_itself_lists_what_there_is(desk: Desk) -> None:
    output = desk.types("fetch").output
    assert "guidebook-easy-ch03" in output
    assert "未確認" in next(line for line in output.splitlines() if line.startswith("handbook-ch4 "))
    assert json.loads(desk.types("fetch", "--json").output)[0]["id"] == "guidebook"
    assert not desk.data_dir.exists()


GUIDE = """# くらしの手引き

## 第1章 役所

### 1 届出

引っ越した日から14日以内に、市区町村の窓口で届け出てください。

### 2 ごみ

決められた日の朝8時までに、決められた場所に出してください。
"""


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
    assert (result.exit_code, result.stderr) == (0, "")
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
        str(folder / "bad.pdf")
    ]


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
