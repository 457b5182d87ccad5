"""Since when somebody is a member."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; for who joined before, it is when they last used a code."""
    op.add_column("members", sa.Column("since", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE members SET since = (SELECT MAX(audit.at) FROM audit WHERE audit.what = 'redeem_code' "
        "AND audit.person_platform = members.platform AND audit.person_tenant = members.tenant "
        "AND audit.person = members.person)"
    )
