"""The cards of a referral, one for each side, and what each side is told in its thread. Pure: state in, post out.

Ids and names of persons are on none of them. What a bureau sees was sent to it; drafts have no card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import referral_talk as words
from bot import sentences, sheet_talk, talk
from bot.posts import (
    Block,
    Button,
    Buttons,
    Cited,
    Contacts,
    Document,
    Field,
    Fields,
    Folded,
    Post,
    Quote,
    Style,
    Text,
    Tone,
)
from bot.referrals import Entry, Referral, State, Step, after
from bot.referring.urgency import TELLING
from corpus.directory import Contact

#: Steps that a bureau does; all others are the desk's.
BUREAU_STEPS = frozenset({Step.TAKE, Step.ASK_BACK, Step.REPLY, Step.REASSIGN})

#: Order of the buttons on each side.
_DESK_BUTTONS = (Step.SUPPLEMENT, Step.RESOLVE, Step.RECORD, Step.REOPEN, Step.WITHDRAW)
_BUREAU_BUTTONS = (Step.TAKE, Step.REPLY, Step.ASK_BACK, Step.REASSIGN)
_WITHOUT_FORM = frozenset({Step.TAKE})
_STYLES = {Step.TAKE: Style.PRIMARY, Step.REPLY: Style.PRIMARY, Step.WITHDRAW: Style.DANGER}

#: Lines of history, and characters of what was said in each, on a card.
_LINES = 6
_LONGEST = 60

#: States in which an answer is owed.
_OWED = frozenset({State.SENT, State.TAKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the cards are made of.

    Args:
        referral: as it stands.
        desk: the desk's name.
        bureau: the name of the bureau in charge.
        history: the referral's, oldest first.
        now: the time.
        urgent: True where what is asked tells of danger.
    """

    referral: Referral
    desk: str
    bureau: str
    history: Sequence[Entry]
    now: datetime
    urgent: bool = False


def action_of(step: Step) -> str:
    """The action of the button that does a step, or opens its form; the button's value is the referral's id."""
    return f"referral_{step}"


def steps_of_desk(referral: Referral) -> tuple[Step, ...]:
    """What the desk may do with a referral that was sent, in the order of the buttons.

    Args:
        referral: as it stands; nothing can be done with one whose text was erased.
    """
    if not referral.intake.question:
        return ()
    possible = (step for step in _DESK_BUTTONS if after(referral.state, step))
    # Of a bureau that is not on the network nobody would read a supplement; one that is answers itself.
    left_out = Step.SUPPLEMENT if referral.by_hand else Step.RECORD
    return tuple(step for step in possible if step is not left_out)


def steps_of_bureau(referral: Referral) -> tuple[Step, ...]:
    """What the bureau in charge may do with a referral, in the order of the buttons.

    Args:
        referral: as it stands; nothing can be done with one whose text was erased.
    """
    if not referral.intake.question:
        return ()
    possible = (step for step in _BUREAU_BUTTONS if after(referral.state, step))
    # Where the bureau is met nowhere, what the desk replies would reach nobody.
    return tuple(step for step in possible if not (referral.by_hand and step is Step.ASK_BACK))


def desk_card(view: View) -> Post:
    """The card in the desk's thread.

    Args:
        view: what it shows.
    """
    referral = view.referral
    headline = words.headline(referral.number, referral.state, by_hand=referral.by_hand)
    blocks: list[Block] = [Text(headline, Tone.HEADING), _fields(((words.BUREAU, view.bureau), *_due(view)))]
    if referral.by_hand and Step.RECORD in steps_of_desk(referral):
        blocks.append(Text(words.BY_HAND, Tone.NOTE))
    # What the documents said stands in the same thread already.
    blocks.append(Folded(words.ASKED, tuple(told(referral))))
    blocks += _outcome(view)
    blocks += _history(view, from_desk=True)
    blocks += step_buttons(referral, steps_of_desk(referral))
    return Post(blocks=tuple(blocks), summary=headline)


def bureau_card(view: View) -> Post:
    """The card in the bureau's channel.

    Args:
        view: what it shows.
    """
    referral = view.referral
    blocks: list[Block] = [Text(words.URGENT_CASE, Tone.URGENT)] if view.urgent else []
    blocks.append(Text(words.headline(referral.number, referral.state), Tone.HEADING))
    blocks.append(_fields(((words.DESK, view.desk), *_due(view))))
    blocks += told(referral)
    if (documents := tuple(_documents(view))) and not referral.official:  # beside it no platform has room for both
        blocks.append(Folded(words.DOCUMENTS, documents))
    blocks += _outcome(view)
    blocks += _history(view, from_desk=False)
    blocks += step_buttons(referral, steps_of_bureau(referral))
    return Post(blocks=tuple(blocks), summary=words.headline(referral.number, referral.state))


def moved_card(referral: Referral, bureau: str) -> Post:
    """What is left of the card of a bureau that handed a referral on.

    Args:
        referral: as it stands.
        bureau: name of the bureau that has it now.
    """
    headline = words.moved_to(referral.number, bureau)
    return Post(blocks=(Text(headline, Tone.HEADING),), summary=headline)


def news_post(view: View, step: Step, text: str) -> Post:
    """What the other side is told of a step, in its thread.

    Args:
        view: the referral after the step.
        step: what was done.
        text: what was said with it, or "".
    """
    referral, headline = view.referral, words.news(view.referral.number, step)
    # Nobody is called by a card that changes: what is told now must tell of the danger itself.
    blocks: list[Block] = [Text(words.URGENT_CASE, Tone.URGENT)] if view.urgent and step in TELLING else []
    blocks.append(Text(headline, Tone.HEADING))
    if step is Step.REPLY:
        blocks += _outcome(view)
        if documents := tuple(_documents(view)):
            blocks.append(Folded(words.DOCUMENTS, documents))
    elif text and step is not Step.REASSIGN:  # its reason is the bureau's own
        blocks.append(Quote(text))
    if step is Step.REASSIGN:
        blocks.append(_fields(((words.BUREAU, view.bureau),)))
    if step is Step.ASK_BACK:
        blocks += step_buttons(referral, (Step.SUPPLEMENT,))
    return Post(blocks=tuple(blocks), summary=headline)


def by_hand_post(view: View, contact: Contact, sheet: str) -> Post:
    """What the desk needs where the bureau is not on the network.

    Args:
        view: the referral.
        contact: the bureau's current contact.
        sheet: the text to hand over.
    """
    headline = words.by_hand_to(view.referral.number, view.bureau)
    return Post(
        blocks=(Text(headline, Tone.HEADING), Contacts(talk.CONTACTS, (contact,)), Text(words.BY_HAND), Quote(sheet)),
        summary=headline,
    )


def sheet_post(referral: Referral) -> Post:
    """The same sheet as a file; its own message, since not every platform takes files.

    Args:
        referral: which.
    """
    title = sheet_talk.file_of(referral.number)
    return Post(blocks=(Document(title, referral.id),), summary=title)


def told(referral: Referral) -> Iterator[Text | Quote | Fields]:
    """What a desk tells, but for the documents: on the cards, and word for word in the preview.

    Args:
        referral: sent, or as it would be sent.
    """
    intake = referral.intake
    yield Quote(intake.question, by=words.QUESTION)
    if intake.situation:
        yield Quote(intake.situation, by=words.SITUATION)
    if intake.tried:
        yield Quote(intake.tried, by=words.TRIED)
    wishes = [label for label, wanted in ((words.SIT_IN, intake.sit_in), (words.VISIT, intake.visit)) if wanted]
    yield _fields(
        (
            (words.PREFECTURE, referral.prefecture),
            (words.STATUS, intake.status),
            (words.LANGUAGE, intake.language),
            (words.BY_WHEN, sentences.date_in_words(intake.by_when)),
            (words.WISHES, words.listed(wishes)),
        )
    )


def is_recorded(history: Sequence[Entry]) -> bool:
    """Whether the answer in force is one that the desk wrote down, which makes it no official one.

    Args:
        history: the referral's, oldest first.
    """
    answers = [entry.step for entry in history if entry.step in {Step.REPLY, Step.RECORD}]
    return bool(answers) and answers[-1] is Step.RECORD


def step_buttons(referral: Referral, steps: Sequence[Step]) -> Iterator[Buttons]:
    """The buttons of some steps, side by side; nothing where there are none.

    Args:
        referral: which.
        steps: which steps, in order.
    """
    if steps:
        yield Buttons(
            tuple(
                Button(
                    action=action_of(step),
                    label=words.STEPS[step],
                    value=referral.id,
                    style=_STYLES.get(step, Style.PLAIN),
                    opens_form=step not in _WITHOUT_FORM,
                )
                for step in steps
            )
        )


def _due(view: View) -> Iterator[tuple[str, str]]:
    due = view.referral.due
    if due and view.referral.state in _OWED:
        yield words.DUE, words.due_by(due, view.now)


def _documents(view: View) -> Iterator[Cited]:
    yield from (Cited(citation) for citation in view.referral.intake.citations)


def _outcome(view: View) -> Iterator[Text | Quote]:
    referral = view.referral
    answers = [entry for entry in view.history if entry.step in {Step.REPLY, Step.RECORD}]
    if referral.official and answers:
        at = answers[-1].at
        recorded = is_recorded(view.history)
        yield Text(words.recorded_on(at) if recorded else words.answered_by(view.bureau, at), Tone.HEADING)
        yield Quote(referral.official)
    if referral.result:
        yield Quote(referral.result, by=words.RESULT)


def _history(view: View, *, from_desk: bool) -> Iterator[Text]:
    shown = view.history[-_LINES:]
    if not shown:
        return
    left_out = len(view.history) - len(shown)
    lines = [words.earlier_entries(left_out)] if left_out else []
    lines += [_line(entry, from_desk=from_desk) for entry in shown]
    yield Text("\n".join((words.HISTORY, *lines)), Tone.NOTE)


def _line(entry: Entry, *, from_desk: bool) -> str:
    # Why a bureau handed something on is its own matter; the answer stands above.
    silent = entry.step in {Step.REPLY, Step.RECORD} or (from_desk and entry.step is Step.REASSIGN)
    text = "" if silent else " ".join(entry.text.split())
    said = f"：{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}" if text else ""
    return f"・{words.moment(entry.at)} {words.DONE[entry.step]}{said}"


def _fields(pairs: Sequence[tuple[str, str]]) -> Fields:
    return Fields(tuple(Field(label, value) for label, value in pairs if value))
