from __future__ import annotations

from datetime import date

from bot.places import Person
from bot.referrals import Shift, Turn
from bot.referring.roster import names_of, who_is_on

FRIDAY = date(2026, 11, 20)


def person(name: str) -> Person:
    return Person(platform="slack", tenant="T1", id=name)


SATO, KATO, ITO, ENDO = (person(name) for name in ("佐藤", "加藤", "伊藤", "遠藤"))
ALL = (SATO, KATO, ITO, ENDO)


def shift(who: Person, turn: Turn, since: str = "2026-11-16", until: str = "2026-11-20", name: str = "") -> Shift:
    return Shift(id=f"{who.id}{turn}", bureau="tokyo", person=who, turn=turn, since=since, until=until, name=name)


def test_duty_and_deputy_are_as_the_roster_says() -> None:
    staff = who_is_on([shift(SATO, Turn.DUTY), shift(KATO, Turn.DEPUTY)], FRIDAY, ALL)
    assert (staff.on_duty, staff.deputies, staff.everybody) == ((SATO,), (KATO,), ALL)


def test_a_stretch_holds_from_its_first_to_its_last_day() -> None:
    shifts = [shift(SATO, Turn.DUTY), shift(KATO, Turn.DUTY, "2026-11-21", "2026-11-27")]
    on_duty = [who_is_on(shifts, date(2026, 11, day), ALL).on_duty for day in (16, 20, 21, 27)]
    assert on_duty == [(SATO,), (SATO,), (KATO,), (KATO,)]


def test_who_is_absent_is_neither_on_duty_nor_a_deputy() -> None:
    shifts = [shift(SATO, Turn.DUTY), shift(SATO, Turn.ABSENT), shift(KATO, Turn.DEPUTY), shift(ITO, Turn.DEPUTY)]
    staff = who_is_on([*shifts, shift(ITO, Turn.ABSENT)], FRIDAY, ALL)
    assert (staff.on_duty, staff.deputies) == ((KATO,), ())
    assert staff.everybody == (KATO, ENDO, SATO, ITO)
    assert staff.absent == {SATO, ITO}


def test_with_nobody_on_the_roster_everybody_is_on_duty() -> None:
    assert who_is_on([], FRIDAY, ALL).on_duty == ALL
    assert who_is_on([shift(SATO, Turn.ABSENT)], FRIDAY, ALL).on_duty == (KATO, ITO, ENDO)


def test_where_all_are_away_all_are_told_all_the_same() -> None:
    away = [shift(one, Turn.ABSENT) for one in ALL]
    assert who_is_on(away, FRIDAY, ALL).on_duty == ALL


def test_who_left_the_bureau_is_on_its_roster_no_more() -> None:
    staff = who_is_on([shift(person("他局"), Turn.DUTY), shift(person("退職"), Turn.DEPUTY)], FRIDAY, (SATO,))
    assert (staff.on_duty, staff.deputies, staff.everybody) == ((SATO,), (), (SATO,))


def test_a_bureau_without_coordinators_has_nobody() -> None:
    assert who_is_on([shift(SATO, Turn.DUTY)], FRIDAY, ()).on_duty == ()


def test_people_are_called_what_their_last_stretch_says() -> None:
    shifts = [
        shift(SATO, Turn.DUTY, until="2026-12-04", name="佐藤（審査）"),
        shift(SATO, Turn.DEPUTY, until="2026-11-20", name="佐藤"),
        shift(KATO, Turn.DUTY),
    ]
    assert names_of(shifts) == {SATO: "佐藤（審査）"}
