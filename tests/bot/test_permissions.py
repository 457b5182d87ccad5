from __future__ import annotations

import pytest

from bot.desks import Member, Role
from bot.permissions import TABLE, Verb, Whose, may, whose
from bot.places import Person

_PERSON = Person(platform="slack", tenant="T1", id="U1")
_DESK_OF = {Whose.NOBODYS: "", Whose.OWN: "own", Whose.ANOTHERS: "other"}

#: Every cell, written out a second time: verb, then for nobody's, one's own and another's who may.
#: n nobody's member, c counsellor, o coordinator, a agency, m administrator.
_EXPECTED = """
ask             ncoam  ncoam  ncoam
redeem_code     ncoam  ncoam  ncoam
link_channel    ncoam  com    m
set_channel     ncoam  com    m
see_desk        -      c      -
see_deliveries  m      m      m
retry_delivery  m      m      m
refer           -      c      -
follow_referral -      c      -
handle_referral -      o      -
see_referral    -      co     -
see_bureau      -      o      -
set_roster      -      o      -
"""
_LETTERS = {
    "n": None,
    "c": Role.COUNSELLOR,
    "o": Role.COORDINATOR,
    "a": Role.AGENCY,
    "m": Role.ADMINISTRATOR,
}

_CELLS = [
    (letter, Verb(verb), where, letter in allowed)
    for verb, *columns in map(str.split, _EXPECTED.strip().splitlines())
    for where, allowed in zip((Whose.NOBODYS, Whose.OWN, Whose.ANOTHERS), columns, strict=True)
    for letter in _LETTERS
    if not (letter == "n" and where is Whose.OWN)  # who is no member has no desk
]


@pytest.mark.parametrize(("letter", "verb", "where", "allowed"), _CELLS)
def test_every_cell(letter: str, verb: Verb, where: Whose, allowed: bool) -> None:
    role = _LETTERS[letter]
    of_desk = Member(person=_PERSON, role=role, desk="own") if role else None
    assert may(of_desk, verb, _DESK_OF[where]) is allowed
    of_bureau = Member(person=_PERSON, role=role, bureau="own") if role else None
    assert may(of_bureau, verb, bureau=_DESK_OF[where]) is allowed


def test_the_table_has_every_role_and_verb() -> None:
    assert set(TABLE) == {None, *Role}
    assert all(set(verbs) == set(Verb) for verbs in TABLE.values())


def test_no_desk_is_nobodys_even_to_who_has_none() -> None:
    agency = Member(person=_PERSON, role=Role.AGENCY)
    assert whose(agency, "") is whose(None, "") is Whose.NOBODYS
    assert whose(agency, "own") is Whose.ANOTHERS


def test_what_is_a_desks_and_a_bureaus_is_each_ones_own_and_nobody_elses() -> None:
    counsellor = Member(person=_PERSON, role=Role.COUNSELLOR, desk="13-shinjuku")
    coordinator = Member(person=_PERSON, role=Role.COORDINATOR, bureau="tokyo")
    for member in (counsellor, coordinator):
        assert may(member, Verb.SEE_REFERRAL, "13-shinjuku", bureau="tokyo")
        assert not may(member, Verb.SEE_REFERRAL, "40-hakata", bureau="fukuoka")
    assert not may(coordinator, Verb.SEE_REFERRAL, "13-shinjuku")  # a draft: asked of the desk alone


def test_a_desk_and_a_bureau_of_one_name_are_not_the_same() -> None:
    assert not may(Member(person=_PERSON, role=Role.COUNSELLOR, desk="tokyo"), Verb.SEE_REFERRAL, bureau="tokyo")
    assert not may(Member(person=_PERSON, role=Role.COORDINATOR, bureau="tokyo"), Verb.SEE_REFERRAL, "tokyo")
