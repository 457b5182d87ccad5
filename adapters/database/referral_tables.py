"""Tables of referrals, of their history, and of the bureaus' rosters."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from adapters.database.base import Moment, Number, Prose, metadata, place_columns

#: Rows as `bot.referrals.Referral`.
referrals = Table(
    "referrals",
    metadata,
    # A number that was told never comes back, and nobody waits for another one's commit to get one.
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("author_platform", Text, nullable=False),
    Column("author_tenant", Text, nullable=False),
    Column("author", Text, nullable=False),
    *place_columns(),
    Column("prefecture", Text, nullable=False),
    Column("bureau", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("intake", Prose),  # JSON; NULL once it was erased
    Column("made", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("sent", Moment),
    Column("due", Moment),
    Column("left", Integer, nullable=False),
    Column("remind", Moment, index=True),
    Column("reminded", Integer, nullable=False),
    Column("holder_platform", Text),  # these three NULL: nobody
    Column("holder_tenant", Text),
    Column("holder", Text),
    Column("official", Prose, nullable=False),
    Column("result", Prose, nullable=False),
    Column("desk_card", Text, nullable=False),
    Column("bureau_card", Text, nullable=False),
    Index(None, "desk", "state"),
    Index(None, "bureau", "state"),
    sqlite_autoincrement=True,
)

#: Rows as `bot.referrals.Entry`, in the order in which they were told.
referral_entries = Table(
    "referral_entries",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=True),
    Column("referral", Text, ForeignKey("referrals.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_bureau", Boolean, nullable=False),
    Column("text", Prose, nullable=False),
    Index(None, "referral", "seq"),
)

#: Rows as `bot.referrals.Shift`.
shifts = Table(
    "shifts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bureau", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("turn", Text, nullable=False),
    Column("since", Text, nullable=False),  # ISO dates, whose order is that of the letters
    Column("until", Text, nullable=False),
    Column("name", Prose, nullable=False),
    Index(None, "bureau", "until"),
)
