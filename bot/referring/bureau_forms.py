"""The forms of the bureau's steps: what is said to the desk, with its preview, and to whom a referral is handed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot import bureau_talk as words
from bot.labels import FILL_IN
from bot.places import Person
from bot.posts import Choice, ChoiceInput, Form, Quote, Text, TextInput, Tone
from bot.referral_ports import Masked
from bot.referral_talk import (
    DONE,
    NO_SUCH_CHOICE,
    PREVIEW_MOVED,
    PREVIEW_TITLE,
    QUESTION,
    SAY_SUBMIT,
    SEND_SUBMIT,
    STATES,
    STEPS,
    TOO_LONG,
    in_short,
    masked_kinds,
)
from bot.referrals import Entry, Referral, Step
from bot.referring.forms import ROOM, Seen, further_input, is_shown_whole, kept_input
from bot.referring.roster import key_of
from corpus.directory import Bureau

#: Name of the forms in which something is said; the state tells the step.
NAME = "referral_bureau_say"

#: Characters of an answer, or of a question back: with its preview no dialog of Teams has room for much more.
_LONGEST = 1600
#: Characters of the reason for which a referral is handed on: a line.
_LINE = 200

#: The most choices of a list.
_CHOICES = 100

_ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a referral can be handed on to.

    Args:
        holder: a coordinator of the same bureau, or None for whoever takes it.
        bureau: id of another bureau, or "".
    """

    holder: Person | None = None
    bureau: str = ""


def targets_of(
    referral: Referral, colleagues: Mapping[Person, str], bureaus: Sequence[Bureau], reached: frozenset[str]
) -> Mapping[str, tuple[str, Target]]:
    """All to whom a referral can be handed on, by the value of the choice, with what is shown.

    Args:
        referral: as it stands.
        colleagues: coordinators of the bureau in charge that have a name on its roster.
        bureaus: all bureaus and branches.
        reached: ids of those that are on the network.
    """
    targets: dict[str, tuple[str, Target]] = {}
    if referral.holder is not None:
        targets[_ANYBODY] = (words.ANYBODY, Target())
    for person, name in colleagues.items():
        if person != referral.holder:
            targets[f"person-{key_of(person)}"] = (name, Target(holder=person))
    for bureau in bureaus:
        if bureau.id != referral.bureau:
            label = bureau.name if bureau.id in reached else words.by_telephone(bureau.name)
            targets[f"bureau-{bureau.id}"] = (label, Target(bureau=bureau.id))
    return targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a form is about.

    Args:
        referral: as it stands.
        step: what the form is for.
        history: the referral's, oldest first.
        targets: to whom it can be handed on, where that is the step; by value, with what is shown.
    """

    referral: Referral
    step: Step
    history: Sequence[Entry]
    targets: Mapping[str, tuple[str, Target]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came back with a form, and what would leave of it.

    Args:
        text: what was typed.
        target: value of the target that was chosen, or "".
        further: words that the author wants masked too.
        kept: words that the author wants to stay.
        masked: what would leave of the text.
        notes: what the author has to know of it.
    """

    text: str
    target: str
    further: Sequence[str]
    kept: Sequence[str]
    masked: Masked
    notes: Sequence[Text]


def say_form(subject: Subject) -> Form:
    """The form of a step, empty.

    Args:
        subject: what it is about.
    """
    step, referral = subject.step, subject.referral
    return Form(
        name=NAME,
        title=STEPS[step],
        submit=SAY_SUBMIT,
        blocks=(
            Text(words.SAY_WHAT[step]),
            _standing(referral),
            Quote(in_short(referral.intake.question), by=QUESTION),
            *_said_last(subject),
        ),
        inputs=(*_target_input(subject, ""), _text_input(step, "")),
        state=Seen(referral.id, step, referral.version).state,
    )


def preview_form(subject: Subject, typed: Typed, digest: str, *, moved: bool) -> Form:
    """The form of a step with what would leave, exactly.

    Args:
        subject: what it is about.
        typed: what came back with the form.
        digest: of what is shown.
        moved: True where the referral changed since the form was opened.
    """
    step, referral = subject.step, subject.referral
    return Form(
        name=NAME,
        title=PREVIEW_TITLE,
        submit=SEND_SUBMIT,
        blocks=(
            *(_moved(subject) if moved else ()),
            *typed.notes,
            Text(words.PREVIEW[step]),
            Quote(typed.masked.text),
            Text(masked_kinds(typed.masked.kinds), Tone.NOTE),
        ),
        inputs=(
            *_target_input(subject, typed.target),
            _text_input(step, typed.text),
            further_input(typed.further),
            kept_input(typed.kept),
        ),
        state=Seen(referral.id, step, referral.version, digest).state,
    )


def limit_of(step: str) -> int:
    """How much may be said with a step, in characters."""
    return _LINE if step == Step.REASSIGN else _LONGEST


def faults_of(subject: Subject, typed: Typed) -> Mapping[str, str]:
    """What is wrong with a form that was sent, by field; nothing where it can be shown or sent.

    Args:
        subject: what it is about.
        typed: what came back with it.
    """
    faults = {} if typed.text else {"text": FILL_IN}
    if not is_shown_whole([typed.masked.text], ROOM):
        faults["text"] = TOO_LONG
    if subject.step is Step.REASSIGN and typed.target not in subject.targets:
        faults["to"] = NO_SUCH_CHOICE
    return faults


def _moved(subject: Subject) -> Iterator[Text | Quote]:
    yield Text(PREVIEW_MOVED, Tone.HEADING)
    yield _standing(subject.referral)
    yield from _said_last(subject)


def _standing(referral: Referral) -> Text:
    return Text(STATES[referral.state], Tone.NOTE)


def _said_last(subject: Subject) -> Iterator[Quote]:
    """What the desk said last; it stands in the bureau's thread in full."""
    said = next((entry for entry in reversed(subject.history) if entry.text and not entry.by_bureau), None)
    if said:
        yield Quote(in_short(said.text), by=DONE[said.step])


def _text_input(step: Step, typed: str) -> TextInput:
    return TextInput(
        name="text",
        label=words.SAY_LABEL[step],
        value=typed,
        lines=step is not Step.REASSIGN,
        limit=limit_of(step),
        hint=words.SAY_HINT[step],
    )


def _target_input(subject: Subject, target: str) -> Iterator[ChoiceInput]:
    if subject.targets:
        choices = tuple(Choice(value, label) for value, (label, _) in subject.targets.items())
        value = (target,) if target in subject.targets else ()
        yield ChoiceInput(name="to", label=words.REASSIGN_TO, choices=choices[:_CHOICES], value=value)
