"""The whole way in Teams: asked, stored, answered, sent; over the real reception, store, outbox and sender."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.database.addresses import Addresses
from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.pacing_limits import LIMITS
from adapters.sending import Sender
from adapters.teams.config import Registration, TeamsConfig
from bot.reception import Reception
from tests.adapters.teams.served import Served, serving
from tests.dialogs.town import knowledge
from tests.doubles.teams import Fault, Landed, TeamsDouble
from tests.doubles.teams.activities import Activities, Activity
from tests.fakes_means import means_of

QUESTION = "在留カードをなくしました"


class Process:
    """A process that serves Teams; what it does is done when a test says so.

    Args:
        teams: the double.
        registration: as whom it speaks.
        bot: what is served.
        database: where its state is.
        reception: handles what was kept.
    """

    def __init__(
        self, teams: TeamsDouble, registration: Registration, bot: Served, database: Database, reception: Reception
    ) -> None:
        self.teams = teams
        self.made: Activities = teams.activities(registration, group="group-1")
        self.bot = bot
        self.later = timedelta()
        self._store = SqlStore(database)
        self._reception = reception
        messengers = {"teams": bot.platform.messenger}
        self._sender = Sender(SqlQueue(database, LIMITS), messengers, worker="test", now=self.now, random=lambda: 0.5)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    async def hears(self, activity: Activity) -> object:
        status, body = await self.teams.deliver(self.bot.endpoint, activity)
        assert status == 200
        return body

    async def works(self, **later: float) -> list[Landed]:
        """Handles what is kept and sends what is owed, after a while. Returns all that stands in Teams."""
        self.later += timedelta(**later)
        while True:
            async with self._store() as work:
                kept = await work.inbox.take("test", self.now(), self.now() + timedelta(minutes=1))
                await work.commit()
            if kept is None:
                break
            await self._reception.handle(kept)
        await self._sender.drain()
        return self.teams.landed


@pytest.fixture
async def teams() -> AsyncIterator[TeamsDouble]:
    async with TeamsDouble() as double:
        double.graph.groups.add("group-1")
        yield double


@asynccontextmanager
async def process(teams: TeamsDouble, folder: Path) -> AsyncIterator[Process]:
    """A process over the database of a folder."""
    registration = teams.register("app-1")
    config = TeamsConfig((registration,), **teams.addresses)
    database = await open_database(f"sqlite:///{folder / 'bot.sqlite3'}")
    reception = Reception(means_of(SqlStore(database), knowledge(), lambda: datetime.now(UTC)), wake=lambda: None)
    try:
        async with serving(config, reception.receive, Addresses(database)) as bot:
            yield Process(teams, registration, bot, database, reception)
    finally:
        await database.close()


def text(landed: Landed) -> str:
    return json.dumps(landed.activity, ensure_ascii=False)


async def test_a_question_in_a_channel_is_answered_in_its_thread(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        asked = bot.made.mention(QUESTION)
        await bot.hears(asked)
        assert not teams.landed  # acknowledged before it was answered
        (answer,) = await bot.works()
        assert "再交付" in text(answer)
        assert (answer.conversation, answer.thread) == ("19:general@thread.tacv2", asked["id"])


async def test_a_repeat_is_answered_once(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        asked = bot.made.personal(QUESTION)
        for _ in range(3):
            await bot.hears(asked)
        await bot.works()
        await bot.hears(asked)
        (answer,) = await bot.works()
        assert answer.conversation == "a:app-1-person-1"


async def test_a_process_that_dies_after_the_acknowledgement_loses_nothing(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        await bot.hears(bot.made.mention(QUESTION))
    async with process(teams, tmp_path) as bot:
        (answer,) = await bot.works()
        assert "再交付" in text(answer)


async def test_an_answer_that_landed_unheard_is_not_said_twice(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        await bot.hears(bot.made.mention(QUESTION))
        teams.conversations.faults.append(Fault(504, lands=True))
        assert len(await bot.works()) == 1
        assert len(await bot.works(minutes=5)) == 1
        assert len(await bot.works(hours=25)) == 1


async def test_throttled_is_never_final(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        await bot.hears(bot.made.mention(QUESTION))
        teams.conversations.faults.extend([Fault(429, retry_after=30), Fault(412)])
        assert not await bot.works()
        assert not await bot.works(seconds=20)
        await bot.works(seconds=20)
        assert len(await bot.works(minutes=10)) == 1


async def test_a_talk_goes_on_in_its_thread(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        asked = bot.made.mention(QUESTION)
        await bot.hears(asked)
        await bot.works()
        await bot.hears(bot.made.mention("16歳未満の子どもの場合は、だれが申請しますか。", thread=asked["id"]))
        answers = await bot.works(seconds=2)
        assert [one.thread for one in answers] == [asked["id"]] * 2


async def test_a_search_and_a_form_are_answered_at_once(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        found = await bot.hears(bot.made.query("在留カードをなくしたとき"))
        assert "再交付" in json.dumps(found, ensure_ascii=False)
        message = {"id": "17", "body": {"contentType": "text", "content": QUESTION}}
        value = {"commandId": "look_up", "messagePayload": message}
        form = await bot.hears(bot.made.invoke("composeExtension/fetchTask", value))
        assert QUESTION in json.dumps(form, ensure_ascii=False)


async def test_an_installation_is_welcomed(teams: TeamsDouble, tmp_path: Path) -> None:
    async with process(teams, tmp_path) as bot:
        await bot.hears(bot.made.added())
        (welcome,) = await bot.works()
        assert welcome.conversation == "19:general@thread.tacv2"


async def test_a_question_from_a_chat_that_we_are_not_in_is_answered_privately(
    teams: TeamsDouble, tmp_path: Path
) -> None:
    async with process(teams, tmp_path) as bot:
        others = {"id": "19:two-others@unq.gbl.spaces", "conversationType": "personal", "tenantId": "tenant-1"}
        elsewhere = {"conversation": others, "channelData": {"tenant": {"id": "tenant-1"}}}
        message = {"id": "17", "body": {"contentType": "text", "content": QUESTION}}
        value = {"commandId": "look_up", "messagePayload": message}
        form = await bot.hears(bot.made.invoke("composeExtension/fetchTask", value) | elsewhere)
        assert isinstance(form, dict)
        (send,) = form["task"]["value"]["card"]["content"]["actions"]
        sent = {"commandId": "look_up", "data": send["data"] | {"question": QUESTION}}
        await bot.hears(bot.made.invoke("composeExtension/submitAction", sent) | elsewhere)
        (answer,) = await bot.works()
        assert answer.conversation == "a:app-1-person-1"
        assert "再交付" in text(answer)
