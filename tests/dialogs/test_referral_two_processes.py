"""Two processes on one PostgreSQL: of two coordinators who take at once, each at another process, one has it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from adapters.database.engine import open_database
from adapters.database.referrals import SqlReferrals
from bot import bureau_talk
from bot import referral_talk as words
from bot.deliveries import DeliveryState
from bot.reactions import Reaction, Whisper
from bot.referrals import Referral, State, Step
from tests.dialogs.network import COORDINATORS, DESK, open_network, presses, refer, stands
from tests.dialogs.talk import Talk
from tests.dialogs.town import knowledge
from tests.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


@pytest.fixture
async def processes(postgres_url: str) -> AsyncIterator[tuple[Talk, Talk]]:
    """Two, each with connections of its own; they speak on the same platform."""
    databases = [await open_database(postgres_url) for _ in range(2)]
    first, second = (Talk(database, knowledge()) for database in databases)
    second.platform.said = first.platform.said
    yield first, second
    for database in databases:
        await database.close()


async def test_two_coordinators_take_at_once(processes: tuple[Talk, Talk], monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = processes
    await open_network(first)
    referral = await refer(first)
    meet(monkeypatch)
    reactions = await asyncio.gather(
        *(presses(talk, name, words.STEPS[Step.TAKE]) for talk, name in zip(processes, COORDINATORS, strict=False))
    )
    told = {text_of(one) for one in reactions}
    assert told == {bureau_talk.taken(referral.number), bureau_talk.TAKEN_BY_A_COLLEAGUE}
    taken = await stands(second, referral)
    winner = COORDINATORS[reactions.index(Whisper(bureau_talk.taken(referral.number)))]
    assert (taken.state, taken.holder) == (State.TAKEN, first.person(winner))
    async with first.store() as work:
        history = await work.referrals.history(referral.id)
        counts = await work.outbox.counts()
    assert [entry.step for entry in history] == [Step.SEND, Step.TAKE]
    assert set(counts) == {DeliveryState.SENT}
    said = [one.post.summary for one in first.platform.said if one.receipt.place.channel == DESK]
    assert said.count(words.news(referral.number, Step.TAKE)) == 1


def meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is about to write waits until both have read."""
    write, both = SqlReferrals.change, asyncio.Barrier(2)
    calls = itertools.count()

    async def change(self: SqlReferrals, referral: Referral) -> bool:
        if next(calls) < both.parties:
            await both.wait()
        return await write(self, referral)

    monkeypatch.setattr(SqlReferrals, "change", change)


def text_of(reaction: Reaction | None) -> str:
    assert isinstance(reaction, Whisper)
    return reaction.text
