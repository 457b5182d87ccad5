from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from adapters.console.rooms.live import Bell
from adapters.console.rooms.messenger import ConsoleMessenger
from adapters.console.rooms.people import BY_ID, Spot
from adapters.console.rooms.rendering import new_id
from bot.places import Receipt
from tests.adapters.console.practice import Practice, now, practice, saying

CHANNEL = BY_ID["city"].place(Spot.CHANNEL)


@pytest.fixture
async def rooms(tmp_path: Path) -> AsyncIterator[Practice]:
    async with practice(tmp_path) as served:
        yield served


async def told(reply: ClientResponse) -> tuple[str, dict[str, Any]]:
    """The next event of a stream: its id and data."""
    known = ""
    async for line in reply.content:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name == "id":
            known = value
        if name == "data":
            return known, json.loads(value)
    raise AssertionError("the stream has ended")


async def test_what_is_said_arrives_at_every_open_page(rooms: Practice) -> None:
    address = f"{rooms.address}rooms/events?after=0"
    async with rooms.web.get(address) as one, rooms.web.get(address) as other:
        assert one.headers["Content-Type"] == "text/event-stream"
        message = await rooms.says(CHANNEL, "届きましたか")
        for page in (one, other):
            _, event = await told(page)
            assert (event["id"], event["room"], event["spot"], event["thread"]) == (message, "city", "channel", "")
            assert "届きましたか" in event["html"]
            assert event["summary"] == "要約：届きましたか"


async def test_what_another_process_writes_arrives_too(rooms: Practice) -> None:
    elsewhere = ConsoleMessenger(rooms.messages, now, Bell())  # its bell rings in no page of this process
    async with rooms.web.get(f"{rooms.address}rooms/events?after=0") as page:
        await elsewhere.post(CHANNEL, saying("よそから"), new_id())
        assert "よそから" in (await told(page))[1]["html"]


async def test_a_page_that_comes_back_gets_what_it_missed(rooms: Practice) -> None:
    first = await rooms.says(CHANNEL, "一")
    async with rooms.web.get(f"{rooms.address}rooms/events?after=0") as page:
        known, event = await told(page)
        assert event["id"] == first
    second = await rooms.says(CHANNEL, "二")
    await rooms.platform.messenger.edit(Receipt(CHANNEL, first), saying("一、改め"))
    headers = {"Last-Event-ID": known}
    async with rooms.web.get(f"{rooms.address}rooms/events?after=0", headers=headers) as page:
        missed = [(await told(page))[1] for _ in range(2)]
    assert [event["id"] for event in missed] == [second, first]
    assert "一、改め" in missed[1]["html"]


async def test_a_page_older_than_the_database_hears_of_what_comes(rooms: Practice) -> None:
    async with rooms.web.get(f"{rooms.address}rooms/events?after=999") as page:
        await rooms.says(CHANNEL, "新しい")
        assert "新しい" in (await told(page))[1]["html"]


async def test_what_is_for_one_person_arrives_in_no_other_room(rooms: Practice) -> None:
    async with rooms.web.get(f"{rooms.address}rooms/events?after=0") as page:
        await rooms.says(CHANNEL.privately(BY_ID["agency"].person), "入管庁の人だけに")
        await rooms.says(CHANNEL.privately(BY_ID["city"].person), "相談員だけに")
        _, event = await told(page)
    assert "相談員だけに" in event["html"]


async def test_many_messages_arrive_in_their_order(rooms: Practice) -> None:
    said = [await rooms.says(CHANNEL, str(i)) for i in range(60)]
    async with rooms.web.get(f"{rooms.address}rooms/events?after=0") as page:
        assert [(await told(page))[1]["id"] for _ in said] == said


@pytest.mark.parametrize("after", ["", "-1", "x", "１"])
async def test_a_revision_that_is_no_number_is_refused(rooms: Practice, after: str) -> None:
    async with rooms.web.get(f"{rooms.address}rooms/events", params={"after": after}) as reply:
        assert reply.status == 400


async def test_streams_end_when_the_platform_stops(rooms: Practice) -> None:
    async with rooms.web.get(f"{rooms.address}rooms/events?after=0") as page:
        await rooms.platform.stop()
        async with asyncio.timeout(5):
            assert await page.content.read() == b"retry: 1000\n\n"


async def test_a_stream_ends_when_the_database_is_lost_and_goes_on_when_it_is_back(rooms: Practice) -> None:
    address = f"{rooms.address}rooms/events?after=0"
    async with rooms.web.get(address) as page:
        rooms.database.lost = True
        async with asyncio.timeout(10):
            assert await page.content.read() == b"retry: 1000\n\n"
    async with rooms.web.get(address) as refused:
        assert refused.status == 503
    rooms.database.lost = False
    async with rooms.web.get(address) as page:
        await rooms.says(CHANNEL, "また動いています")
        assert "また動いています" in (await told(page))[1]["html"]


async def test_a_page_that_is_closed_leaves_nothing_behind(rooms: Practice, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        async with rooms.web.get(f"{rooms.address}rooms/events?after=0") as page:
            page.close()
        await rooms.says(CHANNEL, "だれもいない")
    assert caplog.text == ""
