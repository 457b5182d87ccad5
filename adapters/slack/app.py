"""Slack in this process: what it sends comes in by HTTP or by socket, and goes the same way through Bolt.

Bolt finds out whose request it is and drops the assistant's own messages. Everything else meets one middleware, the
last: read the payload, receive, show the reaction. Slack gets its acknowledgement only after `receive` returned, so
that what was acknowledged is kept.
"""

from __future__ import annotations

import asyncio
import logging
import random as chance
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.database.engine import Database
from adapters.slack import oauth
from adapters.slack.config import SlackConfig
from adapters.slack.incoming import to_incoming
from adapters.slack.installations import Addresses, Installations
from adapters.slack.messenger import SlackMessenger
from adapters.slack.reactions import Reactions
from adapters.slack.requests import NotInstalled, Requests, bolt_app
from adapters.slack.socket import SocketMode
from adapters.slack.web_api import WebApi
from bot.documents import Documents
from bot.incoming import Left
from bot.reception import Receive

_log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"


class SlackPlatform:
    """Slack as a platform. Whatever the configuration lacks is off.

    Args:
        config: how the app is known to Slack.
        receive: what is called with all that comes in.
        documents: makes the files that posts name.
        database: where installations by OAuth are kept; None where there is no OAuth.
        addresses: where a workspace's organisation is kept; None where there is no OAuth.
        now: the time, with time zone.
        random: gives numbers from 0 to 1, for waits between attempts to connect.
    """

    def __init__(  # noqa: PLR0913 - wired in one place only
        self,
        config: SlackConfig,
        receive: Receive,
        documents: Documents,
        database: Database | None = None,
        addresses: Addresses | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        random: Callable[[], float] = chance.random,
    ) -> None:
        self._config = config
        self._database = database
        self._api = WebApi(config.api_url)
        self._installations = Installations(config, self._api, database, addresses)
        self._reactions = Reactions(self._api)
        reading = _Reading(receive, self._installations, self._reactions, now)
        self._bolt = bolt_app(config, self._api, _authorize(self._installations), reading)
        self._random = random
        self._socket: asyncio.Task[None] | None = None
        self.messenger = SlackMessenger(self._api, self._installations, documents)
        self.channel_name = self.messenger.channel_name

    def add_routes(self, app: web.Application) -> None:
        """Adds what Slack and those who install the app call.

        Args:
            app: what serves it.
        """
        if self._config.signing_secret:
            requests = Requests(self._config.signing_secret, self._bolt.async_dispatch)
            app.router.add_post(EVENTS_PATH, requests.handle)
        if self._config.by_oauth and self._database is not None:
            oauth.add_routes(app, self._config, self._api, self._database)

    async def start(self) -> None:
        """Opens the socket, where Socket Mode is on."""
        if self._config.app_token:
            socket = SocketMode(self._api, self._config.app_token, self._by_socket, self._random)
            self._socket = asyncio.create_task(socket.run())

    async def stop(self) -> None:
        """Finishes what is in hand, and closes all connections."""
        if self._socket is not None:
            self._socket.cancel()
            await asyncio.gather(self._socket, return_exceptions=True)
        await self._reactions.close()
        await self._api.close()

    async def _by_socket(self, request: SocketModeRequest) -> BoltResponse:
        return await self._bolt.async_dispatch(AsyncBoltRequest(body=request.payload, mode="socket_mode"))


def _authorize(installations: Installations) -> Callable[..., Awaitable[AuthorizeResult]]:
    """What tells Bolt with which token a request is answered, without asking Slack about it each time."""

    # No method: Bolt would take `self` for one of the values that it hands over by name.
    async def authorize(context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        tenant = (enterprise_id if context.is_enterprise_install else team_id) or ""
        installed = await installations.of(tenant, enterprise_id or "")
        if installed is None:
            raise NotInstalled(tenant)
        await installations.remember(installed)
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=installed.bot_user,
            bot_id=installed.bot_id,
            bot_token=installed.token,
        )

    return authorize


class _Reading(AsyncMiddleware):
    """Reads a payload, receives it, and shows what came of it."""

    def __init__(
        self, receive: Receive, installations: Installations, reactions: Reactions, now: Callable[[], datetime]
    ) -> None:
        self._receive = receive
        self._installations = installations
        self._reactions = reactions
        self._now = now

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse:
        """Called by Bolt."""
        incoming = to_incoming(req.body, bot_user=req.context.bot_user_id or "", now=self._now())
        if incoming is None:
            return BoltResponse(status=200)
        client = req.context.client
        try:
            reaction = await self._receive(incoming)
            if isinstance(incoming, Left) and not incoming.channel:
                removed = float(req.body.get("event_time") or incoming.at.timestamp())
                await self._installations.remove(incoming.tenant, req.context.enterprise_id, removed)
        except Exception as error:
            apology = self._reactions.apologise(req.body, client)
            if apology is None:
                raise
            _log.exception("not received", extra={"incoming": incoming.kind}, exc_info=error)
            return apology
        return self._reactions.show(reaction, incoming, req.body, client)
