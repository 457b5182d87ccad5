"""Asks questions as Slack and Teams deliver them, and compares when each was asked with when its answer landed."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.load.platforms import application, tenant, workspace
from benchmarks.load.servers import SECRET, Server
from tests.doubles.slack import payloads
from tests.doubles.slack.sender import signature
from tests.doubles.teams.activities import Activities

#: Seconds that the last answers are waited for.
_LAST = 60.0


@dataclass(frozen=True, slots=True)
class Question:
    """A request that is ready to be sent.

    Args:
        platform: "slack" or "teams".
        key: conversation and thread of the answer.
        body: the request's body.
        token: of the Bot Framework, for Teams.
    """

    platform: str
    key: str
    body: bytes
    token: str = ""


@dataclass(slots=True)
class Times:
    """What was measured; seconds by platform.

    Args:
        acknowledged: from a request to its acknowledgement.
        answered: from a request until the answer landed.
        refused: requests that did not end with 200.
        open: when each question was asked that has no answer yet.
    """

    acknowledged: dict[str, list[float]] = field(default_factory=lambda: {"slack": [], "teams": []})
    answered: dict[str, list[float]] = field(default_factory=lambda: {"slack": [], "teams": []})
    refused: int = 0
    open: dict[str, tuple[str, float]] = field(default_factory=dict)


def questions(told: Mapping[str, Any], texts: Sequence[str], desks: int) -> Iterator[Question]:
    """Questions without end: every desk asks one in turn, in a channel of its own.

    Args:
        told: what the doubles tell.
        texts: what is asked.
        desks: how many; even numbers are in Slack, odd ones in Teams.
    """
    chance = random.Random(3)  # the same in each run
    order = list(range(desks))
    teams = {
        desk: Activities(application(desk), tenant(desk), told["service_url"], group=f"group-{desk}")
        for desk in range(1, desks, 2)
    }
    for number in count():
        if number == 0:
            chance.shuffle(order)
        desk, text = order[number % desks], chance.choice(texts)
        if desk % 2 == 0:
            mention = payloads.mention(workspace(desk), f"C{desk}", text)
            body = json.dumps(mention, ensure_ascii=False).encode()
            yield Question("slack", f"C{desk} {mention['event']['ts']}", body)
        else:
            channel = f"19:desk-{desk}@thread.tacv2"
            activity = teams[desk].mention(text, channel=channel, person=f"person-{desk}")
            body = json.dumps(activity, ensure_ascii=False).encode()
            yield Question("teams", f"{channel} {activity['id']}", body, told["tokens"][application(desk)])


class Sender:
    """Sends questions to one process after the other.

    Args:
        servers: where to.
        landed: the file in which the doubles note what landed.
    """

    def __init__(self, servers: Sequence[Server], landed: Path) -> None:
        self._servers = servers
        self._turn = count()
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._landed = landed.open(encoding="utf-8")
        self._landed.seek(0, 2)
        self._partial = ""
        self.times = Times()

    async def close(self) -> None:
        """Closes all connections."""
        self._landed.close()
        await self._session.close()

    async def ask(self, question: Question) -> None:
        """Sends a question, and waits for its acknowledgement."""
        server = self._servers[next(self._turn) % len(self._servers)]
        headers = {"Content-Type": "application/json"}
        if question.platform == "slack":
            url, headers = f"{server.address}slack/events", headers | signature(SECRET, question.body)
        else:
            url, headers = f"{server.address}api/messages", headers | {"Authorization": f"Bearer {question.token}"}
        begun = time.monotonic()
        self.times.open[question.key] = question.platform, begun
        async with self._session.post(url, data=question.body, headers=headers) as answer:
            await answer.read()
        self.times.acknowledged[question.platform].append(time.monotonic() - begun)
        if answer.status != 200:
            self.times.refused += 1
            del self.times.open[question.key]

    def look(self) -> int:
        """Reads what landed since the last look; returns how many questions have no answer yet."""
        *lines, self._partial = (self._partial + self._landed.read()).split("\n")
        for line in lines:
            key, _, at = line.rpartition(" ")
            if found := self.times.open.pop(key, None):
                platform, begun = found
                self.times.answered[platform].append(float(at) - begun)
        return len(self.times.open)

    async def finish(self, seconds: float = _LAST) -> None:
        """Waits for the answers that lack."""
        until = time.monotonic() + seconds
        while self.look() and time.monotonic() < until:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.1)


@asynccontextmanager
async def sender(servers: Sequence[Server], landed: Path) -> AsyncIterator[Sender]:
    """A sender, closed at the end."""
    one = Sender(servers, landed)
    try:
        yield one
    finally:
        await one.close()


async def steadily(to: Sender, asked: Iterator[Question], rate: float, seconds: float) -> None:
    """Sends so many questions a second, at random moments, whether or not the ones before were acknowledged.

    Args:
        to: sends them.
        asked: the questions.
        rate: questions a second, on average.
        seconds: how long.
    """
    chance, begun = random.Random(5), time.monotonic()
    due = begun
    async with asyncio.TaskGroup() as group:
        while (due := due + chance.expovariate(rate)) < begun + seconds:
            question = next(asked)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            group.create_task(to.ask(question))
            to.look()
    await to.finish()


async def hastily(to: Sender, asked: Iterator[Question], total: int, at_once: int) -> None:
    """Sends as fast as answers come.

    Args:
        to: sends them.
        asked: the questions.
        total: how many.
        at_once: questions without an answer at any time.
    """
    for _ in range(total):
        while to.look() >= at_once:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.005)
        await to.ask(next(asked))
    await to.finish()
