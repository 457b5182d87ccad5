"""When an answer is owed, and when somebody is reminded: the clock of a referral, in office hours.

The clock runs while the bureau has to do something. It stands still while the desk is asked back, and goes on with
what was left; who begins anew (another bureau, one that came to the network, or after a question back) has a day at
least.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import IntEnum

from bot.office_hours import OFFICE_DAY, OfficeHours, day_in_japan
from bot.referrals import Referral, State

#: An answer is owed within three office days. No law sets a term for what one office asks of another; the desk has
#: to tell the client a day to come again, and desks that consult daily make that within the week.
ANSWER_WITHIN = 3 * OFFICE_DAY
#: The least that whoever begins anew gets.
AT_LEAST = OFFICE_DAY
#: A desk that was asked back, and did not answer, is reminded after as long as the bureau has.
DESK_WITHIN = 3 * OFFICE_DAY
#: A desk is asked what came of an answer after a week: by then the client has come again, or will not.
RESULT_AFTER = 5 * OFFICE_DAY
#: What nobody goes on with ends by itself, so that no overview fills up with it and its words are erased in time.
#: No law sets a term; a quarter of a year is long after all reminders, and half of what texts are kept by default.
LAPSES_AFTER = timedelta(days=90)
#: A reminder comes when a quarter of the time is left: of three days six hours, enough to ask somebody.
_SOON = 0.75
#: Who does not react within half a day is away: the deputy is told. After a day everybody is.
_DEPUTY_AFTER = OFFICE_DAY / 2
_EVERYBODY_AFTER = OFFICE_DAY

_MINUTE = timedelta(minutes=1)


class Reminder(IntEnum):
    """What somebody is reminded of; the values count `Referral.reminded` while the bureau has to do something."""

    SOON = 1  # little time is left
    DUE = 2  # the time is over
    DEPUTY = 3  # nothing happened since
    EVERYBODY = 4  # still nothing


def timed(earlier: Referral, later: Referral, now: datetime, hours: OfficeHours) -> Referral:
    """A referral with its clock as it stands after a step.

    Args:
        earlier: the referral before the step.
        later: the same after it, in its new state and with its new bureau.
        now: when the step is taken.
        hours: counts in office hours.
    """
    match later.state:
        case State.SENT | State.TAKEN:
            return _running(earlier, later, now, hours)
        case State.ASKED_BACK:
            left = int(hours.between(now, earlier.due) / _MINUTE) if earlier.due else earlier.left
            return replace(later, due=None, left=left, remind=hours.add(now, DESK_WITHIN), reminded=0)
        case State.ANSWERED:
            return replace(later, due=None, left=0, remind=hours.add(now, RESULT_AFTER), reminded=0)
    return replace(later, due=None, left=0, remind=None, reminded=0)


def deadline(now: datetime, by_when: str, hours: OfficeHours) -> datetime:
    """When an answer to a new referral is owed.

    Args:
        now: when it is sent.
        by_when: ISO date by which the desk needs it, or "".
        hours: counts in office hours.

    Returns:
        Three office days from now; or the last closing until the desk's day, if that is sooner. Where no office opens
        until a day that is yet to come, one office day, the nearest to it.
    """
    usual = hours.add(now, ANSWER_WITHIN)
    if not by_when:
        return usual
    day = date.fromisoformat(by_when)
    wanted = hours.last_closing(day)
    # First what tells a day in some thousand years apart: until then the office hours are many.
    if wanted >= usual or day < day_in_japan(now):
        return usual
    return wanted if hours.between(now, wanted) else hours.add(now, AT_LEAST)


def reminder_due(referral: Referral, now: datetime, hours: OfficeHours) -> Reminder:
    """What the bureau is to be reminded of, once `remind` is reached: the latest of what came due meanwhile.

    Args:
        referral: a referral whose clock runs.
        now: the time.
        hours: counts in office hours.
    """
    late = (one for one in (Reminder.EVERYBODY, Reminder.DEPUTY, Reminder.DUE) if _time_of(one, referral, hours) <= now)
    return next(late, Reminder.SOON)


def reminded(referral: Referral, reminder: Reminder, hours: OfficeHours) -> Referral:
    """A referral after one of the bureau's reminders went out.

    Args:
        referral: a referral whose clock runs.
        reminder: which.
        hours: counts in office hours.
    """
    is_last = reminder is Reminder.EVERYBODY
    remind = lapses_at(referral) if is_last else _time_of(Reminder(reminder + 1), referral, hours)
    return replace(referral, reminded=reminder.value, remind=remind)


def lapses_at(referral: Referral) -> datetime:
    """When an open referral ends by itself, unless somebody goes on with it.

    Args:
        referral: as it stands.
    """
    return referral.changed + LAPSES_AFTER


def is_overdue(referral: Referral, now: datetime) -> bool:
    """Whether an answer is owed since a moment that has passed.

    Args:
        referral: any referral.
        now: the time.
    """
    return referral.due is not None and referral.due <= now


def _running(earlier: Referral, later: Referral, now: datetime, hours: OfficeHours) -> Referral:
    """The clock while the bureau has to do something."""
    a_day = hours.add(now, AT_LEAST)
    if earlier.state is State.ASKED_BACK:
        due = max(hours.add(now, timedelta(minutes=earlier.left)), a_day)
    elif earlier.due is None:
        due = deadline(now, later.intake.by_when, hours)
    elif earlier.bureau != later.bureau or (earlier.by_hand and not later.by_hand):
        due = max(earlier.due, a_day)
    else:
        return replace(later, remind=lapses_at(later)) if earlier.remind == lapses_at(earlier) else later
    # Nobody on the network works on a referral that travels by hand: its desk is asked about it when it is due.
    soon = due if later.by_hand else hours.add(now, hours.between(now, due) * _SOON)
    return replace(later, due=due, left=0, remind=soon, reminded=0)


def _time_of(reminder: Reminder, referral: Referral, hours: OfficeHours) -> datetime:
    """When a reminder's time comes; for all but the first, which is set when the clock starts."""
    assert referral.due is not None
    match reminder:
        case Reminder.DEPUTY:
            return hours.add(referral.due, _DEPUTY_AFTER)
        case Reminder.EVERYBODY:
            return hours.add(referral.due, _EVERYBODY_AFTER)
    return referral.due
