from __future__ import annotations

from adapters.database.addresses import Addresses
from adapters.database.engine import Database

KEY = "teams/tenant/19:channel"
REFERENCE = {"serviceUrl": "https://smba.example/jp/", "bot": "28:bot"}


async def test_an_address_is_remembered_until_it_is_forgotten(database: Database) -> None:
    addresses = Addresses(database)
    assert await addresses.recall(KEY) is None
    await addresses.remember(KEY, REFERENCE)
    assert await Addresses(database).recall(KEY) == REFERENCE
    await addresses.remember(KEY, {**REFERENCE, "serviceUrl": "https://smba.example/emea/"})
    assert await addresses.recall(KEY) == {**REFERENCE, "serviceUrl": "https://smba.example/emea/"}
    await addresses.forget(KEY)
    assert await addresses.recall(KEY) is None


async def test_what_another_process_changed_is_changed_back(database: Database) -> None:
    mine, theirs = Addresses(database), Addresses(database)
    await mine.remember(KEY, REFERENCE)
    await theirs.forget(KEY)
    await mine.remember(KEY, REFERENCE)
    assert await theirs.recall(KEY) == REFERENCE


async def test_what_did_not_change_is_not_written_again(database: Database) -> None:
    addresses = Addresses(database)
    await addresses.remember(KEY, REFERENCE)
    # Whoever would write now would wait for this transaction, which waits for them.
    async with database.connect():
        await addresses.remember(KEY, dict(REFERENCE))
