"""Lets a platform falter in every way it can while deliveries are owed, and counts what was lost or said twice.

    python -m tests.faults.outage                  away for a minute; flapping, 500, 429, time-outs for 20 s each
    python -m tests.faults.outage --seconds 3      all of it quicker

Each trouble has a database of its own. Exits with 1 if anything was lost, given up or said twice.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from dataclasses import dataclass

import aiohttp
import click

from adapters.database.engine import open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.sending import Sender, Timing
from tests.faults.kill import Result, address, drained, judged, owe
from tests.faults.platform import HttpMessenger, Mood, platform
from tests.faults.worker import now

#: As in earnest, but for a request's longest time and its lease.
TIMING = Timing(limit=2.0, lease=4.0, settle=0.2, poll=0.1)


@dataclass(frozen=True)
class Outage:
    """What came of one trouble.

    Args:
        result: what landed.
        hindered: sends that met the trouble.
        dead: deliveries that were given up.
        after: seconds from the trouble's end until nothing was owed any more.
    """

    result: Result
    hindered: int
    dead: int
    after: float

    @property
    def good(self) -> bool:
        """True if nothing went wrong."""
        return self.result.good and not self.dead


class Hindrances:
    """Counts sends that did not go well."""

    def __init__(self) -> None:
        self.count = 0

    def sent(self, platform: str, seconds: float) -> None:
        """Went well."""

    def hindered(self, platform: str, outcome: str) -> None:
        """Did not."""
        self.count += 1


async def run(mood: Mood, seconds: float, owed: int) -> Outage:
    """One trouble that lasts so many seconds, during which so many deliveries are owed."""
    async with address("sqlite") as url, platform() as there, aiohttp.ClientSession() as session:
        database = await open_database(url, patience=30)
        hindrances = Hindrances()
        sender = Sender(
            SqlQueue(database, {}),
            {"local": HttpMessenger(session, there.port)},
            worker="w",
            now=now,
            random=random.random,
            timing=TIMING,
            observer=hindrances,
        )
        began, well = time.monotonic(), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(sender.run())
            await there.change(mood)
            if mood is Mood.FLAPPING:
                flapping = group.create_task(there.flap(well))
            order = []
            for _ in range(10):
                order += await owe(database, owed // 10)
                sender.wake()
                await asyncio.sleep(seconds / 10)
            well.set()
            if mood is Mood.FLAPPING:
                await flapping
            await there.change(Mood.WELL)
            ended = time.monotonic()
            await drained(database, seconds=600)
            sender.stop()
        async with SqlStore(database)() as work:
            dead = len(await work.outbox.dead())
        await database.close()
        result = judged(there, order, mood.value, 1, 0, 0, time.monotonic() - began)
        return Outage(result, hindrances.count, dead, time.monotonic() - ended)


@click.command()
@click.option("--seconds", type=float, help="Length of each trouble, instead of those in the description.")
@click.option("--deliveries", "owed", default=200, show_default=True, help="Owed during each trouble.")
def main(seconds: float | None, owed: int) -> None:
    """Lets a platform falter and tells what was lost or said twice."""
    head = "{:<11}{:>9}{:>7}{:>10}{:>7}{:>7}{:>10}{:>7}{:>12}"
    names = ("platform", "seconds", "owed", "hindered", "lost", "twice", "disorder", "dead", "over after")
    click.echo(head.format(*names))
    good = True
    for mood in list(Mood)[1:]:
        lasts = seconds or (60 if mood is Mood.DOWN else 20)
        outage = asyncio.run(run(mood, lasts, owed))
        one = outage.result
        cells = (one.owed, outage.hindered, one.lost, one.twice, one.disordered, outage.dead, f"{outage.after:.1f} s")
        click.echo(head.format(mood.value, f"{lasts:g}", *cells))
        good = good and outage.good
    sys.exit(not good)


if __name__ == "__main__":
    main()
