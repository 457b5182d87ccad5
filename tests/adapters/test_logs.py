from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest

from adapters import logs

PLANTED = "グエンさんの在留カード"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    for room in ("adapters", "bot", "corpus", "retrieval"):
        logging.getLogger(room).setLevel(logging.NOTSET)


def test_a_line_of_ours_is_json_with_ids_and_request(lines: io.StringIO) -> None:
    token = logs.request_id.set("r1")
    logging.getLogger("adapters.sending").info("sent", extra={"delivery": "d1", "seconds": 0.25})
    logs.request_id.reset(token)
    told = json.loads(lines.getvalue())
    assert told["message"] == "sent"
    assert (told["delivery"], told["seconds"], told["request"], told["level"]) == ("d1", 0.25, "r1", "info")
    assert told["time"].endswith("+00:00")


def test_a_librarys_words_are_not_kept(lines: io.StringIO) -> None:
    logging.getLogger("slack_bolt.AsyncApp").warning("Unhandled request (%s)", {"text": PLANTED})
    assert PLANTED not in lines.getvalue()
    assert json.loads(lines.getvalue())["logger"] == "slack_bolt.AsyncApp"


def test_an_error_is_told_by_type_and_place_only(lines: io.StringIO) -> None:
    try:
        raise ExceptionGroup(PLANTED, [ValueError(PLANTED)])
    except ExceptionGroup:
        logging.getLogger("bot.reception").exception("not handled")
    assert PLANTED not in lines.getvalue()
    assert "ValueError" in json.loads(lines.getvalue())["error"]


async def test_an_error_that_nobody_awaited_is_told(lines: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    logs.tell_lost_errors(loop, {"message": PLANTED, "exception": KeyError(PLANTED)})
    logs.tell_lost_errors(loop, {"message": PLANTED})
    first, second = (json.loads(line) for line in lines.getvalue().splitlines())
    assert first["error"] == "KeyError"
    assert "error" not in second
    assert PLANTED not in lines.getvalue()


def test_who_watches_a_terminal_reads_short_lines_about_trouble_only() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        stream = Terminal()
        logs.configure(stream)
        logging.getLogger("adapters.sending").info("sent")
        logging.getLogger("adapters.sending").warning("dead", extra={"delivery": "d1"})
    finally:
        root.handlers[:], root.level = before[0], before[1]
        for room in ("adapters", "bot", "corpus", "retrieval"):
            logging.getLogger(room).setLevel(logging.NOTSET)
    (line,) = stream.getvalue().splitlines()
    assert line.endswith("warning dead  logger=adapters.sending delivery=d1")
