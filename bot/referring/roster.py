"""Who of a bureau is on duty, who stands in, who is away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.places import Person
from bot.ports import Work
from bot.referrals import Shift, Turn

#: Letters of the hash by which a form names a person: ids of some platforms are longer than a choice may be.
_KEY = 16


@dataclass(frozen=True, slots=True)
class Staff:
    """A bureau's coordinators on one day.

    Args:
        on_duty: who is to be told of what nobody holds; nobody only if the bureau has nobody.
        deputies: who stands in for them.
        everybody: all of them, the absent ones last.
        absent: who is away.
    """

    on_duty: tuple[Person, ...]
    deputies: tuple[Person, ...]
    everybody: tuple[Person, ...]
    absent: frozenset[Person] = frozenset()


def who_is_on(shifts: Sequence[Shift], day: date, coordinators: Sequence[Person]) -> Staff:
    """A bureau's coordinators on a day: absence counts more than duty, duty more than standing in.

    Where nobody is on duty the deputies are; where there are none either, everybody who is there; where all are away,
    all of them.

    Args:
        shifts: stretches of the bureau's roster, of this day and others.
        day: the day in Japan.
        coordinators: who is enrolled at the bureau; whoever has left it is on its roster no more.
    """
    today = [shift for shift in shifts if shift.since <= day.isoformat() <= shift.until]

    def those(turn: Turn) -> tuple[Person, ...]:
        named = {shift.person for shift in today if shift.turn is turn}
        return tuple(person for person in coordinators if person in named)

    absent = frozenset(those(Turn.ABSENT))
    present = tuple(person for person in coordinators if person not in absent)
    on_duty = tuple(person for person in those(Turn.DUTY) if person in present)
    deputies = tuple(person for person in those(Turn.DEPUTY) if person in present and person not in on_duty)
    everybody = (*present, *(person for person in coordinators if person in absent))
    if not on_duty:
        on_duty, deputies = deputies or present or everybody, ()
    return Staff(on_duty, deputies, everybody, absent)


async def staff_of(work: Work, bureau: str, day: date) -> Staff:
    """A bureau's coordinators on a day.

    Args:
        work: unit of work to read through.
        bureau: id of the bureau.
        day: the day in Japan.
    """
    return who_is_on(await work.roster.of(bureau, day), day, await work.roster.coordinators(bureau))


def names_of(shifts: Sequence[Shift]) -> Mapping[Person, str]:
    """What the people of a roster are called: the name of their last stretch that tells one.

    Args:
        shifts: stretches of one bureau's roster.
    """
    named = sorted((shift for shift in shifts if shift.name), key=lambda shift: shift.until)
    return {shift.person: shift.name for shift in named}


def key_of(person: Person) -> str:
    """What names a person within a form.

    Args:
        person: who.
    """
    return hashlib.sha256(f"{person.platform}/{person.tenant}/{person.id}".encode()).hexdigest()[:_KEY]
