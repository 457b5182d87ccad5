from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.ticking import Ticker
from bot.errors import StoreUnavailable


class Clock:
    """Counts its ticks, and fails in those that are named."""

    def __init__(self, *failing: int) -> None:
        self.count = 0
        self._failing = failing
        self._reached = asyncio.Condition()

    async def __call__(self) -> int:
        self.count += 1
        async with self._reached:
            self._reached.notify_all()
        if self.count in self._failing:
            raise StoreUnavailable("cut off by the test") if self.count % 2 else ValueError
        return 1

    async def reaches(self, count: int) -> None:
        async with self._reached:
            await self._reached.wait_for(lambda: self.count >= count)


async def test_it_ticks_at_once_and_again_and_again() -> None:
    clock = Clock()
    ticker = Ticker(clock, every=0.001)
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker.run())
        await clock.reaches(3)
        ticker.stop()


async def test_what_one_tick_left_the_next_does_at_once() -> None:
    due, done = [50, 50, 7, 0], asyncio.Event()

    async def tick() -> int:
        count = due.pop(0)
        if not due:
            done.set()
        return count

    ticker = Ticker(tick, every=3600)
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker.run())
        await done.wait()
        ticker.stop()


async def test_a_tick_that_fails_ends_nothing_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock(1, 2, 3)
    ticker = Ticker(clock, every=0.001)
    with caplog.at_level(logging.WARNING, "adapters.ticking"):
        async with asyncio.TaskGroup() as group:
            group.create_task(ticker.run())
            await clock.reaches(5)
            ticker.stop()
    assert [record.message for record in caplog.records] == [
        "looking at the clock: does not work, tried again and again",
        "looking at the clock: works again",
    ]


async def test_a_stop_ends_the_wait() -> None:
    clock = Clock()
    ticker = Ticker(clock, every=3600)
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker.run())
        await clock.reaches(1)
        ticker.stop()
    assert clock.count == 1


async def test_a_stop_waits_for_the_tick_under_way_but_not_for_ever() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def tick() -> int:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return 0

    ticker = Ticker(tick)
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker.run())
        await begun.wait()
        ticker.stop(grace=0.01)
    assert ended.is_set()
