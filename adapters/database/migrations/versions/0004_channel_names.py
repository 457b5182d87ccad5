"""What channels are called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; names are asked for once the program runs."""
    op.add_column("channels", sa.Column("name", sa.Text(), nullable=False, server_default=""))
