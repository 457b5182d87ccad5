"""SQLite's connections: how often a statement goes to another thread, and what is left after one was given up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.engine import Database, open_database
from bot.errors import StoreUnavailable

#: Counts to a number in SQL, which takes a while.
_LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT max(i) FROM n"


@pytest.fixture
async def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.sqlite3'}"


async def journeys(connection: AsyncConnection) -> list[Any]:
    """What a connection has its thread do, from now on."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    made: list[Any] = []
    execute: Callable[..., Awaitable[Any]] = driver._execute

    async def noted(function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - whatever the driver runs
        made.append(function)
        return await execute(function, *arguments)

    driver._execute = noted
    return made


async def test_a_statement_goes_to_the_thread_once(url: str) -> None:
    database = await open_database(url)
    async with database.begin() as connection:
        made = await journeys(connection)
        rows = (await connection.execute(text("SELECT 1 UNION SELECT 2"))).scalars().all()
        changed = await connection.execute(text("UPDATE seen SET key = key"))
        await connection.execute(text("INSERT INTO seen VALUES (:key, :at)"), {"key": "a", "at": "2026-01-01"})
        assert (rows, changed.rowcount, len(made)) == ([1, 2], 0, 3)
    await database.close()


async def test_a_transaction_locks_when_its_first_statement_comes(url: str) -> None:
    database, other = await open_database(url), await open_database(url, patience=0.1)
    async with database.begin() as connection:
        await connection.execute(text("SELECT 1"))
        with pytest.raises(StoreUnavailable, match="locked"):
            async with other.begin() as elsewhere:
                await elsewhere.execute(text("SELECT 1"))
    async with other.begin() as elsewhere:
        await elsewhere.execute(text("SELECT 1"))
    await database.close()
    await other.close()


async def test_to_undo_nothing_goes_nowhere(url: str) -> None:
    database = await open_database(url)
    async with database.reading() as connection:
        made = await journeys(connection)
        await connection.execute(text("SELECT 1"))
        await connection.commit()
        made.clear()
    assert made == []
    await database.close()


async def count(database: Database, to: int) -> int:
    async with database.begin() as connection:
        return int((await connection.execute(text(_LONG.format(to)))).scalar_one())


async def test_a_statement_that_was_given_up_leaves_everything_usable(url: str) -> None:
    database = await open_database(url)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await count(database, 300_000)
        assert await count(database, 3) == 3
    await database.close()
