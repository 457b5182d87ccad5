"""The form in which a bureau's coordinators say who is on duty, stands in or is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import uuid4

from bot import bureau_talk as words
from bot.desks import Member
from bot.incoming import Pressed, Submitted
from bot.means import Means
from bot.office_hours import day_in_japan
from bot.permissions import Verb, may
from bot.places import Person
from bot.ports import Work
from bot.posts import Button, Choice, ChoiceInput, DateInput, Form, Text, TextInput
from bot.reactions import Correct, Reaction, ShowForm, Whisper
from bot.referrals import Shift, Turn
from bot.referring.forms import Deed, chosen
from bot.referring.roster import key_of, names_of

#: The action that opens the form, and the form's name.
ROSTER = "roster"

_ADD = "add"
#: Stretches shown, each with a choice that removes it; platforms show up to 100 choices.
_SHOWN = 60
_LONGEST_NAME = 20


def roster_button() -> Button:
    """The button that opens the form."""
    return Button(action=ROSTER, label=words.ROSTER, opens_form=True)


async def open_form(work: Work, pressed: Pressed, means: Means) -> Reaction:
    """Opens the form for a coordinator.

    Args:
        work: unit of work to read through.
        pressed: the press.
        means: the time.
    """
    member = await _coordinator(work, pressed.person)
    if member is None:
        return Whisper(words.NOT_OF_THE_BUREAU)
    today = day_in_japan(means.now())
    shifts = await work.roster.of(member.bureau, today)
    others = await _others(work, member, shifts)
    return ShowForm(_form(member.person, shifts, others, today))


async def submit_form(submitted: Submitted, means: Means) -> Deed:
    """Adds a stretch to the roster of the sender's bureau, or removes one.

    Args:
        submitted: the form as it was sent.
        means: the time.
    """
    return partial(_save, submitted=submitted, means=means)


async def _save(work: Work, submitted: Submitted, means: Means) -> Reaction:
    member = await _coordinator(work, submitted.person)
    if member is None:
        return Whisper(words.NOT_OF_THE_BUREAU)
    today = day_in_japan(means.now())
    shifts = await work.roster.of(member.bureau, today)
    what = chosen(submitted, "what")
    if what != _ADD:
        return await _remove(work, member, what, shifts, means)
    shift = await _read(work, member, submitted, shifts, today)
    if isinstance(shift, Correct):
        return shift
    await work.roster.put(shift)
    await work.audit.note("add_shift", member.person, f"shift/{shift.id}", means.now())
    return Whisper(words.added(_line(shift, {shift.person: shift.name})))


async def _remove(work: Work, member: Member, what: str, shifts: Sequence[Shift], means: Means) -> Reaction:
    # Only what stands on the bureau's own roster: the form passed through the hands of who sent it.
    shift = next((shift for shift in shifts if shift.id == what), None)
    if shift is None or not await work.roster.remove(shift.id):
        return Correct({"what": words.SHIFT_IS_GONE})
    await work.audit.note("remove_shift", member.person, f"shift/{shift.id}", means.now())
    return Whisper(words.removed(_line(shift, names_of(shifts))))


async def _read(
    work: Work, member: Member, submitted: Submitted, shifts: Sequence[Shift], today: date
) -> Shift | Correct:
    """The stretch that a form tells, or what is wrong with it."""
    people = {key_of(person): person for person in await work.roster.coordinators(member.bureau)}
    person = people.get(chosen(submitted, "who"))
    since, until = _date(chosen(submitted, "since")), _date(chosen(submitted, "until"))
    turn = chosen(submitted, "turn")
    names = names_of(shifts)
    # What somebody else is called is for themselves to say, once they are on the roster.
    own = " ".join(chosen(submitted, "called").split())[:_LONGEST_NAME] if person == member.person else ""
    name = own or (names.get(person, "") if person else "")
    faults = {
        "who": "" if person else words.NO_SUCH_PERSON,
        "called": "" if name or person is None else words.ROSTER_NAME_MISSING,
        "turn": "" if turn in set(Turn) else words.NO_SUCH_TURN,
        "since": "" if since else words.NO_DATE,
        "until": _fault_of_end(since, until, today),
    }
    if any(faults.values()) or person is None or since is None or until is None:
        return Correct({field: fault for field, fault in faults.items() if fault})
    return Shift(
        id=uuid4().hex,
        bureau=member.bureau,
        person=person,
        turn=Turn(turn),
        since=since.isoformat(),
        until=until.isoformat(),
        name=name,
    )


def _fault_of_end(since: date | None, until: date | None, today: date) -> str:
    if until is None:
        return words.NO_DATE
    if until < today:
        return words.ROSTER_OVER
    return words.ROSTER_BACKWARDS if since and until < since else ""


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _coordinator(work: Work, person: Person) -> Member | None:
    member = await work.desks.member(person)
    return member if member and may(member, Verb.SET_ROSTER, bureau=member.bureau) else None


async def _others(work: Work, member: Member, shifts: Sequence[Shift]) -> Mapping[Person, str]:
    """Colleagues that have a name on the roster."""
    names = names_of(shifts)
    people = await work.roster.coordinators(member.bureau)
    return {person: names[person] for person in people if person in names and person != member.person}


def _line(shift: Shift, names: Mapping[Person, str]) -> str:
    return words.stretch(shift.name or names.get(shift.person, ""), shift.turn, shift.since, shift.until)


def _form(me: Person, shifts: Sequence[Shift], others: Mapping[Person, str], today: date) -> Form:
    names = names_of(shifts)
    lines = [(shift.id, _line(shift, names)) for shift in shifts[:_SHOWN]]
    who = (Choice(key_of(me), words.ROSTER_ME), *(Choice(key_of(person), name) for person, name in others.items()))
    return Form(
        name=ROSTER,
        title=words.ROSTER,
        submit=words.ROSTER_SUBMIT,
        blocks=(Text("\n".join(f"・{line}" for _, line in lines) or words.ROSTER_EMPTY),),
        inputs=(
            ChoiceInput(
                name="what",
                label=words.ROSTER_WHAT,
                choices=(Choice(_ADD, words.ROSTER_ADD), *(Choice(name, words.remove(line)) for name, line in lines)),
                value=(_ADD,),
            ),
            ChoiceInput(name="who", label=words.ROSTER_WHO, choices=who[:100], value=(key_of(me),)),
            TextInput(
                name="called",
                label=words.ROSTER_NAME,
                value=names.get(me, ""),
                required=False,
                limit=_LONGEST_NAME,
                hint=words.ROSTER_NAME_HINT,
            ),
            ChoiceInput(
                name="turn",
                label=words.ROSTER_TURN,
                choices=tuple(Choice(turn.value, words.TURNS[turn]) for turn in Turn),
                value=(Turn.DUTY.value,),
            ),
            DateInput(name="since", label=words.ROSTER_SINCE, value=today.isoformat()),
            DateInput(name="until", label=words.ROSTER_UNTIL, value=today.isoformat()),
        ),
    )
