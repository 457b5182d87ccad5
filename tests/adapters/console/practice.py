"""The practice place with an assistant of the test's own behind it, over a real database."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession

from adapters.console.app import make_app, running
from adapters.console.rooms.platform import ConsolePlatform
from adapters.console.rooms.rendering import new_id
from adapters.database.console import ConsoleMessages
from adapters.database.engine import PATIENCE, open_database
from adapters.database.store import SqlStore
from adapters.knowledge import Knowledge
from bot.incoming import Incoming
from bot.places import Place
from bot.posts import Post, Text
from bot.reactions import Reaction
from corpus import directory
from corpus.model import Corpus, Passage, Source
from tests.adapters.sending_room import LosableDatabase
from tests.fakes import BigramFinder

SOURCE = Source(id="book", title="生活の手引き", edition="第2版", date="2026-02", url="https://example.org/book")
PASSAGE = Passage(
    id="1",
    source=SOURCE.key,
    text="在留カードをなくした人は、14日以内に届け出ます。電話は0570-013904です。",
    section_id="ch01.1-3",
    section=("在留カード", "在留カードの紛失"),
    page=2,
)


def knowledge() -> Knowledge:
    return Knowledge(BigramFinder(Corpus({SOURCE.key: SOURCE}, (PASSAGE,))), directory.load())


def saying(text: str) -> Post:
    return Post(blocks=(Text(text),), summary=f"要約：{text}")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Assistant:
    """Hears everything; reacts with what it was told to, once each; may be out of order."""

    heard: list[Incoming] = field(default_factory=list)
    reactions: deque[Reaction] = field(default_factory=deque)
    broken: deque[Exception] = field(default_factory=deque)

    async def receive(self, incoming: Incoming) -> Reaction | None:
        if self.broken:
            raise self.broken.popleft()
        self.heard.append(incoming)
        return self.reactions.popleft() if self.reactions else None


@dataclass(frozen=True)
class Practice:
    """The practice place, served.

    Args:
        address: where its pages are ("http://127.0.0.1:1234/").
        web: a browser's place.
        assistant: what hears.
        platform: what is tried.
        messages: what stands in the rooms.
        database: where; can be lost.
    """

    address: str
    web: ClientSession
    assistant: Assistant
    platform: ConsolePlatform
    messages: ConsoleMessages
    database: LosableDatabase

    async def sends(self, what: str, room: str = "city", **fields: str) -> tuple[int, dict[str, object]]:
        """What the page's script does: status and JSON of the reply."""
        form = {"id": new_id(), "spot": "channel", "thread": "", **fields}
        headers = {"Origin": self.address.rstrip("/"), "Accept": "application/json"}
        async with self.web.post(f"{self.address}rooms/{room}/{what}", data=form, headers=headers) as reply:
            return reply.status, await reply.json()

    async def says(self, place: Place, text: str) -> str:
        """The assistant says something; returns the message's id."""
        return (await self.platform.messenger.post(place, saying(text), new_id())).message


@asynccontextmanager
async def practice(folder: Path) -> AsyncIterator[Practice]:
    """Serves the practice place on a port of its own, with a database in a folder."""
    opened = await open_database(f"sqlite:///{folder / 'practice.sqlite3'}")
    database = LosableDatabase(opened.engine, PATIENCE)
    assistant, messages = Assistant(), ConsoleMessages(database)
    platform = ConsolePlatform(assistant.receive, messages, SqlStore(database), languages={}, now=now)
    try:
        async with (
            running(make_app(knowledge(), rooms=platform), "127.0.0.1", 0) as address,
            ClientSession() as web,
        ):
            yield Practice(address, web, assistant, platform, messages, database)
    finally:
        await platform.stop()
        await database.close()
