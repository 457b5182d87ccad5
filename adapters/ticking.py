"""Looks at the clock: does what is to be done at a certain time, every so often."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from adapters.rounds import Bell, Deadlines, Trouble

_log = logging.getLogger(__name__)


class Ticker:
    """Ticks. `run` is a task of whoever starts it; `stop` ends it in order.

    Args:
        tick: does what is due, and returns how much that was; what it could not do it does the next time.
        every: seconds between ticks.
        limit: longest that one may take, in seconds.
    """

    def __init__(self, tick: Callable[[], Awaitable[int]], *, every: float = 60.0, limit: float = 50.0) -> None:
        self._tick = tick
        self._every = every
        self._limit = limit
        self._bell = Bell()
        self._deadlines = Deadlines()
        self._trouble = Trouble(_log, "looking at the clock")
        self._stopping = False

    def stop(self, grace: float = 10.0) -> None:
        """Begins no further tick; `run` returns when the one under way has ended.

        Args:
            grace: seconds after which it is given up; the next process does what it left.
        """
        self._stopping = True
        self._bell.ring()
        asyncio.get_running_loop().call_later(grace, self._deadlines.end)

    async def run(self) -> None:
        """Ticks until nothing is due, and every so often again, until `stop`; what fails is tried the next time."""
        while not self._stopping:
            wait = self._every
            try:
                async with self._deadlines.within(self._limit):
                    if count := await self._tick():
                        _log.info("ticked", extra={"count": count})
                        wait = 0.0  # one tick takes only so many: there may be more
                self._trouble.over()
            except Exception as error:
                # StoreUnavailable passes; anything else is our own fault, and must not end the clock.
                self._trouble.met(error)
            await self._bell.wait(wait)
