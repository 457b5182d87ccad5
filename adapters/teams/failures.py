"""What a failed request to the Bot Connector or to Graph means for what was to be sent.

Status codes worth another try (412, 429, 502, 504), and the codes behind 403 and 404:
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit and
https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.errors import Gone, MessengerError, Refused, Throttled, Unavailable, Unclear

#: What is said of codes that may stand in a reason: names, never sentences, which could repeat a message.
_CODE = re.compile(r"[A-Za-z_]{1,60}")

#: 403 of a bot that was removed, blocked or switched off; any other 403 may concern this one message only.
_NO_LONGER_WELCOME = frozenset(
    {
        "BotNotInConversationRoster",
        "BotDisabledByAdmin",
        "BotBlocked",
        "ConversationBlockedByUser",
        "ForbiddenOperationException",
        "MessageWritesBlocked",
    }
)


class TokenRefused(Unavailable):
    """The token that a request was sent with was not accepted."""


def failure(status: int, headers: Mapping[str, str], body: bytes, now: datetime | None = None) -> MessengerError:
    """What an answer that is no success means.

    Args:
        status: HTTP status.
        headers: headers of the answer.
        body: body of the answer; only a code in it is read.
        now: the time, to which a date in Retry-After is compared.
    """
    code = error_code(body)
    reason = f"{status} {code}".strip()
    wait = retry_after(headers, now)
    error: MessengerError = Refused(reason)
    if status in (412, 429) or (status == 503 and wait is not None):
        error = Throttled(reason, wait)
    elif status == 503:
        error = Unavailable(reason)
    elif status == 401:
        error = TokenRefused(f"{reason}: the bot's token was not accepted")
    elif status == 404 and code == "ActivityNotFoundInConversation":
        error = Refused(f"{reason}: the message is no more")
    elif status in (404, 410) or (status == 403 and code in _NO_LONGER_WELCOME):
        error = Gone(reason)
    elif status == 408 or status >= 500:
        error = Unclear(reason)
    return error


def error_code(body: bytes) -> str:
    """The code in an error's body, or "": `{"error": {"code": …}}`, of the token endpoint `{"error": …}`."""
    try:
        told = json.loads(body)["error"]
        code = told["code"] if isinstance(told, dict) else told
    except (ValueError, KeyError, TypeError):
        return ""
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that an answer asks to wait, told as a number or as a date; None where it does not say."""
    told = headers.get("Retry-After", "").strip()
    try:
        return max(0.0, float(told)) if told else None
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, (until.astimezone(UTC) - (now or datetime.now(UTC))).total_seconds())


@asynccontextmanager
async def told_apart() -> AsyncIterator[None]:
    """Tells a connection that was never made (Unavailable) from an answer that never came (Unclear)."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
        raise Unavailable(f"no connection to Teams ({type(error).__name__})") from None
    except (aiohttp.ClientError, OSError) as error:
        raise Unclear(f"no answer from Teams ({type(error).__name__})") from None
