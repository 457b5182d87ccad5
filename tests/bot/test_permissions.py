from __future__ import annotations

import pytest

from bot.desks import Member, Role
from bot.permissions import TABLE, Verb, Whose, may, whose
from bot.places import Person

_PERSON = Person(platform="slack", tenant="T1", id="U1")
_DESK_OF = {Whose.NOBODYS: "", Whose.OWN: "own", Whose.ANOTHERS: "other"}

#: Every cell, written out a second time: verb, then for nobody's, one's own and another's desk who may.
#: n nobody's member, c counsellor, o coordinator, a agency, m administrator.
_EXPECTED = """
ask             ncoam  ncoam  ncoam
redeem_code     ncoam  ncoam  ncoam
link_channel    ncoam  cm     m
set_channel     ncoam  cm     m
see_desk        -      c      -
see_deliveries  m      m      m
retry_delivery  m      m      m
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
    member = Member(person=_PERSON, role=role, desk="own") if role else None
    assert may(member, verb, _DESK_OF[where]) is allowed


def test_the_table_has_every_role_and_verb() -> None:
    assert set(TABLE) == {None, *Role}
    assert all(set(verbs) == set(Verb) for verbs in TABLE.values())


def test_no_desk_is_nobodys_even_to_who_has_none() -> None:
    agency = Member(person=_PERSON, role=Role.AGENCY)
    assert whose(agency, "") is whose(None, "") is Whose.NOBODYS
    assert whose(agency, "own") is Whose.ANOTHERS
