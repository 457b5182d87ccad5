"""Brings a database's tables up to date, or refuses one that a newer program has used."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

#: One lock for all processes that start at once; the number means nothing but must never change.
_LOCK = 0x6D61646F


class SchemaTooNew(Exception):
    """A newer program has used the database; this one does not know its tables."""

    def __init__(self) -> None:
        super().__init__(
            "データベースは、このプログラムより新しい版で使われています。プログラムを新しい版にしてください。"
        )


def revisions() -> list[str]:
    """All revisions that this program knows, the oldest first."""
    return [script.revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions()][::-1]


def migrate(connection: Connection, revision: str = "head") -> None:
    """Brings the tables up to date within the connection's transaction; the caller commits.

    Args:
        connection: in a transaction that may write. On SQLite nobody else can be in one.
        revision: how far, "head" for all.

    Raises:
        SchemaTooNew: the database holds a revision that this program does not know.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    current = set(MigrationContext.configure(connection).get_current_heads())
    if current - set(revisions()):
        raise SchemaTooNew
    config = _configuration()
    if current != set(ScriptDirectory.from_config(config).get_heads()):
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _configuration() -> Config:
    """Alembic's configuration; the migrations are found beside this module, installed or not."""
    config = Config()
    # A per cent sign is one of ConfigParser's.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
