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
from bot import labels, sheet_talk
from bot import referral_talk as words
from bot.desks import Invitation, Role
from bot.referrals import State, Step
from corpus import directory
from tests.dialogs.desks import SHINJUKU
from tests.dialogs.test_referral_platforms import ASKED, NAME, PHONE, REPLY, RESULT, WANTED, fills, nothing, through
from tests.doubles.slack import Message
from tests.seats import Seat, hears, soon
from tests.seats.town import Town

SAPPORO = directory.load().bureau_for("北海道")

# slack_sdk 3.47 still uses a class that aiohttp will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "LIMITS", {})


async def referred(desk: Seat) -> None:
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
        await hears(desk, sheet_talk.FILE, labels.OPEN_FILE)
        link = desk.link(labels.OPEN_FILE)
        status, file = await get(town, link)
        assert status == 200
        is_the_sheet(file)
        for room in ("association", "bureau", "agency", "nobody"):
            assert (await get(town, link.replace("/city/", f"/{room}/")))[0] == 404
        assert (await get(town, f"rooms/city/sheets/{'0' * 32}.pdf"))[0] == 404
        async with town.store() as work:
            assert await work.audit.count("print_sheet", BY_ID["city"].person, datetime(2020, 1, 1, tzinfo=UTC)) == 1
        await through(desk, Step.WITHDRAW, "電話で済みました。", nothing)
        await hears(desk, words.STATES[State.WITHDRAWN])
        assert (await get(town, link))[0] == 404


async def on_the_network(town: Town, desk: Seat) -> None:
    """A desk registers its channel; no bureau does."""
    until = datetime(2099, 1, 1, tzinfo=UTC)
    async with town.store() as work:
        await work.desks.put(SHINJUKU)
        await work.desks.invite("ACDEFGHJKM", Invitation(role=Role.COUNSELLOR, desk=SHINJUKU.id, until=until))
    await desk.says("登録 ACDEFGHJKM")
    await hears(desk, SHINJUKU.name)


async def test_in_slack_the_file_stands_in_the_desks_thread(tmp_path: Path) -> None:
    async with Town(tmp_path) as town:
        desk = await town.in_slack("T1", "C1", "U1")
        await on_the_network(town, desk)
        await referred(desk)
        await soon(lambda: shared(town))
        [message] = shared(town)
        assert (message.channel, bool(message.thread)) == ("C1", True)
        [told] = [one for one in town.slack.messages("C1") if SAPPORO.contact.phone in one.words]
        assert message.thread == told.thread
        assert sheet_talk.file_of(1) in message.words
        is_the_sheet(message.files[0].content)
        await town.restarts()
        await through(desk, Step.RECORD, REPLY, nothing)
        await hears(desk, words.STATES[State.ANSWERED])
        assert len(shared(town)) == 1


async def test_in_teams_a_link_opens_the_file_until_the_referral_ends(tmp_path: Path) -> None:
    async with Town(tmp_path) as town:
        desk = await town.in_teams("tenant-1", "19:a@thread.tacv2", "person-1")
        await on_the_network(town, desk)
        await referred(desk)
        await hears(desk, sheet_talk.file_of(1), labels.OPEN_FILE, labels.FILE_KEPT)
        link = desk.link(labels.OPEN_FILE)
        assert link.startswith("https://madoguchi.example/sheets/")
        path = link.removeprefix("https://madoguchi.example")
        is_the_sheet((await get(town, path))[1])
        await town.restarts()
        assert (await get(town, path))[0] == 200
        await through(desk, Step.RECORD, REPLY, nothing)
        await hears(desk, words.STATES[State.ANSWERED])
        await through(desk, Step.RESOLVE, RESULT, nothing)
        await hears(desk, words.STATES[State.RESOLVED])
        assert await get(town, path) == (404, b"404: Not Found")


async def test_in_teams_without_an_address_of_our_own_the_text_has_to_do(tmp_path: Path) -> None:
    async with Town(tmp_path, console=True) as town:
        desk = await town.in_teams("tenant-1", "19:a@thread.tacv2", "person-1")
        await on_the_network(town, desk)
        await referred(desk)
        await hears(desk, SAPPORO.contact.phone, sheet_talk.TITLE, WANTED, labels.NO_FILE)
        assert labels.OPEN_FILE not in desk.reads()
        assert (await get(town, f"sheets/{'0' * 32}.1.{'A' * 43}"))[0] == 404


def shared(town: Town) -> list[Message]:
    """All files that stand anywhere in Slack."""
    return [one for one in town.slack.state.landed if one.files]


def is_the_sheet(file: bytes) -> None:
    """It holds what is asked and whom to ask, and nothing that was masked."""
    with pdfplumber.open(BytesIO(file)) as pdf:
        text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert WANTED in text
    assert SAPPORO.contact.phone in text
    assert PHONE not in text
    assert NAME not in text
