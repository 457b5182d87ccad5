"""What the commands about desks and deliveries share: a unit of work in a database that may not be there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from adapters.commands.common import Failure
from adapters.settings import Settings
from bot.errors import StoreUnavailable
from bot.ports import Work

T = TypeVar("T")


def in_store(settings: Settings, do: Callable[[Work], Awaitable[T]]) -> T:
    """Opens the database, brings it up to date, and does something in one unit of work.

    Args:
        settings: where the database is.
        do: what is to be done; it counts once it returns.

    Returns:
        What it returned.

    Raises:
        Failure: the database cannot be used; nothing was changed.
    """

    async def run() -> T:
        from adapters.database.engine import open_database
        from adapters.database.store import SqlStore

        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = await open_database(settings.database)
        try:
            async with SqlStore(database)() as work:
                done = await do(work)
                await work.commit()
                return done
        finally:
            await database.close()

    try:
        with failing_with_database():
            return asyncio.run(run())
    except OSError as error:
        raise Failure(f"{error.filename}: 作れません（{error.strerror}）。何も変えていません。") from error


@contextmanager
def failing_with_database() -> Iterator[None]:
    """Turns what can go wrong with the database into one line and exit code 1."""
    from adapters.database.migrating import SchemaTooNew

    try:
        yield
    except StoreUnavailable as error:
        raise Failure(
            f"データベースを使えません（{error}）。何も変えていません。MADOGUCHI_DATABASE_URL を確かめてください。"
        ) from error
    except SchemaTooNew as error:
        raise Failure(str(error)) from error


def now() -> datetime:
    """The present moment, with time zone."""
    return datetime.now(UTC)
