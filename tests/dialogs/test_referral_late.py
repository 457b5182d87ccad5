"""Who presses a button of a card too late is told so, and the card they pressed is brought up to date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import bureau_talk as words
from bot import referral_talk
from bot.desks import Channel
from bot.incoming import Pressed
from bot.posts import Button, Post
from bot.reactions import Reaction, Whisper
from bot.referrals import Referral, Step
from bot.referring.calling import open_button
from tests.dialogs.network import BUREAU, card, coordinate, does, open_network, presses, refer, stands, told
from tests.dialogs.talk import Talk, buttons, form_of, text_of

TAKE, REPLY = referral_talk.STEPS[Step.TAKE], referral_talk.STEPS[Step.REPLY]


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    await open_network(talk)


async def clicks(talk: Talk, name: str, channel: str, button: Button) -> Reaction | None:
    """Somebody clicks a button that stood there a moment ago."""
    return await talk.happens(
        Pressed(
            keys=(f"press/{name}/{button.action}",),
            place=talk.place(channel),
            person=talk.person(name),
            action=button.action,
            value=button.value,
            at=talk.clock(),
        )
    )


def button_of(post: Post, label: str) -> Button:
    return next(one for one in buttons(post.blocks) if one.label == label)


def edit_is_lost(talk: Talk, stale: Post) -> None:
    """The bureau's channel shows the card as it was."""
    at = next(at for at, said in enumerate(talk.platform.said) if said.receipt.place.channel == BUREAU)
    talk.platform.said[at] = replace(talk.platform.said[at], post=stale)


@pytest.mark.parametrize("label", [TAKE, REPLY])
async def test_the_bureaus_card_is_edited_again(talk: Talk, label: str) -> None:
    referral = await refer(talk)
    stale = card(talk, BUREAU)
    referral = await does(talk, referral, Step.TAKE, "佐藤")
    if label == REPLY:
        stale = card(talk, BUREAU)
        await does(talk, await does(talk, referral, Step.REPLY, "佐藤", "はい。"), Step.RESOLVE, "田中", "済")
    edit_is_lost(talk, stale)
    assert isinstance(await clicks(talk, "加藤", BUREAU, button_of(stale, label)), Whisper)
    assert f"[{label}]" not in text_of(card(talk, BUREAU).blocks)
    talk.hears_nothing()


async def own_card(talk: Talk, name: str, referral: Referral) -> Post:
    """Somebody has a card sent to themselves."""
    await clicks(talk, name, f"D-{name}", open_button(referral))
    (said,) = talk.heard
    return said.post


async def test_who_pressed_a_card_of_their_own_gets_a_new_one(talk: Talk) -> None:
    referral = await refer(talk)
    first, late = await own_card(talk, "佐藤", referral), await own_card(talk, "加藤", referral)
    assert await clicks(talk, "佐藤", "D-佐藤", button_of(first, TAKE)) == Whisper(words.taken(referral.number))
    (mine,) = told(talk, "佐藤")
    assert f"[{TAKE}]" not in mine
    assert await clicks(talk, "加藤", "D-加藤", button_of(late, TAKE)) == Whisper(words.TAKEN_BY_A_COLLEAGUE)
    (theirs,) = told(talk, "加藤")
    assert f"[{TAKE}]" not in theirs


async def test_of_what_was_handed_to_another_bureau_meanwhile_no_card_is_sent(talk: Talk) -> None:
    await coordinate(talk, "大阪の担当官", "osaka")
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("大阪局"), bureau="osaka"))
        await work.commit()
    referral = await refer(talk)
    late = await own_card(talk, "加藤", referral)
    form = form_of(await presses(talk, "佐藤", referral_talk.STEPS[Step.REASSIGN]))
    await talk.fills("佐藤", form, talk.place(BUREAU), to="bureau-osaka", text="大阪の件です。")
    assert (await stands(talk, referral)).bureau == "osaka"
    refused = Whisper(words.NOT_OF_THE_BUREAU_IN_CHARGE)
    assert await clicks(talk, "加藤", "D-加藤", button_of(late, TAKE)) == refused
    talk.hears_nothing()
