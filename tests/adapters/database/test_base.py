from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Row, Table, insert, select
from sqlalchemy.exc import StatementError

from adapters.database.base import Moment, Number, Prose, Words, writable
from adapters.database.engine import Database

TABLE = Table(
    "probe",
    MetaData(),
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment),
    Column("text", Prose),
    Column("words", Words),
)


async def through(database: Database, *rows: Mapping[str, object]) -> list[Row[Any]]:
    """What comes back of what was written."""
    async with database.connect() as connection:
        await connection.run_sync(TABLE.metadata.create_all)
        for row in rows:
            await connection.execute(insert(TABLE).values(**row))
        return list(await connection.execute(select(TABLE).order_by(TABLE.c.id)))


async def test_a_time_comes_back_with_a_zone(database: Database) -> None:
    zones = [timezone(timedelta(hours=hours)) for hours in (0, 9, -5)]
    times = [datetime(2026, 11, 20, 23, 59, 59, 999999, zone) for zone in zones]
    back = [row.at for row in await through(database, *({"at": at} for at in times))]
    assert back == times
    assert {at.tzinfo for at in back} == {UTC}


async def test_times_are_compared_as_times(database: Database) -> None:
    tokyo = datetime(2026, 11, 20, 8, 0, tzinfo=timezone(timedelta(hours=9)))
    async with database.connect() as connection:
        await connection.run_sync(TABLE.metadata.create_all)
        await connection.execute(insert(TABLE).values(at=tokyo))
        for now, earlier in ((datetime(2026, 11, 19, 23, 0, tzinfo=UTC), 1), (tokyo - timedelta(microseconds=1), 0)):
            found = (await connection.execute(select(TABLE).where(TABLE.c.at <= now))).all()
            assert len(found) == earlier


async def test_a_time_without_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without time zone"):
        await through(database, {"at": datetime(2026, 11, 20)})


async def test_whatever_people_write_is_taken(database: Database) -> None:
    written = ["窓口\n🏠", "a\0b", "\ud83d", "前\udf00後", "\ud83c\udfe0", "\ufeff", "", None]
    back = [row.text for row in await through(database, *({"text": text} for text in written))]
    assert back == ["窓口\n🏠", "a\ufffdb", "\ufffd", "前\ufffd後", "🏠", "\ufeff", "", None]


def test_all_characters_stay_what_they_are() -> None:
    every = "".join(chr(code) for code in range(1, 0x3000) if not 0xD800 <= code < 0xE000)
    assert writable(every) == every


async def test_words_come_back_in_order(database: Database) -> None:
    several: list[tuple[str, ...]] = [(), ("",), ("13104", "日本語", "a\0b", "\ud83d")]
    assert [row.words for row in await through(database, *({"words": words} for words in several))] == several
