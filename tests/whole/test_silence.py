"""What anybody wrote stands in no log line, no number and no row of the audit table, whatever goes wrong."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from adapters import logs
from adapters.app import assembled
from adapters.knowledge import open_own
from adapters.settings import Settings
from tests.doubles.slack import Fault, Sender, payloads
from tests.doubles.teams import Fault as TeamsFault
from tests.whole.serving import SECRET, WORKSPACE, Town, Visited, served, soon, town

#: Each stands in something that people write or are called, and nowhere else.
QUESTION, FIELD, FILE, NAME, CODE, PATH = (
    "ひみつの質問をしたい",
    "ひみつの記入",
    "himitsu_file.pdf",
    "秘密野太郎",
    "HIMI-TSU2",
    "himitsu_path",
)
PLANTED = (QUESTION, FIELD, FILE, NAME, CODE, PATH, "ひみつ", "himitsu", "秘密野")


async def talk(here: Visited) -> None:
    """Both platforms, with answers, forms, faults and payloads that cannot be read."""
    asked = payloads.mention(WORKSPACE, "C1", f"{QUESTION}。在留カードはどこでもらえますか")
    asked["event"] |= {"files": [{"id": "F1", "name": FILE}], "user_profile": {"real_name": NAME}}
    here.slack.faults.next("chat.postMessage", Fault(status=500), times=1)
    here.teams.conversations.faults.append(TeamsFault(500, body=f"<p>{QUESTION}</p>"))
    await here.sender.event(asked)
    await here.sender.event(payloads.mention(WORKSPACE, "C2", f"登録 {CODE}"))
    await here.sender.event(payloads.message(WORKSPACE, "DU2", f"{NAME}さんの{FILE}はどこで出せますか"))
    await here.sender.command(payloads.command(WORKSPACE, "C3", f"{FIELD}はどこですか") | {"user_name": NAME})
    await here.sender.interaction(payloads.shortcut(WORKSPACE, "C4", QUESTION))
    await soon(lambda: here.slack.calls("views.open"))
    view = here.slack.calls("views.open")[0].arguments["view"]
    await here.sender.interaction(payloads.submission(WORKSPACE, view, {"question": FIELD, "prefecture": FIELD}))
    await here.sender.interaction(payloads.submission(WORKSPACE, {"callback_id": FIELD}, {FIELD: FIELD}))
    await here.sender.interaction(payloads.press(WORKSPACE, "C1", "1.1", PATH, FIELD))
    half = json.dumps(payloads.mention(WORKSPACE, "C1", QUESTION), ensure_ascii=False).encode()[:-30]
    for body in (half, json.dumps({"type": FIELD, "event": NAME}).encode(), QUESTION.encode()):
        await here.sender.raw(body)
    await here.sender.raw(half, headers={"X-Slack-Signature": f"v0={PATH}"})

    written = here.made.mention(f"{QUESTION}。在留カードはどこでもらえますか")
    written["from"]["name"] = NAME
    written["attachments"] = [{"contentType": "application/vnd.microsoft.teams.file.download.info", "name": FILE}]
    await here.tells(written)
    await here.tells(here.made.query(QUESTION))
    await here.tells(here.made.invoke(PATH, {"data": FIELD}))
    await here.tells(here.made.press(PATH, FIELD))
    await here.tells(here.made.invoke("task/submit", {"data": {"madoguchi": {"form": FIELD}, FIELD: NAME}}))
    endpoint = f"{here.address}api/messages"
    await here.teams.deliver(endpoint, written, token=PATH)
    good = here.teams.issuer.token("app-1", here.teams.service_url)
    for body in (half, f'"{QUESTION}"'.encode()):
        await here.teams.post(endpoint, body, {"Authorization": f"Bearer {good}"})

    async with aiohttp.ClientSession(here.address) as session:
        for path in (f"/{PATH}", f"/readyz?{PATH}", f"/slack/{PATH}"):
            await (await session.post(path, data=QUESTION)).read()
    await soon(lambda: here.in_teams("19:general@thread.tacv2"), 30)
    await soon(lambda: here.slack.messages("C1") and here.slack.messages("DU2"), 30)
    await soon(lambda: {one.channel for one in here.slack.whispers("U1")} == {"C2", "C3"})


def planted_in(text: str) -> list[str]:
    """What was planted and came up; also where it was escaped as JSON or Python do."""
    forms = {one: (one, json.dumps(one)[1:-1], one.encode("unicode_escape").decode()) for one in PLANTED}
    return [one for one, written in forms.items() if any(form in text for form in written)]


def audit_of(town: Town) -> str:
    with closing(sqlite3.connect(town.database)) as connection:
        return str(connection.execute("SELECT * FROM audit").fetchall())


async def test_a_whole_run_tells_nothing(index: Path, tmp_path: Path) -> None:
    async with town(index, tmp_path) as both:
        async with served(both) as here:
            await talk(here)
            metrics = await here.get("metrics")
        told = "\n".join(here.server.said)
    assert len(here.server.logged) > 30
    assert "delivery later" in told  # what went wrong was told
    assert 'status="400"' in metrics[1]
    assert planted_in(told) == []
    assert planted_in(metrics[1]) == []
    assert "wrong_code" in audit_of(both)
    assert planted_in(audit_of(both)) == []


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that any library logs, at its lowest level."""
    root = logging.getLogger()
    loggers = [root, *(one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger))]
    levels, handlers = [one.level for one in loggers], root.handlers[:]
    stream = io.StringIO()
    logs.configure(stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        for one in root.manager.loggerDict.values():
            if isinstance(one, logging.Logger):
                one.setLevel(logging.NOTSET)
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def let_all_talk() -> None:
    """Every logger tells all it has to tell, those too that are kept quiet because of what they tell."""
    for one in (logging.getLogger(), *logging.getLogger().manager.loggerDict.values()):
        if isinstance(one, logging.Logger):
            one.setLevel(logging.DEBUG)


@asynccontextmanager
async def served_here(both: Town) -> AsyncIterator[Visited]:
    """Serves in this process."""
    settings = Settings(**both.settings)  # type: ignore[arg-type]
    knowledge = open_own(settings, lambda _line: None)
    async with assembled(settings, knowledge, only_loopback=True) as app:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        let_all_talk()
        try:
            async with Sender(f"{address}slack/events", SECRET) as sender:
                yield Visited(both, address, sender)
        finally:
            await runner.cleanup()


async def test_nothing_is_told_at_any_level(index: Path, tmp_path: Path, lines: io.StringIO) -> None:
    async with town(index, tmp_path) as both, served_here(both) as here:
        await talk(here)
    told = lines.getvalue()
    assert {"aiosqlite", "slack_libraries"} <= {json.loads(line)["logger"] for line in told.splitlines()}
    assert planted_in(told) == []
