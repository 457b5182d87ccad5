from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from adapters.database.engine import Database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.resolved import ResolvedSearch
from adapters.tidying import chores
from bot.referrals import State
from tests.adapters.database.events import NOW, PLACE, POST, exchange
from tests.adapters.database.opening import opened
from tests.adapters.database.referral_rows import added, standing
from tests.adapters.database.roster_contract import DUTY
from tests.fakes import BigramFinder


async def tidied(
    database: Database, keep_days: int, now: datetime, resolved: ResolvedSearch | None = None
) -> Mapping[str, int]:
    """What each chore found."""
    resolved = resolved or ResolvedSearch(BigramFinder)
    all_of_it = chores(keep_days, SqlStore(database), SqlQueue(database, {}), database, resolved)
    return {chore.name: await chore.do(now - chore.age) for chore in all_of_it}


@pytest.mark.parametrize(
    ("keep_days", "after", "found"),
    [
        (180, 29, set()),
        (180, 31, {"claims", "drafts"}),
        (180, 181, {"claims", "drafts", "questions", "referrals", "rosters"}),
        (7, 6, set()),
        (7, 8, {"drafts", "questions", "referrals", "rosters"}),
    ],
)
async def test_each_thing_has_its_time(tmp_path: Path, keep_days: int, after: int, found: set[str]) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database:
        store = SqlStore(database)
        await added(store)
        await standing(store, State.RESOLVED)
        async with store() as work:
            await work.inbox.claim(("E1",), NOW)
            await work.exchanges.record(exchange("a" * 32))
            await work.roster.put(replace(DUTY, since="2026-11-19", until="2026-11-19"))
            await work.outbox.owe(PLACE, POST, NOW)  # not yet sent: it has no age
            await work.commit()
        now = NOW + timedelta(days=after)
        assert {name for name, count in (await tidied(database, keep_days, now)).items() if count} == found
        assert not any((await tidied(database, keep_days, now)).values())


async def test_what_another_process_erased_is_forgotten_here_too(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database:
        one = await standing(SqlStore(database), State.RESOLVED)
        here = ResolvedSearch(BigramFinder)
        here.find("在留カード", [(one.id, one.version)], [one], 1)
        late = NOW + timedelta(days=181)
        assert (await tidied(database, 180, late))["referrals"] == 1
        found = await tidied(database, 180, late, here)
        assert (found["referrals"], found["indexes"]) == (0, 1)
        assert here.unknown([(one.id, one.version)])


async def test_a_roster_keeps_what_still_holds(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as database, SqlStore(database)() as work:
        await work.roster.put(DUTY)
        assert await work.roster.forget(date(2026, 11, 20)) == 0
        assert list(await work.roster.of("tokyo", datetime(2026, 11, 20, tzinfo=UTC).date())) == [DUTY]
        assert await work.roster.forget(date(2026, 11, 21)) == 1
