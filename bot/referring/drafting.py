"""Drafting a referral: the form, the preview of exactly what will leave, and sending it.

    担当官に照会 ──▶ form ──▶ draft, preview ──▶ sent
                      ▲            │  ▲  │
                      └── 書き直す ─┘  └──┘ further words to mask: shown again

What was typed stays in the draft, on the desk's side, until it is sent; then only what the author saw remains. A
preview carries the digest of what it shows: what would leave otherwise is shown again instead of being sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from bot import drafting_talk as words
from bot import referral_talk
from bot.answer import Citation
from bot.incoming import Pressed, Submitted
from bot.means import Means
from bot.permissions import Verb, may
from bot.places import Person, Place
from bot.ports import Exchange, Work
from bot.posts import Cited, Field, Fields, Text, Tone
from bot.practice import beside
from bot.reactions import Correct, Reaction, ShowForm, Whisper
from bot.referrals import OPEN, Intake, Referral, State, Step
from bot.referring import preview
from bot.referring.forms import Deed, chosen, further_words, seen_in
from bot.referring.intake_form import Drafting, begun_with, drafting_in, faults_of, intake_form, intake_of
from bot.referring.meeting import travels_by_hand
from bot.referring.prefill import told_plainly
from bot.referring.relay import Change, advance, bureau_named, tell_desk
from bot.referring.urgency import help_for, urgent_post

#: Passages that travel along; a coordinator has the documents.
_CITATIONS = 3


async def open_form(work: Work, pressed: Pressed, means: Means) -> Reaction:
    """Opens the form, filled with the question that the button belongs to and what the thread says plainly.

    Args:
        work: unit of work to read through.
        pressed: the press; its value is an exchange's id, or "".
        means: knows prefectures and languages.
    """
    desk = await work.desks.desk(await _desk_of(work, pressed.place, pressed.person))
    if desk is None:
        return Whisper(words.NOT_OF_A_DESK)
    exchange = await _exchange(work, pressed.value, desk.id, pressed.person)
    before = await _asked_before(work, exchange, pressed.person) if exchange else ()
    question = exchange.question if exchange else ""
    intake = begun_with(question, await _documents(work, exchange), before)
    intake = told_plainly(intake, (*before, question), means.answerer.directory)
    drafting = Drafting(uuid4().hex, exchange.id if exchange else "")
    form = intake_form(means.answerer.directory, intake, desk.prefecture, drafting)
    return ShowForm(replace(form, blocks=(*form.blocks, *await _open_here(work, pressed.place, desk.id))))


async def submit_form(submitted: Submitted, means: Means) -> Deed:
    """Keeps what was filled in as a draft, and shows what of it would leave.

    Args:
        submitted: the form as it was sent.
        means: masks, and knows prefectures and languages.
    """
    directory = means.answerer.directory
    faults = faults_of(submitted, directory, means.now())
    typed = intake_of(submitted, directory)
    leaving = await preview.masked(means, typed)

    async def deed(work: Work) -> Reaction:
        if faults:
            return faults
        desk = await _desk_of(work, submitted.place, submitted.person)
        drafting = drafting_in(submitted.state)
        standing = await work.referrals.referral(drafting.draft)
        if not desk or (standing and standing.desk != desk):
            return Whisper(words.NOT_OF_A_DESK)
        if standing and standing.state is not State.DRAFTED:
            return Whisper(words.NOT_A_DRAFT)
        if standing is None:
            exchange = await _exchange(work, drafting.exchange, desk, submitted.person)
            citations = await _documents(work, exchange)
            draft = _new(submitted, drafting.draft, desk, await _thread(work, submitted, desk), means)
            draft = await _filled(work, draft, submitted, replace(typed, citations=citations), means)
            draft = await work.referrals.add(draft)
        else:
            citations = standing.intake.citations
            draft = await _filled(work, standing, submitted, replace(typed, citations=citations), means)
            draft = replace(draft, version=standing.version + 1)
            if not await work.referrals.change(draft):
                return Whisper(words.NOT_A_DRAFT)
        await work.audit.note("draft", submitted.person, f"referral/{draft.id}", means.now())
        await _warn(work, means, standing, draft)
        return await _shown(work, means, draft, replace(leaving, intake=replace(leaving.intake, citations=citations)))

    return deed


async def submit_preview(submitted: Submitted, means: Means) -> Deed:
    """Sends what was shown; shows it again where it would be something else; opens the form again where that is chosen.

    Args:
        submitted: the preview as it was sent.
        means: masks.
    """
    seen = seen_in(submitted.state)
    async with means.store() as work:
        read = await work.referrals.referral(seen.referral)
    leaving = await preview.masked(means, read.intake if read else Intake(question=""), further_words(submitted))

    async def deed(work: Work) -> Reaction:
        draft = await work.referrals.referral(seen.referral)
        member = await work.desks.member(submitted.person)
        if read is None or draft is None or not may(member, Verb.REFER, draft.desk):
            return Whisper(words.NOT_OF_A_DESK)
        if draft.state is not State.DRAFTED or draft.version != read.version or not draft.intake.question:
            return Whisper(words.NOT_A_DRAFT)
        if chosen(submitted, "choice") == preview.EDIT:
            return ShowForm(intake_form(means.answerer.directory, draft.intake, draft.prefecture, Drafting(draft.id)))
        if preview.digest_of(draft, leaving) != seen.digest or draft.version != seen.version:
            return await _shown(work, means, draft, leaving, note=words.PREVIEW_CHANGED)
        change = Change(step=Step.SEND, by=submitted.person, intake=leaving.intake)
        sent = await advance(work, means, draft, change)
        if sent is None:
            return Whisper(words.NOT_A_DRAFT)
        bureau, aside = bureau_named(means, sent.bureau).name, not sent.place.channel
        return Whisper(words.sent(sent.number, bureau, by_hand=sent.by_hand, aside=aside))

    return deed


async def _shown(work: Work, means: Means, draft: Referral, leaving: preview.Leaving, note: str = "") -> Reaction:
    if not preview.is_whole(leaving):
        faults = {"further": words.TOO_MUCH_HIDDEN} if leaving.further else {"situation": referral_talk.TOO_LONG}
        return Correct(faults)
    desk = await work.desks.desk(draft.desk)
    sides = Fields(
        (
            Field(referral_talk.BUREAU, bureau_named(means, draft.bureau).name),
            Field(referral_talk.DESK, desk.name if desk else draft.desk),
        )
    )
    # As it would be once it is sent: a draft itself travels nowhere.
    by_hand = await travels_by_hand(work, replace(draft, state=State.SENT))
    directory = means.answerer.directory
    return ShowForm(preview.preview_form(directory, draft, leaving, sides, by_hand=by_hand, note=note))


async def _warn(work: Work, means: Means, standing: Referral | None, draft: Referral) -> None:
    """Says in the thread whom to call, as soon as a draft speaks of danger."""
    directory = means.answerer.directory
    found = help_for(draft.intake, directory)
    if found and not (standing and help_for(standing.intake, directory)):
        await tell_desk(work, draft, urgent_post(found), means.now())


async def _filled(work: Work, draft: Referral, submitted: Submitted, intake: Intake, means: Means) -> Referral:
    prefecture = chosen(submitted, "prefecture")
    desk = await work.desks.desk(draft.desk)
    # Somebody who lives in another prefecture is none of the office that answers for the desk's municipality.
    municipalities = desk.municipalities if desk and desk.prefecture == prefecture else ()
    bureau = beside(draft.desk, means.answerer.directory.bureau_for(prefecture, municipalities).id)
    return replace(draft, prefecture=prefecture, bureau=bureau, intake=intake, changed=means.now())


def _new(submitted: Submitted, draft: str, desk: str, place: Place, means: Means) -> Referral:
    return Referral(
        id=draft,
        number=0,
        version=1,
        state=State.DRAFTED,
        desk=desk,
        author=submitted.person,
        place=place,
        prefecture="",
        bureau="",
        intake=Intake(question=""),
        made=means.now(),
        changed=means.now(),
    )


async def _desk_of(work: Work, place: Place, person: Person) -> str:
    """The desk in whose name somebody refers: the channel's, else their own; "" where they may not."""
    channel = await work.desks.channel(place)
    member = await work.desks.member(person)
    desk = channel.desk or (member.desk if member else "")
    return desk if may(member, Verb.REFER, desk) else ""


async def _thread(work: Work, submitted: Submitted, desk: str) -> Place:
    """Where what comes back belongs: the thread, where it is the desk's own and everybody's; else with the author."""
    place = submitted.place
    channel = await work.desks.channel(place)
    is_ours = channel.desk == desk and bool(place.channel) and not place.only_to
    return place if is_ours else submitted.person.own_conversation


async def _open_here(work: Work, place: Place, desk: str) -> Sequence[Text]:
    """That the thread has open referrals already: a colleague may not have seen them."""
    standing = await work.referrals.of_desk(desk, OPEN) if place.thread else ()
    numbers = [one.number for one in standing if one.place == place]
    return (Text(words.already_open(numbers), Tone.NOTE),) if numbers else ()


async def _exchange(work: Work, name: str, desk: str, person: Person) -> Exchange | None:
    """The question that a button belongs to, if it is the desk's and this person could see it."""
    exchange = await work.exchanges.exchange(name) if name else None
    seen = exchange is not None and exchange.desk == desk and exchange.place.only_to in {"", person.id}
    return exchange if seen else None


async def _asked_before(work: Work, exchange: Exchange, person: Person) -> Sequence[str]:
    """What was asked before in the same thread; in a direct conversation stand many people's matters."""
    if not exchange.place.thread:
        return ()
    seen = await work.exchanges.in_thread(exchange.place.privately(person))
    earlier = (one.question for one in reversed(seen) if one.at < exchange.at and one.desk == exchange.desk)
    # A follow-up was perhaps searched together with what it follows.
    return tuple(dict.fromkeys(question for question in earlier if question not in exchange.question))


async def _documents(work: Work, exchange: Exchange | None) -> tuple[Citation, ...]:
    """What the documents said to it: what stands open in the answer."""
    delivery = await work.outbox.delivery(exchange.delivery) if exchange and exchange.delivery else None
    blocks = delivery.post.blocks if delivery and delivery.post else ()
    return tuple(block.citation for block in blocks if isinstance(block, Cited))[:_CITATIONS]
