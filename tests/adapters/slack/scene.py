"""Slack's double, the assistant beside it, and a `receive` that remembers: what tests of the adapter play on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from adapters.database.addresses import Addresses
from adapters.database.engine import Database
from adapters.slack.app import EVENTS_PATH, SlackPlatform
from adapters.slack.config import SlackConfig
from bot.incoming import Asked, Incoming, Joined, Left, Pressed, Submitted
from bot.reactions import Reaction
from bot.reception import Receive
from tests.doubles.slack import Sender, SlackDouble
from tests.fakes_documents import FakeDocuments

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass
class Ears:
    """Receives: claims by keys, remembers, and reacts as it is told."""

    heard: list[Incoming] = field(default_factory=list)
    reaction: Reaction | None = None
    error: Exception | None = None
    _seen: set[str] = field(default_factory=set)

    async def receive(self, incoming: Incoming) -> Reaction | None:
        if self.error is not None:
            raise self.error
        if isinstance(incoming, Asked | Pressed | Submitted | Joined | Left):
            if not self._seen.isdisjoint(incoming.keys):
                return None
            self._seen.update(incoming.keys)
        self.heard.append(incoming)
        return self.reaction

    @property
    def questions(self) -> list[str]:
        return [one.text for one in self.heard if isinstance(one, Asked)]


@dataclass
class Scene:
    slack: SlackDouble
    sender: Sender
    platform: SlackPlatform
    ears: Ears
    url: str


@asynccontextmanager
async def scene(
    slack: SlackDouble,
    config: SlackConfig | None = None,
    *,
    receive: Receive | None = None,
    database: Database | None = None,
    ears: Ears | None = None,
    random: Callable[[], float] = lambda: 0.0,
) -> AsyncIterator[Scene]:
    """The assistant, serving; by default with the token of workspace T1, over HTTP."""
    ears = ears or Ears()
    if config is None:
        config = SlackConfig(signing_secret=SECRET, bot_token=slack.install("T1"), api_url=slack.api_url)
    addresses = None if database is None else Addresses(database)
    platform = SlackPlatform(config, receive or ears.receive, FakeDocuments(), database, addresses, random=random)
    app = web.Application()
    platform.add_routes(app)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await platform.start()
    try:
        async with Sender(f"{url}{EVENTS_PATH}", SECRET) as sender:
            yield Scene(slack, sender, platform, ears, url)
    finally:
        await platform.stop()
        await runner.cleanup()


async def soon(true: Callable[[], object]) -> None:
    """Waits until something is so; what never comes to be so fails the test."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what is waited for happens in other code
            await asyncio.sleep(0.005)
