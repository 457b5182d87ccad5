"""Somebody leaves a desk or a bureau: their rights end at once, and what they had in hand goes on without them."""

from __future__ import annotations

import pytest

from bot import bureau_talk, referral_talk
from bot import drafting_talk as desk_words
from bot.desks import Channel
from bot.incoming import Way
from bot.leaving import dismiss
from bot.reactions import ShowForm, ShowHome, Whisper
from bot.referrals import Referral, State, Step, Turn
from bot.referring.calling import open_button
from tests.dialogs.desks import HAKATA, SHINJUKU, enrol, member
from tests.dialogs.drafts import only
from tests.dialogs.network import (
    BUREAU,
    COUNSELLOR,
    DESK,
    THREAD,
    at,
    card,
    coordinate,
    does,
    in_channel,
    on_roster,
    open_network,
    presses,
    refer,
    stands,
    time_is,
    told,
)
from tests.dialogs.talk import Talk, buttons, form_of, text_of

MORNING, LATER, NIGHT = at(11, 20, 10), at(11, 20, 10, 1), at(11, 20, 22)
TAKE, SUPPLEMENT, RESOLVE = (referral_talk.STEPS[step] for step in (Step.TAKE, Step.SUPPLEMENT, Step.RESOLVE))


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    talk.clock.time = MORNING
    await open_network(talk)
    await enrol(talk, SHINJUKU, "鈴木")


async def leaves(talk: Talk, name: str) -> int:
    async with talk.store() as work:
        left_behind = await dismiss(work, talk.person(name), talk.clock())
        await work.commit()
    return left_behind


async def history(talk: Talk, referral: Referral) -> list[Step]:
    async with talk.store() as work:
        return [entry.step for entry in await work.referrals.history(referral.id)]


async def test_rights_and_duties_end_at_once(talk: Talk) -> None:
    referral = await refer(talk)
    await on_roster(talk, "佐藤", Turn.DUTY, "2026-11-02", "2026-12-31")
    await on_roster(talk, "加藤", Turn.DUTY, "2026-11-02", "2026-12-31")
    assert await leaves(talk, "佐藤") == 0
    assert await member(talk, "佐藤") is None
    assert await presses(talk, "佐藤", TAKE) == Whisper(bureau_talk.NOT_OF_THE_BUREAU_IN_CHARGE)
    home = await talk.opens_home("佐藤")
    assert isinstance(home, ShowHome)
    assert bureau_talk.ROSTER not in [button.label for button in buttons(home.post.blocks)]
    async with talk.store() as work:
        assert [shift.person.id for shift in await work.roster.of("tokyo", MORNING.date())] == ["加藤"]
    await leaves(talk, COUNSELLOR)
    assert await presses(talk, COUNSELLOR, SUPPLEMENT, DESK) == Whisper(desk_words.NOT_OF_THE_DESK)
    assert (await stands(talk, referral)).state is State.SENT
    async with talk.database.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT about, person FROM audit WHERE what = 'dismiss' ORDER BY id")
        assert [tuple(row) for row in rows] == [(f"member/slack/T1/{name}", None) for name in ("佐藤", COUNSELLOR)]


async def test_what_they_had_taken_waits_for_a_colleague_and_those_on_duty_are_told(talk: Talk) -> None:
    await on_roster(talk, "加藤", Turn.DUTY, "2026-11-02", "2026-12-31")
    taken = await does(talk, await refer(talk), Step.TAKE, "佐藤")
    assert await leaves(talk, "佐藤") == 1
    assert await time_is(talk, LATER) == 1
    back = await stands(talk, taken)
    assert (back.state, back.holder, back.due) == (State.SENT, None, taken.due)
    assert (await history(talk, taken))[-1] is Step.HAND_BACK
    for channel in (DESK, BUREAU):
        assert referral_talk.DONE[Step.HAND_BACK] in text_of(card(talk, channel).blocks)
    assert in_channel(talk, BUREAU) == [referral_talk.news(taken.number, Step.HAND_BACK)]
    assert in_channel(talk, DESK) == []  # nothing for them to do; their card tells it
    headline = bureau_talk.about(taken.number, bureau_talk.NOBODYS)
    assert told(talk, "加藤") == [f"{headline}\n[{open_button(taken).label}]"]
    assert told(talk, "佐藤") == told(talk, "伊藤") == []
    assert await time_is(talk, at(11, 20, 10, 2)) == 0  # once
    await presses(talk, "加藤", TAKE)
    assert (await stands(talk, taken)).holder == talk.person("加藤")


async def test_who_came_to_another_bureau_leaves_as_much_behind(talk: Talk) -> None:
    taken = await does(talk, await refer(talk), Step.TAKE, "佐藤")
    await coordinate(talk, "佐藤", "osaka")
    assert await time_is(talk, LATER) == 1
    assert (await stands(talk, taken)).state is State.SENT
    assert told(talk, "佐藤") == []


async def test_nobody_is_disturbed_at_night(talk: Talk) -> None:
    taken = await does(talk, await refer(talk), Step.TAKE, "佐藤")
    await leaves(talk, "佐藤")
    assert await time_is(talk, NIGHT) == 0
    assert (await stands(talk, taken)).state is State.TAKEN


async def test_a_question_back_stays_open_until_the_desk_replied(talk: Talk) -> None:
    asked = await does(talk, await does(talk, await refer(talk), Step.TAKE, "佐藤"), Step.ASK_BACK, "佐藤", "国籍は？")
    assert await leaves(talk, "佐藤") == 0
    assert await time_is(talk, LATER) == 0
    await does(talk, asked, Step.SUPPLEMENT, COUNSELLOR, "ベトナムです。")
    assert "ベトナムです。" in "\n".join(in_channel(talk, BUREAU))
    assert await time_is(talk, at(11, 20, 10, 2)) == 1
    assert (await stands(talk, asked)).state is State.SENT


async def test_what_they_answered_stands_and_comes_back_to_a_colleague(talk: Talk) -> None:
    taken = await does(talk, await refer(talk), Step.TAKE, "佐藤")
    answered = await does(talk, taken, Step.REPLY, "佐藤", "写真2枚です。")
    assert await leaves(talk, "佐藤") == 0
    assert await time_is(talk, LATER) == 0
    await does(talk, answered, Step.REOPEN, COUNSELLOR, "大きさは？")
    assert await time_is(talk, at(11, 20, 10, 2)) == 1
    back = await stands(talk, answered)
    assert (back.state, back.holder, back.official) == (State.SENT, None, "写真2枚です。")


async def test_who_is_there_keeps_what_they_took(talk: Talk) -> None:
    taken = await does(talk, await refer(talk), Step.TAKE, "佐藤")
    await leaves(talk, "加藤")
    assert await time_is(talk, LATER) == 0
    assert await stands(talk, taken) == taken


@pytest.mark.parametrize("how", ["dismissed", "at another desk", "account closed"])
async def test_a_counsellor_who_left_misses_nothing_for_the_desk(talk: Talk, how: str) -> None:
    sent = await refer(talk)
    if how == "dismissed":
        await leaves(talk, COUNSELLOR)
    elif how == "at another desk":
        await enrol(talk, HAKATA, COUNSELLOR)
    else:
        talk.platform.gone.add(talk.person(COUNSELLOR).own_conversation.lane)
    await does(talk, await does(talk, sent, Step.TAKE, "佐藤"), Step.REPLY, "佐藤", "写真2枚です。")
    (answer,) = (said for said in talk.heard if said.receipt.place == talk.place(DESK, THREAD))
    assert "写真2枚です。" in text_of(answer.post.blocks)
    assert told(talk, COUNSELLOR) == []
    form = await presses(talk, "鈴木", RESOLVE, DESK)
    assert isinstance(form, ShowForm)
    assert (await does(talk, sent, Step.RESOLVE, "鈴木", "申請できました。")).state is State.RESOLVED


async def asks_aside(talk: Talk) -> Referral:
    """The counsellor asks in their own conversation, and refers the question."""
    own = f"D-{COUNSELLOR}"
    await talk.says(COUNSELLOR, "在留カードをなくしました", way=Way.DIRECT)
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, own))
    shown = form_of(await talk.fills(COUNSELLOR, form, talk.place(own), question="手数料は？"))
    assert isinstance(await talk.fills(COUNSELLOR, shown, talk.place(own)), Whisper)
    sent = await only(talk)
    assert sent.place == talk.person(COUNSELLOR).own_conversation
    return sent


async def test_what_they_asked_aside_is_answered_where_their_colleagues_are(talk: Talk) -> None:
    sent = await asks_aside(talk)
    await leaves(talk, COUNSELLOR)
    await does(talk, await does(talk, sent, Step.TAKE, "佐藤"), Step.REPLY, "佐藤", "無料です。")
    assert "無料です。" in "\n".join(in_channel(talk, DESK))
    assert told(talk, COUNSELLOR) == []
    assert isinstance(await presses(talk, "鈴木", RESOLVE, DESK), ShowForm)


@pytest.mark.parametrize("step", [Step.REPLY, Step.ASK_BACK])
async def test_so_it_is_where_only_the_platform_knows_that_they_left(talk: Talk, step: Step) -> None:
    taken = await does(talk, await asks_aside(talk), Step.TAKE, "佐藤")
    talk.platform.gone.add(talk.person(COUNSELLOR).own_conversation.lane)
    await does(talk, taken, step, "佐藤", "無料です。")
    assert in_channel(talk, DESK) == []
    assert await time_is(talk, LATER) == 1
    (heard,) = in_channel(talk, DESK)
    assert "無料です。" in heard
    assert isinstance(await presses(talk, "鈴木", RESOLVE if step is Step.REPLY else SUPPLEMENT, DESK), ShowForm)
    assert await time_is(talk, at(11, 20, 10, 2)) == 0  # once


async def test_who_reads_what_they_asked_aside_is_not_overheard(talk: Talk) -> None:
    taken = await does(talk, await asks_aside(talk), Step.TAKE, "佐藤")
    await does(talk, taken, Step.REPLY, "佐藤", "無料です。")
    assert "無料です。" in "\n".join(told(talk, COUNSELLOR))
    assert await time_is(talk, LATER) == 0
    assert in_channel(talk, DESK) == []


async def test_where_the_desk_has_no_channel_left_its_overview_holds_the_answer(talk: Talk) -> None:
    sent = await refer(talk)
    await talk.leaves(DESK)
    await leaves(talk, COUNSELLOR)
    await does(talk, await does(talk, sent, Step.TAKE, "佐藤"), Step.REPLY, "佐藤", "写真2枚です。")
    assert in_channel(talk, DESK) == told(talk, COUNSELLOR) == []
    home = await talk.opens_home("鈴木")
    assert isinstance(home, ShowHome)
    assert open_button(sent).label in [button.label for button in buttons(home.post.blocks)]


async def test_a_desk_with_another_channel_is_met_there(talk: Talk) -> None:
    sent = await refer(talk)
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("相談2"), desk=SHINJUKU.id))
        await work.commit()
    await talk.leaves(DESK)
    await leaves(talk, COUNSELLOR)
    await does(talk, await does(talk, sent, Step.TAKE, "佐藤"), Step.REPLY, "佐藤", "写真2枚です。")
    assert "写真2枚です。" in "\n".join(in_channel(talk, "相談2"))
