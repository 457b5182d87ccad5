from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office_hours import JAPAN, OFFICE_DAY, OfficeHours

#: 2026-11-23 is 勤労感謝の日, a Monday; 2027-01-11 成人の日; the others stand for any other day.
HOLIDAYS = frozenset({date(2026, 11, 3), date(2026, 11, 23), date(2027, 1, 1), date(2027, 1, 11)})
HOURS = OfficeHours(HOLIDAYS)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(11, 20, 8, 59), False),
        (at(11, 20, 9), True),
        (at(11, 20, 16, 59), True),
        (at(11, 20, 17), False),
        (at(11, 21, 10), False),  # Saturday
        (at(11, 22, 10), False),  # Sunday
        (at(11, 23, 10), False),  # a public holiday
        (at(12, 28, 10), True),
        (at(12, 29, 10), False),
        (at(1, 3, 10, year=2027), False),
        (at(1, 4, 10, year=2027), True),
        (datetime(2026, 11, 19, 23, 59, tzinfo=UTC), False),  # 8:59 of the 20th in Japan
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), False),  # Saturday morning in Japan
    ],
)
def test_when_offices_are_open(moment: datetime, is_open: bool) -> None:
    assert HOURS.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(11, 19, 10), 3, at(11, 19, 13)),
        (at(11, 19, 10), 7, at(11, 19, 17)),  # to the closing itself, not to the next opening
        (at(11, 19, 10), 8, at(11, 20, 10)),
        (at(11, 20, 16), 2, at(11, 24, 10)),  # over a weekend of three days
        (at(11, 20, 16), 24, at(11, 26, 16)),
        (at(11, 21, 12), 1, at(11, 24, 10)),  # begun while closed
        (at(11, 20, 5), 1, at(11, 20, 10)),
        (at(12, 28, 16), 2, at(1, 4, 10, year=2027)),  # over the year's end
    ],
)
def test_hours_are_counted_while_offices_are_open(start: datetime, hours: int, end: datetime) -> None:
    assert HOURS.add(start, hours * HOUR) == end
    assert HOURS.between(start, end) == hours * HOUR


def test_no_time_is_no_time() -> None:
    assert HOURS.add(at(11, 21, 3), timedelta(0)) == at(11, 21, 3)
    assert HOURS.between(at(11, 20, 12), at(11, 19, 12)) == timedelta(0)
    assert HOURS.between(at(11, 20, 12), at(11, 20, 11)) == timedelta(0)


@pytest.mark.parametrize(
    ("day", "closing"),
    [
        (date(2026, 11, 20), at(11, 20, 17)),
        (date(2026, 11, 23), at(11, 20, 17)),
        (date(2027, 1, 3), at(12, 28, 17)),
    ],
)
def test_the_last_closing_until_a_day(day: date, closing: datetime) -> None:
    assert HOURS.last_closing(day) == closing


def slowly(start: datetime, end: datetime) -> timedelta:
    """Office time between two whole minutes, counted minute by minute."""
    passed = timedelta(0)
    while start < end:
        passed += MINUTE if HOURS.is_open(start) else timedelta(0)
        start += MINUTE
    return passed


MOMENTS = st.integers(0, 75 * 24 * 60).map(lambda minutes: at(11, 1) + minutes * MINUTE)
SPANS = st.integers(0, 3 * 8 * 60).map(lambda minutes: minutes * MINUTE)


@given(MOMENTS, st.integers(0, 6 * 24 * 60).map(lambda minutes: minutes * MINUTE))
def test_the_time_between_is_what_a_slow_count_finds(start: datetime, span: timedelta) -> None:
    assert HOURS.between(start, start + span) == slowly(start, start + span)


@given(MOMENTS, SPANS)
def test_what_is_added_is_what_lies_between_and_ends_no_later_than_it_must(start: datetime, span: timedelta) -> None:
    end = HOURS.add(start, span)
    assert HOURS.between(start, end) == span
    if span:
        assert HOURS.is_open(end - MINUTE)
        assert HOURS.between(start, end - MINUTE) == span - MINUTE


@given(MOMENTS, SPANS, SPANS)
def test_adding_twice_is_adding_the_sum(start: datetime, first: timedelta, second: timedelta) -> None:
    assert HOURS.add(HOURS.add(start, first), second) == HOURS.add(start, first + second)


@given(MOMENTS)
def test_an_office_day_later_is_another_day(start: datetime) -> None:
    later = HOURS.add(start, OFFICE_DAY)
    assert later - start >= OFFICE_DAY
    assert HOURS.is_office_day(later.date())
