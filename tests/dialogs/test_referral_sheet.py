"""Who is handed the sheet as a file: the desk, in its own thread, once, and nobody else."""

from __future__ import annotations

import pytest

from bot import sheet_talk
from bot.desks import Channel
from bot.places import Place
from bot.posts import Contacts, Document
from bot.referrals import Step
from tests.dialogs.desks import HAKATA
from tests.dialogs.drafts import drafts, only, referred, sends, thread
from tests.dialogs.network import BUREAU, COORDINATORS, COUNSELLOR, DESK, does, open_network
from tests.dialogs.talk import Talk

FAR = "沖縄県"  # whose branch is not on the network


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    await open_network(talk)


def sheets(talk: Talk) -> list[tuple[Place, Document]]:
    """Every sheet that stands anywhere, with its place."""
    return [
        (said.receipt.place, block)
        for said in talk.platform.said
        for block in said.post.blocks
        if isinstance(block, Document)
    ]


async def test_it_stands_in_the_desks_thread_after_the_contact_and_holds_nothing_but_whose_it_is(talk: Talk) -> None:
    await sends(talk, await drafts(talk, prefecture=FAR))
    sent = await only(talk)
    [(place, sheet)] = sheets(talk)
    assert (place.channel, place.thread) == (DESK, thread(talk).thread)
    assert sheet == Document(sheet_talk.file_of(sent.number), sent.id)
    said = [one.post for one in talk.platform.said if one.receipt.place == place]
    *_, contact, file = said
    assert any(isinstance(block, Contacts) for block in contact.blocks)
    assert file.blocks == (sheet,)


async def test_a_bureau_that_is_met_on_the_network_makes_it_needless(talk: Talk) -> None:
    await does(talk, await referred(talk), Step.TAKE, COORDINATORS[0])
    assert sheets(talk) == []


async def test_it_comes_when_the_bureau_leaves_the_network_and_only_to_the_desk(talk: Talk) -> None:
    await referred(talk)
    await talk.leaves(BUREAU)
    referral = await only(talk)
    await does(talk, referral, Step.SUPPLEMENT, COUNSELLOR, "写真はありません")
    [(place, sheet)] = sheets(talk)
    assert (place.channel, sheet.referral) == (DESK, referral.id)


async def test_where_the_channel_is_another_desks_by_then_the_author_alone_gets_it(talk: Talk) -> None:
    await referred(talk)
    async with talk.store() as work:
        await work.desks.put(HAKATA)
        await work.desks.set_channel(Channel(place=talk.place(DESK), desk=HAKATA.id))
        await work.commit()
    await talk.leaves(BUREAU)
    await does(talk, await only(talk), Step.SUPPLEMENT, COUNSELLOR, "写真はありません")
    [(place, _)] = sheets(talk)
    assert place == talk.person(COUNSELLOR).own_conversation
