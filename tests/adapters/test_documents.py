"""Links to hand-over sheets: whom they serve, how long, and that nothing tells a wrong one from an old one."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pdfplumber
import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from adapters import logs
from adapters.database.engine import Database, open_database
from adapters.database.secrets import Secrets
from adapters.database.store import SqlStore
from adapters.documents import KEPT, Sheets
from adapters.metrics import Metrics
from adapters.web import observing
from bot.posts import Document
from bot.referrals import Intake, Referral, State
from tests.bot.referral_samples import DESK, INTAKE, SENT, referral
from tests.dialogs.talk import Clock

URL = "https://madoguchi.example"
OPEN = replace(referral(), by_hand=True)
SHEET = Document("引継票", OPEN.id)


@dataclass
class Process:
    """One of those that share a database."""

    database: Database
    sheets: Sheets
    client: TestClient[web.Request, web.Application]

    async def opens(self, link: str) -> ClientResponse:
        return await self.client.get(urlsplit(link).path)


@asynccontextmanager
async def a_process(folder: Path, clock: Clock, url: str = URL) -> AsyncIterator[Process]:
    database = await open_database(f"sqlite:///{folder}/state.db")
    sheets = Sheets(SqlStore(database), Secrets(database), url, clock)
    app = web.Application(middlewares=[observing(Metrics())])
    sheets.add_routes(app)
    async with TestClient(TestServer(app)) as client:
        yield Process(database, sheets, client)
    await database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(SENT)


@pytest.fixture
async def process(tmp_path: Path, clock: Clock) -> AsyncIterator[Process]:
    async with a_process(tmp_path, clock) as one:
        async with SqlStore(one.database)() as work:
            await work.desks.put(DESK)
            await work.referrals.add(OPEN)
            await work.referrals.add(replace(OPEN, id="2" * 32))
            await work.commit()
        yield one


async def becomes(process: Process, later: Referral) -> None:
    """The referral changes, however that came about."""
    async with SqlStore(process.database)() as work:
        standing = await work.referrals.referral(OPEN.id)
        assert standing is not None
        changed = replace(later, number=standing.number, version=standing.version + 1)
        assert await work.referrals.change(changed)
        await work.commit()


async def test_whoever_has_the_link_gets_the_sheet_and_nobody_keeps_it_on_the_way(process: Process) -> None:
    link = await process.sheets.address(SHEET)
    assert link.startswith(f"{URL}/sheets/")
    answer = await process.opens(link)
    assert (answer.status, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    with pdfplumber.open(io.BytesIO(await answer.read())) as pdf:
        text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert INTAKE.question in text


async def test_it_is_the_file_that_a_platform_is_given(process: Process) -> None:
    file = await process.sheets.file(SHEET)
    assert file is not None
    assert file.content == await (await process.opens(await process.sheets.address(SHEET))).read()
    assert await process.sheets.file(Document("", "3" * 32)) is None


async def test_it_ends_after_a_week(process: Process, clock: Clock) -> None:
    link = await process.sheets.address(SHEET)
    clock.time = SENT + KEPT - timedelta(seconds=1)
    assert (await process.opens(link)).status == 200
    clock.time = SENT + KEPT
    assert (await process.opens(link)).status == 404


async def test_every_process_serves_it_also_after_a_restart(process: Process, tmp_path: Path, clock: Clock) -> None:
    link = await process.sheets.address(SHEET)
    async with a_process(tmp_path, clock) as other:
        assert (await other.opens(link)).status == 200
        assert (await process.opens(await other.sheets.address(SHEET))).status == 200


async def test_no_link_is_made_without_an_address_of_our_own(tmp_path: Path, clock: Clock) -> None:
    async with a_process(tmp_path, clock, "") as one:
        assert await one.sheets.address(SHEET) == ""


async def test_an_address_with_a_path_is_kept(tmp_path: Path, clock: Clock) -> None:
    async with a_process(tmp_path, clock, f"{URL}/bot/") as one:
        assert (await one.sheets.address(SHEET)).startswith(f"{URL}/bot/sheets/")


async def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(
    process: Process, tmp_path: Path, clock: Clock
) -> None:
    link = await process.sheets.address(SHEET)
    token = link.rpartition("/")[2]
    name, until, signature = token.split(".")
    (tmp_path / "elsewhere").mkdir()
    async with a_process(tmp_path / "elsewhere", clock) as stranger:
        foreign = await stranger.sheets.address(SHEET)
    absent = await process.sheets.address(Document("", "3" * 32))
    wrong = [
        f"{'2' * 32}.{until}.{signature}",
        f"{name}.{int(until) + 1}.{signature}",
        f"{name}.{until}.{'A' * 43}",
        f"{name}.{until}.",
        f"{name}.{until}.{signature[:-1]}",
        f"{name}.{until}.{signature}x",
        f"{name}.{until}.{signature[:-1]}あ",
        f"{name}.{'9' * 12}.{signature}",
        f"{name}.{'9' * 5000}.{signature}",
        f"{name}.-1.{signature}",
        name,
        "x",
        foreign.rpartition("/")[2],
        absent.rpartition("/")[2],
    ]
    answers = [await process.opens(f"{URL}/sheets/{one}") for one in wrong]
    assert {(one.status, await one.text(), one.headers["Cache-Control"]) for one in answers} == {
        (404, "404: Not Found", "no-store")
    }


@pytest.mark.parametrize(
    "later",
    [
        replace(OPEN, state=State.WITHDRAWN),
        replace(OPEN, state=State.RESOLVED, official="答え", result="済"),
        replace(OPEN, by_hand=False),
        replace(OPEN, intake=Intake(question="")),
    ],
    ids=["withdrawn", "resolved", "the bureau is met on the network", "erased"],
)
async def test_there_is_none_once_nothing_is_to_be_handed_over(process: Process, later: Referral) -> None:
    link = await process.sheets.address(SHEET)
    await becomes(process, later)
    assert (await process.opens(link)).status == 404
    assert await process.sheets.file(SHEET) is None


async def test_one_that_is_reopened_is_served_again_as_it_is_then(process: Process, clock: Clock) -> None:
    link = await process.sheets.address(SHEET)
    await becomes(process, replace(OPEN, state=State.RESOLVED, official="答え", result="済"))
    assert (await process.opens(link)).status == 404
    clock.time += timedelta(days=1)
    await becomes(process, OPEN)
    with pdfplumber.open(io.BytesIO(await (await process.opens(link)).read())) as pdf:
        assert "2026年11月21日" in pdf.pages[0].extract_text()  # the day on which it was made


async def test_each_reading_is_in_the_audit_and_no_link_in_the_log(
    process: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    link = await process.sheets.address(SHEET)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines(as_json=True))
    root = logging.getLogger("adapters")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        await process.opens(link)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert "/sheets/{token}" in stream.getvalue()
    assert link.rpartition(".")[2] not in stream.getvalue()
    async with process.database.reading() as connection:
        rows = (await connection.exec_driver_sql("SELECT what, person, about FROM audit")).all()
    assert [tuple(row) for row in rows] == [("print_sheet", None, f"referral/{OPEN.id}")]
