"""Pacing: no window of the table is ever exceeded, and an idle lane does not wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.pacing_limits import LIMITS
from bot.pacing import UNPACED, Limit, Limits, Pace

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
TABLES = [limits for one in LIMITS.values() for limits in (one.lane, one.workspace)]


def sends(limits: tuple[Limit, ...], arrivals: list[float]) -> list[datetime]:
    """When each of some posts is sent that become due at these seconds and go in order, as early as allowed."""
    pace, times = Pace(), [START]
    for seconds in arrivals:
        now = max(START + timedelta(seconds=seconds), times[-1], pace.free_at(limits))
        pace = pace.after(limits, now)
        times.append(now)
    return times[1:]


@given(
    limits=st.one_of(
        st.sampled_from(TABLES),
        st.lists(
            st.builds(
                lambda count, seconds, burst: Limit(count, seconds, min(burst, count)),
                st.integers(1, 9),
                st.floats(0.01, 30),
                st.integers(1, 9),
            ),
            max_size=3,
        ).map(tuple),
    ),
    gaps=st.lists(st.one_of(st.just(0.0), st.floats(0, 3), st.floats(0, 90)), max_size=120),
)
@settings(max_examples=60, deadline=None)
def test_no_window_is_ever_exceeded(limits: tuple[Limit, ...], gaps: list[float]) -> None:
    times = sends(limits, [sum(gaps[: i + 1]) for i in range(len(gaps))])
    for limit in limits:
        for first, beyond in zip(times, times[limit.count :], strict=False):
            assert beyond - first >= timedelta(seconds=limit.seconds)


@given(limits=st.sampled_from(TABLES), idle=st.floats(0, 10**9))
def test_the_first_post_of_an_idle_lane_never_waits(limits: tuple[Limit, ...], idle: float) -> None:
    (only,) = sends(limits, [idle])
    assert only == START + timedelta(seconds=idle)


def test_a_long_run_reaches_the_pace_that_the_table_allows() -> None:
    times = sends(LIMITS["slack"].lane, [0.0] * 60)
    assert times[-1] - times[0] == timedelta(seconds=59)


def test_a_thread_of_a_few_posts_does_not_wait_in_teams() -> None:
    times = sends(LIMITS["teams"].lane, [0.0] * 3)
    assert times[-1] == times[0]


def test_an_hour_without_pause_stays_within_the_hourly_limit() -> None:
    times = sends(LIMITS["teams"].lane, [0.0] * 1801)
    assert times[1800] - times[0] >= timedelta(hours=1)


def test_a_burst_may_come_at_once_and_then_the_interval_holds() -> None:
    times = sends((Limit(4, 3, burst=2),), [0.0] * 4)
    assert [(time - START).total_seconds() for time in times] == [0, 0, 1, 2]


def test_a_limit_that_was_added_later_counts_from_then() -> None:
    pace = Pace().after((Limit(1, 1),), START)
    both = (Limit(1, 1), Limit(1, 60))
    assert pace.free_at(both) == START + timedelta(seconds=1)
    assert pace.after(both, START).free_at(both) == START + timedelta(seconds=60)


@pytest.mark.parametrize("limits", [UNPACED, Limits()])
def test_without_limits_nothing_waits(limits: Limits) -> None:
    assert Pace().after(limits.lane, START).free_at(limits.lane) < START
