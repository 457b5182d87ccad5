"""The tables of events, desks, exchanges, audit, addresses and keys.

Deliveries stand in `adapters.database.deliveries`, referrals in `adapters.database.referral_tables`, the practice place
in `adapters.database.console_tables`; Slack's installations are slack_sdk's own.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from adapters.database.base import Moment, Number, Prose, Words, metadata, place_columns

#: Ids of events that were claimed.
seen = Table(
    "seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

#: Events that wait for their turn or are in hand; those that ended are deleted.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("lane", Text, nullable=False),
    Column("incoming", Text, nullable=False),  # JSON
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text, nullable=False),  # "" for nobody's
    Column("leased_until", Moment),
    Column("reason", Text, nullable=False),
    Index(None, "lane", "id"),
    # A number must not come back after its event ended: a worker that was held up would end another one's event.
    sqlite_autoincrement=True,
)

desks = Table(
    "desks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Prose, nullable=False),
    Column("prefecture", Text, nullable=False),
    Column("municipalities", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("languages", Words, nullable=False),
    Column("hours", Prose, nullable=False),
    Column("contact", Prose, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("desk", Text, nullable=False, index=True),
    Column("bureau", Text, nullable=False, index=True, server_default=""),
    Column("listening", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("name", Prose, nullable=False, server_default=""),
)

members = Table(
    "members",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("bureau", Text, nullable=False),
    Column("since", Moment),  # NULL: before it was kept
)

invitations = Table(
    "invitations",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of the code: who reads the table cannot use it
    Column("role", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("bureau", Text, nullable=False),
    Column("until", Moment, nullable=False),
    Column("uses", Integer, nullable=False),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Text, primary_key=True),
    *place_columns(),
    Column("person_platform", Text, nullable=False),
    Column("person_tenant", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("question", Prose, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("desk", Text, nullable=False),
    Column("sections", Words, nullable=False),
    Column("delivery", Text, nullable=False),
    Index(None, "platform", "tenant", "channel", "thread", "at"),
    Index(None, "desk", "at"),
)

#: Rows are only ever added: triggers of the first migration refuse everything else.
audit = Table(
    "audit",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("what", Text, nullable=False),
    Column("person_platform", Text),  # these three NULL: the command line, or the program itself
    Column("person_tenant", Text),
    Column("person", Text),
    Column("about", Text, nullable=False),
    Index(None, "person_platform", "person_tenant", "person", "what", "at"),
)

#: What a platform needs to know to speak in a place; Teams' conversation references.
addresses = Table(
    "addresses",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

#: Keys that the program made for itself. Who reads this table can read all that they give access to anyway.
secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # hexadecimal
)
