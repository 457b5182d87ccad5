from __future__ import annotations

from datetime import date

import pytest

from adapters.holidays import JapaneseHolidays

HOLIDAYS = JapaneseHolidays()


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-05-06",  # in place of 憲法記念日, a Sunday
        "2026-09-22",  # between 敬老の日 and 秋分の日
        "2026-11-03",
        "2026-11-23",
        "2027-01-11",
        "2027-03-22",  # in place of 春分の日, a Sunday
    ],
)
def test_public_holidays_are_known(day: str) -> None:
    assert date.fromisoformat(day) in HOLIDAYS


@pytest.mark.parametrize("day", ["2026-11-20", "2026-12-23", "2026-12-29", "2026-12-31", "2027-01-02", "2027-01-04"])
def test_other_days_are_none(day: str) -> None:
    assert date.fromisoformat(day) not in HOLIDAYS


def test_every_year_has_its_sixteen() -> None:
    for year in (2026, 2027, 2028, 2035):
        first = date(year, 1, 1).toordinal()
        found = [date.fromordinal(first + passed) for passed in range(366)]
        assert sum(day.year == year and day in HOLIDAYS for day in found) >= 16
