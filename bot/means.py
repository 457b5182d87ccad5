"""What every use case works with: the store, somebody who answers, the gate, the time, and the defaults."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from bot.office_hours import OfficeHours
from bot.ports import Answerer, Store
from bot.referral_ports import Gate, Holidays, ResolvedSearch

T = TypeVar("T")


class OffLoop(Protocol):
    """Runs a function off the event loop; `asyncio.to_thread` is one."""

    def __call__(self, func: Callable[[], T], /) -> Awaitable[T]:
        """What the function returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every use case works with.

    Args:
        store: opens units of work.
        answerer: answers questions; blocking, so called through `off_loop`.
        gate: masks what leaves a desk; blocking too.
        holidays: knows the days on which offices are closed.
        resolved: searches resolved referrals; blocking too.
        now: the time, with time zone.
        off_loop: runs a function off the event loop.
        prefecture: full name of the prefecture where no desk tells one; "" for none.
        language: BCP-47 code of the resident's language where no channel tells one; "" for none.
    """

    store: Store
    answerer: Answerer
    gate: Gate
    holidays: Holidays
    resolved: ResolvedSearch
    now: Callable[[], datetime]
    off_loop: OffLoop
    prefecture: str = ""
    language: str = ""

    @property
    def hours(self) -> OfficeHours:
        """When offices are open: deadlines are counted in these."""
        return OfficeHours(self.holidays)
