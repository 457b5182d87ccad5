from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import bureau_talk as words
from bot import referral_talk
from bot.referrals import Referral, State, Step, Turn
from bot.referring.deadlines import tick
from bot.referring.timing import Reminder
from tests.dialogs.network import (
    BUREAU,
    COORDINATORS,
    COUNSELLOR,
    DESK,
    THREAD,
    at,
    card,
    does,
    in_channel,
    means,
    on_roster,
    open_network,
    refer,
    stands,
    time_is,
    told,
)
from tests.dialogs.talk import Talk, a_talk, buttons, text_of

#: Friday; the Monday after it is a public holiday. Due on Thursday the 26th at 10, little time left on Wednesday at 12.
START = at(11, 20, 10)
SOON, DUE, DEPUTY, EVERYBODY = at(11, 25, 12), at(11, 26, 10), at(11, 26, 14), at(11, 27, 10)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with a_talk(tmp_path) as talk:
        talk.clock.time = START
        await open_network(talk)
        await on_roster(talk, "佐藤", Turn.DUTY, "2026-11-01", "2027-03-31")
        await on_roster(talk, "加藤", Turn.DEPUTY, "2026-11-01", "2027-03-31")
        yield talk


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    return await refer(talk, "特別な事情")


def reminded(talk: Talk) -> set[str]:
    return {name for name in (*COORDINATORS, COUNSELLOR) if told(talk, name)}


async def test_who_is_on_duty_is_reminded_before_the_end_and_at_the_end(talk: Talk, referral: Referral) -> None:
    assert await time_is(talk, at(11, 25, 11, 59)) == 0
    assert await time_is(talk, SOON) == 1
    assert reminded(talk) == {"佐藤"}
    assert words.reminded(referral.number, Reminder.SOON) in told(talk, "佐藤")[0]
    assert in_channel(talk, BUREAU) == [words.reminded_in_thread(referral.number, Reminder.SOON)]
    assert referral_talk.OVERDUE not in text_of(card(talk, DESK).blocks)
    assert await time_is(talk, DUE) == 1
    assert reminded(talk) == {"佐藤"}


async def test_from_the_end_on_both_cards_say_that_it_is_overdue(talk: Talk, referral: Referral) -> None:
    await time_is(talk, SOON)
    await time_is(talk, DUE)
    await time_is(talk, DEPUTY)
    assert referral_talk.OVERDUE in text_of(card(talk, DESK).blocks)
    assert referral_talk.OVERDUE in text_of(card(talk, BUREAU).blocks)


async def test_then_the_deputy_and_then_everybody_and_then_nobody(talk: Talk, referral: Referral) -> None:
    for moment in (SOON, DUE):
        await time_is(talk, moment)
    assert await time_is(talk, DEPUTY) == 1
    assert reminded(talk) == {"加藤"}
    assert await time_is(talk, EVERYBODY) == 1
    assert reminded(talk) == set(COORDINATORS)
    assert await time_is(talk, at(12, 11, 10)) == 0
    assert (await stands(talk, referral)).state is State.SENT


async def test_each_reminder_comes_once_however_often_the_clock_is_looked_at(talk: Talk, referral: Referral) -> None:
    assert [await time_is(talk, SOON) for _ in range(3)] == [1, 0, 0]


async def test_however_many_are_due_one_look_is_enough(talk: Talk, referral: Referral) -> None:
    async with talk.store() as work:
        for number in range(55):
            asked = replace(referral, id=f"many-{number}", state=State.ASKED_BACK, due=None, remind=START)
            await work.referrals.add(asked)
        await work.commit()
    assert await tick(means(talk)) == 55


async def test_two_processes_remind_once(talk: Talk, referral: Referral) -> None:
    talk.clock.time = SOON
    counts = await asyncio.gather(*(tick(means(talk)) for _ in range(4)))
    assert sum(counts) == 1
    await talk.settles()
    assert len(told(talk, "佐藤")) == 1


async def test_after_a_long_silence_only_the_latest_is_told_to_all_it_concerns(talk: Talk, referral: Referral) -> None:
    assert await time_is(talk, at(11, 26, 15)) == 1
    assert reminded(talk) == {"佐藤", "加藤"}
    assert len(told(talk, "佐藤")) == 1


async def test_nobody_is_reminded_while_offices_are_closed(talk: Talk, referral: Referral) -> None:
    for closed in (at(11, 28, 12), at(11, 26, 8, 59), at(11, 26, 17), at(11, 23, 12), at(12, 30, 12)):
        assert await time_is(talk, closed) == 0
    assert await time_is(talk, at(1, 4, 9, year=2027)) == 1


async def test_who_holds_it_is_reminded(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "伊藤")
    await time_is(talk, SOON)
    assert reminded(talk) == {"伊藤"}


async def test_for_a_holder_who_is_away_those_on_duty_are_reminded(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "伊藤")
    await on_roster(talk, "伊藤", Turn.ABSENT, "2026-11-25", "2026-11-25")
    await time_is(talk, SOON)
    assert reminded(talk) == {"佐藤"}
    await time_is(talk, DUE)
    assert reminded(talk) == {"伊藤"}


async def test_without_a_deputy_everybody_is_told_at_once(talk: Talk, referral: Referral) -> None:
    await on_roster(talk, "加藤", Turn.ABSENT, "2026-11-26", "2026-11-26")
    await time_is(talk, DUE)
    assert await time_is(talk, DEPUTY) == 1
    assert reminded(talk) == set(COORDINATORS)
    assert await time_is(talk, EVERYBODY) == 0


async def test_what_was_answered_reminds_nobody_of_the_bureau(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "佐藤")
    await does(talk, referral, Step.REPLY, "佐藤", "旅券と写真です。")
    assert await time_is(talk, SOON) == 0


async def test_a_desk_that_was_asked_back_is_reminded_once_in_its_thread(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "佐藤")
    await does(talk, referral, Step.ASK_BACK, "佐藤", "国籍は？")
    assert await time_is(talk, at(11, 26, 9, 59)) == 0
    assert await time_is(talk, at(11, 26, 10)) == 1
    post = talk.hears(words.DESK_ASKED_BACK, thread=THREAD)
    assert [one.label for one in buttons(post.blocks)] == [referral_talk.STEPS[Step.SUPPLEMENT]]
    assert await time_is(talk, at(12, 11, 10)) == 0


async def test_a_desk_is_asked_once_what_came_of_an_answer(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "佐藤")
    await does(talk, referral, Step.REPLY, "佐藤", "旅券と写真です。")
    assert await time_is(talk, at(11, 30, 9)) == 0
    assert await time_is(talk, at(11, 30, 10)) == 1
    talk.hears(words.DESK_RESULT, thread=THREAD)
    assert await time_is(talk, at(12, 11, 10)) == 0


async def test_a_desk_is_asked_about_what_it_handed_over_itself(talk: Talk) -> None:
    async with talk.store() as work:
        await work.desks.leave("slack", "T1", BUREAU, START)
        await work.commit()
    sent = await refer(talk)
    assert sent.by_hand
    assert await time_is(talk, SOON) == 0
    assert await time_is(talk, DUE) == 1
    post = talk.hears(words.DESK_BY_HAND, thread=THREAD)
    assert [one.label for one in buttons(post.blocks)] == [referral_talk.STEPS[Step.RECORD]]


async def test_what_was_taken_when_its_bureau_left_can_still_be_recorded(talk: Talk, referral: Referral) -> None:
    await does(talk, referral, Step.TAKE, "佐藤")
    await does(talk, referral, Step.ASK_BACK, "佐藤", "国籍は？")
    async with talk.store() as work:
        await work.desks.leave("slack", "T1", BUREAU, START)
        await work.commit()
    await does(talk, referral, Step.SUPPLEMENT, COUNSELLOR, "ベトナムです。")
    assert (await stands(talk, referral)).by_hand
    assert await time_is(talk, at(11, 30, 10)) == 1
    post = talk.hears(words.DESK_BY_HAND, thread=THREAD)
    assert [one.label for one in buttons(post.blocks)] == [referral_talk.STEPS[Step.RECORD]]
    done = await does(talk, referral, Step.RECORD, COUNSELLOR, "電話で、旅券が要ると聞きました。")
    assert done.state is State.ANSWERED


async def test_a_reminder_tells_nothing_of_what_is_asked_and_names_nobody(talk: Talk, referral: Referral) -> None:
    for moment in (SOON, DUE, DEPUTY, EVERYBODY):
        await time_is(talk, moment)
        for text in (*(text for name in COORDINATORS for text in told(talk, name)), *in_channel(talk, BUREAU)):
            assert "特別な事情" not in text
            assert not {name for name in (*COORDINATORS, COUNSELLOR) if name in text}


async def test_one_that_cannot_be_told_of_does_not_hold_up_the_others(talk: Talk, referral: Referral) -> None:
    other = await refer(talk)
    broken = await stands(talk, referral)
    async with talk.store() as work:
        assert await work.referrals.change(replace(broken, version=broken.version + 1, bureau="atlantis"))
        await work.commit()
    talk.clock.time = SOON
    with pytest.raises(ExceptionGroup):
        await tick(means(talk))
    assert (await stands(talk, other)).reminded == Reminder.SOON
    assert (await stands(talk, referral)).reminded == 0
