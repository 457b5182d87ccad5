"""A bot on a free port, as the double of Teams meets it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from adapters.teams.app import PATH, TeamsPlatform
from adapters.teams.config import TeamsConfig
from adapters.teams.references import Addresses
from adapters.teams.web import Web
from bot.documents import Documents
from bot.errors import StoreUnavailable
from bot.incoming import Incoming
from bot.reactions import Reaction
from bot.reception import Receive
from tests.fakes_documents import FakeDocuments


@dataclass
class MemoryAddresses:
    """Addresses that live as long as the test."""

    kept: dict[str, Mapping[str, str]] = field(default_factory=dict)
    written: int = 0

    async def remember(self, key: str, value: Mapping[str, str]) -> None:
        self.kept[key] = dict(value)
        self.written += 1

    async def recall(self, key: str) -> Mapping[str, str] | None:
        return self.kept.get(key)


@dataclass
class Received:
    """Receives: keeps what came in, and reacts as it was told to, once for each thing that comes."""

    seen: list[Incoming] = field(default_factory=list)
    reaction: Reaction | None = None
    faults: list[StoreUnavailable] = field(default_factory=list)

    async def __call__(self, incoming: Incoming) -> Reaction | None:
        if self.faults:
            raise self.faults.pop()
        self.seen.append(incoming)
        return self.reaction


@dataclass(frozen=True)
class Served:
    """A bot that is served."""

    platform: TeamsPlatform
    endpoint: str


@asynccontextmanager
async def serving(
    config: TeamsConfig,
    receive: Receive,
    addresses: Addresses,
    tries: tuple[float, ...] = (),
    documents: Documents | None = None,
) -> AsyncIterator[Served]:
    """Serves a bot."""
    platform = TeamsPlatform(config, receive, addresses, documents or FakeDocuments(), tries)
    app = web.Application(client_max_size=10_000_000)
    platform.add_routes(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    await platform.start()
    try:
        yield Served(platform, f"http://{host}:{port}{PATH}")
    finally:
        await runner.cleanup()
        await platform.stop()


@asynccontextmanager
async def opened(web: Web) -> AsyncIterator[Web]:
    """Opens an HTTP client, and closes it whatever happens."""
    await web.start()
    try:
        yield web
    finally:
        await web.stop()
