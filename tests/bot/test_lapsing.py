"""What nobody goes on with ends by itself: it neither stays in the overviews nor keeps its words for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import referral_talk as words
from bot.referrals import Entry, Referral, State, Step
from bot.referring.timing import LAPSES_AFTER
from tests.dialogs.network import (
    BUREAU,
    COUNSELLOR,
    DESK,
    at,
    card,
    does,
    in_channel,
    open_network,
    refer,
    stands,
    time_is,
)
from tests.dialogs.talk import Talk, a_talk, buttons, text_of

START = at(11, 20, 10)
#: When all have been reminded of everything; and the first office hour of the day on which it ends.
REMINDED, END = at(12, 11, 10), at(2, 18, 10, year=2027)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with a_talk(tmp_path) as talk:
        talk.clock.time = START
        await open_network(talk)
        yield talk


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    return await refer(talk)


async def all_reminded(talk: Talk) -> None:
    while await time_is(talk, REMINDED):
        pass


async def history(talk: Talk, referral: Referral) -> list[Entry]:
    async with talk.store() as work:
        return list(await work.referrals.history(referral.id))


@pytest.mark.parametrize("steps", [(), (Step.TAKE,), (Step.TAKE, Step.ASK_BACK)])
async def test_what_is_never_answered_is_withdrawn_in_the_end(
    talk: Talk, referral: Referral, steps: tuple[Step, ...]
) -> None:
    for step in steps:
        await does(talk, referral, step, "佐藤", "国籍は？")
    await all_reminded(talk)
    assert START + LAPSES_AFTER == END
    assert await time_is(talk, END - timedelta(minutes=1)) == 0
    assert await time_is(talk, END) == 1
    assert (await stands(talk, referral)).state is State.WITHDRAWN
    for channel in (DESK, BUREAU):
        assert in_channel(talk, channel)[-1].startswith(words.news(referral.number, Step.LAPSE))
        assert not buttons(card(talk, channel).blocks)
        assert words.DONE[Step.LAPSE] in text_of(card(talk, channel).blocks)
    assert await time_is(talk, END + LAPSES_AFTER) == 0


async def test_what_was_answered_counts_as_resolved_and_can_be_reopened(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "佐藤")
    await does(talk, referral, Step.REPLY, "佐藤", "旅券と写真です。")
    await all_reminded(talk)
    assert await time_is(talk, END) == 1
    ended = await stands(talk, referral)
    assert (ended.state, ended.official, ended.result) == (State.RESOLVED, "旅券と写真です。", "")
    assert (await does(talk, referral, Step.REOPEN, COUNSELLOR, "足りませんでした")).state is State.TAKEN


async def test_what_travels_by_hand_ends_too(talk: Talk) -> None:
    await talk.leaves(BUREAU)
    sent = await refer(talk)
    await all_reminded(talk)
    assert await time_is(talk, END) == 1
    assert (await stands(talk, sent)).state is State.WITHDRAWN


async def test_any_step_gives_it_its_time_again(talk: Talk, referral: Referral) -> None:
    await all_reminded(talk)
    talk.clock.time = (END - timedelta(days=1)).astimezone(UTC)
    await does(talk, referral, Step.TAKE, "佐藤")
    assert await time_is(talk, END) == 0
    assert (await stands(talk, referral)).state is State.TAKEN
    assert await time_is(talk, END - timedelta(days=1) + LAPSES_AFTER) == 1


async def test_nobody_did_it_and_that_is_what_stands_in_the_audit(talk: Talk, referral: Referral) -> None:
    await all_reminded(talk)
    await time_is(talk, END)
    assert [one.step for one in await history(talk, referral)][-1] is Step.LAPSE
    async with talk.database.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT what, about, person FROM audit ORDER BY id DESC LIMIT 1")
        assert rows.one() == ("lapse", f"referral/{referral.id}", None)


async def test_its_words_are_erased_after_the_same_time_as_all_others(talk: Talk, referral: Referral) -> None:
    await all_reminded(talk)
    await time_is(talk, END)
    async with talk.store() as work:
        assert await work.referrals.erase(datetime(2027, 2, 19, tzinfo=UTC)) == 1
