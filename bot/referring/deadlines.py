"""Reminders, escalation, the end of what nobody goes on with, what somebody left behind: what the clock does.

A reminder, and what is told with it, counts with the referral's new version: several processes, or one that is killed
over it, tell everything once. Of what came due while nobody looked only the latest is told, to all it concerns.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot import bureau_talk as words
from bot import talk
from bot.composing import said
from bot.errors import StoreUnavailable
from bot.means import Means
from bot.office_hours import day_in_japan
from bot.places import Person
from bot.ports import Work
from bot.posts import Buttons, Contacts, Field, Fields, Post, Text, Tone
from bot.referral_talk import BUREAU, DESK, DUE, moment
from bot.referrals import Referral, State, Step
from bot.referring.calling import call, open_button
from bot.referring.cards import step_buttons
from bot.referring.meeting import bureau_has_card, card_of
from bot.referring.relay import Change, advance, bureau_named, show, tell_bureau, tell_desk, view_of
from bot.referring.roster import Staff, staff_of
from bot.referring.timing import Reminder, lapses_at, reminded, reminder_due
from corpus.directory.contacts import contact_of_bureau


async def tick(means: Means) -> int:
    """Reminds whoever has to be reminded now, and finds new hands for what has none; in office hours only.

    Args:
        means: store, time and office hours.

    Returns:
        How many referrals something was done for.

    Raises:
        StoreUnavailable: the rest is done at the next tick.
        ExceptionGroup: some could not be done; all others were.
    """
    now = means.now()
    if not means.hours.is_open(now):
        return 0
    async with means.store() as work:
        kept = work.referrals
        unmet, orphaned, unheard = await kept.unmet(), await kept.orphaned(), await kept.unheard()
    count = 0
    for waiting, act in ((unmet, _meet_anew), (orphaned, _hand_back), (unheard, _move_to_colleagues)):
        count += await _each(means, waiting, act, now)
    while done := await _each(means, await _due(means, now), _remind, now):
        count += done
    return count


async def _due(means: Means, now: datetime) -> Sequence[Referral]:
    """Those that wait longest."""
    async with means.store() as work:
        return await work.referrals.due(now)


async def _each(
    means: Means,
    waiting: Sequence[Referral],
    act: Callable[[Work, Means, Referral, datetime], Awaitable[bool]],
    now: datetime,
) -> int:
    """Does something for each. Returns for how many: with none, none is left, or somebody else has them."""
    count = 0
    errors: list[Exception] = []
    for referral in waiting:
        try:
            async with means.store() as work:
                if await act(work, means, referral, now):
                    await work.commit()
                    count += 1
        except StoreUnavailable:
            raise
        except Exception as error:  # one that cannot be told of must not hold up all others
            errors.append(error)
    if errors and not count:
        raise ExceptionGroup("reminders", errors)
    return count


async def _meet_anew(work: Work, means: Means, referral: Referral, now: datetime) -> bool:
    """Takes a referral to where its bureau is met, or to the desk; until it did, it waited where nobody is."""
    changed = replace(referral, version=referral.version + 1)
    card = await card_of(work, referral.bureau_card)
    if card is None or not await work.referrals.change(changed):
        return False
    # No platform told that the assistant was removed, else the card had not been owed there.
    await work.desks.set_channel(replace(await work.desks.channel(card.place), gone=True))
    await work.audit.note("meet_anew", None, f"referral/{referral.id}", now)
    await show(work, means, changed)
    return True


async def _hand_back(work: Work, means: Means, referral: Referral, now: datetime) -> bool:
    """Lets colleagues take what was taken by who has left the bureau since; those on duty are told."""
    handed = await advance(work, means, referral, Change(step=Step.HAND_BACK, by=None))
    if handed is None:
        return False
    for person in (await staff_of(work, handed.bureau, day_in_japan(now))).on_duty:
        await call(work, handed, person, words.about(handed.number, words.NOBODYS), now)
    return True


async def _move_to_colleagues(work: Work, means: Means, referral: Referral, now: datetime) -> bool:
    """Takes what was asked aside, by who has no account any more, to a channel of their desk."""
    channels = [one.place for one in await work.desks.channels(referral.desk) if not one.gone]
    if not channels:  # the desk's overview tells of it
        return False
    changed = replace(referral, version=referral.version + 1, place=channels[0], desk_card="")
    if not await work.referrals.change(changed):
        return False
    await work.audit.note("move_to_colleagues", None, f"referral/{referral.id}", now)
    await show(work, means, changed)
    return True


async def _remind(work: Work, means: Means, referral: Referral, now: datetime) -> bool:
    """Reminds of one referral, or ends it. False, with nothing to be committed, if it changed since it was read."""
    if now >= lapses_at(referral):
        return await advance(work, means, referral, Change(step=Step.LAPSE, by=None)) is not None
    if referral.state in {State.ASKED_BACK, State.ANSWERED} or referral.by_hand:
        return await _remind_desk(work, means, referral, now)
    reminder = reminder_due(referral, now, means.hours)
    staff = await staff_of(work, referral.bureau, day_in_japan(now))
    if reminder is Reminder.DEPUTY and not _deputies(referral, staff):
        reminder = Reminder.EVERYBODY
    changed = replace(reminded(referral, reminder, means.hours), version=referral.version + 1)
    if not await work.referrals.change(changed):
        return False
    await work.audit.note(f"remind_{reminder.name.lower()}", None, f"referral/{referral.id}", now)
    # From the end on both cards say that it is overdue; before, a bureau that is met elsewhere has no card there yet.
    if reminder >= Reminder.DUE > referral.reminded or not await bureau_has_card(work, referral):
        changed = await show(work, means, changed)
    people = tuple(dict.fromkeys(_told(reminder, referral, staff)))
    in_thread = words.reminded_in_thread if people else words.reminded
    await tell_bureau(work, changed, said(in_thread(referral.number, reminder)), now)
    post = await _reminder_post(work, means, changed, reminder)
    for person in people:
        await work.outbox.owe(person.own_conversation, post, now)
    if reminder is Reminder.EVERYBODY and not changed.by_hand:
        await tell_desk(work, changed, _waiting_post(means, changed), now)
    return True


async def _remind_desk(work: Work, means: Means, referral: Referral, now: datetime) -> bool:
    """Reminds the desk: of a question back, of the result of an answer, of what travels by hand."""
    changed = replace(referral, version=referral.version + 1)
    if referral.due and referral.due > now:  # its bureau left the network after the clock was wound
        return await work.referrals.change(replace(changed, remind=referral.due))
    if not await work.referrals.change(replace(changed, reminded=1, remind=lapses_at(changed))):
        return False
    await work.audit.note("remind_desk", None, f"referral/{referral.id}", now)
    is_handed_over = referral.by_hand and referral.state is not State.ANSWERED
    steps, sentence = _BY_HAND if is_handed_over else _DESK[referral.state]
    headline = words.about(referral.number, sentence)
    await tell_desk(
        work, referral, Post(blocks=(Text(headline), *step_buttons(referral, steps)), summary=headline), now
    )
    return True


def _waiting_post(means: Means, referral: Referral) -> Post:
    """What a desk is told once nobody is left to be reminded: that nothing came, and whom to call."""
    headline = words.about(referral.number, words.DESK_WAITS)
    contact = contact_of_bureau(bureau_named(means, referral.bureau))
    return Post(blocks=(Text(headline), Contacts(talk.CONTACTS, (contact,))), summary=headline)


#: What a desk is reminded of, and what it can do about it.
_DESK = {
    State.ASKED_BACK: ((Step.SUPPLEMENT,), words.DESK_ASKED_BACK),
    State.ANSWERED: ((Step.RESOLVE, Step.REOPEN), words.DESK_RESULT),
}
_BY_HAND = ((Step.RECORD,), words.DESK_BY_HAND)


async def _reminder_post(work: Work, means: Means, referral: Referral, reminder: Reminder) -> Post:
    """What somebody is told in their own conversation: without anything of what is asked."""
    view = await view_of(work, means, referral)
    headline = words.reminded(referral.number, reminder)
    assert referral.due is not None
    fields = ((DESK, view.desk), (BUREAU, view.bureau), (DUE, moment(referral.due)))
    return Post(
        blocks=(
            Text(headline, Tone.HEADING),
            Fields((*(Field(label, value) for label, value in fields), Field(words.NEXT, words.next_step(referral)))),
            Buttons((open_button(referral),)),
        ),
        summary=headline,
    )


def _told(reminder: Reminder, referral: Referral, staff: Staff) -> Iterator[Person]:
    """All whom the reminders since the last one concern, up to this one."""
    first = _first(referral, staff)
    due = [one for one in Reminder if referral.reminded < one <= reminder]
    if {Reminder.SOON, Reminder.DUE} & set(due):
        yield from first
    if Reminder.DEPUTY in due:
        yield from _deputies(referral, staff)
    if Reminder.EVERYBODY in due:
        yield from staff.everybody


def _first(referral: Referral, staff: Staff) -> tuple[Person, ...]:
    """The holder; those on duty where there is none, or the holder is away or has left the bureau."""
    holder = referral.holder
    is_there = holder is not None and holder in staff.everybody and holder not in staff.absent
    return (holder,) if holder is not None and is_there else staff.on_duty


def _deputies(referral: Referral, staff: Staff) -> tuple[Person, ...]:
    return tuple(person for person in staff.deputies if person not in _first(referral, staff))
