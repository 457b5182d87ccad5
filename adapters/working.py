"""Handles what the inbox keeps: questions that were acknowledged and wait for their answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from adapters.rounds import Bell, Deadlines, Trouble
from bot.backoff import Backoff
from bot.errors import StoreUnavailable
from bot.incoming import Opened, Searched
from bot.ports import Kept, Store

_log = logging.getLogger(__name__)

#: Somebody waits for an answer: what goes wrong is tried again soon, and its end is said within half a minute.
_RETRY = Backoff(base=timedelta(seconds=2), ceiling=timedelta(seconds=15), patience=timedelta(0), tries=5)

#: What was asked within this time is never dropped: it may be others that its processes were killed over.
_YOUNG = timedelta(minutes=10)


class Handler(Protocol):
    """Does what a kept event asks for; `bot.reception.Reception` is one."""

    async def handle(self, kept: Kept) -> None:
        """Does it in one unit of work that also ends the event."""

    async def give_up(self, kept: Kept, reason: str) -> None:
        """Ends it visibly: says that something broke, and whom to call."""


class InboxWorker:
    """Handles kept events. `run` is a task of whoever starts it; `stop` ends it in order.

    Args:
        store: holds the inbox.
        handler: does what is asked for.
        worker: name of this process.
        now: the time, with time zone.
        random: numbers from 0 to 1.
        at_once: events in hand at the same time.
        limit: longest that one may take, in seconds; its lease lasts half as long again.
        poll: seconds between looks for what other processes keep.
    """

    def __init__(  # noqa: PLR0913 - wired in one place only
        self,
        store: Store,
        handler: Handler,
        *,
        worker: str,
        now: Callable[[], datetime],
        random: Callable[[], float],
        at_once: int = 4,
        limit: float = 20.0,
        poll: float = 0.5,
    ) -> None:
        self._store = store
        self._handler = handler
        self._worker = worker
        self._now = now
        self._random = random
        self._at_once = at_once
        self._limit = limit
        self._poll = poll
        self._bell = Bell()
        self._deadlines = Deadlines()
        self._trouble = Trouble(_log, "taking from the inbox")
        self._stopping = False
        self._in_hand = 0

    def wake(self) -> None:
        """Something was kept."""
        self._bell.ring()

    def stop(self, grace: float = 10.0) -> None:
        """Takes nothing more; `run` returns when what is in hand has ended.

        Args:
            grace: seconds after which what is in hand goes back to the inbox.
        """
        self._stopping = True
        self._bell.ring()
        asyncio.get_running_loop().call_later(grace, self._deadlines.end)

    async def run(self) -> None:
        """Handles events until `stop`; a database that cannot be reached is waited for."""
        async with asyncio.TaskGroup() as hands:
            while not self._stopping:
                await self._bell.wait(await self._round(hands))

    async def _round(self, hands: asyncio.TaskGroup) -> float:
        """Takes an event. Returns seconds to sleep; the bell ends them."""
        if self._in_hand >= self._at_once:
            return self._poll
        try:
            kept = await self._take()
        except Exception as error:
            # StoreUnavailable passes; anything else is our own fault, and must not end the handling of all else.
            self._trouble.met(error)
            return self._poll
        self._trouble.over()
        if kept is None:
            return self._poll
        self._in_hand += 1
        hands.create_task(self._handle(kept))
        return 0

    async def _take(self) -> Kept | None:
        now = self._now()
        async with self._store() as work:
            kept = await work.inbox.take(self._worker, now, now + timedelta(seconds=1.5 * self._limit))
            await work.commit()
        return kept

    async def _handle(self, kept: Kept) -> None:
        about = {"event": kept.id, "kind": kept.incoming.kind, "attempt": kept.attempts}
        try:
            try:
                async with self._deadlines.within(self._limit):
                    await self._attempt(kept)
                _log.info("event handled", extra=about)
            except Exception as error:
                _log.warning("event goes back to the inbox", exc_info=error, extra=about)
                await self._put_back(kept, type(error).__name__)
        except Exception as error:
            # Its lease runs out, and it is taken again.
            _log.warning("event could not be put back", exc_info=error, extra=about)
        finally:
            self._in_hand -= 1
            self._bell.ring()

    async def _attempt(self, kept: Kept) -> None:
        # A process that is killed over an event tells nobody: so attempts are counted when it is taken.
        if kept.attempts <= _RETRY.tries:
            await self._handler.handle(kept)
        elif kept.attempts <= 2 * _RETRY.tries or self._is_young(kept):
            await self._handler.give_up(kept, "given up")
        else:
            # Not even that can be said. What else is asked in the channel must not wait for it for ever.
            _log.error("event dropped: it could not even be given up", extra={"event": kept.id})
            async with self._store() as work:
                await work.inbox.done(kept)
                await work.commit()

    def _is_young(self, kept: Kept) -> bool:
        # Looks and searches are never kept, and have no time.
        return not isinstance(kept.incoming, Opened | Searched) and self._now() - kept.incoming.at < _YOUNG

    async def _put_back(self, kept: Kept, reason: str) -> None:
        stopped = self._deadlines.ended
        wait = timedelta(0) if stopped else _RETRY.wait(kept.attempts, self._random)
        while True:
            try:
                async with self._store() as work:
                    await work.inbox.later(kept, self._now() + wait, reason)
                    await work.commit()
                return
            except StoreUnavailable:
                if self._deadlines.ended:
                    raise
            await asyncio.sleep(self._poll)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be tidied away.

    Args:
        name: what is logged.
        age: how old it must be.
        do: does it for what is older than a moment; returns how much that was.
    """

    name: str
    age: timedelta
    do: Callable[[datetime], Awaitable[int]]


async def keep_house(chores: Sequence[Chore], now: Callable[[], datetime], every: float = 3600.0) -> None:
    """Does all chores now and every so often, until it is cancelled; what fails is tried again next time.

    Args:
        chores: what is to be tidied away.
        now: the time, with time zone.
        every: seconds between.
    """
    while True:
        for chore in chores:
            try:
                count = await chore.do(now() - chore.age)
                _log.info("tidied", extra={"chore": chore.name, "count": count})
            except Exception as error:
                # StoreUnavailable passes; anything else is our own fault, and no reason to answer nobody.
                _log.warning("not tidied", exc_info=error, extra={"chore": chore.name})
        await asyncio.sleep(every)
