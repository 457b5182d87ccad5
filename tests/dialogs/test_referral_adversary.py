"""What somebody may try who means harm, or simply types what nobody expects."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot import drafting_talk as words
from bot import referral_talk
from bot.incoming import Pressed
from bot.posts import Text
from bot.reactions import Correct, Reaction, Whisper
from bot.referrals import Intake, Referral, State, Step
from bot.referring.calling import OPEN_REFERRAL
from bot.referring.forms import Seen
from tests.dialogs.desks import HAKATA, enrol
from tests.dialogs.drafts import NAME, PHONE, QUESTION, asks, drafts, in_bureau, on_card, only, referred, sends, thread
from tests.dialogs.network import BUREAU, COORDINATORS, COUNSELLOR, DESK, does, open_network, presses
from tests.dialogs.talk import Talk, form_of, text_of

LABEL = referral_talk.STEPS
BEATEN = "昨夜、夫に殴られたそうです。"


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    await open_network(talk)


async def says(talk: Talk, name: str, step: Step, text: str, channel: str) -> Reaction | None:
    """Somebody takes a step with a form: filled in, looked at, sent."""
    form = form_of(await presses(talk, name, LABEL[step], channel))
    place = thread(talk) if channel == DESK else talk.place(BUREAU)
    preview = form_of(await talk.fills(name, form, place, text=text))
    return await talk.fills(name, preview, place)


async def test_danger_that_is_told_with_what_was_tried_counts_too(talk: Talk) -> None:
    form = await asks(talk)
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), question="相談です", tried=BEATEN))
    assert referral_talk.NO_EMERGENCY in text_of(preview.blocks[:3])
    await sends(talk, preview)
    assert referral_talk.URGENT_CASE in in_bureau(talk)


@pytest.mark.parametrize("step", [Step.SUPPLEMENT, Step.REOPEN])
async def test_danger_that_is_told_later_comes_first_too(talk: Talk, step: Step) -> None:
    referral = await referred(talk)
    assert referral_talk.URGENT_CASE not in in_bureau(talk)
    if step is Step.REOPEN:
        await does(talk, referral, Step.TAKE, COORDINATORS[0])
        await does(talk, referral, Step.REPLY, COORDINATORS[0], "写真が要ります。")
    form = form_of(await presses(talk, COUNSELLOR, LABEL[step], DESK))
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text=BEATEN))
    assert "110" in text_of(preview.blocks[:1])
    assert referral_talk.NO_EMERGENCY in text_of(preview.blocks[:3])
    assert isinstance(await talk.fills(COUNSELLOR, preview, thread(talk)), Whisper)
    assert referral_talk.URGENT_CASE in in_bureau(talk)


async def test_what_a_bureau_asks_or_answers_of_danger_alarms_nobody(talk: Talk) -> None:
    referral = await referred(talk)
    await does(talk, referral, Step.TAKE, COORDINATORS[0])
    await does(talk, referral, Step.ASK_BACK, COORDINATORS[0], "暴力を受けていませんか")
    await says(talk, COUNSELLOR, Step.SUPPLEMENT, "聞いたところ、無事でした。", DESK)
    assert referral_talk.URGENT_CASE not in in_bureau(talk)


async def test_no_form_says_more_than_its_fields_hold(talk: Talk) -> None:
    await referred(talk)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.SUPPLEMENT], DESK))
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text="甲" * 100_000))
    assert "甲" * 1600 in text_of(preview.blocks)
    assert "甲" * 1601 not in text_of(preview.blocks)
    await talk.fills(COUNSELLOR, preview, thread(talk))
    await presses(talk, COORDINATORS[0], LABEL[Step.TAKE])
    form = form_of(await presses(talk, COORDINATORS[0], LABEL[Step.REPLY]))
    preview = form_of(await talk.fills(COORDINATORS[0], form, talk.place(BUREAU), text="乙" * 100_000))
    assert "乙" * 1600 in text_of(preview.blocks)
    assert "乙" * 1601 not in text_of(preview.blocks)


async def test_what_no_preview_shows_whole_is_not_sent(talk: Talk) -> None:
    form = await asks(talk)
    many = await talk.fills(COUNSELLOR, form, thread(talk), question=QUESTION, situation="甲\n" * 600)
    assert many == Correct({"situation": referral_talk.TOO_LONG})
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), question="甲" * 700, situation="甲" * 1400))
    assert await sends(talk, preview, further="甲") == Correct({"further": words.TOO_MUCH_HIDDEN})
    assert in_bureau(talk) == ""
    await sends(talk, preview)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.SUPPLEMENT], DESK))
    too_long = Correct({"text": referral_talk.TOO_LONG})
    assert await talk.fills(COUNSELLOR, form, thread(talk), text="甲\n" * 600) == too_long
    assert await talk.fills(COUNSELLOR, form, thread(talk), text=f"甲{'乙甲' * 799}", further="乙") == too_long


@pytest.mark.parametrize("day", ["20261130", "2026-W49-1", "2026-11-19", "+2026-11-30", "９９９９-12-31"])
async def test_a_day_in_any_other_shape_is_none(talk: Talk, day: str) -> None:
    refused = await talk.fills(COUNSELLOR, await asks(talk), thread(talk), question=QUESTION, by_when=day)
    assert refused == Correct({"by_when": words.DAY_IS_OVER})


async def test_a_document_is_named_once(talk: Talk) -> None:
    preview = await drafts(talk)
    named = [block.text for block in preview.blocks if isinstance(block, Text) and words.DOCUMENTS_ALONG in block.text]
    (lines,) = (text.splitlines() for text in named)
    assert len(lines) == len(set(lines)) > 1


async def test_a_form_of_one_referral_changes_no_other(talk: Talk) -> None:
    """The state of a preview is put together from two: what the author saw of one, the id of the other."""
    theirs = await _of_another_desk(talk)
    referral = await referred(talk)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.SUPPLEMENT], DESK))
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text="追記です"))
    digest = preview.state.split('"')[-2]
    for state in (
        Seen(theirs.id, Step.SUPPLEMENT, theirs.version, digest),
        Seen(theirs.id, Step.WITHDRAW, theirs.version, ""),
        Seen(referral.id, Step.TAKE, referral.version, digest),
        Seen(referral.id, Step.REPLY, referral.version, digest),
        Seen(referral.id, Step.SEND, referral.version, digest),
    ):
        forged = replace(preview, state=state.state)
        assert isinstance(await talk.fills(COUNSELLOR, forged, thread(talk)), Whisper)
    async with talk.store() as work:
        assert await work.referrals.referral(theirs.id) == theirs
    assert (await only(talk)).state is State.SENT
    assert "追記です" not in in_bureau(talk)


async def test_a_version_or_digest_of_something_else_is_shown_again(talk: Talk) -> None:
    referral = await referred(talk)
    form = form_of(await presses(talk, COUNSELLOR, LABEL[Step.SUPPLEMENT], DESK))
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text="追記です"))
    digest = preview.state.split('"')[-2]
    for state in (
        Seen(referral.id, Step.SUPPLEMENT, referral.version + 1, "0" * 64),
        Seen(referral.id, Step.SUPPLEMENT, referral.version, digest.upper()),
        Seen(referral.id, Step.SUPPLEMENT, referral.version, ""),
    ):
        forged = replace(preview, state=state.state)
        assert "追記です" in text_of(form_of(await talk.fills(COUNSELLOR, forged, thread(talk))).blocks)
    assert "追記です" not in in_bureau(talk)


async def test_one_id_in_two_workspaces_is_two_people(talk: Talk) -> None:
    referral = await referred(talk)
    for step in (Step.SUPPLEMENT, Step.WITHDRAW):
        talk.tenant = "T1"
        form = form_of(await presses(talk, COUNSELLOR, LABEL[step], DESK))
        talk.tenant = "T2"
        reaction = await talk.fills(COUNSELLOR, form, referral.place, text="追記です")
        assert reaction == Whisper(words.NOT_OF_THE_DESK)
    talk.tenant = "T1"
    assert (await only(talk)).state is State.SENT


async def test_a_draft_is_shown_to_no_bureau(talk: Talk) -> None:
    await drafts(talk)
    draft = await only(talk)
    for name in (COORDINATORS[0], COUNSELLOR):
        reaction = await _opens(talk, name, draft)
        assert NAME not in repr(reaction)
        assert in_bureau(talk) == ""
    assert NAME not in "".join(text_of(said.post.blocks) for said in talk.platform.said)


async def test_what_was_typed_is_nowhere_once_it_was_sent(
    talk: Talk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every table is looked through, and every line of the log."""
    caplog.set_level(logging.DEBUG)
    preview = await drafts(talk, tried=f"{NAME}に電話した")
    form = form_of(await sends(talk, preview, choice="edit"))
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk)))
    assert NAME in _tables(tmp_path)  # the draft: the search finds what is there
    await sends(talk, form_of(await sends(talk, preview, further="上司")))
    await presses(talk, COORDINATORS[0], LABEL[Step.TAKE])
    await says(talk, COORDINATORS[0], Step.ASK_BACK, f"{NAME}さんはどこですか", BUREAU)
    await says(talk, COUNSELLOR, Step.SUPPLEMENT, f"{NAME}の電話は{PHONE}", DESK)
    await says(talk, COORDINATORS[0], Step.REPLY, f"{NAME}さんと来てください", BUREAU)
    await says(talk, COUNSELLOR, Step.RESOLVE, f"{NAME}さんは済んだ", DESK)
    assert "人物Aさんは済んだ" in await on_card(talk)
    for typed in (NAME, PHONE, "上司"):
        assert typed not in _tables(tmp_path)
        assert typed not in in_bureau(talk)
        assert typed not in caplog.text


def _tables(folder: Path) -> str:
    with sqlite3.connect(folder / "state.db") as database:
        dumped = "\n".join(database.iterdump())
    database.close()
    return dumped


async def _of_another_desk(talk: Talk) -> Referral:
    """A referral of another desk, which is open, and in the hands of another bureau."""
    await enrol(talk, HAKATA, "博多の人")
    now = talk.clock()
    theirs = Referral(
        id="e" * 32,
        number=0,
        version=1,
        state=State.SENT,
        desk=HAKATA.id,
        author=talk.person("博多の人"),
        place=talk.place("博多", "9"),
        prefecture=HAKATA.prefecture,
        bureau="fukuoka",
        intake=Intake(question="更新の申請に必要な書類は？"),
        made=now,
        changed=now,
        sent=now,
    )
    async with talk.store() as work:
        kept = await work.referrals.add(theirs)
        await work.commit()
    return kept


async def _opens(talk: Talk, name: str, referral: Referral) -> Reaction | None:
    """Somebody presses 開く, with an id that no button of theirs has."""
    pressed = Pressed(
        keys=(f"forged/open/{name}",),
        place=talk.place(BUREAU),
        person=talk.person(name),
        action=OPEN_REFERRAL,
        value=referral.id,
        at=talk.clock(),
    )
    return await talk.happens(pressed)
