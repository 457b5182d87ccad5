from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import sheet_talk as words
from bot.referrals import Intake, State
from bot.referring.sheet import has_sheet, sheet_of, sheet_text
from corpus import directory
from tests.bot.referral_samples import CITATION, DESK, INTAKE, SENT, referral

TOKYO = directory.load().bureau_for("長野県")


def test_all_that_a_coordinator_needs_stands_there() -> None:
    text = sheet_text(referral(), DESK, TOKYO, SENT)
    for part in (
        "照会番号：12",
        "照会日：2026年11月20日",
        "△△国際交流協会 相談窓口",
        "026-000-0000",
        "旅券も手元にないとき",
        "人物Aは会社Aの寮で盗難にあった。\n警察に届け出た。",
        "技能実習",
        "ベトナム語",
        "ガイドブックを確かめた。",
        "回答希望日：2026年11月30日",
        "生活・就労ガイドブック 第8版 1.3 p.4（2026年2月26日時点）",
        "手引き",
        words.SIT_IN,
    ):
        assert part in text
    assert words.VISIT not in text


@pytest.mark.parametrize("bureau", directory.load().bureaus, ids=lambda bureau: bureau.id)
def test_the_bureaus_contact_is_the_current_one_with_its_edition(bureau: directory.Bureau) -> None:
    text = sheet_text(referral(), DESK, bureau, SENT)
    assert bureau.contact.dial in text
    assert bureau.contact.edition in text
    assert not [number for number in directory.load().retired_numbers if number in text]


def test_where_the_resident_lives_stands_beside_the_desks_own_prefecture() -> None:
    text = sheet_text(replace(referral(), prefecture="山梨県"), DESK, TOKYO, SENT)
    assert f"{words.LIVES_IN}：山梨県" in text  # it decides on the bureau
    assert f"{words.PREFECTURE}：長野県" in text


def test_what_was_not_told_is_said_to_be_missing() -> None:
    bare = referral(intake=Intake(question="何を持って行けばよいですか。"))
    text = sheet_text(bare, replace(DESK, contact="", hours=""), TOKYO, SENT + timedelta(days=1))
    assert text.count(words.UNTOLD) == 6
    assert words.NOTHING_FOUND in text
    assert words.WISHES not in text
    assert f"{words.PRINTED_ON}：2026年11月21日" in text


def test_the_day_is_japans() -> None:
    late = SENT.replace(hour=16)  # one in the morning of the 21st in Japan
    assert "照会日：2026年11月21日" in sheet_text(replace(referral(), sent=late), DESK, TOKYO, late)


def test_passages_are_few_and_short() -> None:
    long = replace(CITATION, pieces=(replace(CITATION.pieces[0], text="長" * 600),))
    sheet = sheet_of(referral(intake=replace(INTAKE, citations=(long,) * 5)), DESK, TOKYO, SENT)
    assert len(sheet.parts[-1].fields) == 3
    assert sheet.parts[-1].fields[0].value.count("長") == 200


def test_nobodys_id_stands_there() -> None:
    text = sheet_text(referral(), DESK, TOKYO, SENT)
    assert not [one for one in ("U1", "T1", "C1", "0" * 32) if one in text]


@pytest.mark.parametrize("state", list(State))
def test_there_is_something_to_hand_over_as_long_as_it_is_open_and_goes_by_hand(state: State) -> None:
    by_hand = replace(referral(state), by_hand=True)
    assert has_sheet(by_hand) == (state in {State.SENT, State.TAKEN, State.ASKED_BACK, State.ANSWERED})
    assert not has_sheet(referral(state))
    assert not has_sheet(replace(by_hand, intake=Intake(question="")))  # erased


def test_a_draft_has_none() -> None:
    with pytest.raises(ValueError, match="draft"):
        sheet_of(referral(State.DRAFTED), DESK, TOKYO, SENT)
