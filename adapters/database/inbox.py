"""Events seen, and those that still wait for their turn: `bot.ports.Inbox` in SQL."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CursorResult,
    Delete,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database import codec
from adapters.database.base import Moment
from adapters.database.inserting import insert
from adapters.database.tables import inbox, seen
from bot.incoming import Incoming, Left
from bot.ports import Kept

_LOGGER = logging.getLogger(__name__)


class SqlInbox:
    """Events within one transaction.

    Args:
        connection: in the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, keys: Sequence[str], at: datetime) -> bool:
        """Marks ids as seen. Returns False, and marks none, if any of them was seen before.

        Whoever claims the same id meanwhile waits here until it is known whether this transaction counts.
        """
        # In one order, so that two who claim the same ids never wait for each other.
        new = sorted(set(keys))
        if not new:
            return True
        async with self._connection.begin_nested() as claim:
            statement = insert(self._connection, seen).values([{"key": key, "at": at} for key in new])
            marked = await self._connection.execute(statement.on_conflict_do_nothing())
            if marked.rowcount == len(new):
                return True
            await claim.rollback()
        return False

    async def keep(self, incoming: Incoming, at: datetime) -> None:
        """Keeps an event for a worker."""
        lane = lane_of(incoming)
        if self._connection.dialect.name == "postgresql":
            # Numbers are given before the commit. Without this a later event of the lane could be seen, and taken,
            # before an earlier one whose transaction takes longer.
            await self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(lane, 0))))
        await self._connection.execute(
            inbox.insert().values(
                lane=lane, incoming=codec.incoming.write(incoming), at=at, due=at, attempts=0, worker="", reason=""
            )
        )

    async def take(self, worker: str, now: datetime, until: datetime) -> Kept | None:
        """The next event that is due, leased to a worker until then; one whose lease ran out is due again.

        Only the first event of a lane can be taken: the next one's turn comes when that one ended.
        """
        while row := await self._first_due(now):
            held = {"worker": worker, "leased_until": until, "attempts": row.attempts + 1}
            try:
                kept = Kept(id=row.id, incoming=codec.incoming.read(row.incoming), attempts=row.attempts + 1)
            except ValueError:
                # A newer program wrote it, which may be running beside this one: it can have it later. Until then it
                # holds up nobody: others of its lane go first.
                _LOGGER.error("event %d cannot be read", row.id)
                held |= {"lane": f"unreadable/{row.id}", "reason": "cannot be read"}
                kept = None
            await self._connection.execute(update(inbox).where(inbox.c.id == row.id).values(held))
            if kept:
                return kept
        return None

    async def _first_due(self, now: datetime) -> Row[Any] | None:
        row: Row[Any] | None = (await self._connection.execute(_due(), {"now": now})).one_or_none()
        return row

    async def done(self, kept: Kept) -> bool:
        """Ends an event and erases it. Returns False if it ended already or was taken again meanwhile."""
        return await self._if_held(kept, delete(inbox))

    async def later(self, kept: Kept, due: datetime, reason: str) -> None:
        """Puts an event back until then; does nothing where `done` would return False."""
        await self._if_held(kept, update(inbox).values(due=due, worker="", leased_until=None, reason=reason))

    async def forget(self, before: datetime) -> int:
        """Forgets ids that were claimed before then. Returns how many."""
        forgotten: CursorResult[Any] = await self._connection.execute(delete(seen).where(seen.c.at < before))
        return forgotten.rowcount

    async def _if_held(self, kept: Kept, statement: Update | Delete) -> bool:
        # Every taking counts one up: the number says whether it is still the same one.
        held = and_(inbox.c.id == kept.id, inbox.c.attempts == kept.attempts, inbox.c.leased_until.is_not(None))
        result: CursorResult[Any] = await self._connection.execute(statement.where(held))
        return result.rowcount == 1


@cache  # it is asked for after each event, and takes longer to put together than to carry out
def _due() -> Select[Any]:
    """The first event that is due `now`."""
    earlier, now = inbox.alias("earlier"), bindparam("now", type_=Moment())
    first = ~exists().where(earlier.c.lane == inbox.c.lane, earlier.c.id < inbox.c.id)
    free = or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= now)
    # On SQLite, where one writes at a time, there is nothing to lock.
    due = select(inbox).where(inbox.c.due <= now, free, first).order_by(inbox.c.id).limit(1)
    return due.with_for_update(skip_locked=True, of=inbox)


def lane_of(incoming: Incoming) -> str:
    """Events with the same lane are handled one after the other: those of one channel, whatever its threads."""
    if isinstance(incoming, Left):
        return f"{incoming.platform}/{incoming.tenant}/{incoming.channel}"
    return incoming.place.lane
