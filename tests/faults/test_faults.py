"""The fault runs themselves, small enough for every day."""

from __future__ import annotations

from tests.faults import kill, outage
from tests.faults.platform import Mood, platform


async def test_a_few_kills_lose_nothing() -> None:
    result = await kill.run("sqlite", processes=1, kills=4, owed=24)
    assert (result.owed, result.lost, result.twice, result.disordered) == (24, 0, 0, 0)


async def test_a_short_outage_loses_nothing() -> None:
    outcome = await outage.run(Mood.BROKEN, 0.5, 20)
    assert (outcome.result.owed, outcome.good) == (20, True)
    assert outcome.hindered > 0


async def test_what_is_lost_said_twice_or_out_of_order_is_told() -> None:
    async with platform() as there:
        there.landed += [("t", "2"), ("t", "1"), ("u", "4"), ("u", "4")]
        owed = [("t", "1"), ("t", "2"), ("u", "3"), ("u", "4")]
        result = kill.judged(there, owed, "sqlite", 1, 0, 0, 0.0)
    assert (result.lost, result.twice, result.disordered, result.good) == (1, 1, 2, False)
