"""Referrals, rosters, channels of bureaus, and deliveries in threads that are yet to begin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds tables and columns; what stands stays as it is."""
    _referrals()
    _shifts()
    op.add_column("channels", sa.Column("bureau", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_channels_bureau", "channels", ["bureau"])
    # In one statement, which both dialects take: SQLite can add no constraint to a table that stands.
    op.execute(
        "ALTER TABLE deliveries ADD COLUMN under TEXT "
        "CONSTRAINT fk_deliveries_under_deliveries REFERENCES deliveries (id)"
    )
    op.create_index("ix_deliveries_under", "deliveries", ["under"])
    op.drop_index("ix_deliveries_open", "deliveries")
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["lane", "thread", "under", "seq"],
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )


def _referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("author_platform", "author_tenant", "author")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("platform", "tenant", "channel", "thread", "only_to")
        ),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("bureau", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("intake", sa.Text(), nullable=True),
        sa.Column("made", moment, nullable=False),
        sa.Column("changed", moment, nullable=False),
        sa.Column("sent", moment, nullable=True),
        sa.Column("due", moment, nullable=True),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("remind", moment, nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("holder_platform", "holder_tenant", "holder")),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("desk_card", sa.Text(), nullable=False),
        sa.Column("bureau_card", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_referrals"),
        sa.UniqueConstraint("id", name="uq_referrals_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referrals_desk_state", "referrals", ["desk", "state"])
    op.create_index("ix_referrals_bureau_state", "referrals", ["bureau", "state"])
    op.create_index("ix_referrals_remind", "referrals", ["remind"])
    op.create_table(
        "referral_entries",
        sa.Column("seq", number, autoincrement=True, nullable=False),
        sa.Column("referral", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_bureau", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["referral"], ["referrals.id"], name="fk_referral_entries_referral_referrals"),
        sa.PrimaryKeyConstraint("seq", name="pk_referral_entries"),
    )
    op.create_index("ix_referral_entries_referral_seq", "referral_entries", ["referral", "seq"])


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bureau", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("platform", "tenant", "person")),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
    )
    op.create_index("ix_shifts_bureau_until", "shifts", ["bureau", "until"])
