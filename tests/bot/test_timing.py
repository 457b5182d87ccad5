from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.office_hours import JAPAN, OfficeHours
from bot.places import Person, Place
from bot.referrals import Intake, Referral, State
from bot.referring.timing import LAPSES_AFTER, Reminder, deadline, is_overdue, reminded, reminder_due, timed

HOURS = OfficeHours(frozenset({date(2026, 11, 23)}))
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAPAN)


#: A Monday morning, long before the next holiday.
START = at(9, 10)
DRAFT = Referral(
    id="1" * 32,
    number=1,
    version=1,
    state=State.DRAFTED,
    desk="13-shinjuku",
    author=Person(platform="slack", tenant="T1", id="田中"),
    place=Place(platform="slack", tenant="T1", channel="相談", thread="1"),
    prefecture="東京都",
    bureau="tokyo",
    intake=Intake(question="更新の時期"),
    made=START,
    changed=START,
)


def step(referral: Referral, state: State, now: datetime, bureau: str = "tokyo", by_hand: bool = False) -> Referral:
    later = replace(referral, state=state, bureau=bureau, by_hand=by_hand)
    return timed(referral, later, now, HOURS)


SENT = step(DRAFT, State.SENT, START)


def test_an_answer_is_owed_within_three_office_days() -> None:
    assert (SENT.due, SENT.remind, SENT.reminded) == (at(12, 10), at(11, 12), 0)


@pytest.mark.parametrize(
    ("by_when", "due"),
    [
        ("2026-11-10", at(10, 17)),
        ("2026-11-09", at(9, 17)),  # today: until the offices close
        ("2026-11-08", at(12, 10)),  # yesterday: not possible
        ("2026-11-30", at(12, 10)),  # later than usual
        ("", at(12, 10)),
    ],
)
def test_the_desks_day_counts_if_it_is_sooner_and_possible(by_when: str, due: datetime) -> None:
    assert deadline(START, by_when, HOURS) == due


def test_a_day_on_a_weekend_is_the_closing_before_it() -> None:
    assert deadline(at(19, 10), "2026-11-23", HOURS) == at(20, 17)


def test_a_day_until_which_no_office_opens_gets_the_first_office_day() -> None:
    assert deadline(at(21, 10), "2026-11-23", HOURS) == at(24, 17)
    assert deadline(at(20, 18), "2026-11-20", HOURS) == at(24, 17)  # today, after the offices closed


class Counting:
    """Holidays that count how often somebody asks."""

    def __init__(self) -> None:
        self.asked = 0

    def __contains__(self, day: date) -> bool:
        self.asked += 1
        return False


def test_a_day_in_some_thousand_years_is_not_counted_up_to() -> None:
    holidays = Counting()
    assert deadline(at(20, 10), "9999-12-31", OfficeHours(holidays)) == at(25, 10)
    assert holidays.asked < 20


def test_taking_changes_no_deadline_and_repeats_no_reminder() -> None:
    told = replace(SENT, reminded=2, remind=at(12, 14))
    taken = step(told, State.TAKEN, at(12, 11))
    assert (taken.due, taken.remind, taken.reminded) == (told.due, told.remind, 2)


def test_while_the_desk_is_asked_back_the_clock_stands_still() -> None:
    taken = step(SENT, State.TAKEN, at(9, 11))
    asked = step(taken, State.ASKED_BACK, at(9, 12))
    assert (asked.due, asked.left, asked.remind) == (None, 22 * 60, at(12, 12))
    again = step(asked, State.ASKED_BACK, at(10, 12))
    assert (again.due, again.left, again.remind) == (None, 22 * 60, at(13, 12))
    back = step(again, State.TAKEN, at(16, 12))
    assert back.due == at(19, 10)
    assert (back.left, back.reminded) == (0, 0)
    assert HOURS.between(at(16, 12), back.due) == 22 * HOUR


def test_after_a_question_back_at_the_last_moment_there_is_a_day() -> None:
    asked = step(step(SENT, State.TAKEN, at(9, 11)), State.ASKED_BACK, at(13, 12))
    assert asked.left == 0
    assert step(asked, State.TAKEN, at(16, 12)).due == at(17, 12)


def test_another_bureau_has_a_day_at_least_and_not_more_than_before() -> None:
    assert step(SENT, State.SENT, at(12, 9), "osaka").due == at(12, 17)
    moved = step(SENT, State.SENT, at(9, 12), "osaka")
    assert (moved.due, moved.reminded) == (SENT.due, 0)
    asked = step(step(SENT, State.TAKEN, at(9, 11)), State.ASKED_BACK, at(9, 12))
    assert step(asked, State.SENT, at(10, 12), "osaka").due == at(13, 10)


def test_another_coordinator_of_the_same_bureau_has_the_same_deadline() -> None:
    assert step(step(SENT, State.TAKEN, at(9, 11)), State.SENT, at(11, 11)).due == SENT.due


def test_an_answer_stops_the_clock_and_asks_for_its_result_in_a_week() -> None:
    answered = step(step(SENT, State.TAKEN, at(9, 11)), State.ANSWERED, at(10, 11))
    assert (answered.due, answered.remind, answered.reminded) == (None, at(17, 11), 0)
    resolved = step(answered, State.RESOLVED, at(11, 11))
    assert (resolved.due, resolved.remind) == (None, None)
    reopened = step(resolved, State.TAKEN, at(16, 11))
    assert reopened.due == at(19, 11)


def test_who_withdraws_is_reminded_of_nothing() -> None:
    withdrawn = step(SENT, State.WITHDRAWN, at(9, 12))
    assert (withdrawn.due, withdrawn.remind) == (None, None)


def test_what_travels_by_hand_is_asked_about_when_it_is_due() -> None:
    sent = step(DRAFT, State.SENT, START, by_hand=True)
    assert sent.due == sent.remind == at(12, 10)


def test_reminders_follow_one_another() -> None:
    times = []
    referral = SENT
    while referral.remind and referral.reminded < Reminder.EVERYBODY:
        times.append((referral.remind, reminder_due(referral, referral.remind, HOURS)))
        referral = reminded(referral, times[-1][1], HOURS)
    assert times == [
        (at(11, 12), Reminder.SOON),
        (at(12, 10), Reminder.DUE),
        (at(12, 14), Reminder.DEPUTY),
        (at(13, 10), Reminder.EVERYBODY),
    ]
    assert referral.remind == START + LAPSES_AFTER


def test_of_reminders_missed_only_the_latest_counts() -> None:
    assert reminder_due(SENT, at(12, 15), HOURS) is Reminder.DEPUTY
    assert reminded(SENT, Reminder.DEPUTY, HOURS).remind == at(13, 10)


def test_what_is_overdue() -> None:
    assert not is_overdue(SENT, at(12, 9, 59))
    assert is_overdue(SENT, at(12, 10))
    assert not is_overdue(step(SENT, State.ANSWERED, at(9, 12)), at(30, 10))
