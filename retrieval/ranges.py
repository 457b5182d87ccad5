"""Many pieces of one flat array, one behind the other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


def places_of(starts: Places, lengths: Places) -> tuple[Places, Places]:
    """Where the elements of several ranges of a flat array stand.

    Args:
        starts: (ranges,) where each range begins in the array.
        lengths: (ranges,) how many elements it has; 0 will do.

    Returns:
        The places of all elements, range by range, and (ranges,) where each range begins among them.
    """
    behind = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(starts - behind, lengths), behind
