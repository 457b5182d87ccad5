"""Processes that are killed or stopped, and a platform that is away: whoever was acknowledged is answered, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from tests.doubles.slack import Fault, payloads
from tests.doubles.teams import Fault as TeamsFault
from tests.whole.serving import WORKSPACE, Here, Town, let_leases_run_out, served, soon, town

QUESTION = "在留カードをなくしました。どうすればいいですか"

#: Questions to each platform.
MANY = 8


async def ask(here: Here, count: int = MANY) -> None:
    """Questions in as many channels of each platform; all are acknowledged when this returns."""
    events = [payloads.mention(WORKSPACE, f"C{number}", QUESTION) for number in range(count)]
    activities = [here.made.mention(QUESTION, channel=f"19:{number}@thread.tacv2") for number in range(count)]
    acknowledged = await asyncio.gather(*map(here.sender.event, events))
    assert {answer.status for answer in acknowledged} == {200}
    assert {status for status, _ in await asyncio.gather(*map(here.tells, activities))} == {200}


def answered(town: Town) -> Counter[str]:
    """How often there was an answer, by channel."""
    landed = Counter(message.channel for message in town.slack.state.landed)
    return landed + Counter(message.conversation for message in town.teams.landed)


def everybody(count: int = MANY) -> Counter[str]:
    """One answer to each question of `ask`."""
    return Counter([*(f"C{n}" for n in range(count)), *(f"19:{n}@thread.tacv2" for n in range(count))])


async def test_killed_before_an_answer_was_sent(index: Path, tmp_path: Path) -> None:
    async with town(index, tmp_path) as both:
        async with served(both) as here:
            both.slack.faults.next("chat.postMessage", Fault(status=503), times=1000)
            both.teams.conversations.standing = TeamsFault(503)
            await ask(here)
            here.server.kill()
            await here.server.ended()
        assert not answered(both)
        both.slack.faults.clear()
        both.teams.conversations.standing = None
        let_leases_run_out(both.database)
        async with served(both):
            await soon(lambda: answered(both).total() >= 2 * MANY)
        assert answered(both) == everybody()


async def test_killed_while_answers_are_on_their_way(index: Path, tmp_path: Path) -> None:
    async with town(index, tmp_path) as both:
        async with served(both) as here:
            both.slack.latency = both.teams.conversations.latency = 0.05
            await ask(here)
            await soon(lambda: answered(both).total() >= 2)
            here.server.kill()
            await here.server.ended()
        assert answered(both).total() < 2 * MANY
        let_leases_run_out(both.database)
        async with served(both):
            await soon(lambda: answered(both).total() >= 2 * MANY)
        assert answered(both) == everybody()


async def test_stopped_while_answers_are_on_their_way(index: Path, tmp_path: Path) -> None:
    async with town(index, tmp_path) as both:
        async with served(both) as here:
            both.slack.latency = both.teams.conversations.latency = 0.05
            await ask(here)
            here.server.terminate()
            assert await here.server.ended() == 0
            assert {line["level"] for line in here.server.logged} == {"info"}
        async with served(both):
            await soon(lambda: answered(both).total() >= 2 * MANY)
        assert answered(both) == everybody()


async def test_slack_is_away_for_a_while(index: Path, tmp_path: Path) -> None:
    async with town(index, tmp_path) as both, served(both) as here:
        await ask(here, 1)
        await soon(lambda: answered(both).total() == 2)
        await both.slack.close()
        for number in range(1, MANY):
            event = payloads.mention(WORKSPACE, f"C{number}", QUESTION)
            assert (await here.sender.event(event)).status == 200
        await soon(lambda: [line for line in here.server.logged if line["message"] == "delivery later"])
        await both.slack.open()
        await soon(lambda: answered(both).total() > MANY)
        expected = Counter([*(f"C{number}" for number in range(MANY)), "19:0@thread.tacv2"])
        assert answered(both) == expected
