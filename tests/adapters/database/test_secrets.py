from __future__ import annotations

import asyncio

from adapters.database.engine import Database
from adapters.database.secrets import Secrets


async def test_a_key_stays_the_same_for_whoever_asks(database: Database) -> None:
    key = await Secrets(database).key("links")
    assert len(key) == 32
    assert await Secrets(database).key("links") == key
    assert await Secrets(database).key("others") != key


async def test_processes_that_make_it_at_once_agree(database: Database) -> None:
    keys = await asyncio.gather(*(Secrets(database).key("links") for _ in range(8)))
    assert len(set(keys)) == 1
