"""`madoguchi corpus` as a person types it."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.adapters.desk import Desk
from tests.adapters.official_site import OfficialSite, open_site, pdf_bytes
from tests.corpus.editions import edition_of


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


def test_a_person_at_a_terminal_sees_how_far_it_is(tmp_path: Path) -> None:
    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 100))
    environment = os.environ | {"MADOGUCHI_DATA_DIR": str(tmp_path / "data"), "NO_PROXY": "127.0.0.1"}
    with site_in_thread(pdf_bytes(500_000)) as site:
        words = ["corpus", "fetch", "guide", "--catalogue", str(catalogue(tmp_path, site))]
        command = [sys.executable, "-c", "from adapters.cli import main; main()", *words]
        done = subprocess.run(command, stderr=terminal, env=environment, cwd=Path(__file__).parents[2], check=False)
    os.close(terminal)
    shown = os.read(controller, 65536).decode()
    os.close(controller)
    assert done.returncode == 0
    assert "B/s]" in shown
    assert "guide: 取得しました" in shown
