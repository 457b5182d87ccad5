"""Tables of what is owed, and of the lanes in which it is sent; rows as `bot.deliveries.Delivery`.

A delivery is open as long as `ended` is NULL. `seq` is the order in which deliveries became owed. `attempts` only
ever grows: whoever sends holds the number of their attempt, and writes its result only while that number stands.
A lane is one channel, or one workspace (whose row holds only the pace and pauses that all its channels share).
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from adapters.database.base import Moment, Number, Prose, Words, metadata, place_columns

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
    deliveries.c.seq,
    sqlite_where=deliveries.c.ended.is_(None),
    postgresql_where=deliveries.c.ended.is_(None),
)
Index("ix_deliveries_state_ended", deliveries.c.state, deliveries.c.ended)
Index("ix_deliveries_edits", deliveries.c.edits)

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
