"""Who is on duty at a bureau: `bot.referral_ports.Roster` in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.inserting import put
from adapters.database.referral_tables import shifts
from adapters.database.tables import members
from bot.desks import Role
from bot.places import Person
from bot.referrals import Shift, Turn


class SqlRoster:
    """Rosters within one transaction.

    Args:
        connection: in the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, shift: Shift) -> None:
        """Adds a stretch, or replaces the one of its id."""
        row = {
            "id": shift.id,
            "bureau": shift.bureau,
            "platform": shift.person.platform,
            "tenant": shift.person.tenant,
            "person": shift.person.id,
            "turn": shift.turn,
            "since": shift.since,
            "until": shift.until,
            "name": shift.name,
        }
        await put(self._connection, shifts, row)

    async def remove(self, shift: str) -> bool:
        """Removes one. False if there is none of this id."""
        removed: CursorResult[Any] = await self._connection.execute(delete(shifts).where(shifts.c.id == shift))
        return removed.rowcount == 1

    async def of(self, bureau: str, day: date) -> Sequence[Shift]:
        """The stretches that hold on a day, and later ones, by their first day."""
        ahead = select(shifts).where(shifts.c.bureau == bureau, shifts.c.until >= day.isoformat())
        rows = await self._connection.execute(ahead.order_by(shifts.c.since, shifts.c.until, shifts.c.id))
        return [
            Shift(
                id=row.id,
                bureau=row.bureau,
                person=Person(platform=row.platform, tenant=row.tenant, id=row.person),
                turn=Turn(row.turn),
                since=row.since,
                until=row.until,
                name=row.name,
            )
            for row in rows
        ]

    async def forget(self, before: date) -> int:
        """Removes stretches whose last day was before that one. Returns how many."""
        over = delete(shifts).where(shifts.c.until < before.isoformat())
        removed: CursorResult[Any] = await self._connection.execute(over)
        return removed.rowcount

    async def release(self, person: Person) -> None:
        """Removes all stretches of somebody, at whatever bureau."""
        theirs = (
            shifts.c.platform == person.platform,
            shifts.c.tenant == person.tenant,
            shifts.c.person == person.id,
        )
        await self._connection.execute(delete(shifts).where(*theirs))

    async def coordinators(self, bureau: str) -> Sequence[Person]:
        """Everybody enrolled as the bureau's coordinator."""
        theirs = select(members).where(members.c.bureau == bureau, members.c.role == Role.COORDINATOR)
        rows = await self._connection.execute(theirs.order_by(members.c.platform, members.c.tenant, members.c.person))
        return [Person(platform=row.platform, tenant=row.tenant, id=row.person) for row in rows]
