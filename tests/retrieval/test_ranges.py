"""Many pieces of one flat array."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranges import places_of


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9))))
def test_the_places_are_those_of_a_loop(ranges: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in ranges], np.int64)
    lengths = np.array([length for _, length in ranges], np.int64)
    places, behind = places_of(starts, lengths)
    assert places.tolist() == [start + at for start, length in ranges for at in range(length)]
    assert behind.tolist() == [sum(length for _, length in ranges[:number]) for number in range(len(ranges))]
