"""What leaves is shown whole, on every platform and however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.slack.forms import render_form as slack_form
from adapters.slack.rendering import render as slack_post
from adapters.teams.forms import render_form as teams_form
from adapters.teams.rendering import render as teams_post
from bot import labels
from bot.highlight import Piece
from bot.posts import Field, Fields, Form, Post
from bot.referrals import Entry, Intake, Referral, State, Step
from bot.referring.cards import View, bureau_card, by_hand_post, news_post
from bot.referring.intake_form import Drafting, intake_form
from bot.referring.preview import Leaving, is_whole, preview_form
from bot.referring.sheet import sheet_text
from corpus import directory
from corpus.directory.contacts import contact_of_bureau
from tests.bot.referral_samples import CITATION, DESK, INTAKE, SENT, referral

KNOWN = directory.load()
NAHA = KNOWN.bureaus[-1]
#: Longest in bytes; no two of the same, so that nothing compresses well.
SIGNS = "".join(map(chr, range(0x20000, 0x20000 + 6000)))
#: Words to be masked that are nowhere in the text: the longest list of them.
FURTHER = tuple(SIGNS[5500 + at : 5579 + at] for at in range(0, 480, 80))


def cut_from(length: int, start: int) -> str:
    return SIGNS[start : start + length]


def longest() -> Referral:
    """A referral of which every part is as long as its form lets it be."""
    empty = intake_form(KNOWN, Intake(question=""), "沖縄県", Drafting("0" * 32))
    limits = {one.name: one.limit for one in empty.inputs if one.kind == "text_input"}
    question, situation, tried = (
        cut_from(limits[name], 1500 * at) for at, name in enumerate(("question", "situation", "tried"))
    )
    passages = tuple(replace(CITATION, pieces=(Piece("文" * 599 + str(number)),)) for number in range(3))
    intake = replace(INTAKE, citations=passages, question=question, situation=situation, tried=tried)
    return replace(referral(), intake=intake)


def read(shown: object) -> Iterator[str]:
    """All texts of a payload, in order: figures within them may be set apart."""
    match shown:
        case dict():
            for name, value in shown.items():
                yield from [value] if name == "text" and isinstance(value, str) else read(value)
        case list():
            for one in shown:
                yield from read(one)


def forms(form: Form) -> list[str]:
    return ["".join(read(shown)) for shown in (slack_form(form, longest().place), teams_form(form))]


def posts(post: Post) -> list[str]:
    return ["".join(read(shown)) for shown in (slack_post(post)["blocks"], teams_post(post, "d", private=False))]


def whole(shown: str, referral: Referral) -> bool:
    intake = referral.intake
    return all(text in shown for text in (intake.question, intake.situation, intake.tried))


def test_the_preview() -> None:
    draft = longest()
    sides = Fields((Field("照会先", NAHA.name), Field("窓口", DESK.name)))
    leaving = Leaving(draft.intake, ("人物",), (), ())
    for shown in forms(preview_form(KNOWN, draft, leaving, sides, by_hand=True, note="変わりました")):
        assert whole(shown, draft)
        assert labels.SHORTENED not in shown


def fullest(lines: int) -> Referral:
    """As much as may be shown, in so many lines: what was masked may be longer than what was typed."""
    draft = longest()
    room = 11_900 - lines * 90
    letters = cut_from(room // 4, 0)
    long = len(letters) // lines
    text = "\n".join(letters[at : at + long - 1] for at in range(0, lines * long, long))
    part = len(text) // 3
    texts = replace(draft.intake, question=text[:part], situation=text[part:-part], tried=text[-part:])
    return replace(draft, intake=texts)


@pytest.mark.parametrize("lines", [1, 30, 60, 100])
def test_what_is_taken_for_whole_is_shown_whole(lines: int) -> None:
    draft = fullest(lines)
    leaving = Leaving(draft.intake, ("人物",), FURTHER, FURTHER)
    assert is_whole(leaving)
    sides = Fields((Field("照会先", NAHA.name), Field("窓口", DESK.name)))
    view = View(referral=draft, desk=DESK.name, bureau=NAHA.name, history=(), now=SENT, urgent=True)
    preview = preview_form(KNOWN, draft, leaving, sides, by_hand=True, note="変わりました")
    for shown in (*forms(preview), *posts(bureau_card(view))):
        assert labels.SHORTENED not in shown


def test_what_is_shown_cut_short_is_not_taken_for_whole() -> None:
    intake = replace(longest().intake, situation="甲\n" * 700)
    assert not is_whole(Leaving(intake, (), (), ()))


@pytest.mark.parametrize("urgent", [True, False])
def test_the_bureaus_card(urgent: bool) -> None:
    sent = longest()
    view = View(referral=sent, desk=DESK.name, bureau=NAHA.name, history=(), now=SENT, urgent=urgent)
    for shown in posts(bureau_card(view)):
        assert whole(shown, sent)


def test_an_answer_in_the_desks_thread() -> None:
    answer = cut_from(2000, 0)
    answered = replace(longest(), state=State.ANSWERED, official=answer)
    entry = Entry(referral=answered.id, step=Step.REPLY, at=SENT, by_bureau=True, text=answer)
    view = View(referral=answered, desk=DESK.name, bureau=NAHA.name, history=(entry,), now=SENT)
    for shown in posts(news_post(view, Step.REPLY, answer)):
        assert answer in shown


def test_the_sheet_to_hand_over() -> None:
    sent = longest()
    view = View(referral=sent, desk=DESK.name, bureau=NAHA.name, history=(), now=SENT)
    sheet = sheet_text(sent, DESK, NAHA, SENT)
    for shown in posts(by_hand_post(view, contact_of_bureau(NAHA), sheet)):
        assert whole(shown, sent)
        assert all(line in shown for line in sheet.splitlines())
