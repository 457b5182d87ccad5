"""SQLite: one file, safe against power cuts (WAL, synchronous=FULL), readable by its owner alone."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.database.faults import lost
from bot.errors import StoreUnavailable

#: secure_delete: what was erased is overwritten, for erased questions must not stand in free pages.
_PRAGMAS = ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON")


def prepare(path: Path, patience: float) -> None:
    """Makes the file, for its owner alone, and sets its journal to WAL, which it keeps.

    Args:
        path: the file; folders that lack are made.
        patience: seconds to wait for a lock.

    Raises:
        sqlite3.OperationalError, OSError: it cannot be done.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite gives the files beside it (-wal, -shm) the mode of the file itself.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    until = time.monotonic() + patience
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                # Two that change the journal at once would wait for each other: SQLite turns one away at once.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return
    finally:
        connection.close()


class _Cursor:
    """What SQLAlchemy needs of a cursor, with one journey to the connection's thread a statement; aiosqlite makes four.

    Each way there and back waits for Python's lock twice, and so, while questions are answered, for whoever searches;
    and others wait meanwhile for their turn to write. A transaction begins on the way of its first statement.

    Args:
        connection: what it executes on.
    """

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._executed: Any = None
        self._rows: list[Any] = []

    async def __aenter__(self) -> _Cursor:
        return self

    @property
    def description(self) -> Any:  # noqa: ANN401 - as DB-API says
        """Columns of the rows, or None for a statement without rows."""
        return self._executed and self._executed.description

    @property
    def rowcount(self) -> int:
        """Rows that were changed."""
        count: int = self._executed.rowcount if self._executed else -1
        return count

    @property
    def lastrowid(self) -> int | None:
        """Number of the row that was inserted last."""
        number: int | None = self._executed and self._executed.lastrowid
        return number

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Executes a statement, and fetches all its rows."""
        if sql.startswith("BEGIN"):
            self._connection.beginning = sql
        else:
            await self._run(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Executes a statement with one row of parameters after the other."""
        await self._run(lambda cursor: cursor.executemany(sql, parameters))

    async def fetchall(self) -> list[Any]:
        """The rows that were fetched."""
        return self._rows

    async def close(self) -> None:
        """Lets the rows go; the statement itself ended when they had been fetched."""
        self._rows = []

    async def _run(self, statement: Callable[[sqlite3.Cursor], object]) -> None:
        beginning, self._connection.beginning = self._connection.beginning, ""

        def run() -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = self._connection._conn.cursor()
            if beginning:
                cursor.execute(beginning)
            statement(cursor)
            return cursor, cursor.fetchall() if cursor.description else []

        self._executed, self._rows = await self._connection._execute(run)  # type: ignore[no-untyped-call]


class _Connection(aiosqlite.Connection):
    """A connection with such cursors, that goes nowhere to end a transaction in which nothing was done."""

    beginning = ""  #: how the transaction begins in which nothing was done yet

    def cursor(self) -> _Cursor:  # type: ignore[override] # SQLAlchemy needs no more
        """A cursor that has not executed anything."""
        return _Cursor(self)

    async def commit(self) -> None:
        """Makes what was done count."""
        self.beginning = ""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Undoes what was not committed; SQLAlchemy asks for it at the end of every transaction."""
        self.beginning = ""
        if self.in_transaction:
            await super().rollback()


def engine(path: Path, patience: float) -> AsyncEngine:
    """Where connections to a prepared file come from.

    Args:
        path: the file; it is never made anew here, for an empty database would hide that the real one is gone.
        patience: seconds to wait for a lock.
    """
    address = f"file:{quote(str(path.absolute()))}?mode=rw"

    async def connect() -> aiosqlite.Connection:
        connector = _Connection(
            lambda: sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None), iter_chunk_size=64
        )
        # A thread that waits for SQLite must not keep the program from ending.
        connector._thread.daemon = True
        connection = await connector
        for pragma in _PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
        return connection

    made = create_async_engine(
        "sqlite+aiosqlite:///file", async_creator=connect, hide_parameters=True, pool_timeout=patience
    )

    def opened(_: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _identity(path)

    def begin(connection: Connection) -> None:
        if connection.info["file"] != _identity(path):
            # SQLite would go on writing to a file that has no name any more, and all of it would be lost.
            connection.invalidate()
            raise StoreUnavailable("database: its file was moved, replaced or deleted")
        # The driver's own begins come too late (https://docs.sqlalchemy.org/en/21/dialects/sqlite.html).
        deferred = connection.get_execution_options().get("deferred", False)
        connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")

    event.listen(made.sync_engine, "connect", opened)
    event.listen(made.sync_engine, "begin", begin)
    event.listen(made.sync_engine, "handle_error", _forget_lost)
    return made


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _forget_lost(context: ExceptionContext) -> None:
    """Lets the pool make its connections anew after an error that they would all meet again."""
    if lost(context.original_exception):
        context.is_disconnect = True
