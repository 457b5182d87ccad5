"""What a desk says with a step is shown whole before it leaves, on every platform, whatever stands beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import drafting_talk as words
from bot import labels, referral_talk
from bot.desks import Channel
from bot.incoming import Submitted
from bot.posts import Form
from bot.referrals import Referral, Step
from bot.referring import desk_steps
from bot.referring.forms import Seen
from tests.adapters.test_bureau_forms_rendering import FURTHER, SIGNS, rendered
from tests.dialogs.network import BUREAU, COORDINATORS, COUNSELLOR, DESK, THREAD, does, open_network, refer, stands
from tests.dialogs.talk import Talk, a_talk, form_of, text_of

#: As much as the field holds, and what brings the numbers to call onto the form.
SAID = "夫に殴られた。" + SIGNS[2400:3993]
_REPLY = SIGNS[700:2300]


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with a_talk(tmp_path) as talk:
        await open_network(talk)
        yield talk


async def preview(talk: Talk, referral: Referral, step: Step) -> Form:
    """What is shown of the longest that can be said, after the referral changed meanwhile."""
    standing = await stands(talk, referral)
    submitted = Submitted(
        keys=("form",),
        place=talk.place(DESK, THREAD),
        person=talk.person(COUNSELLOR),
        form=desk_steps.NAME,
        at=talk.clock(),
        values={"text": (SAID,), "further": ("\n".join(FURTHER),)},
        state=Seen(referral.id, step, standing.version - 1).state,
    )
    return form_of(await talk.happens(submitted))


def is_whole(form: Form, said: str) -> None:
    assert referral_talk.PREVIEW_MOVED in text_of(form.blocks)
    assert max(len(form.title), len(form.submit)) <= 24
    for shown in rendered(form):
        assert labels.SHORTENED not in shown
        assert said in shown


async def test_a_reply_to_a_long_question_back(talk: Talk) -> None:
    referral = await refer(talk)
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    await does(talk, referral, Step.ASK_BACK, COORDINATORS[0], _REPLY)
    form = await preview(talk, referral, Step.SUPPLEMENT)
    assert referral_talk.NO_EMERGENCY in text_of(form.blocks)
    is_whole(form, SAID)


async def test_the_result_of_a_long_answer(talk: Talk) -> None:
    referral = await refer(talk)
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    await does(talk, referral, Step.REPLY, COORDINATORS[0], _REPLY)
    is_whole(await preview(talk, referral, Step.RESOLVE), SAID[:200])


async def test_why_it_is_withdrawn(talk: Talk) -> None:
    form = await preview(talk, await refer(talk), Step.WITHDRAW)
    assert words.WITHDRAW_FOR_GOOD in text_of(form.blocks)
    is_whole(form, SAID)


@pytest.mark.parametrize("returns", [False, True])
async def test_why_it_is_reopened_after_it_travelled_by_hand(talk: Talk, returns: bool) -> None:
    await talk.leaves(BUREAU)
    referral = await refer(talk)
    await does(talk, referral, Step.RECORD, COUNSELLOR, _REPLY)
    if returns:
        async with talk.store() as work:
            await work.desks.set_channel(Channel(place=talk.place(BUREAU), bureau="tokyo"))
            await work.commit()
    form = await preview(talk, referral, Step.REOPEN)
    assert (words.PREVIEW_REOPENED if returns else words.PREVIEW_KEPT) in text_of(form.blocks)
    assert referral_talk.NO_EMERGENCY in text_of(form.blocks)
    is_whole(form, SAID)
