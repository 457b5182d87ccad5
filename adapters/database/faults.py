"""Turns whatever a database or its driver raises into `StoreUnavailable`, without anything that was being written.

Messages of drivers may hold values (PostgreSQL's DETAIL tells the failing row, asyncpg the argument it could not
encode), and values are what people wrote. So only codes and names of errors are told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import exc

from bot.errors import StoreUnavailable

#: What is raised when a database does not do as it is told; a connection that cannot be made is an `OSError`.
#: Other errors of SQLAlchemy are mistakes of the program and stay what they are.
FAULTS = (
    exc.DBAPIError,
    exc.TimeoutError,
    exc.PendingRollbackError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
)

#: SQLite's primary result codes (https://www.sqlite.org/rescode.html) in words.
_SQLITE = {
    sqlite3.SQLITE_BUSY: "locked by another process",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "no space is left for it",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
    sqlite3.SQLITE_IOERR: "its file cannot be read or written",
    sqlite3.SQLITE_CORRUPT: "its file is damaged",
    sqlite3.SQLITE_NOTADB: "its file is no database",
}

#: After these an open connection is of no use any more: the file behind it is another one, or none.
_LOST = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOTADB}


@contextmanager
def faults_told() -> Iterator[None]:
    """Lets no error of a database out but `StoreUnavailable`.

    Raises:
        StoreUnavailable: with a short reason.
    """
    try:
        yield
    except FAULTS as fault:
        raise StoreUnavailable(reason(fault)) from None


def reason(fault: BaseException) -> str:
    """Why the database did not do it, in a few words without any value."""
    inner = fault.orig if isinstance(fault, exc.DBAPIError) and fault.orig is not None else fault
    if isinstance(inner, sqlite3.Error):
        code = getattr(inner, "sqlite_errorcode", None)
        known = None if code is None else _SQLITE.get(code & 0xFF)
        return f"database: {known or getattr(inner, 'sqlite_errorname', type(inner).__name__)}"
    if isinstance(fault, exc.TimeoutError):
        return "database: busy, no connection came free"
    # SQLAlchemy wraps asyncpg's errors once more; the innermost one has the telling name.
    cause = inner.__cause__ if isinstance(inner.__cause__, FAULTS) else inner
    state = getattr(inner, "sqlstate", None)
    return f"database: {type(cause).__name__}{f' ({state})' if state else ''}"


def lost(fault: BaseException) -> bool:
    """True where SQLite's connection must be made anew before anything can work again."""
    code = getattr(fault, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _LOST
