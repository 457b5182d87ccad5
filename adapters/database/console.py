"""Keeps what stands in the rooms of the practice place: `adapters.console.rooms.messages.Messages`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.console.rooms.messages import Said
from adapters.console.rooms.people import PLATFORM, TENANT
from adapters.database import codec
from adapters.database.console_tables import console_clock, console_messages
from adapters.database.engine import Database
from adapters.database.inserting import insert
from bot.places import Place
from bot.posts import Post


class ConsoleMessages:
    """Messages of the practice place, each change a transaction of its own: not to be used within a unit of work.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def say(self, message: str, place: Place, author: str, post: Post, at: datetime) -> Said:
        """Writes a message; see `Messages`."""
        async with self._database.begin() as connection:
            # The tick first: it makes writers wait for each other, so that what is looked up next is the latest.
            revision = await _tick(connection)
            standing = await _one(connection, message)
            if standing:
                return standing
            row = {
                "id": message,
                "channel": place.channel,
                "thread": place.thread,
                "only_to": place.only_to,
                "author": author,
                "post": codec.post.write(post),
                "at": at,
                "position": revision,
                "revision": revision,
            }
            await connection.execute(console_messages.insert().values(row))
        return Said(id=message, place=place, author=author, post=post, at=at, position=revision, revision=revision)

    async def change(self, message: str, post: Post) -> bool:
        """Shows a message in a new state; see `Messages`."""
        async with self._database.begin() as connection:
            changed = (
                update(console_messages)
                .where(console_messages.c.id == message)
                .values(post=codec.post.write(post), revision=await _tick(connection))
            )
            return (await connection.execute(changed)).rowcount == 1

    async def said(self, message: str) -> Said | None:
        """One message, or None."""
        async with self._database.reading() as connection:
            return await _one(connection, message)

    async def latest(self, channel: str, limit: int) -> Sequence[Said]:
        """The latest messages of a channel, with the first ones of their threads; see `Messages`."""
        table = console_messages
        recent = select(table.c.id, table.c.thread).where(table.c.channel == channel)
        recent_rows = recent.order_by(table.c.position.desc()).limit(limit).subquery()
        wanted = table.c.id.in_(select(recent_rows.c.id)) | table.c.id.in_(select(recent_rows.c.thread))
        async with self._database.reading() as connection:
            rows = await connection.execute(select(table).where(wanted).order_by(table.c.position))
            return [_said(row) for row in rows]

    async def since(self, revision: int, limit: int) -> Sequence[Said]:
        """What was written or changed after a revision, the earliest first."""
        table = console_messages
        news = select(table).where(table.c.revision > revision).order_by(table.c.revision).limit(limit)
        async with self._database.reading() as connection:
            return [_said(row) for row in await connection.execute(news)]

    async def revision(self) -> int:
        """The latest revision, 0 where nothing was ever said."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(console_clock.c.revision))).scalar() or 0

    async def forget(self, before: datetime) -> int:
        """Removes messages written before then.

        Returns:
            How many.

        Raises:
            StoreUnavailable: none was removed.
        """
        async with self._database.begin() as connection:
            return (await connection.execute(delete(console_messages).where(console_messages.c.at < before))).rowcount


async def _tick(connection: AsyncConnection) -> int:
    """The next revision. Its row stays locked until the commit: revisions become visible in their order."""
    statement = insert(connection, console_clock).values(id=1, revision=1)
    ticked = statement.on_conflict_do_update(index_elements=["id"], set_={"revision": console_clock.c.revision + 1})
    return int((await connection.execute(ticked.returning(console_clock.c.revision))).scalar_one())


async def _one(connection: AsyncConnection, message: str) -> Said | None:
    row = (await connection.execute(select(console_messages).where(console_messages.c.id == message))).one_or_none()
    return _said(row) if row else None


def _said(row: Row[Any]) -> Said:
    return Said(
        id=row.id,
        place=Place(platform=PLATFORM, tenant=TENANT, channel=row.channel, thread=row.thread, only_to=row.only_to),
        author=row.author,
        post=codec.post.read(row.post),
        at=row.at,
        position=row.position,
        revision=row.revision,
    )
