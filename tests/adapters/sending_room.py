"""A room for tests of sending: a database, a platform in memory, and a clock that stands still until told to go on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.sending import Sender, Timing
from bot.deliveries import Delivery
from bot.errors import MessengerError, StoreUnavailable
from bot.pacing import Limits
from bot.places import Place
from bot.posts import Post, Text
from tests.fakes_messenger import FakeMessenger, Fault
from tests.postgres import running

CHANNEL = Place(platform="fake", tenant="t", channel="c")
THREAD = Place(platform="fake", tenant="t", channel="c", thread="1")
START = datetime(2026, 11, 20, 9, tzinfo=UTC)

#: Address of the one database in PostgreSQL that these tests share, once there is one.
_POSTGRES: list[str] = []


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def go_on(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class LosableDatabase(Database):
    """A database that cannot be reached while `lost` is set."""

    lost = False

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        self._be_there()
        async with super().connect() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        self._be_there()
        async with super().reading() as connection:
            yield connection

    def _be_there(self) -> None:
        if self.lost:
            raise StoreUnavailable("database: cut off by the test")


class Room:
    """What a test acts with.

    Args:
        database: where deliveries are.
        limits: pace by platform.
    """

    def __init__(self, database: Database, limits: Mapping[str, Limits] | None = None) -> None:
        self.database = LosableDatabase(database.engine, 5)
        self.store = SqlStore(database)
        self.queue = SqlQueue(self.database, limits or {})
        self.platform = FakeMessenger()
        self.clock = Clock()

    def sender(self, worker: str = "w", timing: Timing | None = None) -> Sender:
        """One more process that sends."""
        return Sender(
            self.queue,
            {CHANNEL.platform: self.platform},
            worker=worker,
            now=self.clock,
            random=lambda: 1.0,
            timing=timing,
        )

    async def owe(self, text: str, place: Place = CHANNEL, *, edits: str = "", under: str = "") -> str:
        async with self.store() as work:
            delivery = await work.outbox.owe(place, saying(text), self.clock(), edits=edits, under=under)
            await work.commit()
        return delivery

    async def delivery(self, delivery: str) -> Delivery:
        async with self.store() as work:
            found = await work.outbox.delivery(delivery)
        assert found
        return found

    async def retry(self, delivery: str) -> bool:
        async with self.store() as work:
            done = await work.outbox.retry(delivery, self.clock())
            await work.commit()
        return done

    def meets(self, *errors: MessengerError, lands: bool = False) -> None:
        """The next requests meet these."""
        self.platform.faults.extend(Fault(error, lands) for error in errors)

    def said(self) -> list[str]:
        """What stands on the platform, in order."""
        return [one.post.summary for one in self.platform.said]

    def replies(self, delivery: str) -> list[str]:
        """What stands in the thread that a delivery's message begins, in order."""
        (first,) = [one.receipt.message for one in self.platform.said if one.delivery == delivery]
        return [one.post.summary for one in self.platform.said if one.receipt.place.thread == first]


def saying(text: str) -> Post:
    return Post(blocks=(Text(text),), summary=text)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        opened = await open_database(f"sqlite:///{tmp_path}/deliveries.db")
        yield opened
        await opened.close()
        return
    server = running()
    if isinstance(server, str):
        pytest.skip(server)
    # Emptying one database is quicker than making another.
    if not _POSTGRES:
        _POSTGRES.append(await server.create())
    opened = await open_database(_POSTGRES[0])
    async with opened.begin() as connection:
        await connection.execute(text("TRUNCATE deliveries, lanes, inbox, seen"))
    yield opened
    await opened.close()


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)
