"""Referrals that waited for no moment get one: before there was an end for what nobody goes on with, they had none."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: As `bot.referring.timing.LAPSES_AFTER` was when this was written.
_AFTER = timedelta(days=90)

_moment = sa.DateTime(timezone=True)
_referrals = sa.table(
    "referrals",
    sa.column("number", sa.BigInteger()),
    sa.column("state", sa.Text()),
    sa.column("changed", _moment),
    sa.column("remind", _moment),
)


def upgrade() -> None:
    """All reminders of theirs went out: what is left is the end, a quarter of a year after the last step."""
    waiting = sa.select(_referrals.c.number, _referrals.c.changed).where(
        _referrals.c.remind.is_(None), _referrals.c.state.in_(("sent", "taken", "asked_back", "answered"))
    )
    connection = op.get_bind()
    for number, changed in connection.execute(waiting).all():
        ends = sa.update(_referrals).where(_referrals.c.number == number).values(remind=changed + _AFTER)
        connection.execute(ends)
