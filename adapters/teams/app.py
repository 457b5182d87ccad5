"""Teams as one of the platforms: takes activities over HTTP, speaks through the Bot Connector.

How a request ends: 200 after what it says was stored; 400 for what is no activity, 401 for what does not come from
Teams, 413 for what is too long, 501 for an unknown invoke; 503 while the store or the issuer's keys cannot be reached.
Teams repeats some requests that end with 5xx, but promises it nowhere; so a message waits a few seconds for the store
to come back before it is turned away, and then Teams shows whoever wrote it that it was not delivered.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from aiohttp import web

from adapters.teams.activities import Seen
from adapters.teams.config import TeamsConfig
from adapters.teams.graph import Graph
from adapters.teams.incoming import to_incoming
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.references import Addresses, References, is_from_extension
from adapters.teams.replies import DIALOGS, PRESS, QUERY, answer_invoke, said
from adapters.teams.sdk import SdkTransport
from adapters.teams.shapes import Json
from adapters.teams.transport import KeysUnavailable, NotAuthentic
from adapters.teams.web import Web
from bot.documents import Documents
from bot.errors import MessengerError, StoreUnavailable
from bot.incoming import Asked, Incoming, Opened, Pressed, Submitted, Way
from bot.reactions import Reaction, Replace
from bot.reception import Receive

PATH = "/api/messages"

#: Bytes of a request that are read; Teams' own messages stay under 100 KB, those that a person marks under 300 KB.
LONGEST = 1_000_000

#: Seconds between tries to store a message; together less than the 15 s that the Bot Framework waits for an answer.
TRIES = (0.2, 0.8, 2.0, 4.0)

#: Written to the assistant in a personal chat it shows its home, for which Teams has no tab without a web page.
HOME = "ホーム"

_T = TypeVar("_T")

_logger = logging.getLogger(__name__)


class TeamsPlatform:
    """Serves all registrations.

    Args:
        config: registrations and addresses.
        receive: what everything that comes in is given to.
        addresses: where conversation references are kept.
        documents: knows where the documents that posts name can be opened.
        tries: seconds between tries to store a message while the store cannot be reached.
    """

    def __init__(
        self,
        config: TeamsConfig,
        receive: Receive,
        addresses: Addresses,
        documents: Documents,
        tries: tuple[float, ...] = TRIES,
    ) -> None:
        self._receive = receive
        self._tries = tries
        self._web = Web()
        self._transport = SdkTransport(config, self._web)
        self._references = References(config, addresses)
        self.channel_name = self._references.name
        graph = Graph(config.graph_url, self._transport, self._web)
        self.messenger = TeamsMessenger(self._transport, self._references, graph, documents)

    def add_routes(self, app: web.Application) -> None:
        """Adds the address that the registrations name as their messaging endpoint."""
        app.router.add_post(PATH, self._messages)

    async def start(self) -> None:
        """Opens what is needed to send and to check."""
        await self._web.start()
        await self._transport.start()

    async def stop(self) -> None:
        """Closes it."""
        await self._transport.stop()
        await self._web.stop()

    async def _messages(self, request: web.Request) -> web.Response:
        try:
            activity = await _activity_of(request)
            registration = await self._transport.authenticate(request.headers["Authorization"], activity)
            seen = Seen(activity, registration.bot_id, datetime.now(UTC))
            await self._patiently(lambda: self._references.note(seen, registration), activity)
            return await self._answer(activity, await self._placed(seen, _read(activity, seen)))
        except NotAuthentic as error:
            status, reason = 401, str(error)
        except (KeysUnavailable, StoreUnavailable) as error:
            status, reason = 503, str(error)
        _logger.info("a request to Teams' address was refused", extra={"status": status, "reason": reason})
        return web.Response(status=status)

    async def _placed(self, seen: Seen, incoming: Incoming | None) -> Incoming | None:
        """What was sent from the message extension where we are not is answered in the person's own chat."""
        if not isinstance(incoming, Pressed | Submitted) or not is_from_extension(seen):
            return incoming
        if await self._references.knows(incoming.place):
            return incoming
        return replace(incoming, place=incoming.place.privately(incoming.person))

    async def _answer(self, activity: Json, incoming: Incoming | None) -> web.Response:
        if activity.get("type") != "invoke":
            if incoming is not None:
                reaction = await self._patiently(lambda: self._receive(incoming), activity)
                await self._say(incoming, reaction)
            return web.Response()
        if activity.get("name") not in {PRESS, QUERY, *DIALOGS}:
            return web.Response(status=501)
        reaction = None if incoming is None else await self._receive(incoming)
        body = answer_invoke(activity, incoming, reaction)
        return web.Response() if body is None else web.json_response(body)

    async def _patiently(self, act: Callable[[], Awaitable[_T]], activity: Json) -> _T:
        """Tries again while the store cannot be reached; not for invokes, where somebody watches a wheel turn."""
        for wait in self._tries if activity.get("type") != "invoke" else ():
            try:
                return await act()
            except StoreUnavailable:
                await asyncio.sleep(wait)
        return await act()

    async def _say(self, incoming: Incoming, reaction: Reaction | None) -> None:
        """Shows a reaction to what came as a message, and so has no answer in whose body it could stand."""
        if not isinstance(incoming, Pressed | Opened) or reaction is None:
            return
        place, post = incoming.place.privately(incoming.person), said(incoming, reaction)
        try:
            if isinstance(incoming, Pressed) and isinstance(reaction, Replace) and incoming.message is not None:
                await self.messenger.edit(incoming.message, reaction.post)
            elif post is not None:
                await self.messenger.post(place, post, "")
        except MessengerError as error:  # nothing was owed
            _logger.warning("a reaction could not be shown", extra={"reason": error.reason})


def _read(activity: Json, seen: Seen) -> Incoming | None:
    incoming = to_incoming(activity, bot_id=seen.bot_id, now=seen.now)
    if isinstance(incoming, Asked) and incoming.way is Way.DIRECT and incoming.text == HOME:
        return Opened(place=incoming.place, person=incoming.person)
    return incoming


async def _activity_of(request: web.Request) -> Json:
    """The activity that a request holds, not yet checked.

    Raises:
        NotAuthentic: there is no token, so that nothing was read.
        HTTPRequestEntityTooLarge: it is too long, whatever the server's own limit is.
        HTTPBadRequest: it is no JSON object.
    """
    if not request.headers.get("Authorization"):
        raise NotAuthentic("no token")
    body = bytearray()
    size = request.content_length or 0
    while size <= LONGEST and (chunk := await request.content.readany()):
        body += chunk
        size = max(size, len(body))
    if size > LONGEST:
        raise web.HTTPRequestEntityTooLarge(LONGEST, size)
    try:
        activity = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    if not isinstance(activity, dict):
        raise web.HTTPBadRequest
    return activity
