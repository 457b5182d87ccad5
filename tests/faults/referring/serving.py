"""Processes of `madoguchi serve`, there to be killed: each is forked from one that has loaded the program already."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

# What takes long to load: a process that is forked from here has it at once.
import adapters.app
import adapters.commands.serve
import adapters.following
import adapters.registrations
import adapters.slack.app
import adapters.teams.app
from adapters import sending, working
from adapters.cli import main
from tests.doubles.slack import Sender

#: As in earnest, but for leases that a run of a few minutes can see the end of, although it kills every other second.
TIMING = sending.Timing(limit=3.0, lease=7.0)

#: What Slack signs with.
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"

_STARTS = 60.0


class Serving:
    """A process that serves, started anew whenever it is killed.

    Args:
        environment: its settings.
        folder: where what it says on standard error is kept, a file for each start.
        name: what the files begin with.
    """

    def __init__(self, environment: Mapping[str, str], folder: Path, name: str) -> None:
        self._environment, self._folder, self._name = environment, folder, name
        self._context = multiprocessing.get_context("forkserver")
        # Whoever is forked runs the main module's imports again.
        self._context.set_forkserver_preload([__name__, "tests.faults.kill", "tests.faults.referring.verdict"])
        self._process: BaseProcess | None = None
        self._starts = 0
        self.address = "http://127.0.0.1:9/"  # where nobody serves
        self.sender = Sender(self.address, SECRET)

    async def start(self) -> None:
        """Starts it; returns when it serves."""
        self._starts += 1
        log = self._folder / f"{self._name}-{self._starts}.log"
        process = self._context.Process(target=_serve, args=(self._environment, log), daemon=True)
        await asyncio.to_thread(process.start)
        self._process = process
        async with asyncio.timeout(_STARTS):
            self.address = await _address(process, log)
        before, self.sender = self.sender, Sender(f"{self.address}slack/events", SECRET)
        await before.__aexit__()

    async def kill(self) -> None:
        """Kills it without any warning."""
        assert self._process is not None
        self._process.kill()
        await asyncio.to_thread(self._process.join)

    async def end(self) -> int | None:
        """Tells it to end, and waits until it has; returns its exit code."""
        await self.sender.__aexit__()
        if self._process is None:
            return None
        self._process.terminate()
        await asyncio.to_thread(self._process.join, 60)
        return self._process.exitcode


class Servings:
    """Some of them, of which each request meets any.

    Args:
        servings: at least one.
    """

    def __init__(self, servings: Sequence[Serving]) -> None:
        self.all = servings

    def sender(self) -> Sender:
        """How Slack reaches the assistant."""
        return random.choice(self.all).sender

    def endpoint(self) -> str:
        """Where Teams reaches it."""
        return f"{random.choice(self.all).address}api/messages"


async def _address(process: BaseProcess, log: Path) -> str:
    while process.is_alive():
        if found := re.search(r"http://127\.0\.0\.1:\d+/(?=api/messages)", _said(log)):
            return found[0]
        await asyncio.sleep(0.02)
    raise RuntimeError(f"it did not start: {log}")


def _said(log: Path) -> str:
    return log.read_text(encoding="utf-8") if log.exists() else ""


def _serve(environment: Mapping[str, str], log: Path) -> None:
    with log.open("wb") as file:
        for descriptor in (1, 2):
            os.dup2(file.fileno(), descriptor)
    os.environ.update(environment)
    patch = pytest.MonkeyPatch()
    patch.setattr(adapters.app, "Sender", partial(sending.Sender, timing=TIMING))
    patch.setattr(adapters.app, "InboxWorker", partial(working.InboxWorker, limit=2 * TIMING.limit))
    sys.argv = ["madoguchi", "serve", "--port", "0"]
    main()
