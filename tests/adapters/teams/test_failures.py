"""What a failed request means for what was to be sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import aiohttp
import pytest

from adapters.teams.failures import TokenRefused, failure, retry_after, told_apart
from bot.errors import Gone, MessengerError, Refused, Throttled, Unavailable, Unclear


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (301, "", Refused),
        (400, "BadArgument", Refused),
        (401, "Unauthorized", TokenRefused),
        (403, "BotNotInConversationRoster", Gone),
        (403, "BotDisabledByAdmin", Gone),
        (403, "MessageWritesBlocked", Gone),
        (403, "NotEnoughPermissions", Refused),
        (404, "ConversationNotFound", Gone),
        (404, "ActivityNotFoundInConversation", Refused),
        (404, "", Gone),
        (408, "", Unclear),
        (410, "", Gone),
        (412, "PreconditionFailed", Throttled),
        (413, "MessageSizeTooBig", Refused),
        (429, "", Throttled),
        (500, "ServiceError", Unclear),
        (502, "", Unclear),
        (503, "ServiceUnavailable", Unavailable),
        (504, "", Unclear),
        (599, "", Unclear),
    ],
)
def test_each_status_means_one_thing(status: int, code: str, kind: type[MessengerError]) -> None:
    told = failure(status, {}, json.dumps({"error": {"code": code, "message": "secret words"}}).encode())
    assert type(told) is kind
    assert told.reason.startswith(str(status))
    assert code in told.reason
    assert "secret" not in told.reason


def test_a_code_is_a_name_and_nothing_that_somebody_wrote() -> None:
    for body in (b"<html>secret</html>", b'{"error": {"code": "secret words 1"}}', b"[1]", b'{"error": null}', b"\xff"):
        assert failure(400, {}, body).reason == "400"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("", None),
        ("soon", None),
        ("Fri, 20 Nov 2026 00:00:30 GMT", 30.0),
        ("Thu, 19 Nov 2026 00:00:00 GMT", 0.0),
    ],
)
def test_seconds_to_wait_are_a_number_or_a_date(told: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": told}, datetime(2026, 11, 20, tzinfo=UTC)) == seconds


def test_a_service_that_says_when_to_come_back_throttles() -> None:
    told = failure(503, {"Retry-After": "7"}, b"")
    assert isinstance(told, Throttled)
    assert told.retry_after == 7


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (aiohttp.ConnectionTimeoutError(), Unavailable),
        (aiohttp.InvalidURL("x"), Unavailable),
        (aiohttp.ServerDisconnectedError(), Unclear),
        (aiohttp.SocketTimeoutError(), Unclear),
        (aiohttp.ClientPayloadError(), Unclear),
        (TimeoutError(), Unclear),
        (ConnectionResetError(), Unclear),
    ],
)
async def test_no_connection_is_told_from_no_answer(error: Exception, kind: type[MessengerError]) -> None:
    with pytest.raises(MessengerError) as caught:
        async with told_apart():
            raise error
    assert type(caught.value) is kind
