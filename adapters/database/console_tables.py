"""Tables of the practice place: what stands in its rooms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from adapters.database.base import Moment, Prose, metadata

#: Messages of people and of the assistant. `revision` counts every message written or changed.
console_messages = Table(
    "console_messages",
    metadata,
    Column("id", String(32), primary_key=True),  # of the assistant's messages: the delivery's id
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("only_to", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("post", Prose, nullable=False),
    Column("at", Moment, nullable=False),
    Column("position", BigInteger, nullable=False, unique=True),
    Column("revision", BigInteger, nullable=False, unique=True),
)
Index(None, console_messages.c.channel, console_messages.c.position)

#: One row. Whoever writes holds it until the commit, so that nobody ever sees a later revision before an earlier one.
console_clock = Table(
    "console_clock",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
)
