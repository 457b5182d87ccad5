"""What a platform must remember to be able to speak first: Teams' conversation references and the like."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import delete, select

from adapters.database.engine import Database
from adapters.database.inserting import put
from adapters.database.tables import addresses


class Addresses:
    """Small values by key, each change a transaction of its own: not to be called within a unit of work.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, key: str, value: Mapping[str, str]) -> None:
        """Keeps a value, or replaces the one of its key.

        Args:
            key: "teams/tenant/channel", say.
            value: names and texts.

        Raises:
            StoreUnavailable: it is not kept.
        """
        # Looked at first: it comes with every message and hardly ever changes, and reading waits for nobody.
        if await self.recall(key) == value:
            return
        async with self._database.begin() as connection:
            await put(connection, addresses, {"key": key, "value": json.dumps(dict(value))})

    async def recall(self, key: str) -> Mapping[str, str] | None:
        """The value of a key, or None.

        Raises:
            StoreUnavailable: it cannot be told.
        """
        async with self._database.reading() as connection:
            text = (await connection.execute(select(addresses.c.value).where(addresses.c.key == key))).scalar()
        return None if text is None else json.loads(text)

    async def forget(self, key: str) -> None:
        """Removes a key, if it is there.

        Raises:
            StoreUnavailable: it is still there.
        """
        async with self._database.begin() as connection:
            await connection.execute(delete(addresses).where(addresses.c.key == key))
