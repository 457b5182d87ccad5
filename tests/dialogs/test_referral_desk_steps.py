from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from bot import drafting_talk as words
from bot import referral_talk
from bot.composing import REFER
from bot.desks import Channel
from bot.errors import Gone
from bot.incoming import Pressed, Way
from bot.reactions import Reaction, ShowForm, Whisper
from bot.referrals import State, Step
from bot.referring.cards import action_of
from tests.dialogs.desks import HAKATA, SHINJUKU, enrol
from tests.dialogs.drafts import NAME, QUESTION, asks, drafts, in_bureau, on_card, only, referred, sends, thread
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
    told,
)
from tests.dialogs.talk import Talk, form_of, text_of
from tests.fakes_messenger import Fault

LABEL = referral_talk.STEPS


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    await open_network(talk)


async def says(talk: Talk, step: Step, text: str, name: str = COUNSELLOR) -> Reaction | None:
    """Somebody of the desk takes a step: form, preview, sent."""
    form = form_of(await presses(talk, name, LABEL[step], DESK))
    shown = await talk.fills(name, form, thread(talk), text=text)
    return await talk.fills(name, shown.form, thread(talk)) if isinstance(shown, ShowForm) else shown


async def press(talk: Talk, name: str, action: str, value: str, channel: str = DESK) -> Reaction | None:
    """Any program sends a press."""
    at = talk.place(channel)
    keys = (f"forged/{uuid4().hex}",)
    return await talk.happens(
        Pressed(keys=keys, place=at, person=talk.person(name), action=action, value=value, at=talk.clock())
    )


async def test_the_whole_talk_from_the_desks_side(talk: Talk) -> None:
    referral = await referred(talk)
    assert "[担当官へ追記]" in await on_card(talk)
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    assert referral_talk.STATES[State.TAKEN] in await on_card(talk)
    await does(talk, referral, Step.ASK_BACK, COORDINATORS[0], "期限はいつですか")
    talk.hears("担当官から確認です", "期限はいつですか", "[担当官へ追記]", thread=thread(talk).thread)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.SUPPLEMENT], DESK))
    assert "期限はいつですか" in text_of(form.blocks)
    shown = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text=f"{NAME}さんは12月1日まで"))
    assert "人物Aさんは12月1日まで" in text_of(shown.blocks)
    assert "12月1日" not in in_bureau(talk)
    await talk.fills(COUNSELLOR, shown, thread(talk))
    assert "人物Aさんは12月1日まで" in "\n".join(in_channel(talk, BUREAU))
    assert NAME not in in_bureau(talk)
    await does(talk, referral, Step.REPLY, COORDINATORS[0], "写真と旅券を持って来てください。")
    talk.hears("【公式回答】東京出入国在留管理局", "写真と旅券", "14日以内", thread=thread(talk).thread)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.RESOLVE], DESK))
    assert "写真と旅券" in text_of(form.blocks)
    shown = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text=f"{NAME}さんは再交付を受けた"))
    await talk.fills(COUNSELLOR, shown, thread(talk))
    assert (await only(talk)).result == "人物Aさんは再交付を受けた"
    assert "人物Aさんは再交付を受けた" in "\n".join(in_channel(talk, BUREAU))
    await says(talk, Step.REOPEN, "写真の大きさが違うと言われた")
    assert (await only(talk)).state is State.TAKEN
    await says(talk, Step.WITHDRAW, "")
    assert (await only(talk)).state is State.WITHDRAWN
    assert "[" not in await on_card(talk)  # nothing more to press


async def test_nothing_is_withdrawn_before_somebody_confirmed_it_not_even_without_a_reason(talk: Talk) -> None:
    await referred(talk)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.WITHDRAW], DESK))
    assert form.submit == referral_talk.SAY_SUBMIT
    sure = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text=""))
    assert words.WITHDRAW_FOR_GOOD in text_of(sure.blocks)
    assert (await only(talk)).state is State.SENT
    assert isinstance(await talk.fills(COUNSELLOR, sure, thread(talk)), Whisper)
    assert (await only(talk)).state is State.WITHDRAWN


async def test_a_supplement_that_was_overtaken_is_shown_again(talk: Talk) -> None:
    referral = await referred(talk)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.SUPPLEMENT], DESK))
    shown = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text="写真はありません"))
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    again = form_of(await talk.fills(COUNSELLOR, shown, thread(talk)))
    assert referral_talk.PREVIEW_MOVED in text_of(again.blocks)
    assert "写真はありません" not in in_bureau(talk)
    await talk.fills(COUNSELLOR, again, thread(talk))
    assert "写真はありません" in in_bureau(talk)


async def test_a_step_that_is_over_says_what_is_the_case(talk: Talk) -> None:
    referral = await referred(talk)
    withdraw = form_of(await presses(talk, COUNSELLOR, LABEL[Step.WITHDRAW], DESK))
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    await does(talk, referral, Step.REPLY, COORDINATORS[0], "写真を持って来てください。")
    reaction = await talk.fills(COUNSELLOR, withdraw, thread(talk), text="")
    assert isinstance(reaction, Whisper)
    assert referral_talk.STATES[State.ANSWERED] in reaction.text
    old = await press(talk, COUNSELLOR, action_of(Step.WITHDRAW), referral.id)  # a card that was not yet edited
    assert isinstance(old, Whisper)
    assert (await only(talk)).state is State.ANSWERED


async def test_two_who_resolve_at_once_resolve_it_once(talk: Talk) -> None:
    referral = await referred(talk)
    await enrol(talk, SHINJUKU, "鈴木")
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    await does(talk, referral, Step.REPLY, COORDINATORS[0], "写真を持って来てください。")
    previews = []
    for name in (COUNSELLOR, "鈴木"):
        form = form_of(await presses(talk, name, LABEL[Step.RESOLVE], DESK))
        previews.append(form_of(await talk.fills(name, form, thread(talk), text=f"{name}が見届けた")))
    reactions = await asyncio.gather(
        talk.fills(COUNSELLOR, previews[0], thread(talk)), talk.fills("鈴木", previews[1], thread(talk))
    )
    texts = sorted(reaction.text for reaction in reactions if isinstance(reaction, Whisper))
    assert texts == sorted((words.THANKS[Step.RESOLVE], referral_talk.not_now(1, State.RESOLVED)))
    assert in_bureau(talk).count(referral_talk.news(1, Step.RESOLVE)) == 1


async def test_nobody_of_another_desk_or_bureau_touches_it_whatever_they_send(talk: Talk) -> None:
    referral = await referred(talk)
    await enrol(talk, HAKATA, "泥棒")
    await coordinate(talk, "大阪の人", "osaka")
    before = (in_bureau(talk), await on_card(talk))
    for name in ("泥棒", "大阪の人", COORDINATORS[0], "だれか"):
        for step in (Step.SUPPLEMENT, Step.RECORD, Step.RESOLVE, Step.REOPEN, Step.WITHDRAW):
            for channel in (DESK, BUREAU, "別室"):
                reaction = await press(talk, name, action_of(step), referral.id, channel)
                assert isinstance(reaction, Whisper)
                assert reaction.text == words.NOT_OF_THE_DESK
    unknown = await press(talk, COUNSELLOR, action_of(Step.WITHDRAW), "f" * 32)
    assert isinstance(unknown, Whisper)
    assert unknown.text == words.NOT_OF_THE_DESK  # nobody learns which ids there are
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.WITHDRAW], DESK))
    assert isinstance(await talk.fills("泥棒", form, thread(talk), text=""), Whisper)
    assert (await only(talk)).state is State.SENT
    assert (in_bureau(talk), await on_card(talk)) == before


@pytest.mark.parametrize("value", ["", "[]", "\x00", "\ud800", "長い" * 500, "' OR 1=1 --"])
async def test_a_button_with_any_value_is_answered(talk: Talk, value: str) -> None:
    for step in Step:
        assert isinstance(await press(talk, COUNSELLOR, action_of(step), value), Whisper)
    form = form_of(await press(talk, COUNSELLOR, REFER, value))
    assert max(len(form.title), len(form.submit)) <= 24
    assert len(form.state) <= 2000


async def test_only_members_of_the_desk_refer_and_nobody_begins_with_anothers_question(talk: Talk) -> None:
    await enrol(talk, HAKATA, "博多の人")
    await talk.says(COUNSELLOR, QUESTION)
    for name in ("博多の人", COORDINATORS[0], "だれか"):
        reaction = await presses(talk, name, referral_talk.REFER, DESK)
        assert isinstance(reaction, Whisper)
        assert reaction.text == words.NOT_OF_A_DESK
    async with talk.store() as work:
        (asked,) = await work.exchanges.in_thread(thread(talk))
    form = form_of(await press(talk, "博多の人", REFER, asked.id, "別室"))
    assert QUESTION not in repr(form)
    preview = await drafts(talk)
    assert isinstance(await talk.fills("博多の人", preview, thread(talk)), Whisper)
    assert in_bureau(talk) == ""


async def test_what_is_asked_aside_is_answered_aside(talk: Talk) -> None:
    await talk.says(COUNSELLOR, "在留カードをなくしました", channel="雑談")  # a channel of nobody's
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, "雑談"))
    shown = form_of(await talk.fills(COUNSELLOR, form, talk.place("雑談", "1"), question=QUESTION))
    sent = await talk.fills(COUNSELLOR, shown, talk.place("雑談", "1"))
    assert isinstance(sent, Whisper)
    assert sent.text.endswith("回答はあなたへの個別のメッセージに届きます。")
    referral = await only(talk)
    assert referral.place == talk.person(COUNSELLOR).own_conversation
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    await does(talk, referral, Step.REPLY, COORDINATORS[0], "写真を持って来てください。")
    (answer,) = told(talk, COUNSELLOR)
    assert "写真を持って来てください。" in answer


async def test_when_the_channel_is_gone_the_author_hears_of_it_and_when_they_left_nobody_does(talk: Talk) -> None:
    referral = await referred(talk)
    await talk.leaves(DESK)
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    assert any("[担当官へ追記]" in post for post in told(talk, COUNSELLOR))  # a new card
    await enrol(talk, HAKATA, COUNSELLOR)  # they work for another desk now
    await does(talk, referral, Step.REPLY, COORDINATORS[0], "写真を持って来てください。")
    assert not told(talk, COUNSELLOR)
    assert in_channel(talk, DESK) == []
    assert (await only(talk)).official  # the desk's overview shows it
    await enrol(talk, SHINJUKU, "鈴木")
    reaction = await press(talk, "鈴木", action_of(Step.RESOLVE), referral.id)
    assert isinstance(reaction, ShowForm)  # others of the desk go on


async def test_a_channel_that_was_given_to_another_desk_hears_nothing_more(talk: Talk) -> None:
    referral = await referred(talk)
    async with talk.store() as work:
        await work.desks.put(HAKATA)
        await work.desks.set_channel(Channel(place=talk.place(DESK), desk=HAKATA.id))
        await work.commit()
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    assert in_channel(talk, DESK) == []
    assert told(talk, COUNSELLOR)


async def test_a_bureau_whose_channel_is_gone_is_met_in_another_one_and_at_last_by_hand(talk: Talk) -> None:
    await referred(talk)
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("東京局2"), bureau="tokyo"))
        await work.commit()
    await talk.leaves(BUREAU)
    await says(talk, Step.SUPPLEMENT, "写真はありません")
    assert any(QUESTION[4:] in post for post in in_channel(talk, "東京局2"))
    assert any("写真はありません" in post for post in in_channel(talk, "東京局2"))
    await talk.leaves("東京局2")
    await says(talk, Step.SUPPLEMENT, "旅券もありません")
    assert (await only(talk)).by_hand
    assert any("引継票" in post for post in in_channel(talk, DESK))


async def test_what_went_by_hand_goes_over_the_network_once_it_is_reopened_and_the_bureau_is_there(talk: Talk) -> None:
    await sends(talk, await drafts(talk, prefecture="沖縄県"))
    await says(talk, Step.RECORD, "写真を持って来てください。")
    await says(talk, Step.RESOLVE, "再交付を受けた")
    await says(talk, Step.REOPEN, "写真の大きさは？")
    assert (await only(talk)).by_hand
    assert not any("引継票" in post for post in in_channel(talk, DESK))  # they have it
    await says(talk, Step.RECORD, "4センチです。")
    await says(talk, Step.RESOLVE, "分かった")
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("那覇支局"), bureau="naha"))
        await work.commit()
    await says(talk, Step.REOPEN, "白黒でもよいですか")
    assert not (await only(talk)).by_hand
    assert "[担当する]" in in_channel(talk, "那覇支局")[0]


async def test_a_card_that_somebody_deleted_holds_up_nothing(talk: Talk) -> None:
    referral = await referred(talk)
    talk.platform.faults.extend([Fault(Gone("message_not_found"))] * 2)  # both cards
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    assert in_channel(talk, DESK)  # the news
    await says(talk, Step.SUPPLEMENT, "写真はありません")
    assert "写真はありません" in "\n".join(in_channel(talk, BUREAU))
    assert (await only(talk)).state is State.TAKEN


async def test_what_becomes_of_the_messages_of_the_thread_changes_no_referral(talk: Talk) -> None:
    preview = await drafts(talk)
    await talk.says(COUNSELLOR, "やっぱり手数料はいくらですか", thread=thread(talk).thread)
    assert isinstance(await sends(talk, preview), Whisper)
    assert (await only(talk)).intake.question == QUESTION.replace(NAME, "人物A")


@pytest.mark.parametrize("question", ["夫に殴られています。どこに行けばいいですか", "もう死にたいと言っています"])
async def test_danger_comes_first_in_form_preview_and_thread(talk: Talk, question: str) -> None:
    form = await asks(talk, question)
    assert "110" in text_of(form.blocks[:2]) or "119" in text_of(form.blocks[:2])
    form = await asks(talk)
    assert referral_talk.NO_EMERGENCY not in text_of(form.blocks)
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), question="相談です", situation=question))
    assert referral_talk.NO_EMERGENCY in text_of(preview.blocks[:3])
    talk.hears(referral_talk.NO_EMERGENCY, "番" if "110" in text_of(preview.blocks) else "", thread=thread(talk).thread)
    await sends(talk, preview)
    assert referral_talk.URGENT_CASE in in_bureau(talk)
    assert referral_talk.NO_EMERGENCY not in "\n".join(in_channel(talk, DESK))  # said once


async def test_what_is_said_in_the_threads_goes_nowhere(talk: Talk) -> None:
    await referred(talk)
    before = in_bureau(talk)
    await talk.says(COUNSELLOR, "写真のことを伝えますか？", way=Way.THREAD, thread=thread(talk).thread)
    assert in_bureau(talk) == before
