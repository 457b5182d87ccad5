"""Databases that are closed whatever a test finds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.database.engine import Database, connect_database, open_database


@asynccontextmanager
async def opened(url: str, patience: float = 5.0) -> AsyncIterator[Database]:
    """A database with its tables up to date."""
    database = await open_database(url, patience=patience)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Database]:
    """A database as it is."""
    database = await connect_database(url)
    try:
        yield database
    finally:
        await database.close()
