"""`madoguchi serve` as a process of its own, beside doubles of Slack and Teams; it is met over HTTP only."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from adapters.teams.config import Registration
from tests.doubles.slack import Sender, SlackDouble
from tests.doubles.teams import Landed, TeamsDouble
from tests.doubles.teams.activities import Activities, Activity

#: What starts the command; the installed script may belong to another interpreter.
MADOGUCHI = (sys.executable, "-c", "from adapters.cli import main; main()")

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
WORKSPACE = "T1"


class Server:
    """A serving process.

    Args:
        process: it.
        said: lines that it wrote to standard error so far.
    """

    def __init__(self, process: Process, said: list[str]) -> None:
        self._process = process
        self.said = said
        self.address = ""

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self._process.kill()

    def terminate(self) -> None:
        """Asks it to end."""
        self._process.terminate()

    async def ended(self) -> int:
        """Waits for its end; returns its exit code."""
        async with asyncio.timeout(30):
            return await self._process.wait()

    @property
    def logged(self) -> list[dict[str, Any]]:
        """The lines that are logs."""
        return [json.loads(line) for line in self.said if line.startswith("{")]


def environment(**settings: str) -> dict[str, str]:
    """The environment of a process with these settings and no others.

    Args:
        settings: by name, in small letters.
    """
    others = {name: value for name, value in os.environ.items() if not name.upper().startswith("MADOGUCHI_")}
    return others | {f"MADOGUCHI_{name.upper()}": value for name, value in settings.items()}


@asynccontextmanager
async def serving(settings: Mapping[str, str]) -> AsyncIterator[Server]:
    """Starts it, waits until it answers, and ends it."""
    process = await asyncio.create_subprocess_exec(
        *MADOGUCHI, "serve", "--port", "0", stderr=PIPE, env=environment(**settings)
    )
    server = Server(process, [])
    ready = asyncio.Event()

    async def read() -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            told = line.decode().rstrip()
            if told.startswith("{"):
                server.said.append(told)
                if json.loads(told)["message"] == "serving":
                    ready.set()
            else:
                server.said.append(told)
                if found := re.search(r"http://127\.0\.0\.1:\d+/", told):
                    server.address = found[0]
        ready.set()

    reading = asyncio.create_task(read())
    try:
        async with asyncio.timeout(60):
            await ready.wait()
        assert server.address, server.said
        yield server
    finally:
        if process.returncode is None:
            process.terminate()
        await server.ended()
        await reading


async def command(settings: Mapping[str, str], *arguments: str) -> str:
    """Runs another command beside it; returns what it printed."""
    process = await asyncio.create_subprocess_exec(
        *MADOGUCHI, *arguments, stdout=PIPE, stderr=PIPE, env=environment(**settings)
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode().strip()


async def soon(true: Callable[[], object], seconds: float = 20) -> None:
    """Waits until something is so; what never comes to be so fails the test."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)


def let_leases_run_out(database: Path) -> None:
    """What a killed process had in hand is free, as it would be by itself a minute later."""
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE inbox SET leased_until = NULL")
        connection.execute("UPDATE lanes SET leased_until = '1970-01-01 00:00:00.000000'")
    connection.close()


@dataclass
class Town:
    """Both platforms, and how the assistant is set up for them.

    Args:
        slack: the double.
        teams: the double.
        registration: the assistant in Teams.
        folder: where its database is.
        index: a data folder in which the index is built already.
    """

    slack: SlackDouble
    teams: TeamsDouble
    registration: Registration
    folder: Path
    index: Path

    @property
    def database(self) -> Path:
        return self.folder / "bot.sqlite3"

    @property
    def settings(self) -> dict[str, str]:
        """For `environment`."""
        addresses = self.teams.addresses
        return {
            "data_dir": str(self.index),
            "database_url": f"sqlite:///{self.database}",
            "slack_api_url": self.slack.api_url,
            "slack_bot_token": self.slack.install(WORKSPACE),
            "slack_signing_secret": SECRET,
            "teams_app_id": self.registration.app_id,
            "teams_app_password": self.registration.app_password,
            "teams_tenant_id": self.registration.tenant_id,
            "teams_login_url": addresses["login_url"],
            "teams_openid_url": addresses["openid_url"],
            "teams_issuer": addresses["issuer"],
            "teams_graph_url": addresses["graph_url"],
        }


@asynccontextmanager
async def town(index: Path, folder: Path) -> AsyncIterator[Town]:
    """Opens both doubles."""
    async with SlackDouble() as slack, TeamsDouble() as teams:
        teams.graph.groups.add("group-1")
        yield Town(slack, teams, teams.register("app-1"), folder, index)


class Visited:
    """A town in which the assistant serves.

    Args:
        town: the town.
        address: where it serves, with a slash at the end.
        sender: Slack's side of HTTP.
    """

    def __init__(self, town: Town, address: str, sender: Sender) -> None:
        self.town, self.slack, self.teams = town, town.slack, town.teams
        self.address, self.sender = address, sender
        self.made: Activities = town.teams.activities(town.registration, group="group-1")

    async def tells(self, activity: Activity) -> tuple[int, Any]:
        """Teams sends an activity; returns status and body."""
        return await self.teams.deliver(f"{self.address}api/messages", activity)

    async def get(self, path: str) -> tuple[int, str]:
        """What stands at an address."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}{path}") as answer:
            return answer.status, await answer.text()

    def in_teams(self, conversation: str) -> list[Landed]:
        """What stands in a conversation."""
        return self.teams.conversations.said_in(conversation)


class Here(Visited):
    """The same, by a process of its own.

    Args:
        town: the town.
        server: the process.
        sender: Slack's side of HTTP.
    """

    def __init__(self, town: Town, server: Server, sender: Sender) -> None:
        super().__init__(town, server.address, sender)
        self.server = server


@asynccontextmanager
async def served(town: Town) -> AsyncIterator[Here]:
    """Starts a server in a town, and ends it."""
    async with serving(town.settings) as server, Sender(f"{server.address}slack/events", SECRET) as sender:
        yield Here(town, server, sender)


def words(landed: Landed) -> str:
    """All that stands in a message of Teams."""
    return json.dumps(landed.activity, ensure_ascii=False)
