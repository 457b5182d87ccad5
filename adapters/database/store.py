"""Units of work over a database: `bot.ports.Store` and `Work`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.audit import SqlAudit
from adapters.database.desks import SqlDesks
from adapters.database.engine import Database
from adapters.database.exchanges import SqlExchanges
from adapters.database.faults import faults_told
from adapters.database.inbox import SqlInbox
from adapters.database.queue import SqlOutbox
from adapters.database.referrals import SqlReferrals
from adapters.database.roster import SqlRoster


class SqlWork:
    """What is done through it counts at `commit`, or not at all.

    Args:
        connection: in a transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.inbox = SqlInbox(connection)
        self.outbox = SqlOutbox(connection)
        self.desks = SqlDesks(connection)
        self.referrals = SqlReferrals(connection)
        self.roster = SqlRoster(connection)
        self.exchanges = SqlExchanges(connection)
        self.audit = SqlAudit(connection)

    async def commit(self) -> None:
        """Makes it count.

        Raises:
            StoreUnavailable: it does not count; where the connection broke amid the commit it may.
        """
        with faults_told():
            await self._connection.commit()


class SqlStore:
    """Opens units of work.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[SqlWork]:
        """A unit of work; left without `commit` it is undone.

        Raises:
            StoreUnavailable: the database cannot be reached, is locked or full.
        """
        async with self._database.connect() as connection:
            yield SqlWork(connection)
