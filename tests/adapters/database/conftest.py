from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.database.engine import Database, open_database
from tests.postgres import Postgres, postgres, postgres_url

__all__ = ["database", "empty_url", "postgres", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = await server.create_empty()
    yield url
    await server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An open database with all tables, once of each kind."""
    server: Postgres | None = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    url = await server.create() if server else f"sqlite:///{tmp_path}/state.db"
    opened = await open_database(url)
    yield opened
    await opened.close()
    if server:
        await server.drop(url)
