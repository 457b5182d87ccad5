"""Keys that the program made for itself and signs with: the same for all processes, whenever they started."""

from __future__ import annotations

from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.engine import Database
from adapters.database.inserting import insert
from adapters.database.tables import secrets

_BYTES = 32


class Secrets:
    """Keys by name, made when first asked for; each is read once and then held, since it never changes.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[str, bytes] = {}

    async def key(self, name: str) -> bytes:
        """A key of 32 bytes.

        Args:
            name: what is signed with it.

        Raises:
            StoreUnavailable: it cannot be told now.
        """
        if name not in self._held:
            async with self._database.reading() as connection:
                found = await _value(connection, name)
            self._held[name] = bytes.fromhex(found or await self._made(name))
        return self._held[name]

    async def _made(self, name: str) -> str:
        async with self._database.begin() as connection:
            new = insert(connection, secrets).values(name=name, value=token_hex(_BYTES))
            # Where another process was faster, its key is the one.
            await connection.execute(new.on_conflict_do_nothing())
            made = await _value(connection, name)
        assert made is not None, "it was just written, and nobody deletes any"
        return made


async def _value(connection: AsyncConnection, name: str) -> str | None:
    value: str | None = await connection.scalar(select(secrets.c.value).where(secrets.c.name == name))
    return value
