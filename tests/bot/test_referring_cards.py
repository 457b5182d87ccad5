from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import referral_talk as words
from bot.places import Person
from bot.posts import Post
from bot.referrals import Entry, Intake, Referral, State, Step, after
from bot.referring.cards import (
    BUREAU_STEPS,
    View,
    action_of,
    bureau_card,
    desk_card,
    is_recorded,
    moved_card,
    news_post,
    steps_of_bureau,
    steps_of_desk,
)
from tests.bot.referral_samples import SENT, referral
from tests.dialogs.talk import buttons, text_of

HOLDER = Person(platform="teams", tenant="T9", id="29:coordinator")


def entry(step: Step, text: str = "", minutes: int = 0) -> Entry:
    at = SENT + timedelta(minutes=minutes)
    return Entry(referral="0" * 32, step=step, at=at, by_bureau=step in BUREAU_STEPS, text=text)


def view(one: Referral, *history: Entry, late: bool = False) -> View:
    now = SENT + timedelta(days=9 if late else 0)
    return View(referral=one, desk="新宿の窓口", bureau="東京局", history=history, now=now)


def actions(post: Post) -> set[str]:
    return {button.action for button in buttons(post.blocks)}


SENT_STATES = [state for state in State if state is not State.DRAFTED]


@pytest.mark.parametrize("state", SENT_STATES)
def test_a_card_has_the_buttons_of_its_side_that_lead_somewhere(state: State) -> None:
    one = view(replace(referral(state), holder=HOLDER))
    assert actions(desk_card(one)) == {action_of(step) for step in steps_of_desk(one.referral)}
    assert actions(bureau_card(one)) == {action_of(step) for step in steps_of_bureau(one.referral)}
    possible = {step for step in Step if after(state, step)} - {Step.HAND_BACK, Step.LAPSE}  # the clock's alone
    by_hand = steps_of_desk(replace(one.referral, by_hand=True))
    assert {*steps_of_desk(one.referral), *by_hand, *steps_of_bureau(one.referral)} == possible
    assert not set(steps_of_desk(one.referral)) & BUREAU_STEPS


@pytest.mark.parametrize("state", SENT_STATES)
def test_a_card_says_how_it_stands_and_names_nobody(state: State) -> None:
    one = replace(referral(state), holder=HOLDER, official="写真が要ります。", result="済んだ")
    for post in (desk_card(view(one)), bureau_card(view(one)), moved_card(one, "大阪局")):
        assert words.title(one.number) in post.summary
        for secret in (HOLDER.id, HOLDER.tenant, one.author.id, one.place.channel):
            assert secret not in repr(post).replace(one.intake.question, "")
    assert words.STATES[state] in text_of(desk_card(view(one)).blocks)
    assert words.STATES[state] in text_of(bureau_card(view(one)).blocks)


def test_what_travels_by_hand_is_not_supplemented_but_its_answer_is_recorded() -> None:
    by_hand, over_network = steps_of_desk(replace(referral(), by_hand=True)), steps_of_desk(referral())
    assert Step.RECORD in by_hand
    assert Step.SUPPLEMENT not in by_hand
    assert Step.SUPPLEMENT in over_network
    assert Step.RECORD not in over_network


@pytest.mark.parametrize("state", list(words.STATES))
def test_what_travels_by_hand_waits_for_no_coordinator(state: State) -> None:
    post = desk_card(view(replace(referral(state), by_hand=True)))
    waits = state in {State.SENT, State.TAKEN, State.ASKED_BACK}
    assert (words.WAITS_BY_HAND in text_of(post.blocks)) == waits
    assert (words.STATES[state] in text_of(post.blocks)) != waits
    assert (words.WAITS_BY_HAND in post.summary) == waits


def test_nothing_can_be_done_with_a_referral_whose_text_was_erased() -> None:
    assert not steps_of_desk(replace(referral(State.RESOLVED), intake=Intake(question="")))
    assert not steps_of_bureau(replace(referral(State.ANSWERED), intake=Intake(question="")))
    assert steps_of_desk(referral(State.RESOLVED)) == (Step.REOPEN,)


def test_a_deadline_shows_while_an_answer_is_owed_and_whether_it_is_over() -> None:
    due = replace(referral(State.TAKEN), due=SENT + timedelta(days=3))
    assert words.DUE in text_of(desk_card(view(due)).blocks)
    assert words.OVERDUE not in text_of(desk_card(view(due)).blocks)
    assert words.OVERDUE in text_of(bureau_card(view(due, late=True)).blocks)
    answered = replace(due, state=State.ANSWERED)
    assert words.DUE not in text_of(desk_card(view(answered, late=True)).blocks)


def test_the_official_answer_is_marked_and_a_recorded_one_is_not() -> None:
    one = replace(referral(State.ANSWERED), official="写真が要ります。")
    replied, recorded = entry(Step.REPLY, one.official), entry(Step.RECORD, one.official)
    assert "【公式回答】東京局（2026年11月20日）\n" in text_of(desk_card(view(one, replied)).blocks)
    assert "【公式回答】" not in text_of(desk_card(view(one, recorded)).blocks)
    assert is_recorded([replied, recorded])
    assert not is_recorded([recorded, replied])
    assert not is_recorded([])


def test_why_a_bureau_hands_on_is_its_own_matter() -> None:
    reason = entry(Step.REASSIGN, "担当が休みのため")
    one = view(referral(), reason)
    assert reason.text in text_of(bureau_card(one).blocks)
    assert reason.text not in text_of(desk_card(one).blocks)
    assert reason.text not in text_of(news_post(one, Step.REASSIGN, reason.text).blocks)


def test_a_card_that_was_handed_on_keeps_nothing_of_the_matter() -> None:
    one = referral()
    left = text_of(moved_card(one, "大阪局").blocks)
    assert "大阪局" in left
    assert one.intake.question not in left
    assert not actions(moved_card(one, "大阪局"))


def test_a_long_history_is_shown_from_its_end_and_says_so() -> None:
    history = [entry(Step.SUPPLEMENT, f"追記{number}番。" + "長" * 100, number) for number in range(9)]
    shown = text_of(desk_card(view(referral(), *history)).blocks)
    assert words.earlier_entries(3) in shown
    assert "追記8番" in shown
    assert "追記2番" not in shown
    assert "長" * 61 not in shown


@pytest.mark.parametrize(("step", "tells"), [(Step.SUPPLEMENT, True), (Step.REOPEN, True), (Step.WITHDRAW, False)])
def test_what_a_desk_tells_of_danger_reaches_the_bureau_as_such(step: Step, tells: bool) -> None:
    urgent = news_post(replace(view(referral(State.SENT)), urgent=True), step, "首を絞められた")
    assert (words.URGENT_CASE in text_of(urgent.blocks)) is tells
    assert words.URGENT_CASE not in text_of(news_post(view(referral(State.SENT)), step, "写真を撮った").blocks)


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.SEND])
def test_every_step_has_its_news_and_its_line(step: Step) -> None:
    text = text_of(news_post(view(referral(State.TAKEN)), step, "言ったこと").blocks)
    assert words.NEWS[step] in text
    assert words.DONE[step] in text_of(desk_card(view(referral(), entry(step))).blocks)
