"""Who hears of it when nobody answers: nobody is said to be told who was not, and no desk waits blindly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import bureau_talk as words
from bot.desks import Channel
from bot.referrals import Referral
from bot.referring.timing import Reminder
from corpus import directory
from tests.dialogs.network import (
    BUREAU,
    COORDINATORS,
    DESK,
    THREAD,
    at,
    coordinate,
    in_channel,
    open_network,
    refer,
    stands,
    time_is,
    told,
)
from tests.dialogs.talk import Talk, a_talk

SOON, DUE, DEPUTY = at(11, 25, 12), at(11, 26, 10), at(11, 26, 14)
PHONE = directory.load().bureau("tokyo").contact.phone


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with a_talk(tmp_path) as talk:
        talk.clock.time = at(11, 20, 10)
        await open_network(talk)
        yield talk


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    return await refer(talk)


async def test_once_everybody_was_told_the_desk_learns_whom_to_call(talk: Talk, referral: Referral) -> None:
    for moment in (SOON, DUE):
        await time_is(talk, moment)
        assert in_channel(talk, DESK) == []
    await time_is(talk, DEPUTY)  # nobody is on the roster: everybody
    (post,) = in_channel(talk, DESK)
    assert words.about(referral.number, words.DESK_WAITS) in post
    assert PHONE in post
    assert [said.receipt.place.thread for said in talk.heard if said.receipt.place.channel == DESK] == [THREAD]
    assert await time_is(talk, at(12, 11, 10)) == 0


async def test_where_nobody_is_enrolled_the_thread_claims_nothing(talk: Talk, referral: Referral) -> None:
    for name in COORDINATORS:
        await coordinate(talk, name, "osaka")  # they were all moved
    await time_is(talk, SOON)
    assert in_channel(talk, BUREAU) == [words.reminded(referral.number, Reminder.SOON)]
    assert not any(told(talk, name) for name in COORDINATORS)


async def test_a_bureau_that_left_is_noticed_at_the_first_reminder(talk: Talk, referral: Referral) -> None:
    await talk.leaves(BUREAU)
    await time_is(talk, SOON)
    assert (await stands(talk, referral)).by_hand
    assert PHONE in "\n".join(in_channel(talk, DESK))
    await time_is(talk, DUE)
    talk.hears(words.DESK_BY_HAND, thread=THREAD)


async def test_a_bureau_that_has_another_channel_is_met_there(talk: Talk, referral: Referral) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("東京局2"), bureau="tokyo"))
        await work.commit()
    await talk.leaves(BUREAU)
    await time_is(talk, SOON)
    card, reminder = in_channel(talk, "東京局2")
    assert "更新の申請に必要な書類は？" in card
    assert reminder == words.reminded_in_thread(referral.number, Reminder.SOON)
