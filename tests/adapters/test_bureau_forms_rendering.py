"""The bureau's forms are shown whole, on every platform and however long what is written in them is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from adapters.slack.forms import render_form as slack_form
from adapters.teams.forms import render_form as teams_form
from bot import labels, referral_talk
from bot.posts import ChoiceInput, Form
from bot.referral_ports import Masked
from bot.referrals import Entry, Intake, Step
from bot.referring.bureau_forms import Subject, Typed, faults_of, preview_form, say_form, targets_of
from bot.referring.forms import ROOM, is_shown_whole, kept_blocks, label_blocks, missing_blocks
from corpus import directory
from tests.bot.referral_samples import SENT, referral
from tests.bot.test_roster import ALL

BUREAUS = directory.load().bureaus
#: Longest in bytes; no two of the same, so that nothing compresses well.
SIGNS = "".join(map(chr, range(0x20000, 0x20000 + 8000)))
#: Words to be masked that are nowhere in the text: the longest list of them.
FURTHER = tuple(SIGNS[6000 + at : 6079 + at] for at in range(0, 480, 80))
#: Words to be kept that are nowhere or cannot be.
KEPT = tuple(SIGNS[7000 + at : 7049 + at] for at in range(0, 200, 50))


def written(text: str, masked: Masked) -> Typed:
    """All that an author can have entered, and all that they can have to be told of it."""
    labels_before = [f"{word}{letter}" for word in ("会社", "在留カード番号") for letter in "ABCDEFG"]
    notes = (
        *missing_blocks(FURTHER),
        *kept_blocks(KEPT, KEPT),
        *label_blocks(labels_before, "在留カード番号ZA、会社ZB"),
    )
    return Typed(text=text, target="", further=FURTHER, kept=KEPT, masked=masked, notes=notes)


def subject(step: Step) -> Subject:
    """A long referral with a long supplement, a large roster, and few bureaus on the network."""
    standing = replace(referral(), intake=Intake(question=SIGNS[:700]), holder=ALL[0])
    entry = Entry(referral=standing.id, step=Step.SUPPLEMENT, at=SENT, by_bureau=False, text=SIGNS[700:2300])
    targets = targets_of(standing, dict.fromkeys(ALL, "審" * 20), BUREAUS, frozenset({"osaka"}))
    is_reassign = step is Step.REASSIGN
    return Subject(referral=standing, step=step, history=(entry,), targets=targets if is_reassign else {})


def rendered(form: Form) -> list[str]:
    shown = (slack_form(form, referral().place), teams_form(form))
    return [json.dumps(one, ensure_ascii=False) for one in shown]


@pytest.mark.parametrize("step", [Step.ASK_BACK, Step.REPLY, Step.REASSIGN])
def test_the_form_and_its_preview_are_shown_whole(step: Step) -> None:
    empty = say_form(subject(step))
    limit = next(one.limit for one in empty.inputs if one.kind == "text_input")
    text = SIGNS[3000 : 3000 + limit]
    typed = written(text, Masked(text, ("人物",)))
    preview = preview_form(subject(step), typed, "0" * 64, moved=True)
    for form in (empty, preview):
        assert max(len(form.title), len(form.submit)) <= 24
        assert len(form.state) <= 2000
        assert all(labels.SHORTENED not in shown for shown in rendered(form))
    assert all(text in shown for shown in rendered(preview))


@pytest.mark.parametrize("lines", [1, 20, 40, 60])
def test_what_masking_made_longer_is_shown_whole_or_not_at_all(lines: int) -> None:
    letters = SIGNS[3000 : 3000 + (ROOM - 90 * lines) // 4]
    long = len(letters) // lines
    masked = Masked("\n".join(letters[at : at + long - 1] for at in range(0, lines * long, long)), ("人物",))
    assert is_shown_whole([masked.text], ROOM)
    typed = written(SIGNS[:1600], masked)
    preview = preview_form(subject(Step.REPLY), typed, "0" * 64, moved=True)
    assert all(labels.SHORTENED not in shown for shown in rendered(preview))
    more = replace(typed, masked=Masked(f"{masked.text}{letters[:400]}\n\n"))
    assert faults_of(subject(Step.REPLY), more) == {"text": referral_talk.TOO_LONG}


def test_all_can_be_chosen_to_whom_it_can_be_handed_on() -> None:
    form = say_form(subject(Step.REASSIGN))
    to = next(one for one in form.inputs if isinstance(one, ChoiceInput))
    assert len(to.choices) == 1 + (len(ALL) - 1) + (len(BUREAUS) - 1)
    assert all(0 < len(choice.label) <= 75 and 0 < len(choice.value) <= 75 for choice in to.choices)
