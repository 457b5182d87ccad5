"""What every store must do; `bot.ports` has the words.

A subclass has two fixtures: `store`, and `other`, a second one over the same data, as another process would open it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.ports import Store
from tests.adapters.database.events import NOW, PLACE, POST, SATO, asked, exchange
from tests.adapters.database.inbox_contract import InboxContract
from tests.adapters.database.records_contract import SHINJUKU, RecordsContract
from tests.adapters.database.referral_rows import DRAFT
from tests.adapters.database.referrals_contract import ReferralsContract
from tests.adapters.database.roster_contract import DUTY, RosterContract


class StoreContract(InboxContract, RecordsContract, ReferralsContract, RosterContract):
    async def test_nothing_counts_without_commit(self, store: Store, other: Store) -> None:
        async with store() as work:
            await work.inbox.claim(("E1",), NOW)
            await work.inbox.keep(asked(), NOW)
            await work.desks.put(SHINJUKU)
            await work.exchanges.record(exchange("a" * 32))
            await work.outbox.owe(PLACE, POST, NOW)
            await work.referrals.add(replace(DRAFT, id="a" * 32))
            await work.roster.put(DUTY)
            await work.audit.note("import_desks", None, "13-shinjuku", NOW)
        async with other() as work:
            assert await work.inbox.take("w1", NOW, NOW) is None
            assert list(await work.desks.desks()) == []
            assert await work.exchanges.exchange("a" * 32) is None
            assert dict(await work.outbox.counts()) == {}
            assert await work.referrals.referral("a" * 32) is None
            assert list(await work.roster.of("tokyo", NOW.date())) == []
            assert await work.inbox.claim(("E1",), NOW)

    async def test_an_error_undoes_all(self, store: Store) -> None:
        with pytest.raises(LookupError):
            async with store() as work:
                await work.desks.put(SHINJUKU)
                raise LookupError
        async with store() as work:
            assert list(await work.desks.desks()) == []

    async def test_what_is_committed_counts_for_others(self, store: Store, other: Store) -> None:
        async with store() as work:
            await work.desks.put(SHINJUKU)
            delivery = await work.outbox.owe(PLACE, POST, NOW)
            await work.commit()
        async with other() as work:
            assert list(await work.desks.desks()) == [SHINJUKU]
            owed = await work.outbox.delivery(delivery)
            assert owed is not None
            assert (owed.post, owed.place, owed.due) == (POST, PLACE, NOW)

    async def test_what_follows_the_commit_needs_another(self, store: Store) -> None:
        async with store() as work:
            await work.desks.put(SHINJUKU)
            await work.commit()
            await work.audit.note("import_desks", SATO, "13-shinjuku", NOW)
        async with store() as work:
            assert list(await work.desks.desks()) == [SHINJUKU]
            assert await work.audit.count("import_desks", SATO, NOW) == 0
