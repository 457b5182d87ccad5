"""Tells open pages what is new in the rooms, by server-sent events.

The database is the source: every page asks it at least once a second for what came after the last revision that
it knows, so that messages of other processes arrive too; what this process writes rings a bell and arrives at once.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress

from aiohttp import web

from adapters.console.rooms.messages import Messages, Said
from adapters.console.rooms.people import SPOTS
from adapters.console.rooms.rendering import Rendering, visible
from bot.errors import StoreUnavailable

#: Seconds between two looks into the database while nothing rings.
_POLL_SECONDS = 1.0

#: Looks without anything new after which a comment is sent, so that a broken connection is noticed.
_QUIET_LOOKS = 15

#: Messages sent at once.
_BATCH = 50


class Bell:
    """Wakes whoever waits, all of them."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something was written."""
        self._rung.set()
        self._rung = asyncio.Event()

    def next(self) -> asyncio.Event:
        """What is set at the next ring. To be had before one looks, so that no ring falls in between."""
        return self._rung


class Live:
    """The streams of all open pages.

    Args:
        messages: what stands in the rooms.
        rendering: renders it.
        bell: rung whenever this process wrote something.
    """

    def __init__(self, messages: Messages, rendering: Rendering, bell: Bell) -> None:
        self._messages = messages
        self._rendering = rendering
        self._bell = bell
        self._stopped = False

    def stop(self) -> None:
        """Ends all streams; browsers come back by themselves."""
        self._stopped = True
        self._bell.ring()

    def event(self, said: Said) -> Mapping[str, str] | None:
        """What a page must know to show a message; None where nobody who is played may see it."""
        here = SPOTS.get(said.place.channel)
        if here is None or not visible(here[0], said):
            return None
        room, spot = here
        return {
            "id": said.id,
            "room": room.id,
            "spot": spot.value,
            "thread": said.place.thread,
            "html": self._rendering.message(room, said),
            # For screen readers; a post's summary is made for that.
            "summary": said.post.summary,
        }

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """GET /rooms/events: everything written or changed after `Last-Event-ID`, or after the page's `after`.

        Raises:
            web.HTTPBadRequest: the revision is no number.
            StoreUnavailable: the database cannot be reached; the browser tries again.
        """
        known = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        if not (known.isascii() and known.isdigit()):
            raise web.HTTPBadRequest
        # A page may be older than the database, which somebody emptied meanwhile.
        after = min(int(known), await self._messages.revision())
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        with suppress(ConnectionResetError, StoreUnavailable):  # the browser comes back by itself, and goes on there
            await self._tell(request, response, after)
        return response

    async def _tell(self, request: web.Request, response: web.StreamResponse, after: int) -> None:
        quiet = 0
        while not self._stopped:
            rung = self._bell.next()
            news = await self._messages.since(after, _BATCH)
            for said in news:
                after = said.revision
                event = self.event(said)
                if event is not None:
                    data = json.dumps(event, ensure_ascii=False)
                    await response.write(f"id: {after}\ndata: {data}\n\n".encode())
            quiet = 0 if news else quiet + 1
            if quiet == _QUIET_LOOKS:
                quiet = 0
                await response.write(b":\n\n")
            if len(news) < _BATCH and not await _rings(rung, request):
                return


async def _rings(rung: asyncio.Event, request: web.Request) -> bool:
    """Waits for the bell or the next look. Returns False once nobody listens any more."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_POLL_SECONDS):
            await rung.wait()
    return request.transport is not None and not request.transport.is_closing()
