"""Parts of JSON that may be of any shape, read without trusting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


def mapping(value: object) -> Json:
    """The object, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def string(value: object) -> str:
    """The string, or an empty one."""
    return value if isinstance(value, str) else ""


def mappings(value: object) -> Sequence[Json]:
    """The objects of a list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
