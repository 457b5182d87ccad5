"""How fast may be sent: several limits at once, never exceeded in any window, and nobody waits who need not.

Each limit is a token bucket in the form of the Generic Cell Rate Algorithm (ITU-T I.371, annex A): all that is
remembered is one "theoretical arrival time" a limit. With an emission interval T and a burst b, any n sends in a
row span at least (n - b)·T; so a limit of `count` sends in any window of `seconds` holds with
T = seconds / (count + 1 - b). Times are whole microseconds, so that rounding never lets one too many through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many sends in any window of so many seconds.

    Args:
        count: sends.
        seconds: length of the window, which is open at its end.
        burst: how many of them may come at once; a greater burst slows what follows it. 1 to `count`.
    """

    count: int
    seconds: float
    burst: int = 1

    @property
    def interval(self) -> int:
        """Emission interval in microseconds, rounded up."""
        return -(-round(self.seconds * 1_000_000) // (self.count + 1 - self.burst))


@dataclass(frozen=True, slots=True)
class Pace:
    """What is remembered of past sends under a list of limits.

    Args:
        arrivals: per limit, in order, the theoretical arrival time of the next send, in microseconds since 1970;
            missing ones count as long past, so that a limit can be added later.
    """

    arrivals: tuple[int, ...] = ()

    def free_at(self, limits: Sequence[Limit]) -> datetime:
        """The earliest moment at which all limits allow another send; long past where nothing was sent yet."""
        times = (self._arrival(i) - (limit.burst - 1) * limit.interval for i, limit in enumerate(limits))
        return _EPOCH + max(0, *times, 0) * _MICROSECOND

    def after(self, limits: Sequence[Limit], now: datetime) -> Pace:
        """The pace once a send began now; allowed or not, it counts."""
        moment = (now - _EPOCH) // _MICROSECOND
        return Pace(tuple(max(self._arrival(i), moment) + limit.interval for i, limit in enumerate(limits)))

    def _arrival(self, i: int) -> int:
        return self.arrivals[i] if i < len(self.arrivals) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one platform allows.

    Args:
        lane: limits of one channel or chat.
        workspace: limits of one workspace or tenant, all its lanes together.
    """

    lane: tuple[Limit, ...] = ()
    workspace: tuple[Limit, ...] = ()


UNPACED = Limits()
