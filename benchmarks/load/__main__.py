"""Prints how fast `madoguchi serve` acknowledges and answers, and what it takes, beside the bars and the echo floor.

    python -m benchmarks.load                                      20 questions a second for a minute, on SQLite
    python -m benchmarks.load --database postgresql --processes 3  the same by three processes on one PostgreSQL
    python -m benchmarks.load --events 20000                       memory over 20,000 questions, as fast as it goes

Server, doubles of both platforms and whoever asks share this machine: on two cores they are in each other's way.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.knowledge import open_own
from adapters.settings import Settings
from benchmarks.load import sending, servers
from benchmarks.load.sending import Question, Sender
from benchmarks.load.servers import Server
from benchmarks.machine import facts
from benchmarks.measures import percentile
from benchmarks.tabular import markdown
from tests.postgres import running

#: Milliseconds at the percentile that is judged.
ACKNOWLEDGED, ANSWERED = 50, 300

_TEXTS = Path(__file__).parents[2] / "tests/questions/guidebook_dev.jsonl"

#: Questions without an answer while memory is measured.
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Room:
    """All that is needed to ask.

    Args:
        running: the processes that are measured.
        asked: questions without end.
        sender: sends them.
    """

    running: Sequence[Server]
    asked: Iterator[Question]
    sender: Sender


@dataclass(frozen=True, slots=True)
class Rows:
    """What came of it.

    Args:
        times: a row for each platform.
        taken: what the processes took.
    """

    times: Sequence[Sequence[str]]
    taken: Sequence[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables on standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rate", type=float, default=20, help="questions a second; default: %(default)s")
    parser.add_argument("--seconds", type=float, default=60, help="how long; default: %(default)s")
    parser.add_argument("--desks", type=int, default=265, help="desks that ask; default: %(default)s")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--processes", type=int, default=1, help="serving processes; more than one on PostgreSQL only")
    parser.add_argument("--data", type=Path, help="a data folder with an index; by default one is made")
    parser.add_argument("--events", type=int, default=0, help="measure memory over so many questions instead")
    options = parser.parse_args(arguments)
    if options.processes > 1 and options.database == "sqlite":
        parser.error("several processes share a PostgreSQL")
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    print(f"{facts()}; {options.database}, {options.processes} serving")
    asyncio.run(_memory(options) if options.events else _speed(options))


async def _speed(options: argparse.Namespace) -> None:
    async with _echo() as room:
        echo = await _measured("echo", room, options)
    async with _assistant(options) as room:
        # Each desk's first question brings what is remembered of it from then on.
        await sending.hastily(room.sender, room.asked, options.desks, _AT_ONCE)
        ours = await _measured("madoguchi", room, options)
    head = ("milliseconds", "questions", "ack p50", "p99", "bar", "answer p50", "p95", "p99", "bar")
    print("\n" + markdown(head, [*echo.times, *ours.times]))
    taken = ("taken", "processor, of one core", "MiB", "not answered", "refused")
    print("\n" + markdown(taken, [echo.taken, ours.taken]))


async def _measured(name: str, room: Room, options: argparse.Namespace) -> Rows:
    times = room.sender.times = sending.Times()
    cpu, begun = sum(one.cpu_seconds for one in room.running), time.monotonic()
    await sending.steadily(room.sender, room.asked, options.rate, options.seconds)
    cpu, clock = sum(one.cpu_seconds for one in room.running) - cpu, time.monotonic() - begun
    mib = sum(one.mib for one in room.running)
    return Rows(
        [
            (
                f"{name}: {platform}",
                str(len(times.acknowledged[platform])),
                *(_ms(times.acknowledged[platform], share) for share in (0.5, 0.99)),
                f"<= {ACKNOWLEDGED}",
                *(_ms(times.answered[platform], share) for share in (0.5, 0.95, 0.99)),
                f"<= {ANSWERED}",
            )
            for platform in ("slack", "teams")
        ],
        (name, f"{cpu / clock:.0%}", f"{mib:.0f}", str(len(times.open)), str(times.refused)),
    )


async def _memory(options: argparse.Namespace) -> None:
    rows: list[Sequence[str]] = []
    async with _assistant(options) as room:
        sent, begun = 0, time.monotonic()
        for mark in sorted({mark for mark in (1000, 5000, 10_000, 20_000) if mark < options.events} | {options.events}):
            await sending.hastily(room.sender, room.asked, mark - sent, _AT_ONCE)
            sent = mark
            times = room.sender.times
            answered = sum(map(len, times.answered.values()))
            mib, seconds = sum(one.mib for one in room.running), time.monotonic() - begun
            rows.append((f"{mark:,}", f"{mib:.0f}", f"{answered:,}", f"{answered / seconds:.0f}"))
            print(f"{mark:,} questions: {mib:.0f} MiB, {answered:,} answered, {answered / seconds:.0f} a second")
    print("\n" + markdown(("questions", "MiB", "answered", "a second"), rows))


@asynccontextmanager
async def _echo() -> AsyncIterator[Room]:
    with tempfile.TemporaryDirectory() as folder:
        work, desks = Path(folder), 2
        async with (
            servers.platforms(work / "landed", desks) as told,
            servers.echo(told, work) as started,
            sending.sender(started, work / "landed") as sender,
        ):
            yield Room(started, sending.questions(told, _texts(), desks), sender)


@asynccontextmanager
async def _assistant(options: argparse.Namespace) -> AsyncIterator[Room]:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        data = options.data or work / "data"
        open_own(Settings(data_dir=data), lambda _line: None)
        database = f"sqlite:///{work / 'bot.sqlite3'}"
        if options.database == "postgresql":
            server = running()
            if isinstance(server, str):
                raise SystemExit(server)
            database = await server.create()
        desks = options.desks
        async with (
            servers.platforms(work / "landed", desks) as told,
            servers.assistants(
                told, work, data=data, database=database, count=options.processes, desks=desks
            ) as started,
            sending.sender(started, work / "landed") as sender,
        ):
            yield Room(started, sending.questions(told, _texts(), desks), sender)


def _texts() -> list[str]:
    return [json.loads(line)["question"] for line in _TEXTS.read_text(encoding="utf-8").splitlines()]


def _ms(seconds: Sequence[float], share: float) -> str:
    return f"{percentile(seconds, share) * 1000:.1f}" if seconds else "-"


if __name__ == "__main__":
    main()
