"""Opens the database, SQLite or PostgreSQL, brings its tables up to date, and hands out transactions.

SQLite has one writer at a time. Within the process writers wait for their turn here, so that none meets a lock of
another; between processes SQLite's own lock holds, taken when a transaction begins (BEGIN IMMEDIATE), since one that
begins by reading cannot always go on to write.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.database import postgres, sqlite
from adapters.database.faults import faults_told
from adapters.database.migrating import migrate
from bot.errors import StoreUnavailable

#: Seconds that one waits for a lock, a connection or its turn before the database counts as unavailable.
PATIENCE = 5.0


class Database:
    """An open database. `open_database` makes one; whoever opened it closes it.

    Args:
        engine: where connections come from. Slack's own stores may use it too.
        patience: seconds to wait for one's turn to write.
    """

    def __init__(self, engine: AsyncEngine, patience: float) -> None:
        self.engine = engine
        self._patience = patience
        self._readers = engine.execution_options(deferred=True)
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else None
        self._holder: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write; left without `commit` it is undone.

        Nothing slow belongs into it: on SQLite nobody else can write meanwhile.

        Raises:
            StoreUnavailable: the database cannot be reached, is locked or full; a commit whose connection broke while
                it was under way may count all the same.
        """
        with faults_told():
            async with self._own_turn(), self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write and counts when it is left without an error.

        Raises:
            StoreUnavailable: as with `connect`.
        """
        async with self.connect() as connection:
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, and waits for no writer.

        Raises:
            StoreUnavailable: the database cannot be reached.
        """
        with faults_told():
            async with self._readers.connect() as connection:
                yield connection

    async def ready(self) -> bool:
        """True if something could be written now."""
        try:
            async with self.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except StoreUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Closes all connections."""
        await self.engine.dispose()

    @asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        """Waits until no other task of this process writes; PostgreSQL needs no turns."""
        if self._turn is None:
            yield
            return
        if self._holder is asyncio.current_task():
            raise RuntimeError("a unit of work within another one would wait for itself")
        try:
            async with asyncio.timeout(self._patience):
                await self._turn.acquire()
        except TimeoutError:
            raise StoreUnavailable("database: busy, no turn to write came") from None
        self._holder = asyncio.current_task()
        try:
            yield
        finally:
            self._holder = None
            self._turn.release()


async def open_database(url: str, *, patience: float = PATIENCE) -> Database:
    """Opens a database and brings its tables up to date; processes that start together do so one after the other.

    Args:
        url: "sqlite:///relative/path", "sqlite:////absolute/path", or "postgresql://…" as libpq takes it
            ("postgresql://user@/name?host=/run/postgresql" for a Unix socket).
        patience: seconds to wait for a lock or a connection.

    Raises:
        ValueError: the address is none of these.
        SchemaTooNew: a newer program has used the database.
        StoreUnavailable: it cannot be reached.
    """
    database = await connect_database(url, patience=patience)
    try:
        async with database.begin() as connection:
            await connection.run_sync(migrate)
    except BaseException:
        await database.close()
        raise
    return database


async def connect_database(url: str, *, patience: float = PATIENCE) -> Database:
    """Opens a database as it is; see `open_database`."""
    with faults_told():
        return Database(await _engine(url, patience), patience)


async def _engine(url: str, patience: float) -> AsyncEngine:
    for talkative in ("aiosqlite", "sqlalchemy.engine"):
        # Below that they show rows, and so what people wrote.
        logging.getLogger(talkative).setLevel(logging.WARNING)
    scheme, _, rest = url.partition("://")
    match scheme.partition("+")[0]:
        case "postgresql" | "postgres":
            return postgres.engine(f"postgresql://{rest}", patience)
        case "sqlite":
            try:
                path = make_url(url).database
            except ArgumentError:
                path = None
            if not path or path.startswith((":memory:", "file:")):
                raise ValueError("SQLite needs a file: sqlite:///path")
            await asyncio.to_thread(sqlite.prepare, Path(path), patience)
            return sqlite.engine(Path(path), patience)
    raise ValueError("a database is sqlite:///path or postgresql://user@host/name")
