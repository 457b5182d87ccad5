"""Parts of JSON that may be of any shape, read without trusting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.identity import is_id

Json = Mapping[str, Any]


def mapping(value: object) -> Json:
    """The object, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def string(value: object) -> str:
    """The string, or an empty one."""
    return value if isinstance(value, str) else ""


def identity(value: object) -> str:
    """The id, or an empty one where it is none that could be kept."""
    return value if isinstance(value, str) and is_id(value) else ""


def mappings(value: object) -> Sequence[Json]:
    """The objects of a list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
