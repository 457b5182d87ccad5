"""When offices are open, and what time is worth to them: deadlines are counted in office hours.

Closed are Saturdays, Sundays, public holidays, and the days from 29 December to 3 January: article 1 of
行政機関の休日に関する法律 (昭和63年法律第91号). It holds for the bureaus; the desks' cities have the same by ordinance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from bot.referral_ports import Holidays

#: Japan has one time zone and no summer time, so a fixed offset is exact and needs no database of zones.
JAPAN = timezone(timedelta(hours=9))

OPENS = time(9, tzinfo=JAPAN)
CLOSES = time(17, tzinfo=JAPAN)
#: Office time of one day; "within three days" is three of these.
OFFICE_DAY = timedelta(hours=8)

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Counts in office hours.

    Args:
        holidays: knows the public holidays.
    """

    holidays: Holidays

    def is_office_day(self, day: date) -> bool:
        """Whether offices open on a day in Japan."""
        return day.weekday() < _SATURDAY and not _is_year_end(day) and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Whether offices are open at a moment: from the opening on, at the closing no more.

        Args:
            at: any moment, with time zone.
        """
        return self.is_office_day(day_in_japan(at)) and OPENS <= at.astimezone(JAPAN).timetz() < CLOSES

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The first moment by which so much office time has passed.

        Args:
            start: from when on, with time zone.
            span: office time; not negative.

        Returns:
            `start` itself for no time at all; otherwise a moment within office hours or at their end, in Japan's time.
        """
        if not span:
            return start
        day = day_in_japan(start)
        while True:
            opens, closes = self._hours_of(day)
            begins = max(start, opens)
            if begins < closes:
                if begins + span <= closes:
                    return (begins + span).astimezone(JAPAN)
                span -= closes - begins
            day += _ONE_DAY

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Office time from one moment to another; none where the second is not later.

        Args:
            start: from when on, with time zone.
            end: until when, with time zone.
        """
        passed = timedelta(0)
        day = day_in_japan(start)
        while day <= day_in_japan(end):
            opens, closes = self._hours_of(day)
            passed += max(min(end, closes) - max(start, opens), timedelta(0))
            day += _ONE_DAY
        return passed

    def last_closing(self, day: date) -> datetime:
        """When offices close for the last time until the end of a day.

        Args:
            day: a day in Japan.
        """
        while not self.is_office_day(day):
            day -= _ONE_DAY
        return datetime.combine(day, CLOSES)

    def _hours_of(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing of a day; both the same moment where it has no office hours."""
        opens = datetime.combine(day, OPENS)
        return opens, datetime.combine(day, CLOSES) if self.is_office_day(day) else opens


def day_in_japan(at: datetime) -> date:
    """The date in Japan.

    Args:
        at: any moment, with time zone.
    """
    return at.astimezone(JAPAN).date()


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
