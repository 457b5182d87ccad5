"""Messages of the practice place, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.console.rooms.people import ROOMS, Spot
from adapters.console.rooms.rendering import new_id
from adapters.database.console import ConsoleMessages
from adapters.database.engine import Database
from tests.adapters.console.practice import now, saying

HERE = ROOMS[0].place(Spot.CHANNEL)


@pytest.fixture
def messages(database: Database) -> ConsoleMessages:
    return ConsoleMessages(database)


async def test_a_message_comes_back_as_it_was_written(messages: ConsoleMessages) -> None:
    place = replace(HERE, thread="a" * 32, only_to="p")
    said = await messages.say(new_id(), place, "p", saying("一\n二\ud83d"), now())
    again = await messages.said(said.id)
    assert again == replace(said, post=saying("一\n二\ufffd"))
    assert await messages.said(new_id()) is None


async def test_revisions_grow_with_every_message_and_change(messages: ConsoleMessages) -> None:
    assert await messages.revision() == 0
    first, second = [await messages.say(new_id(), HERE, "", saying(text), now()) for text in ("一", "二")]
    assert await messages.change(first.id, saying("一、改め"))
    assert [one.id for one in await messages.since(0, 10)] == [second.id, first.id]
    assert [one.id for one in await messages.since(second.revision, 10)] == [first.id]
    assert await messages.since(await messages.revision(), 10) == []
    assert [one.id for one in await messages.latest(HERE.channel, 10)] == [first.id, second.id]


async def test_who_reads_while_many_write_misses_nothing(messages: ConsoleMessages) -> None:
    async def read(count: int) -> list[str]:
        seen: list[str] = []
        after = 0
        while len(seen) < count:
            for one in await messages.since(after, 3):
                after = one.revision
                seen.append(one.id)
        return seen

    async with asyncio.TaskGroup() as group:
        reading = group.create_task(read(30))
        writing = [group.create_task(messages.say(new_id(), HERE, "", saying(str(i)), now())) for i in range(30)]
    seen, said = await reading, [await one for one in writing]
    assert sorted(one.revision for one in said) == list(range(1, 31))
    assert seen == [one.id for one in sorted(said, key=lambda one: one.revision)]


async def test_the_first_message_of_a_thread_comes_with_the_latest(messages: ConsoleMessages) -> None:
    first = await messages.say(new_id(), HERE, "", saying("親"), now())
    for i in range(3):
        await messages.say(new_id(), HERE, "", saying(f"あいだ{i}"), now())
    reply = await messages.say(new_id(), replace(HERE, thread=first.id), "", saying("返事"), now())
    assert [one.id for one in await messages.latest(HERE.channel, 1)] == [first.id, reply.id]


async def test_old_messages_are_forgotten(messages: ConsoleMessages) -> None:
    at = now()
    await messages.say(new_id(), HERE, "", saying("古い"), at - timedelta(days=200))
    young = await messages.say(new_id(), HERE, "", saying("新しい"), at)
    assert await messages.forget(at - timedelta(days=180)) == 1
    assert [one.id for one in await messages.latest(HERE.channel, 10)] == [young.id]
