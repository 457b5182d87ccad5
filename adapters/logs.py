"""What is logged: what happened, to which id, how long it took. Never what anybody wrote.

Three doors are shut. Our own lines name ids only. Errors are told by type and place, since their text may quote
a message. Of other libraries' lines only logger, level and place are kept: Bolt, for one, prints whole requests.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

#: Id of the request that is being served; on every line logged meanwhile.
request_id: ContextVar[str] = ContextVar("request_id", default="")

#: Rooms whose own words may be logged.
_OURS = ("adapters", "bot", "corpus", "retrieval")

#: What every record has; the rest came with `extra`.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

#: Innermost frames of an error that are told.
_FRAMES = 6


class Lines(logging.Formatter):
    """Formats a record without anything that a person wrote.

    Args:
        as_json: one JSON object a line, for machines; else short text, for who watches a terminal.
    """

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line."""
        told = dict(_told(record))
        if self._as_json:
            return json.dumps(told, ensure_ascii=False, default=str)
        extra = " ".join(f"{name}={value}" for name, value in told.items() if name not in ("time", "level", "message"))
        return f"{told['time'][11:19]} {told['level']} {told['message']}  {extra}".rstrip()


def configure(stream: TextIO = sys.stderr) -> None:
    """Sends all logs through `Lines`, as JSON where no person watches.

    Args:
        stream: where they go.
    """
    watched = stream.isatty()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(as_json=not watched))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for room in _OURS:
        # Who watches sees what went wrong; a log collector sees every step.
        logging.getLogger(room).setLevel(logging.WARNING if watched else logging.INFO)


def tell_lost_errors(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Exception handler of an event loop: an error nobody awaited, without its text."""
    error = context.get("exception")
    logging.getLogger(__name__).error(
        "an error that nobody awaited", exc_info=error if isinstance(error, BaseException) else None
    )


def _told(record: logging.LogRecord) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "message": record.getMessage() if _is_ours(record.name) else "(a library's own words are not kept)",
        "logger": record.name,
    }
    if not _is_ours(record.name):
        told["at"] = f"{record.module}:{record.lineno} {record.funcName}"
    if request := request_id.get():
        told["request"] = request
    if _is_ours(record.name):
        told.update((name, value) for name, value in vars(record).items() if name not in _STANDARD)
    if record.exc_info and record.exc_info[1] is not None:
        told["error"] = error_in_short(record.exc_info[1])
    return told


def error_in_short(error: BaseException) -> str:
    """An error's type and the innermost places it came through; not its text, which may quote a message.

    Args:
        error: any error; of a group its members are told.
    """
    if isinstance(error, BaseExceptionGroup):
        return f"{type(error).__name__}({'; '.join(error_in_short(one) for one in error.exceptions)})"
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}" if places else type(error).__name__


def _is_ours(logger: str) -> bool:
    return logger.partition(".")[0] in _OURS
