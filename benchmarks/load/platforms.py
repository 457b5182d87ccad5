"""Doubles of Slack and Teams in a process of their own, which write down when what landed where.

    python -m benchmarks.load.platforms LANDED DESKS

Every desk has a workspace or a tenant of its own, as municipalities do: even numbers are in Slack, odd ones in Teams.
One line of JSON on standard output tells where all that is; the process ends with its standard input. Each message
that lands becomes a line in the file LANDED: conversation, thread, seconds of the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO, TypeVar

from tests.doubles.slack import SlackDouble
from tests.doubles.teams import TeamsDouble

T = TypeVar("T")


def workspace(desk: int) -> str:
    """A desk's workspace in Slack."""
    return f"T{desk}"


def application(desk: int) -> str:
    """A desk's registration in Teams."""
    return f"app-{desk}"


def tenant(desk: int) -> str:
    """A desk's tenant in Teams."""
    return f"tenant-{desk}"


class Noted(list[T]):
    """A list that keeps nothing: what is put in is noted and let go, so that this process does not grow."""

    def __init__(self, note: Callable[[T], None]) -> None:
        super().__init__()
        self._note = note

    def append(self, item: T, /) -> None:
        """Notes it."""
        self._note(item)


async def run(landed: TextIO, desks: int) -> None:
    """Serves both until standard input ends."""

    def note(conversation: str, thread: str) -> None:
        landed.write(f"{conversation} {thread} {time.monotonic()}\n")
        landed.flush()

    async with SlackDouble() as slack, TeamsDouble() as teams:
        slack.state.landed = Noted(lambda message: note(message.channel, message.thread))
        slack.state.calls = Noted(lambda _: None)
        teams.conversations.landed = Noted(lambda message: note(message.conversation, message.thread))
        in_teams = range(1, desks, 2)
        for desk in in_teams:
            teams.register(application(desk), tenant_id=tenant(desk))
        told: dict[str, Any] = {
            "slack": slack.api_url,
            "token": slack.install(workspace(0)),
            "codes": {workspace(desk): slack.oauth_code(workspace(desk)) for desk in range(0, desks, 2)},
            "teams": teams.addresses,
            "service_url": teams.service_url,
            "tokens": {
                application(desk): teams.issuer.token(application(desk), teams.service_url) for desk in in_teams
            },
        }
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        asyncio.run(run(file, int(sys.argv[2])))
