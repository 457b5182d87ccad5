"""What loops that work in rounds share: a bell, deadlines that can be brought forward, and troubles told once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Bell:
    """Ends the sleep of the one loop that waits for it; rung while nobody sleeps, it ends the next sleep at once."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is something to do."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Sleeps until the bell rings, or so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()


class Deadlines:
    """Limits of time for pieces of work, all of which can be ended at once, as an orderly stop does."""

    def __init__(self) -> None:
        self._open: set[asyncio.Timeout] = set()
        self.ended = False

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Limits what stands in it.

        Args:
            seconds: how long it may take.

        Raises:
            TimeoutError: it took longer, or `end` was called.
        """
        async with asyncio.timeout(0 if self.ended else seconds) as limit:
            self._open.add(limit)
            try:
                yield
            finally:
                self._open.discard(limit)

    def end(self) -> None:
        """Ends what is under way, and what is begun after this."""
        self.ended = True
        now = asyncio.get_running_loop().time()
        for limit in self._open:
            limit.reschedule(now)


class Trouble:
    """Logs that something does not work when that begins and when it ends, not in every round between.

    Args:
        log: where to.
        what: what does not work.
    """

    def __init__(self, log: logging.Logger, what: str) -> None:
        self._log = log
        self._what = what
        self._began = False

    def met(self, error: Exception) -> None:
        """It did not work this time."""
        if not self._began:
            self._log.warning("%s: does not work, tried again and again", self._what, exc_info=error)
        self._began = True

    def over(self) -> None:
        """It worked."""
        if self._began:
            self._log.warning("%s: works again", self._what)
        self._began = False
