from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.database.engine import Database, open_database
from adapters.database.store import SqlStore
from bot.errors import StoreUnavailable
from bot.referrals import Intake, State
from tests.adapters.database.events import LATER, NOW, PLACE, SATO, SOON, asked, exchange
from tests.adapters.database.inbox_contract import claimed, ended, kept, taken
from tests.adapters.database.opening import opened
from tests.adapters.database.referral_rows import DRAFT, added, changed, standing
from tests.adapters.database.store_contract import StoreContract


class TestSqlite(StoreContract):
    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[SqlStore]:
        database = await open_database(f"sqlite:///{tmp_path}/state.db")
        yield SqlStore(database)
        await database.close()

    @pytest.fixture
    async def other(self, store: SqlStore, tmp_path: Path) -> AsyncIterator[SqlStore]:
        database = await open_database(f"sqlite:///{tmp_path}/state.db")
        yield SqlStore(database)
        await database.close()


class TestPostgresql(StoreContract):
    @pytest.fixture
    async def store(self, postgres_url: str) -> AsyncIterator[SqlStore]:
        database = await open_database(postgres_url)
        yield SqlStore(database)
        await database.close()

    @pytest.fixture
    async def other(self, postgres_url: str) -> AsyncIterator[SqlStore]:
        database = await open_database(postgres_url)
        yield SqlStore(database)
        await database.close()


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET what = 'nothing'", "DELETE FROM audit", "DELETE FROM audit WHERE about = 'C1'"]
)
async def test_the_audit_stays_as_it_was_written(database: Database, change: str) -> None:
    async with SqlStore(database)() as work:
        await work.audit.note("link_channel", SATO, "C1", NOW)
        await work.commit()
    with pytest.raises(StoreUnavailable):
        async with database.begin() as connection:
            await connection.execute(text(change))
    async with SqlStore(database)() as work:
        assert await work.audit.count("link_channel", SATO, NOW) == 1


async def test_a_later_event_of_a_lane_is_never_seen_before_an_earlier_one(postgres_url: str) -> None:
    async with opened(postgres_url) as database, SqlStore(database)() as work:
        store = SqlStore(database)
        await work.inbox.keep(asked("E1"), NOW)
        second = asyncio.create_task(kept(store, asked("E2")))
        await kept(store, asked("E3", "C3"))  # another lane waits for nobody
        elsewhere = await taken(store)
        assert elsewhere is not None
        assert elsewhere.incoming == asked("E3", "C3")
        assert await taken(store) is None
        await work.commit()
        await second
        first = await taken(store)
        assert first is not None
        assert first.incoming == asked("E1")
        assert await taken(store) is None


async def test_workers_do_not_wait_for_each_other(postgres_url: str) -> None:
    async with opened(postgres_url) as database:
        store = SqlStore(database)
        await kept(store, asked("E1"), asked("E2", "C2"))
        async with store() as work:
            first = await work.inbox.take("w1", NOW, LATER)
            second = await taken(store, "w2")
            assert first is not None
            assert second is not None
            assert (first.incoming, second.incoming) == (asked("E1"), asked("E2", "C2"))


async def test_an_event_that_cannot_be_read_is_kept_and_holds_up_nobody(database: Database) -> None:
    store = SqlStore(database)
    await kept(store, asked("E1"), asked("E2"))
    async with database.begin() as connection:
        readable = (await connection.execute(text("SELECT incoming FROM inbox WHERE id = 1"))).scalar()
        await connection.execute(text('UPDATE inbox SET incoming = \'{"kind": "of_tomorrow"}\' WHERE id = 1'))
    second = await taken(store)
    assert second is not None
    assert second.incoming == asked("E2")
    assert await taken(store, "w2") is None
    async with database.begin() as connection:
        await connection.execute(text("UPDATE inbox SET incoming = :it WHERE id = 1"), {"it": readable})
    first = await taken(store, "w2", SOON)
    assert first is not None
    assert (first.incoming, first.attempts) == (asked("E1"), 2)
    assert await ended(store, first)


async def test_old_claims_are_forgotten(database: Database) -> None:
    store = SqlStore(database)
    await claimed(store, "E1")
    async with store() as work:
        assert await work.inbox.forget(NOW) == 0
        assert await work.inbox.forget(LATER) == 1
        await work.commit()
    assert await claimed(store, "E1")


async def test_old_questions_lose_their_words_and_are_counted_still(database: Database) -> None:
    async with SqlStore(database)() as work:
        await work.exchanges.record(exchange("a" * 32))
        await work.exchanges.record(exchange("b" * 32, at=LATER))
        assert await work.exchanges.erase(NOW + timedelta(seconds=1)) == 1
        assert await work.exchanges.erase(NOW + timedelta(seconds=1)) == 0
        latest = await work.exchanges.in_thread(PLACE)
        assert [bool(one.question) for one in latest] == [True, False]
        assert dict(await work.exchanges.counts("13-shinjuku", NOW)) == {"answered": 2}


async def test_drafts_that_nobody_sent_lose_their_words(database: Database) -> None:
    store = SqlStore(database)
    old, young = await added(store), await added(store, replace(DRAFT, changed=LATER))
    thrown_away = await standing(store, State.WITHDRAWN, sent=False)
    sent = await standing(store, State.SENT)
    async with store() as work:
        assert await work.referrals.erase_drafts(LATER) == 2
        assert await work.referrals.erase_drafts(LATER) == 0
        kept = [await work.referrals.referral(one.id) for one in (old, thrown_away, young, sent)]
        assert [bool(one and one.intake.question) for one in kept] == [False, False, True, True]
        assert kept[0] == replace(old, intake=Intake(question=""))
    assert kept[2:] == [young, sent]


async def test_what_was_drafted_leaves_no_trace_once_it_was_sent(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/state.db")
    store = SqlStore(database)
    draft = await added(store, replace(DRAFT, intake=Intake(question="planted-in-a-draft " * 9)))
    assert await changed(store, replace(draft, version=2, state=State.SENT, intake=Intake(question="人物A")))
    await database.close()
    assert b"planted" not in files(tmp_path)["state.db"]


async def test_an_ended_event_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/state.db")
    store = SqlStore(database)
    await kept(store, asked(text="planted-in-a-question " * 3))
    one = await taken(store)
    assert one is not None
    assert await ended(store, one)
    await database.close()
    # The last connection that closes writes the journal back and removes it.
    assert files(tmp_path).keys() == {"state.db"}
    assert b"planted" not in files(tmp_path)["state.db"]


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}
