"""The bureau's side of a referral, told as talks."""

from __future__ import annotations

import asyncio

import pytest

from bot import bureau_talk as words
from bot import preview_talk, referral_talk
from bot.desks import Channel
from bot.incoming import Pressed, Submitted, Way
from bot.posts import ChoiceInput, Form, Quote
from bot.reactions import Correct, ShowForm, Whisper
from bot.referrals import Referral, State, Step, Turn
from bot.referring.cards import action_of
from tests.dialogs.desks import audited
from tests.dialogs.network import (
    BUREAU,
    COORDINATORS,
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

TAKE, ASK_BACK, REPLY, REASSIGN = (
    referral_talk.STEPS[step] for step in (Step.TAKE, Step.ASK_BACK, Step.REPLY, Step.REASSIGN)
)
ANSWER = "旅券と写真、申請書をお持ちください。"


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    """One that was sent on a Friday morning."""
    talk.clock.time = at(11, 20, 10)
    await open_network(talk)
    return await refer(talk)


async def previews(talk: Talk, name: str, label: str, text: str, **values: str) -> Form:
    """Somebody fills in a step's form, and sees what would leave."""
    form = form_of(await presses(talk, name, label))
    return form_of(await talk.fills(name, form, talk.place(BUREAU), text=text, **values))


async def sends(talk: Talk, name: str, label: str, text: str) -> str:
    """Somebody takes a step with a form, looks at the preview, and sends it."""
    reaction = await talk.fills(name, await previews(talk, name, label, text), talk.place(BUREAU))
    assert isinstance(reaction, Whisper), reaction
    return reaction.text


def shown(form: Form) -> list[str]:
    """What a preview says would leave."""
    return [block.text for block in form.blocks if isinstance(block, Quote)]


async def test_a_question_is_taken_answered_and_the_answer_stands_in_the_desks_thread(
    talk: Talk, referral: Referral
) -> None:
    assert "更新の申請に必要な書類は？" in text_of(card(talk, BUREAU).blocks)
    assert await presses(talk, "佐藤", TAKE) == Whisper(words.taken(referral.number))
    talk.hears(referral_talk.NEWS[Step.TAKE], thread=THREAD)
    assert await sends(talk, "佐藤", REPLY, ANSWER) == words.SAID[Step.REPLY]
    (answer,) = in_channel(talk, DESK)
    assert ANSWER in answer
    assert referral_talk.answered_by("東京出入国在留管理局", talk.clock()) in answer
    assert referral_talk.OFFICIAL in text_of(card(talk, DESK).blocks)
    assert (await stands(talk, referral)).state is State.ANSWERED
    assert await audited(talk, Step.REPLY, "佐藤") == 1


async def test_only_what_was_shown_leaves(talk: Talk, referral: Referral) -> None:
    await presses(talk, "佐藤", TAKE)
    form = await previews(talk, "佐藤", REPLY, "グエンさんは再入国許可が要ります。")
    talk.hears_nothing()
    assert shown(form) == ["人物Aさんは再入国許可が要ります。"]
    # Rewritten while looking at it: shown again, not sent.
    again = form_of(await talk.fills("佐藤", form, talk.place(BUREAU), text="グエンさんは要りません。"))
    talk.hears_nothing()
    assert shown(again) == ["人物Aさんは要りません。"]
    # A word more to be masked: shown again too.
    third = form_of(await talk.fills("佐藤", again, talk.place(BUREAU), further="要りません\n佐籐"))
    assert preview_talk.not_in_the_text(["佐籐"]) in text_of(third.blocks)
    talk.hears_nothing()
    await talk.fills("佐藤", third, talk.place(BUREAU))
    (answer,) = in_channel(talk, DESK)
    assert shown(third)[0] in answer
    assert "グエン" not in answer
    assert "要りません" not in answer


async def test_talk_in_the_bureaus_thread_stays_there(talk: Talk, referral: Referral) -> None:
    thread = next(said.receipt.message for said in talk.platform.said if said.receipt.place.channel == BUREAU)
    for text in ("これは本省に確認が要りますか？", "私が対応します。"):
        await talk.says("佐藤", text, way=Way.THREAD, channel=BUREAU, thread=thread)
        assert not in_channel(talk, DESK)
    assert (await stands(talk, referral)).state is State.SENT


async def test_two_take_at_once_and_one_of_them_holds_it(talk: Talk, referral: Referral) -> None:
    button = next(one for one in buttons(card(talk, BUREAU).blocks) if one.label == TAKE)

    def press(name: str) -> Pressed:
        return Pressed(
            keys=(f"press/{name}",),
            place=talk.place(BUREAU),
            person=talk.person(name),
            action=button.action,
            value=button.value,
            at=talk.clock(),
        )

    reactions = await asyncio.gather(*(talk.reception.receive(press(name)) for name in COORDINATORS))
    await talk.settles()
    assert sorted(reaction.text for reaction in reactions if isinstance(reaction, Whisper)) == sorted(
        [words.taken(referral.number), words.TAKEN_BY_A_COLLEAGUE, words.TAKEN_BY_A_COLLEAGUE]
    )
    talk.hears(referral_talk.NEWS[Step.TAKE], thread=THREAD)
    assert TAKE not in text_of(card(talk, BUREAU).blocks)
    holder = (await stands(talk, referral)).holder
    assert holder is not None
    assert holder.id not in "".join(reaction.text for reaction in reactions if isinstance(reaction, Whisper))


async def test_who_presses_twice_holds_it_once(talk: Talk, referral: Referral) -> None:
    stale = card(talk, BUREAU)
    await presses(talk, "佐藤", TAKE)
    button = next(one for one in buttons(stale.blocks) if one.label == TAKE)
    again = Pressed(
        keys=("again",),
        place=talk.place(BUREAU),
        person=talk.person("佐藤"),
        action=button.action,
        value=button.value,
        at=talk.clock(),
    )
    assert await talk.happens(again) == Whisper(words.TAKEN_BY_YOU)
    talk.hears_nothing()


async def test_the_desk_is_asked_back_and_the_clock_stands_still(talk: Talk, referral: Referral) -> None:
    await presses(talk, "佐藤", TAKE)
    await sends(talk, "佐藤", ASK_BACK, "在留期間の満了日はいつですか。")
    (asked,) = in_channel(talk, DESK)
    assert "在留期間の満了日はいつですか。" in asked
    assert (await stands(talk, referral)).due is None
    await time_is(talk, at(11, 30, 10))
    assert not told(talk, "佐藤")
    await does(talk, referral, Step.SUPPLEMENT, COUNSELLOR, "来月の5日です。")
    assert "来月の5日です。" in in_channel(talk, BUREAU)[0]
    form = form_of(await presses(talk, "佐藤", REPLY))
    assert "来月の5日です。" in shown(form)
    assert (await stands(talk, referral)).due == at(12, 3, 10)


async def test_what_happens_while_one_writes_is_shown_before_anything_leaves(talk: Talk, referral: Referral) -> None:
    await presses(talk, "佐藤", TAKE)
    form = await previews(talk, "佐藤", REPLY, ANSWER)
    await does(talk, referral, Step.SUPPLEMENT, COUNSELLOR, "旅券をなくしたそうです。")
    again = form_of(await talk.fills("佐藤", form, talk.place(BUREAU)))
    assert not in_channel(talk, DESK)
    assert "旅券をなくしたそうです。" in shown(again)
    assert await talk.fills("佐藤", again, talk.place(BUREAU)) == Whisper(words.SAID[Step.REPLY])


async def test_two_answers_at_once_and_the_second_one_is_asked_again(talk: Talk, referral: Referral) -> None:
    await presses(talk, "佐藤", TAKE)
    first = await previews(talk, "佐藤", REPLY, ANSWER)
    second = await previews(talk, "加藤", REPLY, "写真だけで足ります。")
    await talk.fills("佐藤", first, talk.place(BUREAU))
    asked = form_of(await talk.fills("加藤", second, talk.place(BUREAU)))
    assert referral_talk.STATES[State.ANSWERED] in text_of(asked.blocks)
    assert (await stands(talk, referral)).official == ANSWER


async def test_what_was_withdrawn_meanwhile_is_not_answered(talk: Talk, referral: Referral) -> None:
    await presses(talk, "佐藤", TAKE)
    form = await previews(talk, "佐藤", REPLY, ANSWER)
    await does(talk, referral, Step.WITHDRAW, COUNSELLOR)
    reaction = await talk.fills("佐藤", form, talk.place(BUREAU))
    assert reaction == Whisper(referral_talk.not_now(referral.number, State.WITHDRAWN))
    assert not in_channel(talk, DESK)


async def test_coordinators_of_another_bureau_may_do_nothing(talk: Talk, referral: Referral) -> None:
    await coordinate(talk, "大阪", "osaka")
    refused = Whisper(words.NOT_OF_THE_BUREAU_IN_CHARGE)
    for name in ("大阪", COUNSELLOR, "だれか"):
        for step in (Step.TAKE, Step.ASK_BACK, Step.REPLY, Step.REASSIGN):
            pressed = Pressed(
                keys=(f"{name}/{step}",),
                place=talk.place("大阪局"),
                person=talk.person(name),
                action=action_of(step),
                value=referral.id,
                at=talk.clock(),
            )
            assert await talk.happens(pressed) == refused
    await presses(talk, "佐藤", TAKE)
    form = await previews(talk, "佐藤", REPLY, ANSWER)
    for name in ("大阪", COUNSELLOR, "だれか"):
        assert await talk.fills(name, form, talk.place(BUREAU)) == refused
    assert (await stands(talk, referral)).state is State.TAKEN


async def test_a_forged_form_does_nothing(talk: Talk, referral: Referral) -> None:
    for state in ("", "[]", f'["{referral.id}", "resolve", 2, ""]', '["x", "reply", "y", ""]'):
        sent = Submitted(
            keys=(f"forged/{state}",),
            place=talk.place(BUREAU),
            person=talk.person("佐藤"),
            form="referral_bureau_say",
            at=talk.clock(),
            values={"text": (ANSWER,)},
            state=state,
        )
        assert isinstance(await talk.happens(sent), Whisper)
    assert (await stands(talk, referral)).state is State.SENT


async def test_a_colleague_is_given_it_and_told_so(talk: Talk, referral: Referral) -> None:
    await on_roster(talk, "加藤", Turn.DEPUTY, "2026-11-01", "2026-12-31")
    await presses(talk, "佐藤", TAKE)
    form = form_of(await presses(talk, "佐藤", REASSIGN))
    to = next(one for one in form.inputs if isinstance(one, ChoiceInput))
    choices = {choice.label: choice.value for choice in to.choices}
    assert "伊藤" not in choices  # has no name on the roster
    missing = await talk.fills("佐藤", form, talk.place(BUREAU), text="")
    assert missing == Correct({"text": "入力してください。", "to": referral_talk.NO_SUCH_CHOICE})
    done = await talk.fills("佐藤", form, talk.place(BUREAU), text="休みに入るため", to=choices["加藤"])
    assert done == Whisper(words.SAID[Step.REASSIGN])
    assert words.yours_now(referral.number) in told(talk, "加藤")[0]
    assert "休みに入るため" in text_of(card(talk, BUREAU).blocks)
    assert "休みに入るため" not in text_of(card(talk, DESK).blocks)
    standing = await stands(talk, referral)
    assert (standing.state, standing.holder) == (State.SENT, talk.person("加藤"))


async def test_another_bureau_gets_the_card_and_the_old_one_says_where_it_went(talk: Talk, referral: Referral) -> None:
    await coordinate(talk, "大阪", "osaka")
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("大阪局"), bureau="osaka"))
        await work.commit()
    form = form_of(await presses(talk, "佐藤", REASSIGN))
    await talk.fills("佐藤", form, talk.place(BUREAU), text="住所地が大阪府のため", to="bureau-osaka")
    assert "大阪出入国在留管理局" in text_of(card(talk, BUREAU).blocks)
    assert not buttons(card(talk, BUREAU).blocks)
    assert "住所地が大阪府のため" in text_of(card(talk, "大阪局").blocks)
    assert any("大阪出入国在留管理局" in text for text in in_channel(talk, DESK))
    assert await presses(talk, "大阪", TAKE, "大阪局") == Whisper(words.taken(referral.number))
    assert (await stands(talk, referral)).bureau == "osaka"


async def test_a_reason_that_names_somebody_is_shown_masked_first(talk: Talk, referral: Referral) -> None:
    form = form_of(await presses(talk, "佐藤", REASSIGN))
    reaction = await talk.fills("佐藤", form, talk.place(BUREAU), text="グエンさんの件", to="bureau-osaka")
    assert isinstance(reaction, ShowForm)
    assert shown(reaction.form) == ["人物Aさんの件"]
    assert (await stands(talk, referral)).bureau == "tokyo"


async def test_overdue_the_deputy_is_told_and_takes_it(talk: Talk, referral: Referral) -> None:
    await on_roster(talk, "佐藤", Turn.DUTY, "2026-11-01", "2026-12-31")
    await on_roster(talk, "加藤", Turn.DEPUTY, "2026-11-01", "2026-12-31")
    await time_is(talk, at(11, 25, 12))
    await time_is(talk, at(11, 26, 10))
    await time_is(talk, at(11, 26, 14))
    (reminder,) = told(talk, "加藤")
    assert words.open_referral(referral.number) in reminder
    assert referral_talk.OVERDUE in text_of(card(talk, DESK).blocks)
    await presses(talk, "加藤", TAKE)
    assert (await stands(talk, referral)).holder == talk.person("加藤")


async def test_over_the_years_end_nobody_is_disturbed(talk: Talk) -> None:
    talk.clock.time = at(12, 28, 15)
    await open_network(talk)
    referral = await refer(talk, by_when="2026-12-31")
    assert referral.due == at(12, 28, 17)  # the last closing before that day
    later = await refer(talk)
    assert later.due == at(1, 6, 15, year=2027)
    for day in (29, 30, 31):
        assert await time_is(talk, at(12, day, 11)) == 0
    assert await time_is(talk, at(1, 4, 9, year=2027)) == 1
