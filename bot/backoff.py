"""How long to wait before trying again, and when to stop trying.

The wait is exponential with full jitter: a random part of min(ceiling, base · 2^(failures - 1)), after Marc
Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Being throttled is no failure: the
platform says when to come back, and nothing is ever given up for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How patiently something is tried.

    Args:
        base: longest wait after the first failure.
        ceiling: longest wait at all.
        patience: it is not given up before it failed for so long …
        tries: … and so often; a program that slept for a day has not tried for a day.
    """

    base: timedelta
    ceiling: timedelta
    patience: timedelta
    tries: int

    def wait(self, failures: int, random: Callable[[], float]) -> timedelta:
        """How long to wait after so many failures in a row.

        Args:
            failures: at least 1.
            random: gives numbers from 0 to 1.
        """
        # Beyond 2^40 every ceiling is reached; the power itself would overflow a timedelta.
        return min(self.ceiling, self.base * (1 << min(failures - 1, 40))) * random()

    def is_over(self, failures: int, since: datetime, now: datetime) -> bool:
        """Whether to give up.

        Args:
            failures: in a row, the last included.
            since: when the first of them was.
            now: the present moment.
        """
        return failures >= self.tries and now - since >= self.patience


#: Where trying again does no harm: the platform took nothing, or can be asked whether it did.
PATIENT = Backoff(base=timedelta(seconds=1), ceiling=timedelta(minutes=1), patience=timedelta(hours=24), tries=10)
#: Where each try may add a copy of the message that nobody can look for, or where the fault is most likely our own.
WARY = Backoff(base=timedelta(seconds=20), ceiling=timedelta(minutes=30), patience=timedelta(hours=1), tries=6)
