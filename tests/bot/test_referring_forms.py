from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.incoming import Submitted
from bot.places import Person
from bot.referring.forms import Seen, chosen, digest, further_input, further_words, is_shown_whole, said_in, seen_in
from bot.referring.intake_form import Drafting, drafting_in

PERSON = Person(platform="slack", tenant="T1", id="U1")


def submitted(**values: str) -> Submitted:
    return Submitted(
        keys=("1",),
        place=PERSON.own_conversation,
        person=PERSON,
        form="referral_say",
        at=datetime(2026, 11, 20, tzinfo=UTC),
        values={name: (value,) for name, value in values.items()},
    )


def test_what_a_preview_carries_comes_back() -> None:
    seen = Seen("a" * 32, "reply", 7, digest("写真が要ります。", ("山田",)))
    assert seen_in(seen.state) == seen
    assert len(seen.state) < 2000


NESTED = "[" * 3000
ENDLESS = '["","",1e999,""]'


@pytest.mark.parametrize(
    "state", ["", "{", "[]", "7", '"x"', "null", "[1,2,3]", '["a","b","c","d"]', "\x00", NESTED, ENDLESS]
)
def test_a_damaged_state_names_no_referral_and_shows_nothing(state: str) -> None:
    assert seen_in(state) == Seen("")
    assert len(drafting_in(state).draft) == 32


def test_a_draft_keeps_its_id_and_a_forged_one_gets_a_new_one() -> None:
    drafting = Drafting("0" * 32, "e" * 32)
    assert drafting_in(drafting.state) == drafting
    assert drafting_in(Drafting("../x", "e").state).draft != "../x"
    assert drafting_in(f'[{"1" * 32},""]').draft == "1" * 32


def test_what_is_said_is_no_longer_than_its_field() -> None:
    assert said_in(submitted(text=" 甲乙丙丁 "), 3) == "甲乙丙"
    assert further_words(submitted(further="山" * 10_000)) == ("山" * 500,)


@pytest.mark.parametrize(
    "other", [("甲", "乙", ()), ("甲乙", "", ("丙",)), ("甲", ("乙",)), ("甲乙", "", ()), ("甲乙丙", "", ())]
)
def test_no_two_previews_are_taken_for_one(other: tuple[str | tuple[str, ...], ...]) -> None:
    assert (digest(*other) == digest("甲乙", "", ())) is (other == ("甲乙", "", ()))


def test_further_words_stand_one_a_line() -> None:
    assert further_words(submitted(further=" 山田 \n\n株式会社みどり\r\n山田\n　\n")) == ("山田", "株式会社みどり")
    assert further_words(submitted()) == ()
    assert further_input(("山田", "みどり")).value == "山田\nみどり"


def test_a_field_that_is_empty_is_empty() -> None:
    assert chosen(submitted(text="  写真 \n"), "text") == "写真"
    assert chosen(submitted(), "text") == ""


def test_room_is_counted_with_lines_and_for_any_letter() -> None:
    assert is_shown_whole(["甲" * 100, "\ud800"], 303)
    assert not is_shown_whole(["甲" * 100, "\ud800"], 302)
    assert is_shown_whole(["甲\n乙"], 97)
    assert not is_shown_whole(["甲\n乙"], 96)
