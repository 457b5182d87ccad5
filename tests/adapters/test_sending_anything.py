"""Whatever happens, in whatever order: nothing is lost, nothing that can be looked for is said twice, order holds.

A longer run by hand: HYPOTHESIS_EXAMPLES=500 python -m pytest tests/adapters/test_sending_anything.py
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from adapters.database.engine import open_database
from adapters.sending import Timing
from bot.deliveries import DeliveryState
from bot.errors import Throttled, Unavailable, Unclear
from bot.pacing import Limit, Limits
from bot.places import Place
from tests.adapters.sending_room import Room
from tests.fakes_messenger import Fault

T = TypeVar("T")

TIMING = Timing(limit=0.02, lease=30, settle=1, poll=0.01)
PACE = {"fake": Limits(lane=(Limit(2, 1),), workspace=(Limit(6, 2, burst=3),))}
PLACES = [
    Place(platform="fake", tenant=tenant, channel=channel, thread=thread)
    for tenant, channel in [("t", "c"), ("t", "d"), ("u", "c")]
    for thread in ("", "1")
]
FAULTS = [
    Fault(Throttled("busy", 7)),
    Fault(Throttled("busy")),
    Fault(Unavailable("down")),
    Fault(Unclear("lost")),
    Fault(Unclear("lost"), lands=True),
    Fault(OSError("broke"), lands=True),  # type: ignore[arg-type]  # whatever a library may raise
    Fault(None),
    Fault(None, lands=True),
]


class Anything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.room = Room(self.do(open_database(f"sqlite:///{self.folder}/x.db")), PACE)
        self.owed: list[tuple[str, Place]] = []
        self.edits: dict[str, str] = {}

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @rule(place=st.sampled_from(PLACES))
    def something_is_owed(self, place: Place) -> None:
        self.owed.append((self.do(self.room.owe(f"{len(self.owed)}", place)), place))

    @rule(number=st.integers(0, 99))
    def something_is_owed_under_another(self, number: int) -> None:
        if self.owed:
            root, place = self.owed[number % len(self.owed)]
            text = f"{len(self.owed)}"
            delivery = self.do(self.room.owe(text, place.in_channel(), under=root))
            self.owed.append((delivery, place if place.thread else replace(place, thread=f"under {root}")))

    @rule(number=st.integers(0, 99))
    def something_is_edited(self, number: int) -> None:
        if self.owed:
            first, place = self.owed[number % len(self.owed)]
            text = f"{first} 改{len(self.edits)}"
            self.do(self.room.owe(text, place.in_channel(), edits=first))
            self.edits[first] = text

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3))
    def the_platform_will_falter(self, faults: list[Fault]) -> None:
        self.room.platform.faults.extend(faults)

    @rule(said=st.booleans(), count=st.integers(1, 4))
    def a_worker_is_killed(self, said: bool, count: int) -> None:
        async def die() -> None:
            now = self.room.clock()
            for one in await self.room.queue.take("killed", ["fake"], now, now + timedelta(seconds=30), count):
                if said and one.delivery.target is None and not one.delivery.unclear and one.delivery.post:
                    self.room.platform.faults.clear()
                    await self.room.platform.post(one.delivery.place, one.delivery.post, one.delivery.id)

        self.do(die())

    @rule(workers=st.integers(1, 2))
    def workers_send(self, workers: int) -> None:
        async def send() -> None:
            async with asyncio.TaskGroup() as group:
                for i in range(workers):
                    group.create_task(self.room.sender(f"w{i}", TIMING).drain())

        self.do(send())

    @rule()
    def the_database_goes_while_something_is_sent(self) -> None:
        async def lose() -> None:
            sender = self.room.sender("w", TIMING)
            async with asyncio.TaskGroup() as group:
                group.create_task(sender.run())
                await asyncio.sleep(0.004)
                self.room.database.lost = True
                sender.stop(grace=0.03)
            self.room.database.lost = False

        self.do(lose())

    @rule(seconds=st.sampled_from([0.3, 1, 5, 40]))
    def time_goes_by(self, seconds: float) -> None:
        self.room.clock.go_on(seconds)

    @invariant()
    def nothing_is_said_twice(self) -> None:
        said = [one.delivery for one in self.room.platform.said]
        assert len(said) == len(set(said))

    def teardown(self) -> None:
        try:
            self.room.platform.faults.clear()
            for _ in range(200):
                due = self.do(self.room.queue.next_due(["fake"]))
                if due is None:
                    break
                self.room.clock.time = max(due, self.room.clock())
                self.do(self.room.sender("last", TIMING).drain())
            self.all_stands_in_order()
        finally:
            self.do(self.room.database.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def all_stands_in_order(self) -> None:
        self.nothing_is_said_twice()
        said = {one.delivery: one for one in self.room.platform.said}
        for place in {where for _, where in self.owed}:
            owed = [delivery for delivery, where in self.owed if where == place]
            root = place.thread.removeprefix("under ")
            there = replace(place, thread=said[root].receipt.message) if root in said else place
            assert [one.delivery for one in self.room.platform.said if one.receipt.place == there] == owed
        for first, text in self.edits.items():
            assert said[first].post.summary == text
        for delivery, _ in self.owed:
            assert self.do(self.room.delivery(delivery)).state is DeliveryState.SENT


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "12")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
