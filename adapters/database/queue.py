"""What is owed, as the use cases see it (`SqlOutbox`) and as the sender does (`SqlQueue`).

Locks are always taken in one order, so that nobody waits in a circle: lanes before workspaces before deliveries.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database import codec, taking, threads
from adapters.database.deliveries import LONG_AGO, deliveries, delivery_of, lanes, receipt_parts, with_targets
from adapters.database.engine import Database
from adapters.database.inserting import insert
from adapters.database.taking import Taken
from bot.deliveries import Delivery, DeliveryState
from bot.pacing import Limits
from bot.places import Place, Receipt
from bot.posts import Post

_DEAD = (DeliveryState.FAILED, DeliveryState.GONE)


class SqlOutbox:
    """`bot.ports.Outbox` within a unit of work.

    Args:
        connection: the unit of work's; whoever has it commits.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def owe(self, place: Place, post: Post, now: datetime, *, edits: str = "", under: str = "") -> str:
        """Owes a post to a place from the moment of the commit; see `bot.ports.Outbox.owe`."""
        if edits or under:
            thread, under = await threads.thread_of(self._connection, edits=edits, under=under)
            place = replace(place, thread=thread)
        new = {"arrivals": (), "free_at": LONG_AGO, "leased_until": LONG_AGO, "holder": ""}
        await self._connection.execute(
            insert(self._connection, lanes)
            .on_conflict_do_nothing()
            .values([{"key": key, **new} for key in (place.lane, place.workspace)])
        )
        delivery = uuid.uuid4().hex
        await self._connection.execute(
            deliveries.insert().values(
                id=delivery,
                platform=place.platform,
                tenant=place.tenant,
                channel=place.channel,
                thread=place.thread,
                only_to=place.only_to,
                lane=place.lane,
                workspace=place.workspace,
                post=codec.post.write(post),
                state=DeliveryState.WAITING,
                attempts=0,
                failures=0,
                made=now,
                due=now,
                edits=edits or None,
                under=under or None,
                unclear=False,
                reason="",
                worker="",
            )
        )
        return delivery

    async def delivery(self, delivery: str) -> Delivery | None:
        """One delivery, or None."""
        row = (await self._connection.execute(with_targets().where(deliveries.c.id == delivery))).one_or_none()
        return delivery_of(row) if row else None

    async def dead(self, limit: int = 100) -> Sequence[Delivery]:
        """Deliveries that failed or whose place is gone, the newest first."""
        dead = with_targets().where(deliveries.c.state.in_(_DEAD))
        rows = await self._connection.execute(
            dead.order_by(deliveries.c.ended.desc(), deliveries.c.seq.desc()).limit(limit)
        )
        return [delivery_of(row) for row in rows]

    async def retry(self, delivery: str, now: datetime) -> bool:
        """Makes a dead delivery wait again. Returns False if it is not dead, or its text was erased."""
        d = deliveries.c
        done = await self._connection.execute(
            update(deliveries)
            .where(d.id == delivery, d.state.in_(_DEAD), d.post.is_not(None))
            .values(state=DeliveryState.WAITING, due=now, ended=None, failures=0, failing_since=None, reason="")
        )
        return done.rowcount == 1

    async def counts(self) -> Mapping[str, int]:
        """Deliveries by state."""
        state = deliveries.c.state
        return {row[0]: row[1] for row in await self._connection.execute(select(state, func.count()).group_by(state))}


class SqlQueue:
    """What the sender takes from and writes results to; each method is a transaction of its own.

    Results count only while the attempt that they belong to is the delivery's latest: a worker that was held up
    until another one took over changes nothing, and is told so (False).

    Args:
        database: where deliveries are.
        limits: how fast each platform lets itself be spoken to; one that is not named is not paced.
    """

    def __init__(self, database: Database, limits: Mapping[str, Limits]) -> None:
        self._database = database
        self._limits = limits

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """When there will be something to take, from what is known now; None for nothing in sight."""
        async with self._database.reading() as connection:
            return await taking.next_due(connection, platforms)

    async def take(
        self, worker: str, platforms: Collection[str], now: datetime, until: datetime, limit: int
    ) -> Sequence[Taken]:
        """Takes what is due, at most one delivery a lane, and reserves its pace; see `taking.take`."""
        async with self._database.begin() as connection:
            return await taking.take(connection, self._limits, worker, platforms, now, until, limit)

    async def extend(self, taken: Collection[Taken], until: datetime) -> Collection[str]:
        """Extends leases. Returns the ids of the deliveries whose lease was still ours."""
        held = {one.holder: one.delivery.id for one in taken}
        async with self._database.begin() as connection:
            kept = await connection.execute(
                update(lanes)
                .where(lanes.c.key.in_({one.delivery.place.lane for one in taken}), lanes.c.holder.in_(held))
                .values(leased_until=until)
                .returning(lanes.c.holder)
            )
            return {held[holder] for holder in kept.scalars()}

    async def sent(self, taken: Taken, receipt: Receipt, now: datetime) -> bool:
        """It stands where the receipt says."""
        return await self._result(
            taken,
            begins=receipt,
            state=DeliveryState.SENT,
            ended=now,
            receipt=receipt_parts(receipt),
            unclear=False,
            reason="",
        )

    async def throttled(self, taken: Taken, until: datetime, reason: str, *, unclear: bool) -> bool:
        """The platform wants a pause: nothing more goes to its lane and workspace before then."""
        return await self._result(
            taken, pause=until, state=DeliveryState.THROTTLED, due=until, unclear=unclear, reason=reason
        )

    async def later(self, taken: Taken, due: datetime, reason: str, now: datetime, *, unclear: bool) -> bool:
        """It failed, and is tried again."""
        return await self._result(
            taken,
            state=DeliveryState.WAITING,
            due=due,
            failures=taken.failures + 1,
            failing_since=taken.failing_since or now,
            unclear=unclear,
            reason=reason,
        )

    async def failed(self, taken: Taken, reason: str, now: datetime, *, unclear: bool) -> bool:
        """It is given up; `retry` brings it back."""
        return await self._result(taken, state=DeliveryState.FAILED, ended=now, unclear=unclear, reason=reason)

    async def gone(self, taken: Taken, reason: str, now: datetime) -> bool:
        """Its place is no more."""
        return await self._result(taken, state=DeliveryState.GONE, ended=now, reason=reason)

    async def erase(self, before: datetime) -> int:
        """Erases what was said by deliveries that ended before then. Returns how many."""
        d = deliveries.c
        async with self._database.begin() as connection:
            done = await connection.execute(
                update(deliveries).where(d.ended < before, d.post.is_not(None)).values(post=None)
            )
            return done.rowcount

    async def _result(
        self,
        taken: Taken,
        *,
        pause: datetime = LONG_AGO,
        begins: Receipt | None = None,
        **values: Any,  # noqa: ANN401
    ) -> bool:
        place, d = taken.delivery.place, deliveries.c
        async with self._database.begin() as connection:
            await connection.execute(
                update(lanes)
                .where(lanes.c.key == place.lane, lanes.c.holder == taken.holder)
                .values(leased_until=LONG_AGO, holder="")
            )
            if pause > LONG_AGO:
                for key in (place.lane, place.workspace):
                    await connection.execute(
                        update(lanes).where(lanes.c.key == key, lanes.c.free_at < pause).values(free_at=pause)
                    )
            done = await connection.execute(
                update(deliveries)
                .where(
                    d.id == taken.delivery.id,
                    d.state == DeliveryState.SENDING,
                    d.attempts == taken.delivery.attempts,
                )
                .values(**values)
            )
            if done.rowcount == 1 and begins:
                await threads.begin(connection, taken.delivery.id, begins)
            return done.rowcount == 1
