"""Sends what is owed: takes it from the queue, lets an attempt be made, writes down what came of it.

Whatever happens meanwhile - a killed process, a lost database, a platform that hangs - the queue still holds what is
owed. Each send in hand has a lease, which is extended as long as this process lives.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import random as uniform
from typing import Protocol

from adapters.attempting import Attempts, Outcome
from adapters.database.queue import SqlQueue
from adapters.database.taking import Taken
from adapters.rounds import Bell, Deadlines, Trouble
from bot.errors import StoreUnavailable
from bot.ports import Messenger

_log = logging.getLogger(__name__)


class Observer(Protocol):
    """Counts what happens; `adapters.metrics.Metrics` does."""

    def sent(self, platform: str, seconds: float) -> None:
        """A post stands where it belongs, so many seconds after it was owed."""

    def hindered(self, platform: str, outcome: str) -> None:
        """A send did not end in a receipt: "throttled", "later", "failed", "gone"; or it was "reconciled"."""


class Unobserved:
    """Counts nothing."""

    def sent(self, platform: str, seconds: float) -> None:
        """Does nothing."""

    def hindered(self, platform: str, outcome: str) -> None:
        """Does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How a sender spends its time; all but the first in seconds.

    Args:
        at_once: sends under way at the same time.
        limit: longest that one request to a platform may take; then it may or may not have landed.
        lease: how long a delivery is a worker's own without a sign of life; more than `limit` and `settle`, so that
            no request is still under way when somebody else takes over.
        settle: before a request that may have been carried out is followed by another, so that it has the time to.
        poll: how often to look for what other processes owe.
    """

    at_once: int = 16
    limit: float = 20.0
    lease: float = 40.0
    settle: float = 3.0
    poll: float = 0.5

    def __post_init__(self) -> None:
        if self.lease <= self.limit + self.settle:
            raise ValueError("a lease must outlast a request, even one that lands late")


class Sender:
    """Sends what is owed. `run` is a task of whoever starts it; `stop` ends it in order.

    Args:
        queue: what is owed.
        messengers: by name of platform; what is owed on others waits.
        worker: name of this process.
        now: the time, with time zone; processes that share a database need clocks that agree within seconds.
        observer: is told what happens.
        random: numbers from 0 to 1.
        timing: how time is spent.
    """

    def __init__(  # noqa: PLR0913 - wired in one place only
        self,
        queue: SqlQueue,
        messengers: Mapping[str, Messenger],
        *,
        worker: str,
        now: Callable[[], datetime],
        observer: Observer | None = None,
        random: Callable[[], float] = uniform,
        timing: Timing | None = None,
    ) -> None:
        self._queue = queue
        self._platforms = tuple(messengers)
        self._worker = worker
        self._observer = observer or Unobserved()
        self._now = now
        self._timing = timing or Timing()
        self._bell = Bell()
        self._deadlines = Deadlines()
        self._attempts = Attempts(
            queue,
            messengers,
            self._deadlines,
            now=now,
            random=random,
            limit=self._timing.limit,
            settle=self._timing.settle,
        )
        self._trouble = Trouble(_log, "sending")
        self._stopping = False
        #: What is in hand, with the end of its lease.
        self._hand: dict[str, tuple[Taken, datetime]] = {}

    def wake(self) -> None:
        """Something was committed that may be due."""
        self._bell.ring()

    def stop(self, grace: float = 10.0) -> None:
        """Takes nothing more; `run` returns when what is in hand has ended.

        Args:
            grace: seconds after which requests still under way are let go, to be looked for at the next start.
        """
        self._stopping = True
        self._bell.ring()
        asyncio.get_running_loop().call_later(grace, self._deadlines.end)

    async def run(self) -> None:
        """Sends until `stop`; a database that cannot be reached is waited for."""
        async with asyncio.TaskGroup() as leases:
            beat = leases.create_task(self._keep_leases())
            async with asyncio.TaskGroup() as sends:
                while not self._stopping:
                    await self._bell.wait(await self._round(sends))
            beat.cancel()

    async def drain(self) -> int:
        """Sends all that is due now, and what becomes due by that. Returns how many attempts that took.

        Raises:
            StoreUnavailable: the database cannot be reached.
        """
        count = 0
        while (due := await self._queue.next_due(self._platforms)) is not None and due <= self._now():
            async with asyncio.TaskGroup() as sends:
                for one in await self._take(self._timing.at_once):
                    sends.create_task(self._send(one))
                    count += 1
        return count

    async def _round(self, sends: asyncio.TaskGroup) -> float:
        """Starts what is due. Returns seconds to sleep; the bell ends them."""
        free = self._timing.at_once - len(self._hand)
        if free <= 0:
            return self._timing.poll
        try:
            due = await self._queue.next_due(self._platforms)
            self._trouble.over()
            wait = self._timing.poll if due is None else (due - self._now()).total_seconds()
            if wait > 0:
                return min(wait, self._timing.poll)
            taken = await self._take(free)
        except Exception as error:
            # StoreUnavailable passes; anything else is our own fault, and must not end the sending of all else.
            self._trouble.met(error)
            return self._timing.poll
        for one in taken:
            sends.create_task(self._send(one))
        # What is due and was not taken is in somebody else's hands at this very moment.
        return 0 if taken else 0.05

    async def _take(self, limit: int) -> Collection[Taken]:
        now = self._now()
        until = self._lease_from(now)
        taken = await self._queue.take(self._worker, self._platforms, now, until, limit)
        self._hand.update({one.holder: (one, until) for one in taken})
        return taken

    async def _send(self, taken: Taken) -> None:
        place = taken.delivery.place
        about = {"delivery": taken.delivery.id, "lane": place.lane, "attempt": taken.delivery.attempts}
        try:
            outcome = await self._attempts.make(taken, partial(self._is_ours, taken))
            if outcome is None or not await self._written(outcome):
                _log.warning("delivery left to whoever takes it next", extra=about)
                return
            _log.info("delivery %s", outcome.name, extra=about)
            if outcome.name != "sent":
                self._observer.hindered(place.platform, outcome.name)
            if outcome.name in ("sent", "reconciled"):
                self._observer.sent(place.platform, (self._now() - taken.delivery.made).total_seconds())
        except Exception:
            # Its lease runs out; whoever takes it then looks whether it landed.
            _log.exception("what came of a delivery was not written", extra=about)
        finally:
            self._hand.pop(taken.holder, None)
            self._bell.ring()

    async def _written(self, outcome: Outcome) -> bool:
        """Writes an outcome, however long the database is away; False if it no longer counts."""
        while True:
            try:
                return await outcome.write()
            except StoreUnavailable:
                if self._deadlines.ended:
                    return False
            await asyncio.sleep(self._timing.poll)

    async def _is_ours(self, taken: Taken) -> bool:
        """True if the lease outlasts one more request, even one that lands late; extends it where it would not."""
        _, until = self._hand[taken.holder]
        if until - self._now() > timedelta(seconds=self._timing.limit + self._timing.settle):
            return True
        return taken.delivery.id in await self._extend([taken])

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(self._timing.lease / 4)
            try:
                await self._extend([one for one, _ in self._hand.values()])
            except StoreUnavailable:
                continue  # where nobody can reach the database, nobody can take what is ours either

    async def _extend(self, taken: Collection[Taken]) -> Collection[str]:
        until = self._lease_from(self._now())
        kept = await self._queue.extend(taken, until) if taken else ()
        for one in taken:
            if one.delivery.id in kept and one.holder in self._hand:
                self._hand[one.holder] = one, until
        return kept

    def _lease_from(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._timing.lease)
