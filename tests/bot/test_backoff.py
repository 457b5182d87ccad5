"""Back-off: jitter within the bounds of the formula, a ceiling, and patience that is measured in time and tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backoff import PATIENT, WARY, Backoff

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@given(policy=st.sampled_from([PATIENT, WARY]), failures=st.integers(1, 10**6), part=st.floats(0, 1))
def test_a_wait_is_within_its_bounds(policy: Backoff, failures: int, part: float) -> None:
    longest = min(policy.ceiling, policy.base * 2 ** min(failures - 1, 30))
    assert timedelta() <= policy.wait(failures, lambda: part) <= longest


def test_the_longest_wait_doubles_up_to_the_ceiling() -> None:
    policy = Backoff(base=timedelta(seconds=1), ceiling=timedelta(seconds=10), patience=timedelta(), tries=1)
    assert [policy.wait(n, lambda: 1.0).total_seconds() for n in range(1, 7)] == [1, 2, 4, 8, 10, 10]
    assert policy.wait(6, lambda: 0.25).total_seconds() == 2.5


@pytest.mark.parametrize(
    ("failures", "hours", "over"),
    [(1, 0, False), (500, 23.9, False), (9, 48, False), (10, 24, True), (500, 24, True)],
)
def test_an_outage_of_a_day_is_waited_out(failures: int, hours: float, over: bool) -> None:
    assert PATIENT.is_over(failures, NOW - timedelta(hours=hours), NOW) is over


def test_what_may_be_said_twice_is_repeated_rarely() -> None:
    """With average luck, the tries that fit into the hour before it is given up."""
    at, tries = timedelta(), 1
    while not WARY.is_over(tries, NOW, NOW + at):
        at += WARY.wait(tries, lambda: 0.5)
        tries += 1
    assert tries <= 12
