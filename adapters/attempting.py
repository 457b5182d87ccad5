"""One attempt to send a delivery, and what comes of it: which errors end it, which bring it back, when, and how sure.

A send that may have landed is looked for before it is repeated. What cannot be looked for (messages that one person
sees, platforms that let nobody read) is said again, ever more rarely, and given up after an hour rather than a day:
it may stand twice after an accident, and is never silently missing.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial

from adapters.database.queue import SqlQueue
from adapters.database.taking import Taken
from adapters.rounds import Deadlines
from bot.backoff import PATIENT, WARY, Backoff
from bot.errors import Gone, MessengerError, Refused, StoreUnavailable, Throttled, Unavailable, Unclear
from bot.places import Receipt
from bot.ports import Messenger

_log = logging.getLogger(__name__)

#: Where a platform says "too fast" and not for how long; each further attempt may wait longer. It is never over.
_UNTOLD = Backoff(base=timedelta(seconds=2), ceiling=timedelta(minutes=5), patience=timedelta.max, tries=0)
#: No pause that a platform asks for is believed beyond this, in seconds.
_LONGEST_PAUSE = 86_400.0


class _Step(Enum):
    """What was under way when an error came: looking back, saying, or changing what was said."""

    FIND = auto()
    POST = auto()
    EDIT = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt.

    Args:
        name: "sent", "reconciled" (it had landed before), "throttled", "later", "failed" or "gone".
        write: writes it down; False if somebody else had taken over.
    """

    name: str
    write: Callable[[], Awaitable[bool]]


class Attempts:
    """Makes attempts. Their outcomes are yet to be written.

    Args:
        queue: what outcomes are written to.
        messengers: by name of platform.
        deadlines: limits how long a request takes.
        now: the time, with time zone.
        random: numbers from 0 to 1.
        limit: longest that one request may take, in seconds; then it may or may not have landed.
        settle: seconds before a request that may have been carried out is followed by another, so that it has the
            time to.
    """

    def __init__(  # noqa: PLR0913 - wired in one place only
        self,
        queue: SqlQueue,
        messengers: Mapping[str, Messenger],
        deadlines: Deadlines,
        *,
        now: Callable[[], datetime],
        random: Callable[[], float],
        limit: float,
        settle: float,
    ) -> None:
        self._queue = queue
        self._messengers = messengers
        self._deadlines = deadlines
        self._now = now
        self._random = random
        self._limit = limit
        self._settle = timedelta(seconds=settle)

    async def make(self, taken: Taken, is_ours: Callable[[], Awaitable[bool]]) -> Outcome | None:
        """One attempt.

        Args:
            taken: the delivery.
            is_ours: whether the lease outlasts one more request; asked right before anything is said.

        Returns:
            What came of it, or None if the lease was lost and nothing was said.
        """
        delivery = taken.delivery
        messenger = self._messengers[delivery.place.platform]
        step, blind = _Step.FIND, False
        try:
            if delivery.unclear and delivery.target is None:
                try:
                    async with self._deadlines.within(self._limit):
                        found = await messenger.find(delivery.place, delivery.id)
                except Refused:
                    blind = True
                else:
                    if found is not None:
                        return self._sent("reconciled", taken, found)
            assert delivery.post is not None, "only deliveries that ended are erased"
            step = _Step.POST if delivery.target is None else _Step.EDIT
            if not await is_ours():
                return None
            async with self._deadlines.within(self._limit):
                if delivery.target is None:
                    return self._sent("sent", taken, await messenger.post(delivery.place, delivery.post, delivery.id))
                await messenger.edit(delivery.target, delivery.post)
                return self._sent("sent", taken, delivery.target)
        except Exception as error:
            return self._hindered(taken, error, step, blind=blind)

    def _sent(self, name: str, taken: Taken, receipt: Receipt) -> Outcome:
        return Outcome(name, partial(self._queue.sent, taken, receipt, self._now()))

    def _hindered(self, taken: Taken, error: Exception, step: _Step, *, blind: bool) -> Outcome:
        now, reason = self._now(), error.reason if isinstance(error, MessengerError) else type(error).__name__
        match error:
            case Gone():
                return Outcome("gone", partial(self._queue.gone, taken, reason, now))
            case Refused():
                return Outcome("failed", partial(self._queue.failed, taken, reason, now, unclear=False))
            case Throttled():
                until = now + self._pause(error.retry_after, taken.delivery.attempts)
                unclear = step is _Step.FIND
                return Outcome("throttled", partial(self._queue.throttled, taken, until, reason, unclear=unclear))
            case Unavailable() | StoreUnavailable():
                return self._later(taken, reason, PATIENT, unclear=step is _Step.FIND)
            case Unclear() | TimeoutError():
                # An edit may be repeated without looking: twice does no harm. But one that lands late must not
                # take the place of the next.
                unclear = step is not _Step.EDIT
                return self._later(taken, reason, WARY if blind else PATIENT, unclear=unclear, settles=True)
            case _:
                _log.error("a messenger broke", exc_info=error, extra={"delivery": taken.delivery.id})
                return self._later(taken, reason, WARY, unclear=step is not _Step.EDIT, settles=True)

    def _later(self, taken: Taken, reason: str, policy: Backoff, *, unclear: bool, settles: bool = False) -> Outcome:
        now, failures = self._now(), taken.failures + 1
        if policy.is_over(failures, taken.failing_since or now, now):
            reason = f"given up after {failures} failures: {reason}"
            return Outcome("failed", partial(self._queue.failed, taken, reason, now, unclear=unclear))
        due = now + policy.wait(failures, self._random) + (self._settle if unclear or settles else timedelta())
        return Outcome("later", partial(self._queue.later, taken, due, reason, now, unclear=unclear))

    def _pause(self, retry_after: float | None, attempts: int) -> timedelta:
        if retry_after is None:
            return _UNTOLD.base + _UNTOLD.wait(attempts, self._random)
        return timedelta(seconds=min(max(retry_after, 0.0), _LONGEST_PAUSE))
