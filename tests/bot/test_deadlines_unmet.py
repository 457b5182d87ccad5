"""What becomes of a referral whose card found its bureau's channel gone, though no platform had told of that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desks import Channel
from bot.referrals import Step
from tests.dialogs.network import BUREAU, COORDINATORS, DESK, at, does, in_channel, open_network, refer, stands, time_is
from tests.dialogs.talk import Talk, a_talk

SECOND = "東京局2"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with a_talk(tmp_path) as talk:
        talk.clock.time = at(11, 20, 10)
        await open_network(talk)
        talk.platform.gone.add(talk.place(BUREAU).lane)
        yield talk


async def test_the_desk_gets_it_to_hand_over_within_a_minute_and_once(talk: Talk) -> None:
    referral = await refer(talk, "特別な事情")
    assert not (await stands(talk, referral)).by_hand  # so far nobody knows
    assert await time_is(talk, at(11, 20, 10, 1)) == 1
    assert (await stands(talk, referral)).by_hand
    assert sum("引継票" in post for post in in_channel(talk, DESK)) == 2  # the text and the file
    assert await time_is(talk, at(11, 20, 10, 2)) == 0


async def test_another_channel_of_the_bureau_gets_the_card_and_what_follows(talk: Talk) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(SECOND), bureau="tokyo"))
        await work.commit()
    referral = await refer(talk, "特別な事情")
    await time_is(talk, at(11, 20, 10, 1))
    assert "特別な事情" in in_channel(talk, SECOND)[0]
    assert not (await stands(talk, referral)).by_hand
    await refer(talk, "次の事情")  # nothing is owed any more to where nobody is
    assert "次の事情" in in_channel(talk, SECOND)[0]


async def test_nobody_is_disturbed_outside_of_office_hours(talk: Talk) -> None:
    referral = await refer(talk, "特別な事情")
    assert await time_is(talk, at(11, 21, 10)) == 0
    assert await time_is(talk, at(11, 24, 9)) == 1
    assert (await stands(talk, referral)).by_hand


async def test_what_was_answered_meanwhile_is_left_alone(talk: Talk) -> None:
    referral = await refer(talk, "特別な事情")
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    answered = await does(talk, referral, Step.REPLY, COORDINATORS[0], "できます。")
    assert await time_is(talk, at(11, 20, 10, 1)) == 0
    assert await stands(talk, answered) == answered
