from __future__ import annotations

from dataclasses import replace

from adapters.database.engine import Database
from adapters.database.store import SqlStore
from bot.referrals import Referral, State
from tests.bot.referral_samples import SENT, referral

RESOLVED = replace(referral(State.RESOLVED), official="回答")


async def test_each_side_finds_its_own_and_the_newest_first(database: Database) -> None:
    kept = [
        RESOLVED,
        RESOLVED,
        replace(RESOLVED, by_hand=True),
        replace(RESOLVED, desk="13-shinjuku"),
        replace(RESOLVED, bureau="osaka"),
        replace(RESOLVED, state=State.ANSWERED),
        replace(RESOLVED, official=""),
    ]
    async with SqlStore(database)() as work:
        added = [await work.referrals.add(replace(one, id=f"{at:032x}")) for at, one in enumerate(kept)]
        await work.commit()

    def named(*places: int) -> list[tuple[str, int]]:
        return [(added[at].id, 1) for at in places]

    async with SqlStore(database)() as work:
        find = work.referrals.resolved
        assert list(await find(RESOLVED.desk, "", 9)) == named(4, 2, 1, 0)
        assert list(await find(RESOLVED.desk, "", 2)) == named(4, 2)
        assert list(await find("", "tokyo", 9)) == named(3, 1, 0)  # what was written down by hand was never sent
        assert list(await find("13-shinjuku", "osaka", 9)) == named(4, 3)
        assert list(await find("", "", 9)) == []


async def test_what_is_erased_or_reopened_is_found_no_more(database: Database) -> None:
    async with SqlStore(database)() as work:
        first: Referral = await work.referrals.add(replace(RESOLVED, id="1" * 32))
        await work.referrals.add(replace(RESOLVED, id="2" * 32, changed=SENT.replace(year=2020)))
        assert await work.referrals.erase(SENT) == 1
        assert list(await work.referrals.resolved(RESOLVED.desk, "", 9)) == [("1" * 32, 1)]
        assert await work.referrals.change(replace(first, version=2, state=State.TAKEN))
        assert list(await work.referrals.resolved(RESOLVED.desk, "", 9)) == []
        await work.commit()
