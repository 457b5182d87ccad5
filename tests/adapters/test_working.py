"""What was kept is handled, tried again, given up visibly, and never lost between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from adapters.database.engine import Database
from adapters.database.store import SqlStore
from adapters.database.tables import inbox
from adapters.working import Chore, InboxWorker, keep_house
from bot.errors import StoreUnavailable
from bot.incoming import Asked, Way
from bot.places import Person, Place
from bot.ports import Kept
from tests.adapters.sending_room import START, Clock, LosableDatabase, database

__all__ = ["database"]


class Clerk:
    """Handles events by noting their text; meets `faults` first, and waits where told to."""

    def __init__(self, database: Database) -> None:
        self.store = SqlStore(database)
        self.handled: list[str] = []
        self.given_up: list[str] = []
        self.faults: list[Exception] = []
        self.broken = False
        self.hangs = False
        self.begun = asyncio.Event()
        self.at_work, self.most_at_work = 0, 0

    async def handle(self, kept: Kept) -> None:
        self.begun.set()
        self.at_work += 1
        self.most_at_work = max(self.at_work, self.most_at_work)
        try:
            if self.hangs:
                await asyncio.Event().wait()
            await asyncio.sleep(0.001)
            await self._end(kept, self.handled)
        finally:
            self.at_work -= 1

    async def give_up(self, kept: Kept, reason: str) -> None:
        if self.broken:
            raise RuntimeError("cannot even be given up")
        await self._end(kept, self.given_up)

    async def _end(self, kept: Kept, where: list[str]) -> None:
        if self.faults and where is self.handled:
            raise self.faults.pop(0)
        async with self.store() as work:
            if await work.inbox.done(kept):
                await work.commit()
                assert isinstance(kept.incoming, Asked)
                where.append(kept.incoming.text)


class Office:
    """What a test acts with; its clock stands still."""

    def __init__(self, database: Database) -> None:
        self.database = LosableDatabase(database.engine, 5)
        self.clerk = Clerk(self.database)
        self.time = START

    def now(self) -> datetime:
        return self.time

    async def keep(self, text: str, channel: str = "c") -> None:
        place = Place(platform="fake", tenant="t", channel=channel)
        person = Person(platform="fake", tenant="t", id="p")
        asked = Asked(keys=(text,), place=place, person=person, text=text, way=Way.MENTION, at=START)
        async with self.clerk.store() as work:
            await work.inbox.keep(asked, START)
            await work.commit()

    def worker(self, *, limit: float = 20.0) -> InboxWorker:
        return InboxWorker(
            self.clerk.store,
            self.clerk,
            worker="w",
            now=self.now,
            random=lambda: 0.0,
            limit=limit,
            poll=0.01,
        )

    async def left(self) -> bool:
        """Whether anything is left to do, in somebody's hands or not."""
        async with self.database.reading() as connection:
            return bool(await connection.scalar(select(func.count()).select_from(inbox)))


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@asynccontextmanager
async def running(worker: InboxWorker) -> AsyncIterator[InboxWorker]:
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        yield worker
        worker.stop()


async def finished(office: Office) -> None:
    async with asyncio.timeout(20):
        while await office.left():  # noqa: ASYNC110 - what it waits for stands in a database
            await asyncio.sleep(0.005)


async def test_what_was_kept_is_handled_in_the_order_of_its_channel(office: Office) -> None:
    for i in range(8):
        await office.keep(f"{i}", "cd"[i % 2])
    async with running(office.worker()):
        await finished(office)
    assert sorted(office.clerk.handled) == [f"{i}" for i in range(8)]
    assert [text for text in office.clerk.handled if int(text) % 2] == ["1", "3", "5", "7"]


async def test_no_more_are_in_hand_than_allowed(office: Office) -> None:
    for i in range(10):
        await office.keep(f"{i}", f"{i}")
    async with running(office.worker()):
        await finished(office)
    assert len(office.clerk.handled) == 10
    assert office.clerk.most_at_work <= 4


async def test_what_went_wrong_is_tried_again(office: Office) -> None:
    await office.keep("三度目")
    office.clerk.faults = [RuntimeError("once"), StoreUnavailable("twice")]
    async with running(office.worker()):
        await finished(office)
    assert (office.clerk.handled, office.clerk.given_up) == (["三度目"], [])


async def test_what_always_goes_wrong_ends_visibly(office: Office) -> None:
    await office.keep("だめ")
    await office.keep("次")
    office.clerk.faults = [RuntimeError("always")] * 5
    async with running(office.worker()):
        await finished(office)
    assert (office.clerk.handled, office.clerk.given_up) == (["次"], ["だめ"])


async def test_what_cannot_even_be_given_up_holds_up_nobody(office: Office) -> None:
    await office.keep("だめ")
    await office.keep("次")
    office.clerk.faults, office.clerk.broken = [RuntimeError("always")] * 5, True
    office.time += timedelta(minutes=10)
    async with running(office.worker()):
        await finished(office)
    assert (office.clerk.handled, office.clerk.given_up) == (["次"], [])


async def test_what_was_just_asked_ends_visibly_however_many_processes_were_killed_meanwhile(office: Office) -> None:
    await office.keep("今の質問")
    for _ in range(11):
        async with office.clerk.store() as work:
            assert await work.inbox.take("killed", office.time, office.time)
            await work.commit()
    async with running(office.worker()):
        await finished(office)
    assert office.clerk.given_up == ["今の質問"]


async def test_what_hangs_is_tried_again(office: Office) -> None:
    await office.keep("止まった")
    office.clerk.hangs = True
    async with running(office.worker(limit=0.1)):
        await office.clerk.begun.wait()
        office.clerk.hangs = False
        await finished(office)
    assert office.clerk.handled == ["止まった"]


async def test_an_orderly_stop_ends_what_is_in_hand_and_keeps_the_rest(office: Office) -> None:
    await office.keep("手元")
    await office.keep("残り")
    worker = office.worker()
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await office.clerk.begun.wait()
        worker.stop()
    assert office.clerk.handled == ["手元"]
    assert await office.left()


async def test_a_stop_that_cannot_wait_puts_back_what_hangs(office: Office) -> None:
    await office.keep("止まった")
    office.clerk.hangs = True
    worker = office.worker()
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await office.clerk.begun.wait()
        worker.stop(grace=0)
    async with office.clerk.store() as work:
        kept = await work.inbox.take("next", office.now(), office.now())
    assert kept is not None
    assert kept.attempts == 2


async def test_a_database_that_goes_is_waited_for(office: Office) -> None:
    await office.keep("待つ")
    office.database.lost = True
    async with running(office.worker()):
        await asyncio.sleep(0.05)  # several rounds that cannot reach it
        office.database.lost = False
        await finished(office)
    assert office.clerk.handled == ["待つ"]


async def test_a_killed_worker_leaves_its_event_to_the_next(office: Office) -> None:
    await office.keep("続き")
    async with office.clerk.store() as work:
        await work.inbox.take("killed", START, START + timedelta(seconds=90))
        await work.commit()
    office.time += timedelta(seconds=90)
    async with running(office.worker()):
        await finished(office)
    assert office.clerk.handled == ["続き"]


async def test_a_ring_is_heard_without_waiting_for_the_next_look(office: Office) -> None:
    patient = InboxWorker(office.clerk.store, office.clerk, worker="w", now=office.now, random=lambda: 0.0, poll=3600)
    async with running(patient):
        await asyncio.sleep(0.05)
        await office.keep("すぐ")
        patient.wake()
        await finished(office)
    assert office.clerk.handled == ["すぐ"]


@pytest.mark.parametrize("error", [StoreUnavailable("away"), RuntimeError("a defect of ours")])
async def test_the_house_is_kept_again_and_again_whatever_fails(error: Exception) -> None:
    clock, seen, enough = Clock(), list[datetime](), asyncio.Event()

    async def fails(before: datetime) -> int:
        raise error

    async def erase(before: datetime) -> int:
        seen.append(before)
        clock.go_on(60)
        if len(seen) == 3:
            enough.set()
        return 0

    chores = [Chore("claims", timedelta(days=30), fails), Chore("texts", timedelta(days=90), erase)]
    house = asyncio.create_task(keep_house(chores, clock, every=0.001))
    await enough.wait()
    house.cancel()
    with pytest.raises(asyncio.CancelledError):
        await house
    assert seen[:3] == [START - timedelta(days=90) + timedelta(minutes=i) for i in range(3)]
