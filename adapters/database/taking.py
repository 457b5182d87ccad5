"""How deliveries are taken: the head of each thread, one at a time in a lane, no faster than the platform allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.base import Moment
from adapters.database.deliveries import deliveries, delivery_of, lanes, root, target, with_targets
from bot.deliveries import FINAL, Delivery, DeliveryState
from bot.pacing import UNPACED, Limits, Pace

_lane = lanes.alias("lane")
_workspace = lanes.alias("workspace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A delivery in a worker's hands.

    Args:
        delivery: as it is now, this attempt counted.
        failures: how often in a row it failed so far.
        failing_since: when the first of these was, or None.
    """

    delivery: Delivery
    failures: int
    failing_since: datetime | None

    @property
    def holder(self) -> str:
        """Whose send the lane is leased for."""
        return f"{self.delivery.id}/{self.delivery.attempts}"


async def next_due(connection: AsyncConnection, platforms: Collection[str]) -> datetime | None:
    """When there will be something to take, from what is known now.

    Args:
        connection: a transaction that may read.
        platforms: those that the worker can speak on.

    Returns:
        A moment, perhaps past; None for nothing in sight.
    """
    due: datetime | None = await connection.scalar(_soonest(connection.dialect.name, tuple(platforms)))
    return due


async def take(  # noqa: PLR0913, PLR0917 - who, where, when, how much
    connection: AsyncConnection,
    limits: Mapping[str, Limits],
    worker: str,
    platforms: Collection[str],
    now: datetime,
    until: datetime,
    limit: int,
) -> Sequence[Taken]:
    """Takes what is due, the longest owed first, at most one delivery a lane, and reserves its pace.

    What a worker took and never ended comes back here once its lease ran out, and is then `unclear`. On PostgreSQL
    lanes that somebody else is taking from at this moment are passed over.

    Args:
        connection: a transaction that may write.
        limits: pace by platform.
        worker: who takes; for whoever looks at the table.
        platforms: those that the worker can speak on.
        now: the present moment.
        until: end of the lease.
        limit: how many at most.
    """
    # Several threads of one lane may be due, of which one is taken: so more are read than needed.
    due = _due(connection.dialect.name, tuple(platforms))
    rows = (await connection.execute(due, {"now": now, "most": 4 * limit})).all()
    spaces = await _workspaces(connection, {row.workspace for row in rows})
    taken: dict[str, Taken] = {}
    for row in rows:
        allowed = limits.get(row.platform, UNPACED)
        space, free_at = spaces[row.workspace]
        if row.lane in taken or len(taken) == limit or max(free_at, space.free_at(allowed.workspace)) > now:
            continue
        one = await _begin(connection, row, worker, now)
        if one is not None:
            taken[row.lane] = one
            pace = Pace(_numbers(row.lane_arrivals)).after(allowed.lane, now)
            spaces[row.workspace] = space.after(allowed.workspace, now), free_at
            await _set_lane(
                connection, row.lane, pace, pace.free_at(allowed.lane), leased_until=until, holder=one.holder
            )
    for key in sorted({one.delivery.place.workspace for one in taken.values()}):
        (platform,) = {one.delivery.place.platform for one in taken.values() if one.delivery.place.workspace == key}
        space, _ = spaces[key]
        await _set_lane(connection, key, space, space.free_at(limits.get(platform, UNPACED).workspace))
    return tuple(taken.values())


async def _begin(connection: AsyncConnection, row: Row[Any], worker: str, now: datetime) -> Taken | None:
    """Marks a delivery as being sent, or ends it where it cannot be; None if there is nothing to send."""
    delivery, died = delivery_of(row), ""
    if row.target_state in (DeliveryState.FAILED, DeliveryState.GONE):
        died = "what it edits never landed"
    elif row.root_state:
        died = "what it stands under never landed"
    elif delivery.post is None:
        # What was erased has ended before; this one would be taken, and break whoever takes it, for ever.
        died = "its post cannot be read by this version"
    values: dict[str, Any] = {"state": DeliveryState.FAILED, "ended": now, "reason": died}
    unclear = row.unclear or row.state == DeliveryState.SENDING
    if not died:
        values = {"state": DeliveryState.SENDING, "unclear": unclear, "worker": worker}
    d = deliveries.c
    # The row was read before its lane was locked: whoever held the lane then may have ended it since.
    marked = await connection.execute(
        update(deliveries)
        .where(d.seq == row.seq, d.state == row.state, d.attempts == row.attempts)
        .values(attempts=row.attempts + 1, **values)
    )
    if died or marked.rowcount != 1:
        return None
    return Taken(
        delivery=replace(delivery, state=DeliveryState.SENDING, attempts=row.attempts + 1, unclear=unclear),
        failures=row.failures,
        failing_since=row.failing_since,
    )


# To put these together takes SQLAlchemy longer than SQLite to carry them out, and they are asked for all the time.
@cache
def _soonest(dialect: str, platforms: tuple[str, ...]) -> Select[Any]:
    return _heads(platforms).with_only_columns(func.min(_moment(dialect), type_=Moment()))


@cache
def _due(dialect: str, platforms: tuple[str, ...]) -> Select[Any]:
    """Heads that can be taken `now`, at `most` so many."""
    return (
        _heads(platforms)
        .where(_moment(dialect) <= bindparam("now", type_=Moment()))
        .order_by(deliveries.c.seq)
        .limit(bindparam("most", type_=Integer()))
        .add_columns(_lane.c.arrivals.label("lane_arrivals"), deliveries.c.failures, deliveries.c.failing_since)
        .with_for_update(of=_lane, skip_locked=True)
    )


def _heads(platforms: tuple[str, ...]) -> Select[Any]:
    """The first open delivery of each thread, unless it waits for one that it edits or stands under."""
    d = deliveries.c
    first = select(func.min(d.seq)).where(d.ended.is_(None)).group_by(d.lane, d.thread, d.under)
    return (
        with_targets()
        .add_columns(root.c.state.label("root_state"))
        .outerjoin(root, root.c.id == d.under)
        .join(_lane, _lane.c.key == d.lane)
        .join(_workspace, _workspace.c.key == d.workspace)
        .where(d.seq.in_(first.correlate(None)), d.platform.in_(platforms))
        .where(or_(d.edits.is_(None), target.c.state.in_(FINAL)))
        .where(or_(d.under.is_(None), root.c.state.in_(FINAL)))
    )


def _moment(dialect: str) -> ColumnElement[datetime]:
    """When a head can be taken: it is due, its lane is nobody's, and neither lane nor workspace waits."""
    greatest = func.max if dialect == "sqlite" else func.greatest
    return greatest(deliveries.c.due, _lane.c.free_at, _lane.c.leased_until, _workspace.c.free_at, type_=Moment())


async def _workspaces(connection: AsyncConnection, keys: Collection[str]) -> dict[str, tuple[Pace, datetime]]:
    """Pace of workspaces and when they are free, locked until the end of the transaction."""
    rows = await connection.execute(select(lanes).where(lanes.c.key.in_(keys)).order_by(lanes.c.key).with_for_update())
    return {row.key: (Pace(_numbers(row.arrivals)), row.free_at) for row in rows}


async def _set_lane(
    connection: AsyncConnection, key: str, pace: Pace, free_at: datetime, **lease: datetime | str
) -> None:
    arrivals = tuple(map(str, pace.arrivals))
    await connection.execute(
        update(lanes).where(lanes.c.key == key).values(arrivals=arrivals, free_at=free_at, **lease)
    )


def _numbers(arrivals: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(map(int, arrivals))
