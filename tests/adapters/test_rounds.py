"""A bell that is heard early, late or never; deadlines that can be brought forward; troubles told once."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.rounds import Bell, Deadlines, Trouble
from bot.errors import StoreUnavailable


async def test_a_bell_rung_while_nobody_sleeps_ends_the_next_sleep_and_only_that() -> None:
    bell = Bell()
    bell.ring()
    await bell.wait(3600)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await bell.wait(3600)


async def test_a_bell_ends_a_sleep() -> None:
    bell = Bell()
    async with asyncio.TaskGroup() as group:
        group.create_task(bell.wait(3600))
        await asyncio.sleep(0)
        bell.ring()


async def test_deadlines_end_what_is_under_way_and_what_comes_after() -> None:
    deadlines = Deadlines()

    async def work() -> str:
        try:
            async with deadlines.within(3600):
                await asyncio.Event().wait()
        except TimeoutError:
            return "ended"
        return "done"

    under_way = [asyncio.create_task(work()) for _ in range(2)]
    await asyncio.sleep(0)
    deadlines.end()
    assert [await one for one in (*under_way, work())] == ["ended"] * 3


async def test_what_is_quick_enough_is_not_ended() -> None:
    deadlines = Deadlines()
    async with deadlines.within(3600):
        await asyncio.sleep(0)
    deadlines.end()


def test_a_trouble_is_told_when_it_begins_and_when_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    trouble = Trouble(logging.getLogger("adapters.sending"), "sending")
    trouble.over()
    for _ in range(3):
        trouble.met(StoreUnavailable("away"))
    trouble.over()
    trouble.over()
    assert [record.getMessage() for record in caplog.records] == [
        "sending: does not work, tried again and again",
        "sending: works again",
    ]
