"""Who holds a referral is called when the desk does something: nobody follows the thread of a card."""

from __future__ import annotations

import pytest

from bot import bureau_talk as words
from bot import referral_talk
from bot.places import Person
from bot.posts import Form
from bot.reactions import Whisper
from bot.referrals import Referral, State, Step
from tests.dialogs.network import (
    BUREAU,
    COORDINATORS,
    COUNSELLOR,
    DESK,
    coordinate,
    does,
    in_channel,
    open_network,
    presses,
    refer,
    stands,
    told,
)
from tests.dialogs.talk import Talk, buttons, form_of

SATO, KATO, _ = COORDINATORS
SAID = "旅券もなくしたそうです。"


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    """One that 佐藤 has taken."""
    await open_network(talk)
    referral = await refer(talk)
    await does(talk, referral, Step.TAKE, SATO)
    return referral


async def fills(talk: Talk, step: Step) -> Form:
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[step], DESK))
    return form_of(await talk.fills(COUNSELLOR, form, talk.place(DESK), text=SAID))


async def says(talk: Talk, step: Step) -> None:
    assert isinstance(await talk.fills(COUNSELLOR, await fills(talk, step), talk.place(DESK)), Whisper)


@pytest.mark.parametrize("step", [Step.SUPPLEMENT, Step.WITHDRAW, Step.REOPEN])
async def test_the_holder_is_told_what_happened_and_nothing_of_the_case(
    talk: Talk, referral: Referral, step: Step
) -> None:
    if step is Step.REOPEN:
        await does(talk, referral, Step.REPLY, SATO, "写真が要ります。")
    shown = await fills(talk, step)
    assert not told(talk, SATO)  # only shown yet
    await talk.fills(COUNSELLOR, shown, talk.place(DESK))
    (call,) = told(talk, SATO)
    assert call.splitlines() == [
        words.yours_changed(referral.number, step),
        f"[{words.open_referral(referral.number)}]",
    ]
    assert not told(talk, KATO)
    assert SAID in in_channel(talk, BUREAU)[-1]  # the thread has it all, as ever


async def test_the_button_shows_the_holder_the_card(talk: Talk, referral: Referral) -> None:
    await says(talk, Step.SUPPLEMENT)
    await presses(talk, SATO, words.open_referral(referral.number), "")
    assert "更新の申請に必要な書類は？" in told(talk, SATO)[0]
    assert referral_talk.STEPS[Step.REPLY] in {one.label for said in talk.heard for one in buttons(said.post.blocks)}


@pytest.mark.parametrize("step", [Step.RESOLVE, Step.RECORD])
async def test_of_what_asks_nothing_of_them_the_thread_tells(talk: Talk, referral: Referral, step: Step) -> None:
    if step is Step.RESOLVE:
        await does(talk, referral, Step.REPLY, SATO, "写真が要ります。")
        await says(talk, step)
    else:
        await does(talk, referral, step, COUNSELLOR, "写真が要ると聞きました。")
    assert not told(talk, SATO)


async def test_where_nobody_holds_it_nobody_is_called(talk: Talk) -> None:
    await open_network(talk)
    await refer(talk)
    await says(talk, Step.SUPPLEMENT)
    assert [said.receipt.place.channel for said in talk.heard if not said.receipt.place.channel] == []


async def test_who_holds_it_no_more_hears_nothing(talk: Talk, referral: Referral) -> None:
    await coordinate(talk, SATO, "osaka")
    await says(talk, Step.SUPPLEMENT)
    assert not told(talk, SATO)


async def test_a_holder_who_cannot_be_reached_holds_up_nothing(talk: Talk, referral: Referral) -> None:
    shown = await fills(talk, Step.SUPPLEMENT)
    person: Person = talk.person(SATO)
    talk.platform.gone.add(person.own_conversation.lane)
    assert isinstance(await talk.fills(COUNSELLOR, shown, talk.place(DESK)), Whisper)
    assert not told(talk, SATO)
    assert any(SAID in post for post in in_channel(talk, BUREAU))
    assert (await stands(talk, referral)).state is State.TAKEN


async def test_who_sends_twice_calls_once(talk: Talk, referral: Referral) -> None:
    shown = await fills(talk, Step.SUPPLEMENT)
    await talk.fills(COUNSELLOR, shown, talk.place(DESK))
    assert len(told(talk, SATO)) == 1
    await talk.fills(COUNSELLOR, shown, talk.place(DESK))
    assert not told(talk, SATO)
