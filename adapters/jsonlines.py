"""Reads JSON Lines files for commands: each line an object; what is wrong is told with file and line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

#: Makes what a command needs of a line's object. Raises ValueError, a few words of Japanese.
Parse = Callable[[dict[str, Any]], T]


def read_lines(path: Path, parse: Parse[T]) -> tuple[list[T], list[str]]:
    """Reads a file line by line.

    Args:
        path: a UTF-8 file; blank lines are passed over.
        parse: makes a value of each line's object.

    Returns:
        The values in order, and one line for each line that cannot be used: "file:number: what is wrong".
    """
    values: list[T] = []
    faults: list[str] = []
    for value, fault in each_line(path, parse):
        values += value
        faults += fault
    return values, faults


def each_line(path: Path, parse: Parse[T]) -> Iterator[tuple[list[T], list[str]]]:
    """Reads a file line by line, as its lines are wanted.

    Args:
        path: a UTF-8 file; blank lines are passed over.
        parse: makes a value of each line's object.

    Yields:
        For each line its value, or "file:number: what is wrong"; the other list is empty.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield [parse(_object(line))], []
            except ValueError as error:
                yield [], [f"{path}:{number}: {error}"]


def with_texts(*names: str) -> Parse[dict[str, Any]]:
    """Parses nothing further, but wants an id and some texts.

    Args:
        names: fields that every object must have beside its "id", holding text.
    """

    def parse(entry: dict[str, Any]) -> dict[str, Any]:
        if "id" not in entry:
            raise ValueError('"id" がありません')
        if not isinstance(entry["id"], str | int) or isinstance(entry["id"], bool):
            raise ValueError('"id" が文字列でも整数でもありません')
        for name in names:
            if name not in entry:
                raise ValueError(f'"{name}" がありません')
            if not isinstance(entry[name], str):
                raise ValueError(f'"{name}" が文字列ではありません')
        return entry

    return parse


def unlike_before(parse: Parse[dict[str, Any]]) -> Parse[dict[str, Any]]:
    """Parses as before and wants every id only once.

    Args:
        parse: as `with_texts` gives it.
    """
    seen: set[str | int] = set()

    def parse_new(entry: dict[str, Any]) -> dict[str, Any]:
        parsed = parse(entry)
        if parsed["id"] in seen:
            raise ValueError(f'"id" が前の行と同じです: {parsed["id"]}')
        seen.add(parsed["id"])
        return parsed

    return parse_new


def _object(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("UTF-8の文字ではありません") from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("JSONとして読めません") from None
    if not isinstance(entry, dict):
        raise ValueError('{"id": …} の形ではありません')
    return entry
