"""One process that sends; it is there to be killed."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime

import aiohttp

from adapters.database.engine import open_database
from adapters.database.queue import SqlQueue
from adapters.sending import Sender, Timing
from tests.faults.platform import HttpMessenger

#: As in earnest, but for leases and waits that a run of a few minutes can see the end of.
TIMING = Timing(limit=0.5, lease=1.0, settle=0.05, poll=0.05)


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def work(database: str, port: int, name: str) -> None:
    """Sends until it is killed.

    Args:
        database: its address.
        port: where the platform listens.
        name: of the worker.
    """
    asyncio.run(_work(database, port, name))


async def _work(database: str, port: int, name: str) -> None:
    opened = await open_database(database, patience=30)
    async with aiohttp.ClientSession() as session:
        await Sender(
            SqlQueue(opened, {}),
            {"local": HttpMessenger(session, port)},
            worker=name,
            now=now,
            random=random.random,
            timing=TIMING,
        ).run()
