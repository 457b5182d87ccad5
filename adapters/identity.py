"""Ids as platforms tell them. They become keys in the database and stand in logs, so not every text will do."""

from __future__ import annotations

import re

#: Characters. Real ids have at most some 250; PostgreSQL takes no index entry over 2,700 bytes.
LONGEST = 500

#: No database keeps NUL or halves of surrogate pairs; a line end would begin a new line elsewhere.
_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def is_id(value: object) -> bool:
    """Whether a value can be kept as an id: a text that is not too long, without control characters.

    Args:
        value: what a payload holds in its place; "" counts as an id that is not told.
    """
    return isinstance(value, str) and len(value) <= LONGEST and _UNUSABLE.search(value) is None
