"""`madoguchi desks` and `madoguchi deliveries`, as somebody at a terminal meets them."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.cli import main
from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from bot.desks import Invitation, Member, Role
from bot.places import Person, Place
from bot.posts import Post, Text
from bot.referrals import State
from tests.adapters.database.referral_rows import changed, standing
from tests.sub_office import ENTRY, in_data, written

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SAID = "内容は一覧に出ない"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def in_database(data: Path, do: Callable[[Database], Awaitable[object]]) -> None:
    data.mkdir(exist_ok=True)

    async def opened() -> None:
        database = await open_database(f"sqlite:///{data / 'madoguchi.sqlite3'}")
        try:
            await do(database)
        finally:
            await database.close()

    asyncio.run(opened())


def sheet(path: Path, *rows: str) -> str:
    file = path / "desks.csv"
    file.write_text("\n".join(("ID,名称,都道府県,種別", *rows)), encoding="utf-8")
    return str(file)


def test_desks_are_imported_listed_and_replaced(tmp_path: Path) -> None:
    first = run("desks", "import", sheet(tmp_path, "a,新宿の窓口,東京都,", "b,みなと相談センター,大阪府,委託"))
    assert (first.exit_code, first.stderr) == (0, "2件の窓口を登録しました（うち0件は置き換え）。\n")
    assert "1件は置き換え" in run("desks", "import", sheet(tmp_path, "a,新宿区の窓口,東京都,")).stderr
    listed = json.loads(run("desks", "list", "--json").stdout)
    assert [(desk["id"], desk["name"], desk["kind"]) for desk in listed] == [
        ("a", "新宿区の窓口", "city"),
        ("b", "みなと相談センター", "outsourced"),
    ]
    assert "委託" in run("desks", "list").stdout


def test_a_file_with_a_fault_imports_nothing(tmp_path: Path) -> None:
    file = sheet(tmp_path, "a,新宿の窓口,東京都,", "b,,火星,")
    result = run("desks", "import", file)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "3行目: 名称がありません",
        "3行目: 都道府県ではありません: 火星",
        "誤りがあるので、1件も登録していません。直してから、もう一度実行してください。",
    ]
    assert json.loads(run("desks", "list", "--json").stdout) == []


def test_checking_imports_nothing(tmp_path: Path) -> None:
    assert run("desks", "import", sheet(tmp_path, "a,新宿の窓口,東京都,"), "--check").exit_code == 0
    assert json.loads(run("desks", "list", "--json").stdout) == []


def test_a_code_is_shown_once_and_kept_as_a_hash(tmp_path: Path, data: Path) -> None:
    run("desks", "import", sheet(tmp_path, "a,新宿の窓口,東京都,"))
    invited = run("desks", "invite", "a", "--days", "3", "--uses", "2")
    code = invited.stdout.strip()
    assert code in invited.stderr
    assert code not in "\n".join(sqlite3.connect(data / "madoguchi.sqlite3").iterdump())
    found: list[Invitation | None] = []

    async def redeem(database: Database) -> None:
        for _ in range(3):
            async with SqlStore(database)() as work:
                found.append(await work.desks.redeem(code, datetime.now(UTC)))
                await work.commit()

    in_database(data, redeem)
    assert [one and (one.role, one.desk) for one in found] == [(Role.COUNSELLOR, "a")] * 2 + [None]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["nowhere"], "登録されていません"),
        ([], "窓口のIDを指定"),
        (["--role", "coordinator"], "--bureau を指定"),
        (["--role", "coordinator", "--bureau", "mars"], "--bureau を指定"),
        (["--role", "agency", "a"], "窓口のIDを指定"),
    ],
)
def test_an_invitation_that_makes_no_sense(words: list[str], fault: str) -> None:
    result = run("desks", "invite", *words)
    assert result.exit_code in {1, 2}
    assert fault in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_other_roles_are_invited() -> None:
    assert run("desks", "invite", "--role", "coordinator", "--bureau", "tokyo").exit_code == 0
    assert run("desks", "invite", "--role", "administrator").exit_code == 0


def test_a_sub_offices_coordinator_is_invited_once_it_is_in_the_data() -> None:
    words = ("desks", "invite", "--role", "coordinator", "--bureau", "nishitama")
    assert "--bureau を指定" in run(*words).stderr
    with in_data(ENTRY):
        assert run(*words).exit_code == 0
    with written({**ENTRY, "parent": "mars"}):
        refused = run(*words)
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (1, 1)
    assert "bureaus.json: nishitama: parent" in refused.stderr


MEMBERS = (
    Member(person=Person(platform="slack", tenant="T1", id="U1"), role=Role.COUNSELLOR, desk="a", since=NOW),
    Member(person=Person(platform="slack", tenant="T1", id="U2"), role=Role.COORDINATOR, bureau="tokyo"),
    Member(person=Person(platform="teams", tenant="t-2", id="U2"), role=Role.COORDINATOR, bureau="osaka"),
    Member(person=Person(platform="console", tenant="console", id="person-city"), role=Role.AGENCY),
)


@pytest.fixture
def members(data: Path) -> None:
    async def enrol(database: Database) -> None:
        async with SqlStore(database)() as work:
            for one in MEMBERS:
                await work.desks.enrol(one)
            await work.commit()

    in_database(data, enrol)


def listed(*words: str) -> list[str]:
    return [one["id"] for one in json.loads(run("desks", "members", "--json", *words).stdout)]


@pytest.mark.usefixtures("members")
def test_members_are_listed_without_those_who_are_only_played() -> None:
    first, *_ = json.loads(run("desks", "members", "--json", "--desk", "a").stdout)
    assert first == {
        "id": "slack/T1/U1",
        "platform": "slack",
        "tenant": "T1",
        "person": "U1",
        "role": "counsellor",
        "desk": "a",
        "bureau": "",
        "since": NOW.isoformat(),
    }
    assert set(listed()) == {"slack/T1/U1", "slack/T1/U2", "teams/t-2/U2"}
    assert listed("--bureau", "osaka") == ["teams/t-2/U2"]
    assert listed("--bureau", "sendai") == []
    shown = run("desks", "members").stdout
    assert "相談員" in shown
    assert "2026-11-20" in shown


@pytest.mark.usefixtures("members")
def test_who_left_is_taken_off_once() -> None:
    done = run("desks", "dismiss", "slack/T1/U2")
    assert (done.exit_code, len(done.stderr.splitlines())) == (0, 1)
    assert "slack/T1/U2 の登録（担当官）を外しました。" in done.stderr
    assert set(listed()) == {"slack/T1/U1", "teams/t-2/U2"}
    again = run("desks", "dismiss", "slack/T1/U2")
    assert (again.exit_code, len(again.stderr.splitlines())) == (1, 1)
    assert "登録されていません" in again.stderr


@pytest.mark.usefixtures("members")
def test_an_id_that_two_people_have_takes_off_neither() -> None:
    refused = run("desks", "dismiss", "U2")
    assert refused.exit_code == 1
    assert "slack/T1/U2" in refused.stderr
    assert "teams/t-2/U2" in refused.stderr
    assert run("desks", "dismiss", "U2", "--desk", "a").exit_code == 1
    assert len(listed()) == 3
    assert run("desks", "dismiss", "U2", "--bureau", "osaka").exit_code == 0
    assert listed() == ["slack/T1/U2", "slack/T1/U1"]


@pytest.mark.usefixtures("members")
def test_what_they_leave_behind_is_told(data: Path) -> None:
    async def take(database: Database) -> None:
        taken = await standing(SqlStore(database), State.TAKEN)
        assert await changed(SqlStore(database), replace(taken, version=3, holder=MEMBERS[1].person))

    in_database(data, take)
    assert "照会が1件あります" in run("desks", "dismiss", "slack/T1/U2").stderr


def test_dead_deliveries_are_listed_with_reason_and_sent_again(data: Path) -> None:
    place = Place(platform="slack", tenant="T1", channel="C1")

    async def die(database: Database) -> None:
        async with SqlStore(database)() as work:
            await work.outbox.owe(place, Post(blocks=(Text(SAID),), summary=SAID), NOW)
            await work.commit()
        queue = SqlQueue(database, {})
        (taken,) = await queue.take("w", ["slack"], NOW, NOW.replace(hour=10), 1)
        await queue.failed(taken, "invalid_blocks", NOW, unclear=False)

    in_database(data, die)
    listed = run("deliveries", "list")
    assert "invalid_blocks" in listed.stdout
    assert "slack/T1/C1" in listed.stdout
    assert SAID not in listed.output
    (dead,) = json.loads(run("deliveries", "list", "--json").stdout)["dead"]
    assert run("deliveries", "retry", dead["id"]).stderr.startswith("1件を、もう一度送ります")
    again = json.loads(run("deliveries", "list", "--json").stdout)
    assert again == {"counts": {"waiting": 1}, "dead": []}
    refused = run("deliveries", "retry", dead["id"])
    assert refused.exit_code == 1
    assert dead["id"] in refused.stderr


@pytest.mark.parametrize("words", [["retry"], ["retry", "--all", "x"]])
def test_what_to_send_again_must_be_said(words: list[str]) -> None:
    assert run("deliveries", *words).exit_code == 2


def test_a_database_that_cannot_be_used_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "not-a-database").write_text("plain text, long enough to be no SQLite header" * 50)
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", f"sqlite:///{tmp_path / 'not-a-database'}")
    result = run("desks", "list")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "データベースを使えません" in result.stderr
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "mysql://host/name")
    unknown = run("desks", "list")
    assert (unknown.exit_code, len(unknown.stderr.splitlines())) == (2, 1)
