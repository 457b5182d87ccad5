"""What is only practised with has ids of its own, so that it never meets what is real.

A practice desk's questions go to the practice side of the bureau in charge, and to nobody who works there; a real
desk's never reach the practice rooms, although both may stand in one database.
"""

from __future__ import annotations

_PREFIX = "practice:"


def practised(name: str) -> str:
    """The practice counterpart of a desk's or bureau's id.

    Args:
        name: id of a desk or bureau.
    """
    return _PREFIX + name


def is_practised(name: str) -> bool:
    """Whether an id is one to practise with."""
    return name.startswith(_PREFIX)


def real(name: str) -> str:
    """The id that an id to practise with stands for; a real one is itself."""
    return name.removeprefix(_PREFIX)


def beside(other: str, name: str) -> str:
    """The id of a bureau as it is met on one side.

    Args:
        other: id of the desk or bureau that meets it.
        name: the bureau's own id.

    Returns:
        The practice counterpart where the other is one to practise with.
    """
    return practised(name) if is_practised(other) else name
