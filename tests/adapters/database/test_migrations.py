from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from setuptools import find_packages  # type: ignore[import-untyped]
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Connection, MetaData, inspect, text

from adapters.database import codec, console_tables, deliveries, tables
from adapters.database.base import metadata
from adapters.database.engine import Database, open_database
from adapters.database.migrating import SchemaTooNew, migrate, revisions
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from bot.desks import Channel
from bot.referrals import OPEN, State
from bot.referring.timing import LAPSES_AFTER
from tests.adapters.database.events import LATER, NOW, PLACE, POST
from tests.adapters.database.opening import connected, opened

ROOT = Path(__file__).parents[3]


def wanted() -> MetaData:
    """Every table that the program uses: ours, and slack_sdk's as slack_sdk defines them."""
    assert {tables.inbox, deliveries.deliveries, console_tables.console_clock} <= set(metadata.tables.values())
    every = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.tables.values():
        table.to_metadata(every)
    SQLAlchemyInstallationStore.build_bots_table(every, SQLAlchemyInstallationStore.default_bots_table_name)
    SQLAlchemyInstallationStore.build_installations_table(
        every, SQLAlchemyInstallationStore.default_installations_table_name
    )
    SQLAlchemyOAuthStateStore.build_oauth_states_table(every, SQLAlchemyOAuthStateStore.default_table_name)
    return every


def differences(connection: Connection) -> list[Any]:
    """What the tables in the database lack, or have too much, against those that the program uses."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), wanted()))


@pytest.mark.parametrize("earlier", [None, *revisions()])
async def test_up_from_each_revision_the_tables_are_those_of_the_program(empty_url: str, earlier: str | None) -> None:
    if earlier:
        async with connected(empty_url) as database, database.begin() as connection:
            await connection.run_sync(migrate, earlier)
    async with opened(empty_url) as database, database.reading() as connection:
        assert await connection.run_sync(differences) == []
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar() == revisions()[-1]


async def test_what_stood_before_referrals_stands_still(empty_url: str) -> None:
    place = "'slack', 'T1', 'C1', '', ''"
    rows = (
        "INSERT INTO channels (platform, tenant, channel, desk, listening, audience, language, gone) "
        "VALUES ('slack', 'T1', 'C1', '13-shinjuku', 'mentions', 'thread', 'vi', false)",
        "INSERT INTO lanes (key, arrivals, free_at, leased_until, holder) SELECT key, '[]', '1970-01-01 00:00:00', "
        "'1970-01-01 00:00:00', '' FROM (SELECT 'slack/T1' AS key UNION SELECT 'slack/T1/C1') AS keys",
        *(
            "INSERT INTO deliveries (id, platform, tenant, channel, thread, only_to, lane, workspace, post, state, "
            "attempts, failures, made, due, edits, unclear, reason, worker) "
            f"VALUES ('{id_}', {place}, 'slack/T1/C1', 'slack/T1', '{codec.post.write(POST)}', 'waiting', 0, 0, "
            f"'2026-11-20 03:00:00', '2026-11-20 03:00:00', {edits}, false, '', '')"
            for id_, edits in (("first", "NULL"), ("edit", "'first'"))
        ),
    )
    async with connected(empty_url) as database, database.begin() as connection:
        await connection.run_sync(migrate, "0001")
        for row in rows:
            await connection.execute(text(row.replace(":", r"\:")))
    async with opened(empty_url) as database:
        async with SqlStore(database)() as work:
            here = Channel(place=PLACE.in_channel(), desk="13-shinjuku", language="vi")
            assert await work.desks.channel(PLACE) == here
            await work.desks.set_channel(replace(here, bureau="tokyo"))
            assert list(await work.desks.channels_of_bureau("tokyo")) == [replace(here, bureau="tokyo")]
            edit = await work.outbox.delivery("edit")
            assert edit is not None
            assert (edit.edits, edit.under, edit.post, edit.due) == ("first", "", POST, NOW)
            under = await work.outbox.delivery(await work.outbox.owe(PLACE.in_channel(), POST, NOW, under="first"))
            assert under is not None
            assert under.under == "first"
            await work.commit()
        [head] = await SqlQueue(database, {}).take("w", ["slack"], NOW, LATER, 9)
        assert head.delivery.id == "first"


async def test_what_waited_without_a_moment_ends_and_members_learn_since_when_they_are(empty_url: str) -> None:
    quiet = (NOW - LAPSES_AFTER).astimezone(UTC).replace(tzinfo=None)
    states = (State.SENT, State.TAKEN, State.ASKED_BACK, State.ANSWERED, State.RESOLVED, State.WITHDRAWN)
    who = "'slack', 'T1', 'U1'"
    rows = (
        *(
            "INSERT INTO referrals (id, version, state, desk, author_platform, author_tenant, author, platform, "
            'tenant, channel, thread, only_to, prefecture, bureau, by_hand, made, changed, sent, "left", remind, '
            "reminded, official, result, desk_card, bureau_card) "
            f"VALUES ('{state}', 4, '{state}', '13-shinjuku', {who}, 'slack', 'T1', 'C1', '', '', '東京都', 'tokyo', "
            f"false, '{quiet}', '{quiet}', '{quiet}', 0, {remind}, 4, '', '', '', '')"
            for state, remind in [*((state, "NULL") for state in states), ("reminded", f"'{quiet}'")]
        ),
        "UPDATE referrals SET state = 'sent' WHERE id = 'reminded'",
        *(
            "INSERT INTO audit (at, what, person_platform, person_tenant, person, about) "
            f"VALUES ('{at}', '{what}', {who}, '13-shinjuku')"
            for at, what in (("2026-10-01", "redeem_code"), (quiet, "redeem_code"), ("2026-11-01", "ask"))
        ),
        *(
            f"INSERT INTO members (platform, tenant, person, role, desk, bureau) VALUES ({person}, 'agency', '', '')"
            for person in (who, "'slack', 'T1', 'U2'")
        ),
    )
    async with connected(empty_url) as database, database.begin() as connection:
        await connection.run_sync(migrate, "0004")
        for row in rows:
            await connection.execute(text(row.replace(":", r"\:")))
    async with opened(empty_url) as database, SqlStore(database)() as work:
        due = await work.referrals.due(NOW)
        moments = {one.id: one.remind for one in due}
        assert moments.pop("reminded") == NOW - LAPSES_AFTER
        assert moments == {state.value: NOW for state in OPEN}
        assert [one.id for one in await work.referrals.due(NOW - timedelta(microseconds=1))] == ["reminded"]
        for ended in (State.RESOLVED, State.WITHDRAWN):
            one = await work.referrals.referral(ended)
            assert one is not None
            assert one.remind is None
        since = {member.person.id: member.since for member in await work.desks.members()}
        assert since == {"U1": datetime(2026, 10, 1, tzinfo=UTC), "U2": None}


async def test_a_difference_would_be_seen(database: Database) -> None:
    changes = ("DROP INDEX ix_seen_at", "ALTER TABLE desks DROP COLUMN hours", "CREATE TABLE more (id INTEGER)")
    async with database.connect() as connection:
        for change in changes:
            await connection.execute(text(change))
        found = [one[0] for one in await connection.run_sync(differences)]
    assert sorted(found) == ["add_column", "add_index", "remove_table"]


def test_revisions_are_numbered() -> None:
    files = (ROOT / "adapters/database/migrations/versions").glob("[0-9]*.py")
    assert sorted(path.name.split("_")[0] for path in files) == revisions()
    assert [f"{number:04}" for number in range(1, len(revisions()) + 1)] == revisions()


def test_an_installed_program_has_them() -> None:
    assert "adapters.database.migrations.versions" in find_packages(str(ROOT), include=["adapters*"])


async def test_several_that_start_together_make_the_tables_once(empty_url: str) -> None:
    async with AsyncExitStack() as stack:
        together = (stack.enter_async_context(opened(empty_url)) for _ in range(4))
        first, *_ = await asyncio.gather(*together)
        async with first.reading() as connection:
            assert await connection.run_sync(differences) == []


async def test_a_database_of_a_newer_program_is_left_alone(empty_url: str) -> None:
    async with opened(empty_url) as database, database.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="新しい版"):
        await open_database(empty_url)


async def test_an_upgrade_that_is_broken_off_leaves_nothing(empty_url: str) -> None:
    async with connected(empty_url) as database:
        with pytest.raises(LookupError):
            async with database.begin() as connection:
                await connection.run_sync(migrate)
                raise LookupError
        async with database.reading() as connection:
            assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
