"""Tables of what is owed, and of the lanes in which it is sent; rows as `bot.deliveries.Delivery`.

A delivery is open as long as `ended` is NULL. `seq` is the order in which deliveries became owed. `attempts` only
ever grows: whoever sends holds the number of their attempt, and writes its result only while that number stands.
A lane is one channel, or one workspace (whose row holds only the pace and pauses that all its channels share).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Row, Select, Table, Text, select

from adapters.database import codec
from adapters.database.base import Moment, Number, Prose, Words, metadata, place_columns
from bot.deliveries import Delivery, DeliveryState
from bot.places import Place, Receipt
from bot.posts import Post

#: In the past of every clock: a lane that nobody holds and nothing pauses.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

deliveries = Table(
    "deliveries",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    *place_columns(),
    Column("lane", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("post", Prose),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # Failures in a row and when they began: throttling is none.
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("ended", Moment),
    Column("edits", Text, ForeignKey("deliveries.id")),
    # Only as long as the thread is not known: then `thread` says it.
    Column("under", Text, ForeignKey("deliveries.id")),
    Column("unclear", Boolean, nullable=False),
    # The place's five parts, then the message.
    Column("receipt", Words),
    Column("reason", Text, nullable=False),
    Column("worker", Text, nullable=False),
)
# Heads of threads are read from this one, whose size is that of the work at hand, not of all that was ever sent.
Index(
    "ix_deliveries_open",
    deliveries.c.lane,
    deliveries.c.thread,
    deliveries.c.under,
    deliveries.c.seq,
    sqlite_where=deliveries.c.ended.is_(None),
    postgresql_where=deliveries.c.ended.is_(None),
)
Index("ix_deliveries_state_ended", deliveries.c.state, deliveries.c.ended)
Index("ix_deliveries_edits", deliveries.c.edits)
Index("ix_deliveries_under", deliveries.c.under)

lanes = Table(
    "lanes",
    metadata,
    Column("key", Text, primary_key=True),
    # `bot.pacing.Pace`: theoretical arrival times.
    Column("arrivals", Words, nullable=False),
    # Pace and pauses in one: nothing is sent before then.
    Column("free_at", Moment, nullable=False),
    Column("leased_until", Moment, nullable=False),
    # Whose send it is leased for, as "delivery/attempt".
    Column("holder", Text, nullable=False),
)

#: The delivery that another one edits, and the one whose thread another one waits for.
target = deliveries.alias("target")
root = deliveries.alias("root")


def with_targets() -> Select[Any]:
    """Selects deliveries together with the state and receipt of those that they edit."""
    return select(deliveries, target.c.state.label("target_state"), target.c.receipt.label("target_receipt")).outerjoin(
        target, target.c.id == deliveries.c.edits
    )


def delivery_of(row: Row[Any]) -> Delivery:
    """A row of `with_targets` as a value; a post that this version of the program cannot read is None."""
    return Delivery(
        id=row.id,
        place=Place(
            platform=row.platform, tenant=row.tenant, channel=row.channel, thread=row.thread, only_to=row.only_to
        ),
        post=_post(row.post),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        made=row.made,
        due=row.due,
        edits=row.edits or "",
        under=row.under or "",
        target=receipt_of(row.target_receipt),
        unclear=row.unclear,
        receipt=receipt_of(row.receipt),
        reason=row.reason,
    )


def receipt_parts(receipt: Receipt) -> tuple[str, ...]:
    """A receipt as the column holds it."""
    place = receipt.place
    return place.platform, place.tenant, place.channel, place.thread, place.only_to, receipt.message


def _post(text: str | None) -> Post | None:
    try:
        return None if text is None else codec.post.read(text)
    except ValueError:
        return None


def receipt_of(parts: tuple[str, ...] | None) -> Receipt | None:
    """What the column holds as a receipt."""
    if parts is None:
        return None
    platform, tenant, channel, thread, only_to, message = parts
    place = Place(platform=platform, tenant=tenant, channel=channel, thread=thread, only_to=only_to)
    return Receipt(place, message)
