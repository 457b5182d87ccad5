"""What is erased when: texts after the time that the settings give, what was never anonymised sooner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from adapters.database.console import ConsoleMessages
from adapters.database.engine import Database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore, SqlWork
from adapters.resolved import ResolvedSearch
from adapters.working import Chore

#: Ids of events are kept this long: no platform repeats one after a day.
_CLAIMS = timedelta(days=30)
#: Drafts that nobody goes on with hold what people wrote as they wrote it.
_DRAFTS = timedelta(days=30)


def chores(
    keep_days: int, store: SqlStore, queue: SqlQueue, database: Database, resolved: ResolvedSearch
) -> Sequence[Chore]:
    """All there is to tidy.

    Args:
        keep_days: days after which texts are erased; counts stay.
        store: where questions and referrals are.
        queue: where posts are.
        database: where the practice place is.
        resolved: holds texts of referrals in memory; another process may have erased them from the database.
    """
    kept = timedelta(days=keep_days)

    def within(tidy: Callable[[SqlWork, datetime], Awaitable[int]]) -> Callable[[datetime], Awaitable[int]]:
        async def tidied(before: datetime) -> int:
            async with store() as work:
                count = await tidy(work, before)
                await work.commit()
                return count

        return tidied

    async def forget(before: datetime) -> int:
        return resolved.forget(before)

    return (
        Chore("claims", _CLAIMS, within(lambda work, before: work.inbox.forget(before))),
        Chore("questions", kept, within(lambda work, before: work.exchanges.erase(before))),
        Chore("referrals", kept, within(lambda work, before: work.referrals.erase(before))),
        Chore("indexes", kept, forget),
        Chore("drafts", min(kept, _DRAFTS), within(lambda work, before: work.referrals.erase_drafts(before))),
        Chore("rosters", kept, within(lambda work, before: work.roster.forget(before.date()))),
        Chore("posts", kept, queue.erase),
        Chore("practice", kept, ConsoleMessages(database).forget),
    )
