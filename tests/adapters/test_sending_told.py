"""What is told of sending: counts by outcome, ids in the logs, troubles once; never what a message says."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from adapters.logs import Lines
from adapters.sending import Sender, Timing
from bot.errors import Gone, Refused, Throttled, Unavailable, Unclear
from bot.places import Place, Receipt
from bot.posts import Post
from tests.adapters.sending_room import CHANNEL, THREAD, Room, database, room
from tests.fakes_messenger import FakeMessenger

__all__ = ["database", "room"]


class Counts:
    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.outcomes: list[str] = []

    def sent(self, platform: str, seconds: float) -> None:
        assert platform == CHANNEL.platform
        self.seconds.append(seconds)

    def hindered(self, platform: str, outcome: str) -> None:
        assert platform == CHANNEL.platform
        self.outcomes.append(outcome)


def counting(room: Room) -> tuple[Sender, Counts]:
    counts = Counts()
    sender = Sender(
        room.queue, {"fake": room.platform}, worker="w", now=room.clock, random=lambda: 1.0, observer=counts
    )
    return sender, counts


async def test_each_outcome_is_counted(room: Room) -> None:
    sender, counts = counting(room)
    await room.owe("一")
    room.meets(Throttled("busy", 10), Unavailable("down"), Unclear("lost"))
    for _ in range(5):
        await sender.drain()
        room.clock.go_on(10)
    assert (counts.outcomes, counts.seconds) == (["throttled", "later", "later"], [30.0])
    await room.owe("二")
    room.meets(Unclear("lost"), lands=True)
    await sender.drain()
    room.clock.go_on(10)
    await sender.drain()
    assert counts.outcomes[3:] == ["later", "reconciled"]
    assert counts.seconds[1:] == [10.0]
    await room.owe("三")
    await room.owe("四", THREAD)
    room.meets(Refused("malformed"), Gone("archived"))
    await sender.drain()
    assert counts.outcomes[5:] == ["failed", "gone"]


async def test_logs_hold_ids_and_no_words(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    delivery = await room.owe("秘密の言葉")
    room.meets(KeyError("秘密の言葉"), OSError("秘密の言葉"))  # type: ignore[arg-type]  # faults of ours
    for _ in range(3):
        await room.sender().drain()
        room.clock.go_on(60)
    assert room.said() == ["秘密の言葉"]
    lines = [Lines(as_json=True).format(record) for record in caplog.records]
    assert any(delivery in line for line in lines)
    assert not any("秘密" in line for line in lines)
    async with room.store() as work:
        assert "秘密" not in ((await work.outbox.delivery(delivery)) or pytest.fail()).reason


def test_a_lease_that_a_request_could_outlast_is_a_fault() -> None:
    with pytest.raises(ValueError, match="lease"):
        Timing(limit=20, settle=3, lease=23)


async def test_what_is_said_has_the_time_to_land_before_somebody_else_looks_for_it(room: Room) -> None:
    timing = Timing()
    heirs_at: list[datetime | None] = []

    class Watched(FakeMessenger):
        async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
            heirs_at.append(await room.queue.next_due(["fake"]))
            return await super().post(place, post, delivery)

    room.platform = Watched()
    await room.owe("長い話")
    held = room.sender(timing=timing)
    (taken,) = await held._take(1)
    room.clock.go_on(timing.lease - timing.limit - 1)  # just enough for a request, but not for one that lands late
    await held._send(taken)
    assert heirs_at == [room.clock() + timedelta(seconds=timing.lease)]
