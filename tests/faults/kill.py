"""Kills sending processes at random moments while deliveries are under way, and counts what was lost or said twice.

    python -m tests.faults.kill                    200 kills, 1,000 deliveries, on SQLite and on PostgreSQL
    python -m tests.faults.kill --kills 20 --deliveries 100 --database sqlite

Exits with 1 if anything was lost, said twice or out of order.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import click
from sqlalchemy import func, select

from adapters.database.deliveries import deliveries
from adapters.database.engine import Database, open_database
from adapters.database.store import SqlStore
from bot.places import Place
from bot.posts import Post, Text
from tests.faults.platform import Platform, platform
from tests.faults.worker import now, work
from tests.postgres import running

#: Channels of two threads each.
CHANNELS = 20
#: Longest that a process lives before the next kill, in seconds; it needs about a tenth of one to start.
LIFE = 0.4


@dataclass(frozen=True)
class Result:
    """What came of a run."""

    database: str
    processes: int
    kills: int
    owed: int
    lost: int
    twice: int
    disordered: int
    again: int  # deliveries that more than one attempt was made for
    seconds: float

    @property
    def good(self) -> bool:
        """True if nothing went wrong."""
        return not (self.lost or self.twice or self.disordered)


class Workers:
    """Processes that send, each started anew when it is killed."""

    def __init__(self, context: ForkServerContext, database: str, port: int, count: int) -> None:
        self._context, self._database, self._port = context, database, port
        self._started = 0
        self._running = [self._start() for _ in range(count)]

    def kill_one(self) -> None:
        """Kills a random one, without any warning, and starts another."""
        i = random.randrange(len(self._running))
        self._running[i].kill()
        self._running[i].join()
        self._running[i] = self._start()

    def kill_all(self) -> None:
        """Kills them for good."""
        for process in self._running:
            process.kill()
            process.join()

    def _start(self) -> BaseProcess:
        self._started += 1
        process = self._context.Process(target=work, args=(self._database, self._port, f"w{self._started}"))
        process.start()
        return process


async def run(kind: str, processes: int, kills: int, owed: int) -> Result:
    """One run.

    Args:
        kind: "sqlite" or "postgresql".
        processes: how many send at the same time.
        kills: how many are killed.
        owed: how many deliveries.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.worker"])
    began = time.monotonic()
    async with address(kind) as url, platform() as there:
        database = await open_database(url, patience=30)
        workers = await asyncio.to_thread(Workers, context, url, there.port, processes)
        order: list[tuple[str, str]] = []
        try:
            for i in range(kills):
                order += await owe(database, owed * (i + 1) // kills - owed * i // kills)
                await asyncio.sleep(random.uniform(0.02, LIFE))
                await asyncio.to_thread(workers.kill_one)
            await drained(database)
        finally:
            await asyncio.to_thread(workers.kill_all)
        async with database.reading() as connection:
            again = await connection.scalar(select(func.count()).where(deliveries.c.attempts > 1))
        await database.close()
        return judged(there, order, kind, processes, kills, again or 0, time.monotonic() - began)


def judged(  # noqa: PLR0917
    there: Platform,
    order: Sequence[tuple[str, str]],
    kind: str,
    processes: int,
    kills: int,
    again: int,
    seconds: float,
) -> Result:
    """What landed, compared with what was owed."""
    count = there.count
    return Result(
        database=kind,
        processes=processes,
        kills=kills,
        owed=len(order),
        lost=sum(count[delivery] == 0 for _, delivery in order),
        twice=sum(times > 1 for times in count.values()),
        disordered=sum(
            [d for t, d in order if t == thread] != list(dict.fromkeys(d for t, d in there.landed if t == thread))
            for thread in {thread for thread, _ in order}
        ),
        again=again,
        seconds=seconds,
    )


async def owe(database: Database, count: int) -> list[tuple[str, str]]:
    """Owes posts to random threads. Returns thread and id of each."""
    owed = []
    async with SqlStore(database)() as store:
        for _ in range(count):
            number = random.randrange(CHANNELS)
            place = Place(platform="local", tenant="t", channel=f"c{number}", thread=random.choice(("", "1")))
            post = Post(blocks=(Text("本文"),), summary="本文")
            owed.append((f"{place.lane}/{place.thread}", await store.outbox.owe(place, post, now())))
        await store.commit()
    return owed


async def drained(database: Database, seconds: float = 180) -> None:
    """Waits until nothing is owed any more."""
    async with asyncio.timeout(seconds):
        while True:
            async with database.reading() as connection:
                if not await connection.scalar(select(func.count()).where(deliveries.c.ended.is_(None))):
                    return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def address(kind: str) -> AsyncIterator[str]:
    """Address of a new database."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'faults.db'}"
        return
    server = running()
    if isinstance(server, str):
        raise click.ClickException(server)
    url = await server.create()
    yield url
    await server.drop(url)


@click.command()
@click.option("--kills", default=200, show_default=True)
@click.option("--deliveries", "owed", default=1000, show_default=True)
@click.option("--database", "kinds", multiple=True, default=["sqlite", "postgresql"], show_default=True)
def main(kills: int, owed: int, kinds: Sequence[str]) -> None:
    """Kills sending processes and tells what was lost or said twice."""
    head = "{:<11}{:>10}{:>7}{:>7}{:>7}{:>7}{:>9}{:>7}{:>9}"
    click.echo(head.format("database", "processes", "kills", "owed", "lost", "twice", "disorder", "again", "seconds"))
    good = True
    for kind in kinds:
        one = asyncio.run(run(kind, 3 if kind == "postgresql" else 1, kills, owed))
        cells = (one.kills, one.owed, one.lost, one.twice, one.disordered, one.again, f"{one.seconds:.1f}")
        click.echo(head.format(one.database, one.processes, *cells))
        good = good and one.good
    sys.exit(not good)


if __name__ == "__main__":
    main()
