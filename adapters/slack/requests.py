"""Slack's requests over HTTP: only whole, signed, fresh and readable ones reach Bolt."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from adapters.slack.config import SlackConfig
from adapters.slack.web_api import LIBRARY_LOGGER, WebApi
from bot.errors import BotError

_log = logging.getLogger(__name__)

#: Bytes; Slack's own are a few thousand.
LONGEST = 1024 * 1024


class NotInstalled(Exception):
    """A request for a workspace where the app is not, or no longer, installed."""


class Requests:
    """What Slack posts.

    Args:
        signing_secret: what Slack signs with.
        dispatch: handles a request that is Slack's.
    """

    def __init__(self, signing_secret: str, dispatch: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> None:
        self._verifier = SignatureVerifier(signing_secret)
        self._dispatch = dispatch

    async def handle(self, request: web.Request) -> web.Response:
        """Answers a request: 413 too long, 401 not Slack's, 400 unreadable, 503 to be sent again, else 200."""
        body = await _read(request)
        if not self._is_signed(request.headers, body):
            _log.warning("a request that Slack did not sign, or not now")
            raise web.HTTPUnauthorized
        try:
            asked = AsyncBoltRequest(body=body.decode(), query=request.query_string, headers=dict(request.headers))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise web.HTTPBadRequest from None
        if not isinstance(asked.body.get("event", {}), Mapping):  # Bolt would break on it
            raise web.HTTPBadRequest
        return await to_aiohttp_response(await self._dispatch(asked))

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        try:
            return self._verifier.is_valid_request(body, dict(headers))
        except (ValueError, TypeError, OverflowError):
            # No number as time, no text as body, no ASCII as signature.
            return False


async def _read(request: web.Request) -> bytes:
    """The body; no more of it is taken in than may be."""
    parts, length = [], 0
    async for part in request.content.iter_any():
        length += len(part)
        if length > LONGEST:
            raise web.HTTPRequestEntityTooLarge(LONGEST, length)
        parts.append(part)
    return b"".join(parts)


def bolt_app(
    config: SlackConfig, api: WebApi, authorize: Callable[..., Awaitable[AuthorizeResult]], middleware: AsyncMiddleware
) -> AsyncApp:
    """A Bolt app that does what it is told here and nothing else.

    Args:
        config: how the app is known to Slack.
        api: Slack's Web API.
        authorize: finds the token for a request.
        middleware: handles every request; nothing comes after it.
    """
    app = AsyncApp(
        logger=LIBRARY_LOGGER,
        name="madoguchi",
        signing_secret=config.signing_secret,
        # Given a client, Bolt takes no token from the environment; given `authorize`, no installation either.
        client=api.client(),
        authorize=authorize,
        # `Requests` does it before anything is parsed; Bolt would log the whole body of what it refuses.
        request_verification_enabled=False,
    )
    app.use(middleware)
    app.error(_failed)
    return app


async def _failed(error: Exception) -> BoltResponse:
    """What Slack is told when a request failed: to send it again, but not for a workspace that left."""
    if isinstance(error, NotInstalled):
        _log.info("a request from where the app is not installed", extra={"tenant": str(error)})
        return BoltResponse(status=200)
    if isinstance(error, BotError):
        _log.warning("not received", extra={"error_kind": type(error).__name__, "reason": str(error)})
        return BoltResponse(status=503)
    _log.exception("not received", exc_info=error)
    return BoltResponse(status=500)
