"""A bureau that comes to the network, or comes back to it, while a referral travels by hand."""

from __future__ import annotations

import pytest

from bot import bureau_talk, referral_talk
from bot import drafting_talk as words
from bot.desks import Channel
from bot.incoming import Pressed
from bot.reactions import Whisper
from bot.referrals import Referral, State, Step
from bot.referring.calling import OPEN_REFERRAL
from bot.referring.cards import steps_of_bureau
from corpus import directory
from tests.dialogs.network import (
    BUREAU,
    COUNSELLOR,
    DESK,
    at,
    coordinate,
    does,
    in_channel,
    open_network,
    presses,
    refer,
    stands,
    time_is,
    told,
)
from tests.dialogs.talk import Talk, form_of, text_of

TAKE, ASK_BACK, REASSIGN = (referral_talk.STEPS[step] for step in (Step.TAKE, Step.ASK_BACK, Step.REASSIGN))


async def linked(talk: Talk, channel: str, bureau: str) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(channel), bureau=bureau))
        await work.commit()


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    """One that was sent while its bureau was away."""
    talk.clock.time = at(11, 20, 10)
    await open_network(talk)
    await talk.leaves(BUREAU)
    sent = await refer(talk)
    assert sent.by_hand
    return sent


async def opens(talk: Talk, name: str, referral: Referral) -> str:
    """A coordinator opens it from the overview. Returns what they are told in their own conversation."""
    await talk.happens(
        Pressed(
            keys=(f"open/{name}/{referral.version}",),
            place=talk.place(f"D-{name}"),
            person=talk.person(name),
            action=OPEN_REFERRAL,
            value=referral.id,
            at=talk.clock(),
        )
    )
    return "\n".join(told(talk, name))


async def test_who_takes_it_then_brings_it_onto_the_network(talk: Talk, referral: Referral) -> None:
    await linked(talk, BUREAU, "tokyo")
    assert f"[{TAKE}]" in await opens(talk, "佐藤", referral)
    await presses(talk, "佐藤", TAKE, "")
    taken = await stands(talk, referral)
    assert (taken.state, taken.by_hand) == (State.TAKEN, False)
    assert f"[{ASK_BACK}]" in "\n".join(in_channel(talk, BUREAU))
    await does(talk, referral, Step.ASK_BACK, "佐藤", "国籍は？")
    form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.SUPPLEMENT], DESK))


async def test_from_then_on_its_bureau_is_reminded(talk: Talk, referral: Referral) -> None:
    assert await time_is(talk, at(11, 26, 10)) == 1  # its desk
    await linked(talk, BUREAU, "tokyo")
    taken = await does(talk, referral, Step.TAKE, "佐藤")
    assert taken.due == at(11, 27, 10)  # a day at least
    assert await time_is(talk, at(11, 26, 16)) == 1
    assert any(bureau_talk.open_referral(referral.number) in one for one in told(talk, "佐藤"))


async def test_another_bureau_that_is_there_gets_it(talk: Talk, referral: Referral) -> None:
    await coordinate(talk, "大阪", "osaka")
    await linked(talk, "大阪局", "osaka")
    await opens(talk, "佐藤", referral)
    form = form_of(await presses(talk, "佐藤", REASSIGN, ""))
    await talk.fills("佐藤", form, talk.person("佐藤").own_conversation, to="bureau-osaka", text="大阪の方です")
    moved = await stands(talk, referral)
    assert (moved.bureau, moved.by_hand) == ("osaka", False)
    assert f"[{TAKE}]" in "\n".join(in_channel(talk, "大阪局"))


async def test_whose_bureau_is_still_away_asks_nothing_back(talk: Talk, referral: Referral) -> None:
    """The desk's reply would reach nobody."""
    taken = await does(talk, referral, Step.TAKE, "佐藤")
    assert taken.by_hand
    assert Step.ASK_BACK not in steps_of_bureau(taken)
    assert Step.REPLY in steps_of_bureau(taken)


async def test_before_it_is_reopened_the_desk_is_told_that_its_bureau_will_read_along(
    talk: Talk, referral: Referral
) -> None:
    await does(talk, referral, Step.RECORD, COUNSELLOR, "写真が要ると電話で聞きました。")
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.REOPEN], DESK))
    away = form_of(await talk.fills(COUNSELLOR, form, referral.place, text="大きさは？"))
    assert words.PREVIEW_KEPT in text_of(away.blocks)
    await linked(talk, BUREAU, "tokyo")
    # What was shown is no more what would happen: it is shown again.
    there = form_of(await talk.fills(COUNSELLOR, away, referral.place))
    assert words.PREVIEW_REOPENED in text_of(there.blocks)
    assert there.submit == referral_talk.SEND_SUBMIT
    assert in_channel(talk, BUREAU) == []
    assert isinstance(await talk.fills(COUNSELLOR, there, referral.place), Whisper)
    assert "大きさは？" in "\n".join(in_channel(talk, BUREAU))


async def test_of_another_bureau_that_is_away_too_the_desk_gets_the_contact(talk: Talk, referral: Referral) -> None:
    await opens(talk, "佐藤", referral)
    form = form_of(await presses(talk, "佐藤", REASSIGN, ""))
    await talk.fills("佐藤", form, talk.person("佐藤").own_conversation, to="bureau-osaka", text="大阪の方です")
    assert directory.load().bureau("osaka").contact.phone in "\n".join(in_channel(talk, DESK))
