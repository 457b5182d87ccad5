"""A file in Slack: which step failed, what then stands in the thread, and that it stands there once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.database.engine import open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.sending import Sender
from adapters.slack.config import SlackConfig
from adapters.slack.installations import Installations
from adapters.slack.messenger import SlackMessenger
from adapters.slack.web_api import WebApi
from bot import labels
from bot.deliveries import DeliveryState
from bot.errors import Gone, MessengerError, Throttled, Unavailable, Unclear
from bot.places import Place, Receipt
from bot.posts import Document, Post
from tests.contracts.messenger import new_delivery, saying
from tests.dialogs.talk import Clock
from tests.doubles.slack import Fault, Message, SlackDouble
from tests.fakes_documents import TITLE, FakeDocuments, content_of, handing_over

THREAD = Place(platform="slack", tenant="T1", channel="C1", thread="1.000001")
SHEET = handing_over("1" * 32)
ANNOUNCE, UPLOAD, SHARE = "files.getUploadURLExternal", "upload", "files.completeUploadExternal"


@dataclass
class Desk:
    slack: SlackDouble
    messenger: SlackMessenger
    documents: FakeDocuments
    api: WebApi
    installations: Installations

    def files(self) -> list[Message]:
        return [one for one in self.slack.state.landed if one.files]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with SlackDouble() as slack:
        api = WebApi(slack.api_url)
        # As over a socket: no address of our own is needed for files.
        config = SlackConfig(bot_token=slack.install("T1"), app_token="xapp-1", api_url=slack.api_url)
        documents, installations = FakeDocuments(), Installations(config, api, None, None)
        messenger = SlackMessenger(api, installations, documents)
        yield Desk(slack, messenger, documents, api, installations)
        await api.close()


async def test_it_stands_in_the_thread_with_its_title(desk: Desk) -> None:
    delivery = new_delivery()
    await desk.messenger.post(THREAD, SHEET, delivery)
    [message] = desk.files()
    [file] = message.files
    assert (message.channel, message.thread, message.text) == ("C1", THREAD.thread, TITLE)
    assert (file.title, file.name) == (TITLE, f"referral-12-{delivery[:8]}.pdf")
    assert file.content == content_of(Document(TITLE, "1" * 32))
    assert desk.slack.calls("chat.postMessage") == []


async def test_in_somebodys_own_conversation_it_is_shared_by_the_conversations_id(desk: Desk) -> None:
    own = Place(platform="slack", tenant="T1", channel="", only_to="U1")
    delivery = new_delivery()
    receipt = await desk.messenger.post(own, SHEET, delivery)
    assert receipt.place.channel == desk.files()[0].channel == "DU1"
    assert await desk.messenger.find(own, delivery) is not None


@pytest.mark.parametrize(
    ("step", "fault", "expected"),
    [
        (ANNOUNCE, Fault(drops=True, lands=True), Unavailable),
        (ANNOUNCE, Fault(status=500), Unavailable),
        (ANNOUNCE, Fault(status=429, error="ratelimited", retry_after=7), Throttled),
        (UPLOAD, Fault(drops=True, lands=True), Unavailable),
        (UPLOAD, Fault(status=503), Unavailable),
        (SHARE, Fault(error="channel_not_found"), Gone),
        (SHARE, Fault(error="service_unavailable"), Unavailable),
        (SHARE, Fault(drops=True, lands=True), Unclear),
        (SHARE, Fault(drops=True), Unclear),
        (SHARE, Fault(error="internal_error"), Unclear),
    ],
)
async def test_only_the_sharing_may_have_landed(
    desk: Desk, step: str, fault: Fault, expected: type[MessengerError]
) -> None:
    delivery = new_delivery()
    desk.slack.faults.next(step, fault)
    with pytest.raises(MessengerError) as caught:
        await desk.messenger.post(THREAD, SHEET, delivery)
    assert type(caught.value) is expected
    assert TITLE not in f"{caught.value} {caught.value.reason}"
    found = await desk.messenger.find(THREAD, delivery)
    assert (found is not None) == (step == SHARE and fault.lands) == bool(desk.files())


@pytest.mark.parametrize("step", [ANNOUNCE, SHARE])
async def test_where_slack_takes_no_file_its_thread_says_so(desk: Desk, step: str) -> None:
    """An app that was installed before it asked for the scope, say."""
    desk.slack.faults.next(step, Fault(error="missing_scope"))
    delivery = new_delivery()
    receipt = await desk.messenger.post(THREAD, SHEET, delivery)
    [message] = desk.slack.messages("C1", THREAD.thread)
    assert (message.ts, message.delivery, message.files) == (receipt.message, delivery, [])
    assert TITLE in message.words
    assert labels.NO_FILE in message.words


async def test_what_ended_meanwhile_is_not_handed_over(desk: Desk) -> None:
    desk.documents.ended.add("1" * 32)
    await desk.messenger.post(THREAD, SHEET, new_delivery())
    assert desk.slack.state.uploads == {}
    assert labels.NO_FILE in desk.slack.messages("C1")[0].words


async def test_a_file_of_somebody_else_is_not_taken_for_ours(desk: Desk) -> None:
    await desk.messenger.post(THREAD, SHEET, new_delivery())
    await desk.messenger.post(THREAD, saying("言葉"), new_delivery())
    assert await desk.messenger.find(THREAD, new_delivery()) is None


class Dying(SlackMessenger):
    """Shares a file, and never gets to hear of it."""

    def __init__(self, api: WebApi, installations: Installations, documents: FakeDocuments) -> None:
        super().__init__(api, installations, documents)
        self.landed = asyncio.Event()

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        receipt = await super().post(place, post, delivery)
        if post == SHEET:
            self.landed.set()
            await asyncio.Event().wait()
        return receipt


@pytest.mark.parametrize("way", ["answer lost", "process killed"])
async def test_whatever_happens_between_message_and_file_each_stands_once(desk: Desk, tmp_path: Path, way: str) -> None:
    clock, database = Clock(), await open_database(f"sqlite:///{tmp_path}/state.db")
    queue, store = SqlQueue(database, {}), SqlStore(database)

    def process(worker: str, messenger: SlackMessenger) -> Sender:
        return Sender(queue, {"slack": messenger}, worker=worker, now=clock, random=lambda: 1.0)

    async with store() as work:
        owed = [await work.outbox.owe(THREAD, post, clock()) for post in (saying("連絡先"), SHEET)]
        await work.commit()
    if way == "answer lost":
        desk.slack.faults.next(SHARE, Fault(drops=True, lands=True))
        await process("first", desk.messenger).drain()
    else:
        dying = Dying(desk.api, desk.installations, desk.documents)
        first = asyncio.create_task(process("first", dying).drain())
        async with asyncio.timeout(10):
            await dying.landed.wait()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    assert len(desk.files()) == 1
    while (due := await queue.next_due(["slack"])) is not None:
        clock.time = max(due, clock())
        await process("second", desk.messenger).drain()
    async with store() as work:
        states = [one.state for id_ in owed if (one := await work.outbox.delivery(id_))]
    assert states == [DeliveryState.SENT] * 2
    assert [bool(one.files) for one in desk.slack.messages("C1")] == [False, True]
    assert len(desk.slack.calls(SHARE)) == 1
    await database.close()
