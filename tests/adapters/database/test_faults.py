"""What goes wrong with databases: it is told without anything that people wrote, and passes by itself."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InvalidRequestError

from adapters.database.engine import Database, open_database
from adapters.database.store import SqlStore
from adapters.database.tables import seen
from bot.errors import StoreUnavailable
from tests.adapters.database.events import NOW, asked
from tests.adapters.database.inbox_contract import claimed, kept, taken
from tests.adapters.database.opening import opened
from tests.postgres import Postgres

PLANTED = "planted-by-a-test"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process writes, and takes its time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def moved(path: Path) -> Iterator[None]:
    """Somebody moves the file away, and back."""
    away = path.with_suffix(".away")
    path.rename(away)
    yield
    assert not path.exists()
    away.rename(path)


@contextmanager
def deleted(path: Path) -> Iterator[None]:
    """The file is lost, and a backup put in its place."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(path.with_suffix(".backup"))) as backup:
        source.backup(backup)
    path.unlink()
    yield
    assert not path.exists()
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    path.with_suffix(".backup").rename(path)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (locked, "locked by another process"),
        (moved, "moved, replaced or deleted|cannot be opened"),
        (deleted, "moved, replaced or deleted|cannot be opened"),
    ],
)
async def test_a_file_that_cannot_be_written_passes(
    tmp_path: Path, fault: Callable[[Path], AbstractContextManager[None]], told: str
) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db", 0.1) as database:
        store = SqlStore(database)
        assert await claimed(store, "E1")
        with fault(tmp_path / "state.db"):
            for _ in range(2):
                with pytest.raises(StoreUnavailable, match=told):
                    await claimed(store, "E2")
            assert not await database.ready()
        assert await database.ready()
        assert await claimed(store, "E2")
        assert not await claimed(store, "E1")


async def test_a_full_disk_passes(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database:
        store = SqlStore(database)
        pages = await pragma(database, "page_count")
        await pragma(database, f"max_page_count={pages}")
        with pytest.raises(StoreUnavailable, match="no space is left"):
            await claimed(store, *(f"{number:01000}" for number in range(20)))
        await pragma(database, f"max_page_count={pages + 100}")
        assert await claimed(store, *(f"{number:01000}" for number in range(20)))


async def test_a_file_that_became_read_only_passes(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database:
        await pragma(database, "query_only=ON")
        with pytest.raises(StoreUnavailable, match="read-only"):
            await claimed(SqlStore(database), "E1")
        # The connection was given up, and the next one may write again.
        assert await claimed(SqlStore(database), "E1")


async def pragma(database: Database, words: str) -> int:
    async with database.reading() as connection:
        result = await connection.execute(text(f"PRAGMA {words}"))
        return int(result.scalar_one()) if result.returns_rows else 0


@pytest.mark.parametrize(("content", "told"), [(b"No database. " * 99, "is no database"), (None, "IsADirectory")])
async def test_what_is_no_database_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "state.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=told):
        await open_database(f"sqlite:///{path}")


async def test_a_server_that_stopped_passes(postgres: Postgres, postgres_url: str) -> None:
    async with opened(postgres_url) as database:
        store = SqlStore(database)
        async with store() as work:
            await work.inbox.claim(("E1",), NOW)
            postgres.stop()
            with pytest.raises(StoreUnavailable):
                await work.commit()
        with pytest.raises(StoreUnavailable):
            await claimed(store, "E1")
        assert not await database.ready()
        postgres.start()
        assert await database.ready()
        assert await claimed(store, "E1")


async def test_a_connection_that_broke_undoes_its_work(postgres_url: str) -> None:
    async with opened(postgres_url) as database, opened(postgres_url) as other:
        with pytest.raises(StoreUnavailable):
            async with SqlStore(database)() as work:
                await work.inbox.claim(("E1",), NOW)
                async with other.begin() as connection:
                    await connection.execute(
                        text(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        )
                    )
                await work.inbox.claim(("E2",), NOW)
        assert await claimed(SqlStore(database), "E1", "E2")


async def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="FileNotFoundError"):
        await open_database(f"postgresql://somebody@/state?host={tmp_path}", patience=1)


async def test_a_row_that_somebody_holds_passes(postgres_url: str) -> None:
    async with opened(postgres_url) as holding, opened(postgres_url, 0.1) as waiting:
        async with SqlStore(holding)() as work:
            await work.inbox.claim(("E1",), NOW)
            with pytest.raises(StoreUnavailable, match="LockNotAvailable"):
                await claimed(SqlStore(waiting), "E1")
        assert await claimed(SqlStore(waiting), "E1")


async def test_nothing_that_was_written_is_told(database: Database) -> None:
    row = {"key": PLANTED, "at": NOW}
    with pytest.raises(StoreUnavailable) as caught:
        async with database.begin() as connection:
            await connection.execute(seen.insert().values([row, row]))
    assert PLANTED not in "".join(traceback.format_exception(caught.value))


async def test_a_mistake_of_the_program_is_no_fault_of_the_database(database: Database) -> None:
    with pytest.raises(InvalidRequestError):
        async with database.connect() as connection:
            (await connection.execute(text("SELECT 1 WHERE 1 = 0"))).scalar_one()


async def test_nothing_that_was_written_is_logged(empty_url: str, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("aiosqlite", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    async with opened(empty_url) as database:
        store = SqlStore(database)
        await kept(store, asked(text=PLANTED))
        assert await taken(store) is not None
    assert PLANTED not in caplog.text
