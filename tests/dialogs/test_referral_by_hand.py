"""A bureau that is not on the network: its contact, a sheet to hand over, and the answer written down by the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from aiohttp import ClientSession

from adapters import app
from adapters.console.rooms.people import BY_ID
from bot import referral_talk as words
from bot import sheet_talk
from bot.referrals import State, Step
from corpus import directory
from tests.dialogs.test_referral_platforms import ASKED, NAME, PHONE, REPLY, RESULT, WANTED, fills, nothing, through
from tests.seats import hears
from tests.seats.console import ConsoleSeat
from tests.seats.town import Town

SAPPORO = directory.load().bureau_for("北海道")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "LIMITS", {})


async def referred(desk: ConsoleSeat) -> None:
    await desk.says(ASKED)
    await hears(desk, words.REFER)
    form = await desk.presses(words.REFER)
    preview = await fills(form, question=WANTED, situation=f"{NAME}さん（電話{PHONE}）", prefecture="北海道")
    told = await fills(preview)
    assert SAPPORO.name in told.words
    await hears(desk, words.STEPS[Step.RECORD])


async def get(town: Town, path: str) -> tuple[int, bytes]:
    async with ClientSession() as web, web.get(f"{town.address}{path.removeprefix('/')}") as reply:
        return reply.status, await reply.read()


async def test_from_the_contact_to_the_answer_that_the_desk_wrote_down(tmp_path: Path) -> None:
    async with Town(tmp_path, console=True) as town:
        desk, tokyo = town.in_console("city"), town.in_console("bureau")
        await referred(desk)
        await hears(desk, SAPPORO.contact.phone, SAPPORO.contact.edition, sheet_talk.TITLE, WANTED)
        assert not [number for number in directory.load().retired_numbers if number in desk.reads()]
        assert PHONE not in desk.reads()

        await through(desk, Step.RECORD, REPLY, nothing)
        await hears(desk, REPLY, words.STATES[State.ANSWERED], words.RECORDED)
        assert words.OFFICIAL + "】" not in desk.reads()
        await through(desk, Step.RESOLVE, RESULT, nothing)
        await hears(desk, words.STATES[State.RESOLVED])
        await desk.says(f"{WANTED}。{ASKED}")
        await hears(desk, sheet_talk.EARLIER, sheet_talk.RECORDED)
        await tokyo.looks()
        assert WANTED not in tokyo.reads()


async def test_the_sheet_is_a_file_for_who_may_see_the_referral(tmp_path: Path) -> None:
    async with Town(tmp_path, console=True) as town:
        desk = town.in_console("city")
        await referred(desk)
        link = desk.link(sheet_talk.FILE)
        status, file = await get(town, link)
        assert status == 200
        with pdfplumber.open(BytesIO(file)) as pdf:
            text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
        assert WANTED in text
        assert SAPPORO.contact.phone in text
        assert PHONE not in text
        for room in ("association", "bureau", "agency", "nobody"):
            assert (await get(town, link.replace("/city/", f"/{room}/")))[0] == 404
        assert (await get(town, f"rooms/city/sheets/{'0' * 32}.pdf"))[0] == 404
        async with town.store() as work:
            assert await work.audit.count("print_sheet", BY_ID["city"].person, datetime(2020, 1, 1, tzinfo=UTC)) == 1
