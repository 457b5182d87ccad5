"""The assistant as it is served, beside both platforms and with the practice place; its process can be started anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import aiohttp
from aiohttp import web

from adapters.app import assembled
from adapters.database.engine import open_database
from adapters.database.store import SqlStore
from adapters.settings import Settings
from adapters.slack.app import EVENTS_PATH
from adapters.teams.app import PATH as TEAMS_PATH
from bot.ports import Work
from tests.dialogs.town import knowledge
from tests.doubles.slack import Sender, SlackDouble
from tests.doubles.teams import TeamsDouble
from tests.seats.console import ConsoleSeat
from tests.seats.slack import SlackSeat
from tests.seats.teams import TeamsSeat

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"

#: Registrations in Teams, each with a tenant of its own.
_APPS = {"tenant-1": "app-1", "tenant-2": "app-2"}


async def install(address: str, slack: SlackDouble, tenant: str) -> None:
    """Adds the assistant to a workspace: the way through a browser, with Slack's part in between.

    Args:
        address: where it is served.
        slack: the double.
        tenant: the workspace.
    """
    async with aiohttp.ClientSession(address, cookie_jar=aiohttp.DummyCookieJar()) as browser:
        async with browser.get("slack/install", allow_redirects=False) as page:
            state = parse_qs(urlsplit(page.headers["Location"]).query)["state"][0]
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        query = {"code": slack.oauth_code(tenant), "state": state}
        async with browser.get("slack/oauth_redirect", params=query, headers={"Cookie": cookie}) as page:
            assert page.status == 200


class Town:
    """Both doubles and a process; an asynchronous context manager.

    Args:
        folder: where the database is.
        console: whether the practice place is served; workspaces of Slack can be added only where it is not.
    """

    def __init__(self, folder: Path, *, console: bool = False) -> None:
        self.folder = folder
        self.console = console
        self.slack, self.teams = SlackDouble(), TeamsDouble()
        self.address = ""
        self._sender: Sender | None = None
        self._doubles, self._process = AsyncExitStack(), AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._doubles.enter_async_context(self.slack)
        await self._doubles.enter_async_context(self.teams)
        self.teams.graph.groups |= {"group-1", "group-2"}
        await self.restarts()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._process.aclose()
        await self._doubles.aclose()

    async def restarts(self) -> None:
        """Ends the process, if there is one, and starts another one."""
        await self._process.aclose()
        settings = Settings(
            data_dir=self.folder,
            database_url=self._database,
            console="on" if self.console else "off",
            public_url="" if self.console else "https://madoguchi.example",
            slack_signing_secret=SECRET,
            slack_bot_token=self.slack.install("T1") if self.console else "",
            slack_client_id="" if self.console else "1.2",
            slack_client_secret="" if self.console else "client secret",
            slack_api_url=self.slack.api_url,
            teams_registrations=self._registrations(),
            teams_login_url=self.teams.addresses["login_url"],
            teams_openid_url=self.teams.addresses["openid_url"],
            teams_issuer=self.teams.addresses["issuer"],
            teams_graph_url=self.teams.addresses["graph_url"],
        )
        app = await self._process.enter_async_context(assembled(settings, knowledge(), only_loopback=True))
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        self._process.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        self._sender = await self._process.enter_async_context(
            Sender(f"{self.address}{EVENTS_PATH.removeprefix('/')}", SECRET)
        )

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Work]:
        """A unit of work beside the process; committed at its end."""
        database = await open_database(self._database)
        try:
            async with SqlStore(database)() as work:
                yield work
                await work.commit()
        finally:
            await database.close()

    async def in_slack(self, tenant: str, channel: str, user: str) -> SlackSeat:
        """Somebody in Slack, in a workspace to which the assistant is added if it was not."""
        if f"xoxb-{tenant}" not in {grant.token for grant in self.slack.state.grants.values()}:
            await install(self.address, self.slack, tenant)
        return SlackSeat(self.slack, self._sending, tenant, channel, user)

    async def in_teams(self, tenant: str, channel: str, person: str) -> TeamsSeat:
        """Somebody in Teams."""
        registration = self.teams.register(_APPS[tenant], tenant_id=tenant)
        made = self.teams.activities(registration, group=tenant.replace("tenant", "group"))
        return TeamsSeat(self.teams, lambda: f"{self.address}{TEAMS_PATH.removeprefix('/')}", made, channel, person)

    def in_console(self, room: str) -> ConsoleSeat:
        """Somebody in a room of the practice place."""
        return ConsoleSeat(lambda: self.address, room)

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.folder / 'bot.sqlite3'}"

    def _sending(self) -> Sender:
        assert self._sender is not None
        return self._sender

    def _registrations(self) -> Path:
        file = self.folder / "registrations.toml"
        tables = (
            f'[[registration]]\napp_id = "{app}"\napp_password = "password"\ntenant_id = "{tenant}"\n'
            for tenant, app in _APPS.items()
        )
        file.write_text("\n".join(tables), encoding="utf-8")
        return file
