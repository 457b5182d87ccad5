"""Reads JSON Lines files for commands: each line an object; what is wrong is told with file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


class LineError(Exception):
    """A line cannot be used; the text names the file and the line, and what is wrong."""


def read_lines(path: Path, text_fields: Sequence[str]) -> Iterator[dict[str, Any] | LineError]:
    """Reads a file line by line.

    Args:
        path: a UTF-8 file; blank lines are passed over.
        text_fields: fields that every object must have beside its "id", holding text.

    Yields:
        Each line's object, or in its place a `LineError`.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _object(line, text_fields)
            except ValueError as error:
                yield LineError(f"{path}:{number}: {error}")


def _object(line: bytes, text_fields: Sequence[str]) -> dict[str, Any]:
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("UTF-8の文字ではありません") from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("JSONとして読めません") from None
    if not isinstance(entry, dict):
        raise ValueError('{"id": …} の形ではありません')
    if not isinstance(entry.get("id"), str | int):
        raise ValueError('"id" がありません')
    for name in text_fields:
        if name not in entry:
            raise ValueError(f'"{name}" がありません')
        if not isinstance(entry[name], str):
            raise ValueError(f'"{name}" が文字列ではありません')
    return entry
