"""The one place where a step of a referral is done: state, history, audit, both cards, and news to the other side.

All of it happens in the caller's unit of work, so it counts together or not at all. Where each side is met decides
`bot.referring.meeting`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.means import Means
from bot.places import Person, Place
from bot.ports import Work
from bot.posts import Post
from bot.practice import real
from bot.referrals import Entry, Intake, Referral, Step, after
from bot.referring.cards import (
    BUREAU_STEPS,
    View,
    bureau_card,
    by_hand_post,
    desk_card,
    moved_card,
    news_post,
    sheet_post,
)
from bot.referring.meeting import DEAD, bureau_at, card_of, desk_at, travels_by_hand
from bot.referring.sheet import sheet_text
from bot.referring.timing import timed
from bot.referring.urgency import tells_of_danger
from corpus.directory import Bureau
from corpus.directory.contacts import contact_of_bureau


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A step, and what it changes beside the state.

    Args:
        step: what is done.
        by: who does it; None for the clock.
        text: what is said with it; anonymised, and its author has seen exactly it. For `Step.REPLY` and `RECORD` the
            answer, for `RESOLVE` the result.
        intake: what leaves, for `Step.SEND`.
        holder: for `Step.REASSIGN` the coordinator who shall have it, or None for whoever takes it.
        bureau: for `Step.REASSIGN` id of the bureau in charge from now on; "" for the same.
    """

    step: Step
    by: Person | None
    text: str = ""
    intake: Intake | None = None
    holder: Person | None = None
    bureau: str = ""


async def advance(work: Work, means: Means, referral: Referral, change: Change) -> Referral | None:
    """Does a step. Who may do it was asked before.

    Args:
        work: the caller's unit of work, who commits.
        means: the time and the directory.
        referral: as it was read, within this unit of work or before.
        change: the step.

    Returns:
        The referral as it stands now; None where the step is not possible (any more), or somebody was faster: then
        nothing was written.
    """
    step, now = change.step, means.now()
    state = after(referral.state, step, held=referral.holder is not None)
    if state is None:
        return None
    changed = _changed(replace(referral, version=referral.version + 1, state=state, changed=now), change)
    # Whether anybody of the bureau reads it decides on whom the clock calls.
    changed = replace(changed, by_hand=await travels_by_hand(work, changed))
    changed = timed(referral, changed, now, means.hours)
    if not await work.referrals.change(changed):
        return None
    entry = Entry(referral=referral.id, step=step, at=now, by_bureau=step in BUREAU_STEPS, text=change.text)
    await work.referrals.tell(entry)
    await work.audit.note(step, change.by, f"referral/{referral.id}", now)
    if changed.sent is None:  # a draft was thrown away
        return changed
    if changed.bureau != referral.bureau:
        await _take_leave(work, means, referral, changed)
    shown = await _show(work, means, changed)
    if shown.by_hand and (not referral.by_hand or shown.bureau != referral.bureau):
        await _hand_over(work, means, shown)
    if step is not Step.SEND:  # the card is the news
        news = news_post(await view_of(work, means, shown), step, change.text)
        if step in {Step.LAPSE, *BUREAU_STEPS}:
            await tell_desk(work, shown, news, now)
        if step not in BUREAU_STEPS:
            await tell_bureau(work, shown, news, now)
    return shown


async def show(work: Work, means: Means, referral: Referral) -> Referral:
    """Owes both sides the card as it stands now: an edit, or a new one where the old one's place is no more.

    Args:
        work: the caller's unit of work, who commits.
        means: the time and the directory.
        referral: once sent, as it was written within this unit of work.

    Returns:
        The referral; counted up by one more where it has a new card, or travels by hand from now on.
    """
    shown = await _show(work, means, replace(referral, by_hand=await travels_by_hand(work, referral)))
    if shown.by_hand and not referral.by_hand:
        await _hand_over(work, means, shown)
    return shown


async def tell_desk(work: Work, referral: Referral, post: Post, now: datetime) -> None:
    """Owes the desk a post beside its card; nothing where the desk is met nowhere.

    Args:
        work: the caller's unit of work, who commits.
        referral: as it stands.
        post: what is said.
        now: the time.
    """
    if place := await desk_at(work, referral):
        await work.outbox.owe(place, post, now)


async def tell_bureau(work: Work, referral: Referral, post: Post, now: datetime) -> None:
    """Owes the bureau a post in its card's thread; nothing where the bureau is not on the network.

    Args:
        work: the caller's unit of work, who commits.
        referral: as it stands.
        post: what is said.
        now: the time.
    """
    place = await bureau_at(work, referral)
    if place and referral.bureau_card:
        await work.outbox.owe(place, post, now, under=referral.bureau_card)


async def view_of(work: Work, means: Means, referral: Referral) -> View:
    """What the cards are made of.

    Args:
        work: unit of work to read through.
        means: the time and the directory.
        referral: as it stands.
    """
    directory, intake = means.answerer.directory, referral.intake
    desk = await work.desks.desk(referral.desk)
    history = await work.referrals.history(referral.id)
    return View(
        referral=referral,
        desk=desk.name if desk else referral.desk,
        bureau=bureau_named(means, referral.bureau).name,
        history=history,
        now=means.now(),
        urgent=tells_of_danger(intake, history, directory),
    )


def bureau_named(means: Means, bureau: str) -> Bureau:
    """A bureau or branch by its id.

    Args:
        means: knows the directory.
        bureau: the id.
    """
    return means.answerer.directory.bureau(real(bureau))


def _changed(referral: Referral, change: Change) -> Referral:
    if change.step in {Step.REOPEN, *BUREAU_STEPS}:
        referral = replace(referral, by_hand=False)  # its bureau may have come to the network since
    match change.step:
        case Step.SEND:
            referral = replace(referral, intake=change.intake or referral.intake, sent=referral.changed)
        case Step.TAKE | Step.HAND_BACK:  # who took it, or nobody
            referral = replace(referral, holder=change.by)
        case Step.REPLY | Step.RECORD:
            referral = replace(referral, official=change.text)
        case Step.RESOLVE:
            referral = replace(referral, result=change.text)
        case Step.REOPEN:
            referral = replace(referral, result="")
        case Step.REASSIGN:
            moved = change.bureau not in {"", referral.bureau}
            referral = replace(
                referral,
                holder=change.holder,
                bureau=change.bureau or referral.bureau,
                bureau_card="" if moved else referral.bureau_card,
            )
        case Step.WITHDRAW if referral.sent is None:
            referral = replace(referral, intake=Intake(question=""))  # what was never sent is nobody's to keep
    return referral


async def _show(work: Work, means: Means, referral: Referral) -> Referral:
    view = await view_of(work, means, referral)
    desk, bureau = await desk_at(work, referral), await bureau_at(work, referral)
    shown = replace(
        referral,
        desk_card=await _owe_card(work, referral.desk_card, desk, desk_card(view), view.now),
        bureau_card=await _owe_card(work, referral.bureau_card, bureau, bureau_card(view), view.now),
    )
    standing = await work.referrals.referral(referral.id)
    if shown == standing:
        return shown
    shown = replace(shown, version=referral.version + 1)
    written = await work.referrals.change(shown)
    assert written, "it was written within this unit of work, so nobody else can have changed it"
    return shown


async def _owe_card(work: Work, card: str, place: Place | None, post: Post, now: datetime) -> str:
    """Owes a card, as an edit where it stands at its place already. Returns its delivery."""
    if place is None:
        return card
    stands = await card_of(work, card)
    if stands and stands.place == place and stands.state not in DEAD:
        await work.outbox.owe(place, post, now, edits=card)
        return card
    return await work.outbox.owe(place, post, now)


async def _take_leave(work: Work, means: Means, before: Referral, changed: Referral) -> None:
    """On the card of the bureau that had it only remains who has it now."""
    card = await card_of(work, before.bureau_card)
    if card and card.state not in DEAD:
        post = moved_card(changed, bureau_named(means, changed.bureau).name)
        await work.outbox.owe(card.place, post, means.now(), edits=card.id)


async def _hand_over(work: Work, means: Means, referral: Referral) -> None:
    """Tells the desk whom to call, and gives it the sheet."""
    bureau, desk = bureau_named(means, referral.bureau), await work.desks.desk(referral.desk)
    if desk:
        sheet = sheet_text(referral, desk, bureau, means.now())
        view = await view_of(work, means, referral)
        await tell_desk(work, referral, by_hand_post(view, contact_of_bureau(bureau), sheet), means.now())
        # Owed for itself: what becomes of the file is nothing to the contact and the text.
        await tell_desk(work, referral, sheet_post(referral), means.now())
