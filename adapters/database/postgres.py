"""PostgreSQL, for several processes."""

from __future__ import annotations

from typing import Any

import asyncpg
from sqlalchemy import event, exc
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

#: Connections that a process keeps open, as many as it works on at once (sends, events, requests), and how many more it
#: opens when all are in use: together for four processes on PostgreSQL's own limit of 100.
_KEPT, _MORE = 16, 8

#: Seconds after which a statement counts as lost; ours take milliseconds.
_LONGEST = 30.0


def engine(url: str, patience: float) -> AsyncEngine:
    """Where connections come from; those that broke are found out before they are handed out.

    Args:
        url: "postgresql://…" with whatever libpq takes (host=/socket, sslmode, …): asyncpg itself reads it.
        patience: seconds to wait for a connection or a lock.
    """
    settings = {
        "application_name": "madoguchi",
        "lock_timeout": f"{patience * 1000:.0f}",
        # A process that was stopped amid a transaction must not hold its locks for ever.
        "idle_in_transaction_session_timeout": "60000",
    }

    async def connect() -> Any:  # noqa: ANN401 - asyncpg has no types
        return await asyncpg.connect(url, timeout=patience, command_timeout=_LONGEST, server_settings=settings)

    made = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        hide_parameters=True,
        pool_size=_KEPT,
        max_overflow=_MORE,
        pool_timeout=patience,
    )
    event.listen(made.sync_engine, "checkout", _refuse_broken)
    return made


def _refuse_broken(connection: Any, _record: ConnectionPoolEntry, _fairy: PoolProxiedConnection) -> None:  # noqa: ANN401
    """Has the pool make a connection anew that the server closed; a ping would take three messages there and back."""
    if connection.driver_connection.is_closed():
        raise exc.DisconnectionError("closed by the server")
