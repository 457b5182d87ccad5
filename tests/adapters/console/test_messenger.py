"""The practice place's messenger keeps to the contract, and its messages to theirs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.console.rooms.live import Bell
from adapters.console.rooms.messenger import ConsoleMessenger
from adapters.console.rooms.people import ROOMS, Spot
from adapters.console.rooms.rendering import new_id
from adapters.database.console import ConsoleMessages
from adapters.database.engine import PATIENCE, Database, open_database
from bot.errors import Gone, StoreUnavailable, Unavailable
from bot.places import Person, Place, Receipt
from tests.adapters.console.practice import now, saying
from tests.contracts.messenger import MessengerContract, Trouble
from tests.dialogs.talk import text_of

HERE = ROOMS[0].place(Spot.CHANNEL)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    yield opened
    await opened.close()


@pytest.fixture
def messages(database: Database) -> ConsoleMessages:
    return ConsoleMessages(database)


class Hindered(Database):
    """A database that cannot be reached the next time, if told so."""

    once = False

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        if self.once:
            self.once = False
            raise StoreUnavailable("database: cut off by the test")
        async with super().connect() as connection:
            yield connection


class ConsoleStage:
    def __init__(self, database: Database) -> None:
        self.database = Hindered(database.engine, PATIENCE)
        self.messages = ConsoleMessages(self.database)
        self.messenger = ConsoleMessenger(self.messages, now, Bell())
        self.place = HERE
        self.closed = replace(HERE, channel="channel-closed")
        self.person = ROOMS[0].person
        self.looks_back = True
        # There is no platform that could throttle or refuse, and no answer that could get lost on its way.
        self.troubles = frozenset({Trouble.UNAVAILABLE})

    async def public(self, place: Place) -> Sequence[str]:
        said = await self.messages.latest(place.channel, 100)
        return [text_of(one.post.blocks) for one in said if not one.place.only_to]

    async def private(self, person: Person) -> Sequence[str]:
        (room,) = [one for one in ROOMS if one.person == person]
        whispered = [one for one in await self.messages.latest(HERE.channel, 100) if one.place.only_to == person.id]
        direct = await self.messages.latest(room.place(Spot.DIRECT).channel, 100)
        return [text_of(one.post.blocks) for one in (*whispered, *direct)]

    async def meet(self, trouble: Trouble) -> None:
        assert trouble is Trouble.UNAVAILABLE
        self.database.once = True


class TestConsoleMessenger(MessengerContract):
    @pytest.fixture
    def stage(self, database: Database) -> ConsoleStage:
        return ConsoleStage(database)


async def test_a_delivery_that_is_sent_twice_stands_once(messages: ConsoleMessages) -> None:
    messenger, delivery = ConsoleMessenger(messages, now, Bell()), new_id()
    receipts = [await messenger.post(HERE, saying("一度だけ"), delivery) for _ in range(2)]
    assert receipts[0] == receipts[1] == Receipt(HERE, delivery)
    assert len(await messages.latest(HERE.channel, 10)) == 1


async def test_a_private_message_is_found(messages: ConsoleMessages) -> None:
    messenger, delivery = ConsoleMessenger(messages, now, Bell()), new_id()
    place = HERE.privately(ROOMS[0].person)
    await messenger.post(place, saying("あなただけに"), delivery)
    assert await messenger.find(place, delivery) == Receipt(place, delivery)


async def test_what_was_cleared_away_cannot_be_edited(messages: ConsoleMessages) -> None:
    messenger = ConsoleMessenger(messages, now, Bell())
    with pytest.raises(Gone):
        await messenger.edit(Receipt(HERE, new_id()), saying("どこへ"))


async def test_a_database_that_cannot_be_reached_is_worth_another_try(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'held.sqlite3'}", patience=0.05)
    messenger = ConsoleMessenger(ConsoleMessages(database), now, Bell())
    delivery = new_id()

    async def held() -> None:
        async with database.connect():
            for attempt in (
                messenger.post(HERE, saying("ひみつ"), delivery),
                messenger.edit(Receipt(HERE, delivery), saying("ひみつ")),
            ):
                with pytest.raises(Unavailable) as caught:
                    await asyncio.create_task(attempt)
                assert "ひみつ" not in caught.value.reason

    await held()
    assert (await messenger.post(HERE, saying("ひみつ"), delivery)).message == delivery
    await database.close()
