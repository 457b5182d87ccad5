"""The wiring: what is served for which settings, and how the process says that a part of it is in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from click.testing import CliRunner
from pydantic import ValidationError

from adapters import app as wiring
from adapters.app import assembled
from adapters.cli import main
from adapters.settings import Settings
from adapters.working import InboxWorker
from bot.errors import StoreUnavailable
from tests.dialogs.town import knowledge
from tests.doubles.slack import SlackDouble
from tests.doubles.teams import TeamsDouble

Client = TestClient[web.Request, web.Application]

SLACK = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s", "slack_api_url": "http://127.0.0.1:9/api/"}
TEAMS = {"teams_app_id": "a1", "teams_app_password": "p", "teams_tenant_id": "t1"}


@asynccontextmanager
async def client(
    folder: Path,
    only_loopback: bool = True,
    /,
    **settings: Any,  # noqa: ANN401 - whatever can be set
) -> AsyncIterator[Client]:
    """Everything that is configured, served."""
    whole = Settings(data_dir=folder, **settings)
    async with (
        assembled(whole, knowledge(), only_loopback=only_loopback) as app,
        TestClient(TestServer(app)) as visitor,
    ):
        yield visitor


async def statuses(visitor: Client) -> dict[str, int]:
    """What stands where."""
    got = {path: (await visitor.get(path)).status for path in ("/", "/healthz", "/readyz", "/metrics")}
    posted = {path: (await visitor.post(path, data=b"{}")).status for path in ("/slack/events", "/api/messages")}
    return got | posted


#: Where something stands that refuses who is not who they should be.
WATCHED = {"/healthz": 200, "/readyz": 200, "/metrics": 200}


@pytest.mark.parametrize(
    ("settings", "expected", "platforms"),
    [
        ({}, {"/": 200, "/slack/events": 404, "/api/messages": 404}, ["console"]),
        (SLACK, {"/": 404, "/slack/events": 401, "/api/messages": 404}, ["slack"]),
        (TEAMS, {"/": 404, "/slack/events": 404, "/api/messages": 401}, ["teams"]),
        (SLACK | TEAMS, {"/": 404, "/slack/events": 401, "/api/messages": 401}, ["slack", "teams"]),
        (
            SLACK | TEAMS | {"console": "on"},
            {"/": 200, "/slack/events": 401, "/api/messages": 401},
            ["console", "slack", "teams"],
        ),
        ({"console": "off"}, {"/": 404, "/slack/events": 404, "/api/messages": 404}, []),
    ],
    ids=["nothing", "slack", "teams", "both", "all", "none at all"],
)
async def test_what_is_configured_is_served_and_nothing_else(
    tmp_path: Path, settings: dict[str, Any], expected: dict[str, int], platforms: list[str]
) -> None:
    async with client(tmp_path, **settings) as visitor:
        assert await statuses(visitor) == WATCHED | expected
        assert (await (await visitor.get("/healthz")).json())["platforms"] == platforms


async def test_the_practice_rooms_where_every_role_can_be_played_are_for_this_machine_only(tmp_path: Path) -> None:
    async with client(tmp_path / "here") as visitor:
        assert (await visitor.get("/rooms")).status == 200
        assert "/rooms" in await (await visitor.get("/")).text()
    async with client(tmp_path / "everywhere", False) as visitor:
        # Whoever reaches the port can call it "localhost".
        assert (await visitor.get("/rooms", headers={"Host": "localhost"})).status == 404
        page = await visitor.get("/")
        assert (page.status, "/rooms" in await page.text()) == (200, False)


async def test_slack_by_socket_needs_no_address_and_leaves_the_page_on(tmp_path: Path) -> None:
    async with SlackDouble() as slack:
        by_socket = {
            "slack_bot_token": slack.install("T1"),
            "slack_app_token": "xapp-1",
            "slack_api_url": slack.api_url,
        }
        async with client(tmp_path, **by_socket) as visitor:
            await slack.socket.connected()
            served = await statuses(visitor)
            assert (served["/"], served["/slack/events"]) == (200, 404)


async def test_registrations_of_a_file_are_all_served(tmp_path: Path) -> None:
    file = tmp_path / "registrations.toml"
    async with TeamsDouble() as teams:
        both = [teams.register("a1", tenant_id="t1"), teams.register("a2", tenant_id="t2")]
        file.write_text(
            "".join(
                f'[[registration]]\napp_id = "{one.app_id}"\napp_password = "password"\ntenant_id = "{one.tenant_id}"\n'
                for one in both
            ),
            encoding="utf-8",
        )
        addresses = {f"teams_{name}": value for name, value in teams.addresses.items()}
        async with client(tmp_path, teams_registrations=file, **addresses) as visitor:
            for one in both:
                typing = teams.activities(one).personal("") | {"type": "typing"}
                assert (await teams.deliver(str(visitor.make_url("/api/messages")), typing))[0] == 200
            stranger = teams.activities(teams.register("a3", tenant_id="t3")).personal("")
            assert (await teams.deliver(str(visitor.make_url("/api/messages")), stranger))[0] == 401


async def test_readiness_follows_the_database(tmp_path: Path) -> None:
    async with client(tmp_path) as visitor:
        database, elsewhere = tmp_path / "madoguchi.sqlite3", tmp_path / "elsewhere"
        database.rename(elsewhere)
        ready = await visitor.get("/readyz")
        assert (ready.status, (await ready.json())["checks"]) == (503, {"database": False, "workers": True})
        assert (await visitor.get("/healthz")).status == 200  # a new process would find it no better
        assert (await visitor.get("/metrics")).status == 200
        elsewhere.rename(database)
        assert (await visitor.get("/readyz")).status == 200


async def test_homes_call_channels_by_their_names(tmp_path: Path) -> None:
    async with client(tmp_path) as visitor:
        async with asyncio.timeout(10):
            # The names are asked for beside.
            while "Console 外国人相談" not in await (await visitor.get("/rooms/city/home")).text():  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def test_a_worker_that_died_makes_the_process_unhealthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(InboxWorker):
        async def run(self) -> None:
            raise RuntimeError("a defect of ours")

    monkeypatch.setattr(wiring, "InboxWorker", Broken)
    with pytest.raises(ExceptionGroup):
        async with client(tmp_path) as visitor:
            assert visitor.app is not None
            await visitor.app[wiring.ENDED].wait()
            health = await visitor.get("/healthz")
            assert (health.status, (await health.json())["status"]) == (503, "broken")
            assert (await visitor.get("/readyz")).status == 503


async def test_a_database_that_cannot_be_used_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "no_database").write_text("no database" * 1000, encoding="utf-8")
    with pytest.raises(StoreUnavailable):
        async with client(tmp_path, database_url=f"sqlite:///{tmp_path / 'no_database'}"):
            raise AssertionError("it was served")


FAULTS = {
    "a file that is no database": ("DATABASE_URL", "sqlite:///{file}", "データベースを使えません"),
    "a database that nobody serves": ("DATABASE_URL", "postgresql://x@127.0.0.1:9/x", "データベースを使えません"),
    "a folder as database": ("DATABASE_URL", "sqlite:///{folder}", "データベースを使えません"),
    "registrations that are none": ("TEAMS_REGISTRATIONS", "{file}", "TOMLとして読めません"),
    "registrations that are not there": ("TEAMS_REGISTRATIONS", "{folder}/x", "読めません"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_serve_tells_in_a_line_what_keeps_it_from_starting(
    own_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[str, str, str]
) -> None:
    name, value, told = fault
    file = tmp_path / "file"
    file.write_text("[[neither" * 1000, encoding="utf-8")
    monkeypatch.setenv(f"MADOGUCHI_{name}", value.format(file=file, folder=tmp_path))
    if name != "DATABASE_URL":
        monkeypatch.setenv("MADOGUCHI_DATABASE_URL", f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    result = CliRunner().invoke(main, ["serve", "--port", "0"])
    assert result.exit_code == 1
    (line,) = (line for line in result.stderr.splitlines() if not line.startswith("{"))
    assert told in line


def test_a_database_that_is_lost_with_the_process_is_no_setting() -> None:
    for address in ("sqlite:///:memory:", "sqlite:///file:x?mode=memory"):
        with pytest.raises(ValidationError, match="sqlite:///"):
            Settings(database_url=address)
