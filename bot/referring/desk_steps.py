"""The desk's steps after sending: supplement, record, resolve, reopen, withdraw.

Each says something, so each goes through the gate: what was typed is masked, shown, and only what was shown leaves.
Nothing of it is kept before; the form itself carries what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import drafting_talk as words
from bot import referral_talk
from bot.incoming import Pressed, Submitted
from bot.means import Means
from bot.permissions import Verb, may
from bot.places import Person
from bot.ports import Work
from bot.posts import Fields, Form, Quote, Text, TextInput, Tone
from bot.reactions import Correct, Reaction, ShowForm, Whisper
from bot.referral_ports import Masked
from bot.referrals import Entry, Referral, State, Step
from bot.referring.calling import call_holder
from bot.referring.cards import steps_of_desk
from bot.referring.forms import (
    ROOM,
    Deed,
    Seen,
    digest,
    further_input,
    further_words,
    is_shown_whole,
    label_blocks,
    missing_blocks,
    said_in,
    seen_in,
)
from bot.referring.gate import missing
from bot.referring.meeting import travels_by_hand
from bot.referring.relay import Change, advance
from bot.referring.urgency import TELLING, urgent_blocks
from bot.urgent import urgent_help

#: Name of the form.
NAME = "referral_say"

#: The steps that the desk takes with it.
STEPS = (Step.SUPPLEMENT, Step.RECORD, Step.RESOLVE, Step.REOPEN, Step.WITHDRAW)

#: Characters; a result is one line.
_LONGEST, _LINE = 1600, 200


async def open_form(work: Work, pressed: Pressed, step: Step) -> Reaction:
    """Opens the form of a step, or says why it is not possible (any more).

    Args:
        work: unit of work to read through.
        pressed: the press; its value is a referral's id.
        step: what the button is for.
    """
    referral = await _own(work, pressed.value, pressed.person)
    if referral is None:
        return Whisper(words.NOT_OF_THE_DESK)
    if step not in steps_of_desk(referral):
        return Whisper(referral_talk.not_now(referral.number, referral.state))
    history = await work.referrals.history(referral.id)
    return ShowForm(_form(referral, step, _context(referral, step, history)))


async def submit_form(submitted: Submitted, means: Means) -> Deed:
    """Shows what would leave, and does the step once exactly that was shown.

    Args:
        submitted: the form as it was sent.
        means: masks.
    """
    seen, further = seen_in(submitted.state), further_words(submitted)
    text = said_in(submitted, _LINE if seen.step == Step.RESOLVE else _LONGEST)
    async with means.store() as work:
        read = await _own(work, seen.referral, submitted.person)
        history = await work.referrals.history(seen.referral) if read else []
    # The rest of the story, masked long ago, keeps its labels from being given to somebody else.
    told = (read.intake.question, read.intake.situation, read.intake.tried) if read else ()
    before = (*told, *(entry.text for entry in history))
    masked = (await means.off_loop(lambda: means.gate.mask((*before, text), further)))[-1]

    async def deed(work: Work) -> Reaction:
        referral = await _own(work, seen.referral, submitted.person)
        if referral is None:
            return Whisper(words.NOT_OF_THE_DESK)
        step = next((one for one in steps_of_desk(referral) if one == seen.step), None)
        if step is None:
            return Whisper(referral_talk.not_now(referral.number, referral.state))
        if fault := _fault(text, masked, step):
            return Correct({"text": fault})
        by_hand = await _stays_by_hand(work, referral, step)
        shown = digest(step, masked.text, further, str(referral.version), str(by_hand))
        if seen.digest != shown:
            moved = (Text(referral_talk.PREVIEW_MOVED, Tone.HEADING),) if seen.version != referral.version else ()
            history = await work.referrals.history(referral.id)
            context = [replace(one, text=referral_talk.in_short(one.text)) for one in _context(referral, step, history)]
            found = urgent_help(text, means.answerer.directory) if step in TELLING else None
            for_good = (Text(words.WITHDRAW_FOR_GOOD, Tone.HEADING),) if step is Step.WITHDRAW else ()
            leaving = _preview(masked, _what(referral, by_hand=by_hand))
            notes = (*missing_blocks(missing([text], further)), *label_blocks(before, masked.text))
            preview = (*for_good, *notes, *leaving)
            form = _form(referral, step, (*urgent_blocks(found), *moved, *context, *preview), text)
            state = Seen(referral.id, step, referral.version, shown).state
            inputs = (*form.inputs, further_input(further))
            return ShowForm(replace(form, inputs=inputs, state=state, submit=_submit(step, by_hand=by_hand)))
        done = await advance(work, means, referral, Change(step=step, by=submitted.person, text=masked.text))
        if done is None:
            standing = await work.referrals.referral(referral.id) or referral
            return Whisper(referral_talk.not_now(standing.number, standing.state))
        await call_holder(work, means, done, step)
        return Whisper(words.THANKS[step])

    return deed


async def _own(work: Work, name: str, person: Person) -> Referral | None:
    """A referral of one's own desk. Of others nobody learns whether there are any."""
    referral = await work.referrals.referral(name)
    member = await work.desks.member(person)
    return referral if referral and may(member, Verb.FOLLOW_REFERRAL, referral.desk) else None


async def _stays_by_hand(work: Work, referral: Referral, step: Step) -> bool:
    """Whether nobody of the bureau is sent what is said; once it is reopened, the bureau may be there."""
    if step is Step.REOPEN:
        return await travels_by_hand(work, replace(referral, state=State.SENT, by_hand=False))
    return referral.by_hand


def _what(referral: Referral, *, by_hand: bool) -> str:
    """What becomes of what is said."""
    if by_hand:
        return words.PREVIEW_KEPT
    return words.PREVIEW_REOPENED if referral.by_hand else words.PREVIEW_WHAT


def _submit(step: Step, *, by_hand: bool) -> str:
    if step is Step.WITHDRAW:
        return words.WITHDRAW_SUBMIT
    return words.KEEP_SUBMIT if by_hand else referral_talk.SEND_SUBMIT


def _fault(text: str, masked: Masked, step: Step) -> str:
    if not text and step is not Step.WITHDRAW:
        return words.TEXT_MISSING
    return "" if is_shown_whole([masked.text], ROOM) else referral_talk.TOO_LONG


def _form(referral: Referral, step: Step, blocks: Sequence[Text | Quote | Fields] = (), text: str = "") -> Form:
    is_line = step is Step.RESOLVE
    field = TextInput(
        name="text",
        label=words.SAID[step],
        value=text,
        lines=not is_line,
        required=step is not Step.WITHDRAW,
        limit=_LINE if is_line else _LONGEST,
        hint=words.SAID_HINT[step],
    )
    return Form(
        name=NAME,
        title=f"{referral_talk.title(referral.number)} {referral_talk.STEPS[step]}",
        submit=referral_talk.SAY_SUBMIT,
        inputs=(field,),
        blocks=tuple(blocks),
        state=Seen(referral.id, step, referral.version).state,
    )


def _context(referral: Referral, step: Step, history: Sequence[Entry]) -> Sequence[Quote]:
    """What the step replies to: the question back, or the answer that was of use."""
    asked_back = [entry.text for entry in history if entry.step is Step.ASK_BACK]
    if step is Step.SUPPLEMENT and referral.state is State.ASKED_BACK and asked_back:
        return (Quote(asked_back[-1], by=referral_talk.DONE[Step.ASK_BACK]),)
    return (Quote(referral.official, by=referral_talk.STATES[State.ANSWERED]),) if step is Step.RESOLVE else ()


def _preview(masked: Masked, what: str) -> Sequence[Text | Quote]:
    if not masked.text:
        return ()
    return (Text(what), Quote(masked.text), Text(referral_talk.masked_kinds(masked.kinds), Tone.NOTE))
