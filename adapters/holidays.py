"""Japan's public holidays (国民の祝日に関する法律), substitute ones and those between two others included."""

from __future__ import annotations

from datetime import date

from holidays import country_holidays


class JapaneseHolidays:
    """Knows them, for as many years as the library does; the equinoxes of later years are announced only then."""

    def __init__(self) -> None:
        self._known = country_holidays("JP")

    def __contains__(self, day: date) -> bool:
        """Whether a day is one."""
        return day in self._known
