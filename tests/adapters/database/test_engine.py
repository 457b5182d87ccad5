from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.database.engine import Database, open_database
from adapters.database.store import SqlStore
from bot.errors import StoreUnavailable
from tests.adapters.database.events import NOW
from tests.adapters.database.inbox_contract import claimed
from tests.adapters.database.opening import opened


@pytest.mark.parametrize("url", ["", "state.db", "sqlite://", "sqlite:///:memory:", "mysql://localhost/state"])
async def test_only_the_two_databases_are_opened(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///path"):
        await open_database(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
async def test_postgresql_goes_by_several_names(postgres_url: str, scheme: str) -> None:
    async with opened(postgres_url.replace("postgresql", scheme, 1)) as database:
        assert await database.ready()


@pytest.mark.parametrize("name", ["state.db", "a folder/100% 窓口?#.db"])
async def test_a_file_is_its_owners_alone(tmp_path: Path, name: str) -> None:
    url = f"sqlite:///{tmp_path}/new/{name.replace('%', '%25').replace('?', '%3F')}"
    async with opened(url) as database:
        assert await claimed(SqlStore(database), "E1")
        file = tmp_path / "new" / name
        assert modes(file.parent) == {file.name + rest: 0o600 for rest in ("", "-wal", "-shm")}


def modes(folder: Path) -> dict[str, int]:
    """Who may read its files."""
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_a_file_is_safe_against_power_cuts(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database, database.reading() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        kept = [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in names]
        assert kept == ["wal", 2, 1, 1]


async def test_many_write_at_once_and_none_meets_a_lock(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db", patience=30) as database:
        store = SqlStore(database)
        assert all(await asyncio.gather(*(claimed(store, f"E{number}") for number in range(50))))


async def test_reading_waits_for_no_writer(database: Database) -> None:
    async with SqlStore(database)() as work, database.reading() as connection:
        await work.inbox.claim(("E1",), NOW)
        assert (await connection.execute(text("SELECT count(*) FROM seen"))).scalar() == 0


async def test_a_unit_within_a_unit_is_a_mistake_that_is_told(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database, database.connect():
        with pytest.raises(RuntimeError, match="within another one"):
            await claimed(SqlStore(database), "E1")


async def test_whose_turn_does_not_come_is_told(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db", patience=0.05) as database, database.connect():
        with pytest.raises(StoreUnavailable, match="no turn"):
            await asyncio.create_task(claimed(SqlStore(database), "E1"))


async def test_a_unit_that_is_cancelled_is_undone_and_frees_the_turn(database: Database) -> None:
    begun = asyncio.Event()

    async def work_for_ever() -> None:
        async with SqlStore(database)() as work:
            await work.inbox.claim(("E1",), NOW)
            begun.set()
            await asyncio.sleep(3600)

    task = asyncio.create_task(work_for_ever())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await claimed(SqlStore(database), "E1")


async def test_a_transaction_that_begins_counts_unless_an_error_leaves_it(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.begin() as connection:
            await connection.execute(text("INSERT INTO addresses (key, value) VALUES ('a', '{}')"))
            raise LookupError
    async with database.begin() as connection:
        await connection.execute(text("INSERT INTO addresses (key, value) VALUES ('b', '{}')"))
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT key FROM addresses"))).scalars().all() == ["b"]


async def test_a_process_that_holds_the_file_open_does_not_keep_others_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    async with opened(url) as one, opened(url) as two:
        stores = SqlStore(one), SqlStore(two)
        won = await asyncio.gather(*(claimed(stores[number % 2], f"E{number // 2}") for number in range(20)))
        assert sum(won) == 10
