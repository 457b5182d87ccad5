"""The page of the practice place and its replies: JSON with pieces of HTML for its script, whole pages without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from adapters.console.rooms import incoming
from adapters.console.rooms.guard import by_script
from adapters.console.rooms.incoming import Fields
from adapters.console.rooms.live import Bell, Live
from adapters.console.rooms.messages import Messages
from adapters.console.rooms.people import BY_ID, ROOMS, Room, Spot
from adapters.console.rooms.rendering import Rendering, new_id
from bot.incoming import Opened, Pressed, Searched, Submitted
from bot.posts import Post, Text
from bot.reactions import Correct, Prompts, Reaction, Replace, Results, ShowForm, ShowHome, Whisper
from bot.reception import Receive

#: Messages of a conversation that a page begins with; the first ones of their threads come besides.
_LATEST = 200

#: What a reaction makes the page do, by name; most are pieces of HTML.
Shown = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomViews:
    """Handlers of the practice place.

    Args:
        receive: what everything that comes in is handed to.
        messages: what stands in the rooms.
        rendering: renders it.
        live: tells open pages what is new.
        bell: rung after every change.
        now: the time, with time zone.
    """

    receive: Receive
    messages: Messages
    rendering: Rendering
    live: Live
    bell: Bell
    now: Callable[[], datetime]

    async def page(self, _request: web.Request) -> web.Response:
        """GET /rooms: all rooms side by side, as they are now."""
        # The revision first: what is written meanwhile then comes twice, and nothing is missed.
        revision = await self.messages.revision()
        shown = {
            (room.id, spot): self.rendering.conversation(
                room, await self.messages.latest(room.place(spot).channel, _LATEST)
            )
            for room in ROOMS
            for spot in Spot
        }
        return _html(self.rendering.page("rooms.html", rooms=ROOMS, spots=tuple(Spot), shown=shown, revision=revision))

    async def say(self, request: web.Request) -> web.Response:
        """POST /rooms/{room}/say: a message. It stands in the room before the assistant hears of it."""
        room, fields = _room(request), await _fields(request)
        asked = incoming.asked(room, fields, self.now())
        post = Post(blocks=(Text(incoming.words(fields)),), summary="")
        # A message that is sent again, because it is not known whether it was taken, stays and is told of again.
        said = await self.messages.say(asked.message, incoming.written_at(room, fields), room.person.id, post, asked.at)
        self.bell.ring()
        await self.receive(asked)
        if not by_script(request):
            raise web.HTTPSeeOther(f"/rooms#{room.id}-{said.id}")
        return web.json_response({"message": self.live.event(said), "id": new_id()})

    async def press(self, request: web.Request) -> web.Response:
        """POST /rooms/{room}/press: a button, or the assistant's action on a message."""
        room = _room(request)
        return await self._react(request, room, incoming.pressed(room, await _fields(request), self.now()))

    async def submit(self, request: web.Request) -> web.Response:
        """POST /rooms/{room}/submit: a form."""
        room = _room(request)
        return await self._react(request, room, incoming.submitted(room, await _fields(request), self.now()))

    async def search(self, request: web.Request) -> web.Response:
        """POST /rooms/{room}/search: the documents."""
        room = _room(request)
        return await self._react(request, room, incoming.searched(room, await _fields(request)))

    async def home(self, request: web.Request) -> web.Response:
        """GET /rooms/{room}/home: the assistant's home."""
        room = _room(request)
        return await self._react(request, room, incoming.opened(room, pane=False))

    async def prompts(self, request: web.Request) -> web.Response:
        """GET /rooms/{room}/prompts: what can be asked in the direct conversation."""
        room = _room(request)
        return await self._react(request, room, incoming.opened(room, pane=True))

    async def _react(
        self, request: web.Request, room: Room, came: Pressed | Submitted | Searched | Opened
    ) -> web.Response:
        """Hands something over and shows at once what it leads to."""
        reaction = await self.receive(came)
        if isinstance(reaction, Replace) and isinstance(came, Pressed) and came.message:
            await self.messages.change(came.message.message, reaction.post)
            self.bell.ring()
            shown: Shown = {}
        else:
            shown = self._shown(room, came, reaction, is_page=not by_script(request))
        if by_script(request):
            return web.json_response({**shown, "id": new_id()})
        if not shown:
            raise web.HTTPSeeOther("/rooms")
        return _html(self.rendering.page("rooms_reaction.html", shown=shown))

    def _shown(  # noqa: PLR0911 - one for each reaction
        self, room: Room, came: Pressed | Submitted | Searched | Opened, reaction: Reaction | None, *, is_page: bool
    ) -> Shown:
        match reaction:
            case ShowForm(form):
                return {"dialog": self.rendering.form(room, came.place, form, is_open=is_page)}
            case Correct(faults):
                return {"faults": dict(faults)}
            case Whisper(text):
                return {"whisper": self.rendering.whisper(text)}
            case ShowHome(post) | Replace(post):
                return {"home": self.rendering.post(room, room.place(Spot.DIRECT), post)}
            case Prompts():
                return {"prompts": self.rendering.prompts(room, reaction)}
            case Results():
                return {"results": self.rendering.results(room, reaction)}
            case None:
                return {}


def _room(request: web.Request) -> Room:
    room = BY_ID.get(request.match_info["room"])
    if room is None:
        raise web.HTTPNotFound
    return room


async def _fields(request: web.Request) -> Fields:
    try:
        posted = await request.post()
    except (LookupError, ValueError) as error:  # a form that no browser sends
        raise web.HTTPBadRequest from error
    return {name: [value for value in posted.getall(name) if isinstance(value, str)] for name in posted}


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", charset="utf-8")
