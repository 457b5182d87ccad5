"""What is practised reaches nobody real, what is real reaches no practice room, although one database holds both."""

from __future__ import annotations

from dataclasses import replace

from bot.desks import Channel
from bot.home import home_of
from bot.practice import beside, is_practised, practised, real
from bot.referrals import State
from tests.dialogs.desks import SHINJUKU, enrol
from tests.dialogs.drafts import drafts, in_bureau, only, referred, sends
from tests.dialogs.network import COUNSELLOR, DESK, coordinate, open_network
from tests.dialogs.talk import Talk, text_of

PRACTICE_DESK = replace(SHINJUKU, id=practised("city"), name="練習の窓口")


def test_ids_to_practise_with() -> None:
    assert real(practised("tokyo")) == real("tokyo") == "tokyo"
    assert beside(SHINJUKU.id, "tokyo") == "tokyo"
    assert beside(PRACTICE_DESK.id, "tokyo") == practised("tokyo")
    assert is_practised(PRACTICE_DESK.id)
    assert not is_practised(SHINJUKU.id)


async def homes(talk: Talk, name: str) -> str:
    async with talk.store() as work:
        return text_of((await home_of(work, talk.person(name), talk.clock())).blocks)


def in_practice(talk: Talk) -> str:
    return "".join(text_of(said.post.blocks) for said in talk.platform.said if said.receipt.place.channel == "練習の局")


async def met_in_practice(talk: Talk) -> None:
    """A coordinator of the practice side, in a channel of theirs."""
    await coordinate(talk, "練習の担当官", practised("tokyo"))
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("練習の局"), bureau=practised("tokyo")))
        await work.commit()


async def test_a_practice_desks_referral_meets_no_real_coordinator(talk: Talk) -> None:
    await open_network(talk)
    await met_in_practice(talk)
    await enrol(talk, PRACTICE_DESK, COUNSELLOR)
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(DESK), desk=PRACTICE_DESK.id))
        await work.commit()
    await sends(talk, await drafts(talk))
    assert (await only(talk, PRACTICE_DESK.id)).bureau == practised("tokyo")
    assert in_bureau(talk) == ""
    assert "照会 1" not in await homes(talk, "佐藤")
    assert "照会 1" in await homes(talk, "練習の担当官")
    assert "人物A" in in_practice(talk)


async def test_a_real_desks_referral_meets_no_practice_coordinator(talk: Talk) -> None:
    await open_network(talk)
    await met_in_practice(talk)
    referral = await referred(talk)
    assert (referral.bureau, referral.state) == ("tokyo", State.SENT)
    assert "人物A" in in_bureau(talk)
    assert in_practice(talk) == ""
    assert "照会 1" in await homes(talk, "佐藤")
    assert "照会 1" not in await homes(talk, "練習の担当官")
