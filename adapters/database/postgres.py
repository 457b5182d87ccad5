"""PostgreSQL, for several processes."""

from __future__ import annotations

from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

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

    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=patience,
    )
