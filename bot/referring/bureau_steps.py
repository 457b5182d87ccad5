"""The bureau's steps: take, ask the desk back, reply, hand on.

In the bureau's thread talk stays among colleagues. What the desk shall see is said with a form: what was typed is
masked and shown, and only what was shown leaves. Who holds a referral is told to nobody, not even to colleagues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot import bureau_talk as words
from bot import referral_talk
from bot.incoming import Pressed, Submitted
from bot.means import Means
from bot.office_hours import day_in_japan
from bot.permissions import Verb, may
from bot.places import Person
from bot.ports import Work
from bot.practice import beside
from bot.reactions import Correct, Reaction, ShowForm, Whisper
from bot.referrals import Referral, State, Step
from bot.referring.bureau_forms import Subject, Target, Typed, faults_of, limit_of, preview_form, say_form, targets_of
from bot.referring.calling import call
from bot.referring.cards import bureau_card, steps_of_bureau
from bot.referring.forms import (
    Deed,
    chosen,
    digest,
    further_words,
    kept_blocks,
    kept_words,
    label_blocks,
    missing_blocks,
    said_in,
    seen_in,
)
from bot.referring.gate import missing
from bot.referring.meeting import DEAD, card_of
from bot.referring.relay import Change, advance, view_of
from bot.referring.roster import names_of

#: The steps that the bureau takes with a form.
STEPS = frozenset({Step.ASK_BACK, Step.REPLY, Step.REASSIGN})


async def take(work: Work, pressed: Pressed, means: Means) -> Reaction:
    """Makes who pressed the holder, unless a colleague was faster.

    Args:
        work: unit of work; whoever opened it commits.
        pressed: the press; its value is a referral's id.
        means: the time and the directory.
    """
    referral = await _own(work, pressed.value, pressed.person)
    if referral is None:
        return Whisper(words.NOT_OF_THE_BUREAU_IN_CHARGE)
    change = Change(step=Step.TAKE, by=pressed.person)
    if Step.TAKE in steps_of_bureau(referral) and (taken := await advance(work, means, referral, change)):
        await _renew(work, means, taken, pressed, late=False)
        return Whisper(words.taken(referral.number))
    standing = await _own(work, pressed.value, pressed.person)
    if standing is None:
        return Whisper(words.NOT_OF_THE_BUREAU_IN_CHARGE)
    await _renew(work, means, standing, pressed, late=True)
    if standing.state is State.TAKEN:
        mine = standing.holder == pressed.person
        return Whisper(words.TAKEN_BY_YOU if mine else words.TAKEN_BY_A_COLLEAGUE)
    return Whisper(referral_talk.not_now(standing.number, standing.state))


async def open_form(work: Work, pressed: Pressed, means: Means, step: Step) -> Reaction:
    """Opens the form of a step, or says why it is not possible.

    Args:
        work: unit of work; whoever opened it commits.
        pressed: the press; its value is a referral's id.
        means: the time and the directory.
        step: what the button is for.
    """
    referral = await _own(work, pressed.value, pressed.person)
    if referral is None:
        return Whisper(words.NOT_OF_THE_BUREAU_IN_CHARGE)
    if step not in steps_of_bureau(referral):
        await _renew(work, means, referral, pressed, late=True)
        return Whisper(referral_talk.not_now(referral.number, referral.state))
    return ShowForm(say_form(await _subject(work, means, referral, step)))


async def submit_form(submitted: Submitted, means: Means) -> Deed:
    """Shows what would leave, and does the step once exactly that was shown.

    Args:
        submitted: the form as it was sent.
        means: masks.
    """
    seen, further, kept = seen_in(submitted.state), further_words(submitted), kept_words(submitted)
    text = said_in(submitted, limit_of(seen.step))
    async with means.store() as work:
        read = await _own(work, seen.referral, submitted.person)
        history = await work.referrals.history(seen.referral) if read else []
    # The rest of the story, masked long ago, keeps its labels from being given to somebody else.
    told = (read.intake.question, read.intake.situation, read.intake.tried) if read else ()
    ours = [entry.text for entry in history if entry.by_bureau]
    before = (*told, *(entry.text for entry in history if not entry.by_bureau), *ours)
    own = len(ours) + 1  # what the desk said keeps nothing
    masked = (await means.off_loop(partial(means.gate.mask, (*before, text), further, kept, own)))[-1]
    typed = Typed(
        text=text,
        target=chosen(submitted, "to"),
        further=further,
        kept=kept,
        masked=masked,
        notes=(
            *missing_blocks(missing([text], further)),
            *kept_blocks(missing([text], kept), masked.hidden),
            *label_blocks(before, masked.text),
        ),
    )

    async def deed(work: Work) -> Reaction:
        referral = await _own(work, seen.referral, submitted.person)
        if referral is None:
            return Whisper(words.NOT_OF_THE_BUREAU_IN_CHARGE)
        step = next((one for one in steps_of_bureau(referral) if one in STEPS and one == seen.step), None)
        if step is None:
            return Whisper(referral_talk.not_now(referral.number, referral.state))
        subject = await _subject(work, means, referral, step)
        if faults := faults_of(subject, typed):
            return Correct(faults)
        # What the desk said meanwhile, or a colleague, may change what one wants to say.
        moved = seen.version != referral.version
        shown = digest(step, masked.text, typed.target, further, kept, str(referral.version))
        plain = step is Step.REASSIGN and masked.text == text and not moved
        if not plain and seen.digest != shown:
            return ShowForm(preview_form(subject, typed, shown, moved=moved))
        return await _say(work, means, subject, typed, submitted.person)

    return deed


async def _say(work: Work, means: Means, subject: Subject, typed: Typed, by: Person) -> Reaction:
    referral, step = subject.referral, subject.step
    _, target = subject.targets.get(typed.target, ("", Target()))
    change = Change(step=step, by=by, text=typed.masked.text, holder=target.holder, bureau=target.bureau)
    done = await advance(work, means, referral, change)
    if done is None:
        return Whisper(referral_talk.not_now(referral.number, referral.state))
    if target.holder is not None and target.holder != by:
        await call(work, done, target.holder, words.yours_now(done.number), means.now())
    return Whisper(words.SAID[step])


async def _own(work: Work, name: str, person: Person) -> Referral | None:
    """A referral that is in the charge of one's own bureau. Of others nobody learns whether there are any."""
    referral = await work.referrals.referral(name)
    if referral is None or referral.sent is None:
        return None
    member = await work.desks.member(person)
    return referral if may(member, Verb.HANDLE_REFERRAL, bureau=referral.bureau) else None


async def _renew(work: Work, means: Means, referral: Referral, pressed: Pressed, *, late: bool) -> None:
    """Brings the card whose button was pressed up to date.

    Every step edits the bureau's card; pressed late, it still shows what was before, so that edit may have been lost. A
    card that somebody had sent to themselves is edited by nobody: they get a new one.
    """
    post = bureau_card(await view_of(work, means, referral))
    card = await card_of(work, referral.bureau_card)
    if card is None or card.state in DEAD or card.place.lane != pressed.place.lane:
        await work.outbox.owe(pressed.person.own_conversation, post, means.now())
    elif late:
        await work.outbox.owe(card.place, post, means.now(), edits=card.id)


async def _subject(work: Work, means: Means, referral: Referral, step: Step) -> Subject:
    targets = await _targets(work, means, referral) if step is Step.REASSIGN else {}
    history = await work.referrals.history(referral.id)
    return Subject(referral=referral, step=step, history=history, targets=targets)


async def _targets(work: Work, means: Means, referral: Referral) -> Mapping[str, tuple[str, Target]]:
    names = names_of(await work.roster.of(referral.bureau, day_in_japan(means.now())))
    people = await work.roster.coordinators(referral.bureau)
    bureaus = [replace(one, id=beside(referral.bureau, one.id)) for one in means.answerer.directory.bureaus]
    reached = frozenset([one.id for one in bureaus if await work.desks.channels_of_bureau(one.id)])
    return targets_of(referral, {person: names[person] for person in people if person in names}, bureaus, reached)
