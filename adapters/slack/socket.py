"""Socket Mode: requests come over a WebSocket that this side opens, so that no public address is needed.

The SDK's own client is not used: its reconnection knows no back-off, it closes the old connection before the new one
is there, and its tasks belong to nobody. Format: docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.slack.failures import told
from adapters.slack.owning import own
from adapters.slack.web_api import WebApi
from bot.backoff import PATIENT
from bot.errors import MessengerError

_log = logging.getLogger(__name__)

#: Seconds that what is in hand may take when all stops.
_LAST_SECONDS = 5.0

#: A connection that lasted for as many seconds was a good one: the next one is made at once.
_STEADY = 30.0

_BACKOFF = replace(PATIENT, ceiling=timedelta(seconds=30))


class SocketMode:
    """Keeps a connection open, and answers what comes through it.

    Args:
        api: Slack's Web API.
        app_token: "xapp-…".
        dispatch: handles a request; its answer acknowledges it. With any status but 200 Slack sends it again.
        random: gives numbers from 0 to 1, for the wait before connecting again.
    """

    def __init__(
        self,
        api: WebApi,
        app_token: str,
        dispatch: Callable[[SocketModeRequest], Awaitable[BoltResponse]],
        random: Callable[[], float],
    ) -> None:
        self._api = api
        self._app_token = app_token
        self._dispatch = dispatch
        self._random = random
        self._stopping = False
        self._connections: set[asyncio.Task[None]] = set()
        self._in_hand: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Connects again whenever it must, until it is cancelled; then finishes what is in hand."""
        failures = 0
        clock = asyncio.get_running_loop().time
        try:
            while True:
                began, over = clock(), asyncio.Event()
                own(self._connections, self._hold(over))
                # One that Slack is about to close stays until it is closed, beside the next one.
                await over.wait()
                failures = 0 if clock() - began > _STEADY else failures + 1
                if failures:
                    await asyncio.sleep(_BACKOFF.wait(failures, self._random).total_seconds())
        finally:
            self._stopping = True
            if self._in_hand:
                await asyncio.wait(set(self._in_hand), timeout=_LAST_SECONDS)
            rest = self._connections | self._in_hand
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

    async def _hold(self, over: asyncio.Event) -> None:
        """One connection from beginning to end; `over` is set as soon as another one is wanted."""
        try:
            with told():
                opened = await self._api.client().apps_connections_open(app_token=self._app_token)
                async with self._api.socket(str(opened["url"])) as socket:
                    async for message in socket:
                        if message.type is aiohttp.WSMsgType.TEXT:
                            self._take(socket, message.data, over)
            _log.info("Slack closed the socket")
        except MessengerError as error:
            _log.warning("no socket to Slack", extra={"reason": error.reason})
        finally:
            over.set()

    def _take(self, socket: aiohttp.ClientWebSocketResponse, text: str, over: asyncio.Event) -> None:
        try:
            message = json.loads(text)
            kind, request = message.get("type"), SocketModeRequest.from_dict(message)
        except (ValueError, TypeError, AttributeError, RecursionError):
            # All else comes over the same connection, so that it stays.
            _log.warning("a message by socket that cannot be read")
            return
        match kind:
            case "hello":
                _log.info("connected to Slack by socket")
            case "disconnect":
                over.set()
            case _ if request is not None and not self._stopping:
                own(self._in_hand, self._answer(socket, request))

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, request: SocketModeRequest) -> None:
        try:
            response = await self._dispatch(request)
            if response.status == 200:
                await socket.send_json(_acknowledgement(request, response))
        except (aiohttp.ClientError, ConnectionError):
            _log.warning("a request was not acknowledged in time", extra={"envelope": request.envelope_id})
        except Exception as error:
            # One bad request ends neither the connection nor the process.
            _log.exception("a request failed", extra={"envelope": request.envelope_id}, exc_info=error)


def _acknowledgement(request: SocketModeRequest, response: BoltResponse) -> dict[str, Any]:
    if not response.body:
        return SocketModeResponse(request.envelope_id).to_dict()
    is_json = response.headers["content-type"][0].startswith("application/json")
    payload = json.loads(response.body) if is_json else {"text": response.body}
    return SocketModeResponse(request.envelope_id, payload).to_dict()
