"""What was done, by whom, when: `bot.ports.Audit` in SQL. The table refuses changes by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.tables import audit
from bot.places import Person


class SqlAudit:
    """Rows within one transaction.

    Args:
        connection: in the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, what: str, person: Person | None, about: str, at: datetime) -> None:
        """Adds a row: the verb, who did it (None for the program itself), the id of what it was done to, when."""
        who = _of(person) if person else {}
        await self._connection.execute(audit.insert().values(what=what, about=about, at=at, **who))

    async def count(self, what: str, person: Person, since: datetime) -> int:
        """How often somebody did something since then."""
        theirs = [audit.c[name] == value for name, value in _of(person).items()]
        done = select(func.count()).select_from(audit).where(*theirs, audit.c.what == what, audit.c.at >= since)
        return (await self._connection.execute(done)).scalar_one()


def _of(person: Person) -> dict[str, str]:
    return {"person_platform": person.platform, "person_tenant": person.tenant, "person": person.id}
