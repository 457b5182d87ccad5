"""INSERT … ON CONFLICT, which both dialects have under the same words and SQLAlchemy under two names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Args:
        connection: tells the dialect.
        table: where to.
    """
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Adds a row, or replaces the one with the same primary key.

    Args:
        connection: in a transaction.
        table: where to.
        row: all columns of the table.
    """
    key = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in key}
    statement = insert(connection, table).values(row)
    await connection.execute(statement.on_conflict_do_update(index_elements=key, set_=rest))
