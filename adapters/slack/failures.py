"""What a call to Slack that failed means for what was to be said.

Sources: the errors of each method's page on docs.slack.dev/reference/methods. A code that is not listed here was
refused by Slack and stays so: trying again changes nothing, and an administrator reads the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import Gone, MessengerError, Refused, Throttled, Unavailable, Unclear

#: The token was replaced by a newer one.
TOKEN_EXPIRED = "token_expired"  # noqa: S105

_THROTTLED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

_UNAVAILABLE = frozenset(
    {
        "service_unavailable",
        "team_added_to_org",  # "temporarily unavailable"
        "request_timeout",  # the request did not arrive as a whole
        TOKEN_EXPIRED,
        # A wrong token is somebody's slip: nothing is lost while they mend it.
        "invalid_auth",
        "not_authed",
    }
)

#: "It's possible some aspect of the operation succeeded before the error was raised."
_UNCLEAR = frozenset({"internal_error", "fatal_error"})

_GONE = frozenset(
    {
        "access_denied",
        "account_inactive",
        "channel_is_archived",
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "not_in_channel",
        "org_login_required",
        "team_access_not_granted",
        "team_not_found",
        "thread_not_found",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    }
)


@contextmanager
def told() -> Iterator[None]:
    """Turns whatever a call to Slack raises into a `MessengerError` whose reason is Slack's code alone."""
    try:
        yield
    except SlackApiError as error:
        raise of_answer(error) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise of_connection(error) from None


def of_answer(error: SlackApiError) -> MessengerError:
    """What Slack's answer means.

    Args:
        error: as the SDK raises it. Its text is never used: it quotes what was answered.
    """
    # Where the body was no JSON, the SDK hands over aiohttp's response instead of its own.
    status: int = getattr(error.response, "status_code", None) or getattr(error.response, "status", None) or 0
    data = getattr(error.response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in _THROTTLED:
        return Throttled(code or "429", _retry_after(error.response.headers))
    reason = code or f"HTTP {status}"
    if code in _UNAVAILABLE:
        return Unavailable(reason)
    if code in _UNCLEAR or not code or status >= 500:
        return Unclear(reason)
    return Gone(reason) if code in _GONE else Refused(reason)


def of_connection(error: Exception) -> MessengerError:
    """What a broken connection means: only where none was made is it sure that nothing landed."""
    before = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
    return Unavailable(type(error).__name__) if isinstance(error, before) else Unclear(type(error).__name__)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    try:
        return max(0.0, float(headers.get("Retry-After", "")))
    except ValueError:
        return None
