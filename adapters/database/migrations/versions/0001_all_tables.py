"""All tables.

Columns are written out: a revision stays what it was, whatever the program's tables become. There is no way down; who
wants to go back restores the backup that stands in the README.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes all tables, and the triggers that keep the audit as it was written."""
    _events()
    _desks()
    _records()
    _deliveries()
    _practice_place()
    _slack()
    _only_ever_added()


def _events() -> None:
    op.create_table(
        "seen",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])
    op.create_table(
        "inbox",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("incoming", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("due", moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("leased_until", moment, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_lane_id", "inbox", ["lane", "id"])


def _desks() -> None:
    op.create_table(
        "desks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("municipalities", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desks"),
    )
    op.create_table(
        "channels",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("listening", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "tenant", "channel", name="pk_channels"),
    )
    op.create_index("ix_channels_desk", "channels", ["desk"])
    op.create_table(
        "members",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("bureau", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "tenant", "person", name="pk_members"),
    )
    op.create_table(
        "invitations",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("bureau", sa.Text(), nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_invitations"),
    )


def _records() -> None:
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Text(), nullable=False),
        *_place(),
        sa.Column("person_platform", sa.Text(), nullable=False),
        sa.Column("person_tenant", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchanges"),
    )
    op.create_index("ix_exchanges_at", "exchanges", ["at"])
    op.create_index("ix_exchanges_desk_at", "exchanges", ["desk", "at"])
    op.create_index(
        "ix_exchanges_platform_tenant_channel_thread_at", "exchanges", ["platform", "tenant", "channel", "thread", "at"]
    )
    op.create_table(
        "audit",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("person_platform", sa.Text(), nullable=True),
        sa.Column("person_tenant", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index(
        "ix_audit_person_platform_person_tenant_person_what_at",
        "audit",
        ["person_platform", "person_tenant", "person", "what", "at"],
    )
    op.create_table(
        "addresses",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_addresses"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("seq", number, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        *_place(),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("made", moment, nullable=False),
        sa.Column("due", moment, nullable=False),
        sa.Column("ended", moment, nullable=True),
        sa.Column("edits", sa.Text(), nullable=True),
        sa.Column("unclear", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edits"], ["deliveries.id"], name="fk_deliveries_edits_deliveries"),
        sa.PrimaryKeyConstraint("seq", name="pk_deliveries"),
        sa.UniqueConstraint("id", name="uq_deliveries_id"),
    )
    op.create_index("ix_deliveries_edits", "deliveries", ["edits"])
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["lane", "thread", "seq"],
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index("ix_deliveries_state_ended", "deliveries", ["state", "ended"])
    op.create_table(
        "lanes",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("arrivals", sa.Text(), nullable=False),
        sa.Column("free_at", moment, nullable=False),
        sa.Column("leased_until", moment, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_lanes"),
    )


def _practice_place() -> None:
    op.create_table(
        "console_messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("only_to", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_console_messages"),
        sa.UniqueConstraint("position", name="uq_console_messages_position"),
        sa.UniqueConstraint("revision", name="uq_console_messages_revision"),
    )
    op.create_index("ix_console_messages_channel_position", "console_messages", ["channel", "position"])
    op.create_table(
        "console_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_console_clock"),
    )


def _slack() -> None:
    """As slack_sdk 3.47 defines them, written out so that a newer one cannot change what this revision means."""
    name, token, scopes, id_ = (sa.String(length) for length in (200, 200, 1000, 32))
    common = {"enterprise_name": name, "team_name": name, "bot_token": token, "bot_id": id_, "bot_user_id": id_}
    common |= {"bot_scopes": scopes, "bot_refresh_token": token}
    user = {"enterprise_url": name, "user_token": token, "user_scopes": scopes, "user_refresh_token": token}
    user |= {f"incoming_webhook_{part}": name for part in ("url", "channel", "channel_id", "configuration_url")}
    _installed("slack_bots", common)
    _installed(
        "slack_installations",
        common | user | {"token_type": id_},
        sa.Column("user_id", id_, nullable=False),
        sa.Column("user_token_expires_at", sa.DateTime()),
    )
    op.create_table(
        "slack_oauth_states",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(200), nullable=False),
        sa.Column("expire_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("slack_bots_idx", "slack_bots", ["client_id", "enterprise_id", "team_id", "installed_at"])
    op.create_index(
        "slack_installations_idx",
        "slack_installations",
        ["client_id", "enterprise_id", "team_id", "user_id", "installed_at"],
    )


def _installed(table: str, optional: dict[str, sa.String], *more: sa.Column[Any]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("app_id", sa.String(32), nullable=False),
        sa.Column("enterprise_id", sa.String(32)),
        sa.Column("team_id", sa.String(32)),
        *(sa.Column(name, kind) for name, kind in optional.items()),
        *more,
        sa.Column("bot_token_expires_at", sa.DateTime()),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        sa.Column("installed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _place() -> list[sa.Column[str]]:
    names = ("platform", "tenant", "channel", "thread", "only_to")
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _only_ever_added() -> None:
    """Rows of the audit are never changed nor deleted, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_refuses_{what.lower()} BEFORE {what} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'rows of the audit are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'rows of the audit are only ever added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
