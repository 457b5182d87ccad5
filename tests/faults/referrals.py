"""Referrals between desks and bureaus on both platforms, while `madoguchi serve` is killed and the platforms falter.

    python -m tests.faults.referrals                       66 referrals, 60 kills, three processes on PostgreSQL
    python -m tests.faults.referrals --database sqlite     the same with one process on SQLite, which takes longer
    python -m tests.faults.referrals --referrals 200 --desks 110 --kills 200

People send what Slack and Teams send, signed or with a token, and look at what stands there. At the end each step must
stand in its thread exactly once, each card must show the database's state, and nobody may have been shown what is none
of theirs. Exits with 1 if anything is wrong.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import func, select, update

from adapters.database.deliveries import deliveries, lanes
from adapters.database.engine import Database, open_database
from adapters.database.store import SqlStore
from adapters.database.tables import inbox
from adapters.knowledge import open_own
from adapters.settings import Settings
from tests.dialogs.town import knowledge
from tests.fakes_means import means_of
from tests.faults.kill import address
from tests.faults.referring import weather
from tests.faults.referring.serving import TIMING, Serving, Servings
from tests.faults.referring.stories import Day, Story
from tests.faults.referring.town import Town, town_of
from tests.faults.referring.verdict import Judge, Verdict

#: Longest that the rest may take once nothing goes wrong any more, in seconds.
_REST = 120.0


async def run(kind: str, desks: int, referrals: int, kills: int) -> Verdict:
    """One run.

    Args:
        kind: "sqlite", with one process, or "postgresql", with three.
        desks: how many there are.
        referrals: how many are begun.
        kills: how many processes are killed.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        open_own(Settings(data_dir=work / "data"), lambda _line: None)
        async with address(kind) as url, town_of(desks) as town:
            database = await open_database(url, patience=30)
            environment = town.environment(work, work / "data", url)
            servings = [Serving(environment, work, f"p{at}") for at in range(3 if kind == "postgresql" else 1)]
            try:
                stories, again = await _day(town, servings, database, referrals, kills)
                ended = [await one.end() for one in servings]
                means = means_of(SqlStore(database), knowledge(), lambda: datetime.now(UTC))
                verdict = await Judge(town, stories, database, means).judges(work)
            finally:
                await database.close()
            verdict.counts["done again by people"] = again
            verdict.lost += [f"a process ended with {code}" for code in ended if code]
            return verdict


async def _day(
    town: Town, servings: Sequence[Serving], database: Database, referrals: int, kills: int
) -> tuple[list[Story], int]:
    """From the first question until nothing is owed any more."""
    for one in servings:
        await one.start()
    day = Day(town, Servings(servings), SqlStore(database))
    await town.moves_in(day.store, day.to)
    bureaus = {side.name: side for side in town.sides if not side.is_desk}
    desks = [side for side in town.sides if side.is_desk]
    stories = []
    for number in range(referrals):
        desk = desks[number % len(desks)]
        bureau = next(one for one in bureaus.values() if one.number == (desk.number - len(bureaus)) % len(bureaus))
        stories.append(Story(day, number, desk, [bureau], random.Random(number)))
    async with asyncio.TaskGroup() as group:
        bad = [group.create_task(weather.showers(town)), group.create_task(weather.storms(town))]
        telling = [group.create_task(one.is_told()) for one in stories]

        killing = [group.create_task(weather.kills(one, kills // len(servings))) for one in servings]
        await asyncio.wait(killing)
        for task in bad:
            task.cancel()
        await asyncio.wait(bad)
        weather.clears_up(town)
        day.over.set()
        await asyncio.wait(telling)
        await _rest(database)
    return stories, day.again


async def _rest(database: Database) -> None:
    """Waits until nothing is owed and nothing is kept any more; what waits for better times need not wait longer.

    What still is when the patience is at its end counts as lost.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(_REST):
            await _nothing_owed(database)


async def _nothing_owed(database: Database) -> None:
    while True:
        async with database.begin() as connection:
            owed = await connection.scalar(select(func.count()).where(deliveries.c.ended.is_(None)))
            kept = await connection.scalar(select(func.count()).select_from(inbox))
            soon = datetime.now(UTC) + timedelta(seconds=TIMING.settle)
            await connection.execute(update(deliveries).where(deliveries.c.due > soon).values(due=soon))
            await connection.execute(update(lanes).where(lanes.c.free_at > soon).values(free_at=soon))
        if not owed and not kept:
            return
        await asyncio.sleep(1)


@click.command()
@click.option(
    "--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="postgresql", show_default=True
)
@click.option("--desks", default=22, show_default=True)
@click.option("--referrals", default=66, show_default=True)
@click.option("--kills", default=60, show_default=True)
def main(kind: str, desks: int, referrals: int, kills: int) -> None:
    """Kills serving processes in the midst of referrals, and tells what was lost, said twice or shown to others."""
    began = time.monotonic()
    verdict = asyncio.run(run(kind, desks, referrals, kills))
    for what, count in sorted(verdict.counts.items()):
        click.echo(f"{what:<40}{count:>8}")
    click.echo(f"{'twice where nobody can look':<40}{verdict.unsearchable:>8}")
    click.echo(f"{'seconds':<40}{time.monotonic() - began:>8.0f}")
    for fault, found in verdict.faults.items():
        click.echo(f"{fault}: {len(found)}")
        for line in found[:20]:
            click.echo(f"  {line}")
    click.echo("nothing lost, twice, stale, astray or logged" if not verdict.faults else "NOT GOOD")
    sys.exit(bool(verdict.faults))


if __name__ == "__main__":
    main()
