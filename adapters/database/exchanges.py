"""Questions and how they ended: `bot.ports.Exchanges` in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.base import writable
from adapters.database.tables import exchanges
from bot.places import Person, Place
from bot.ports import Exchange, Outcome


class SqlExchanges:
    """Questions within one transaction.

    Args:
        connection: in the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, exchange: Exchange) -> None:
        """Keeps one."""
        place, person = exchange.place, exchange.person
        await self._connection.execute(
            exchanges.insert().values(
                id=exchange.id,
                platform=place.platform,
                tenant=place.tenant,
                channel=place.channel,
                thread=place.thread,
                only_to=place.only_to,
                person_platform=person.platform,
                person_tenant=person.tenant,
                person=person.id,
                question=exchange.question,
                outcome=exchange.outcome,
                at=exchange.at,
                desk=exchange.desk,
                sections=exchange.sections,
                delivery=exchange.delivery,
            )
        )

    async def exchange(self, exchange: str) -> Exchange | None:
        """One by its id, or None."""
        # A button's value may have passed through any program.
        found = select(exchanges).where(exchanges.c.id == writable(exchange))
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _exchange(row)

    async def in_thread(self, place: Place, limit: int = 5) -> Sequence[Exchange]:
        """The latest of a thread (of a direct conversation: of its channel), the newest first.

        What only somebody else saw is left out.
        """
        here = (
            exchanges.c.platform == place.platform,
            exchanges.c.tenant == place.tenant,
            exchanges.c.channel == place.channel,
            exchanges.c.thread == place.thread,
            exchanges.c.only_to.in_({"", place.only_to}),
        )
        latest = select(exchanges).where(*here).order_by(exchanges.c.at.desc(), exchanges.c.id.desc()).limit(limit)
        return [_exchange(row) for row in await self._connection.execute(latest)]

    async def open_of(self, desk: str, since: datetime, limit: int = 20) -> Sequence[Exchange]:
        """A desk's questions that found no answer since then, the oldest first."""
        unanswered = select(exchanges).where(
            exchanges.c.desk == desk, exchanges.c.at >= since, exchanges.c.outcome != Outcome.ANSWERED
        )
        oldest = unanswered.order_by(exchanges.c.at, exchanges.c.id).limit(limit)
        return [_exchange(row) for row in await self._connection.execute(oldest)]

    async def counts(self, desk: str, since: datetime) -> Mapping[str, int]:
        """A desk's questions since then, by outcome."""
        columns = (exchanges.c.outcome, func.count().label("number"))
        theirs = select(*columns).where(exchanges.c.desk == desk, exchanges.c.at >= since)
        rows = await self._connection.execute(theirs.group_by(exchanges.c.outcome))
        return {row.outcome: row.number for row in rows}

    async def erase(self, before: datetime) -> int:
        """Erases the text of questions asked before then; that they were asked stays. Returns how many."""
        old = update(exchanges).where(exchanges.c.at < before, exchanges.c.question != "")
        erased: CursorResult[Any] = await self._connection.execute(old.values(question=""))
        return erased.rowcount


def _exchange(row: Row[Any]) -> Exchange:
    return Exchange(
        id=row.id,
        place=Place(
            platform=row.platform, tenant=row.tenant, channel=row.channel, thread=row.thread, only_to=row.only_to
        ),
        person=Person(platform=row.person_platform, tenant=row.person_tenant, id=row.person),
        question=row.question,
        outcome=Outcome(row.outcome),
        at=row.at,
        desk=row.desk,
        sections=row.sections,
        delivery=row.delivery,
    )
