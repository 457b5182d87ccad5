"""What is told of sending: counts by outcome, ids in the logs, troubles once; never what a message says."""

from __future__ import annotations

import logging

import pytest

from adapters.logs import Lines
from adapters.sending import Sender, Timing
from bot.errors import Gone, Refused, Throttled, Unavailable, Unclear
from tests.adapters.sending_room import CHANNEL, THREAD, Room, database, room

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
        Timing(limit=20, lease=20)
