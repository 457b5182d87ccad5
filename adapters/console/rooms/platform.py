"""The console as a platform beside Slack and Teams: its messenger, its routes, its start and stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import web

from adapters.console.rooms import incoming
from adapters.console.rooms.guard import guarded
from adapters.console.rooms.live import Bell, Live
from adapters.console.rooms.messages import Messages
from adapters.console.rooms.messenger import ConsoleMessenger
from adapters.console.rooms.people import ROOMS, Spot
from adapters.console.rooms.preparing import prepare
from adapters.console.rooms.rendering import Rendering, room_templates
from adapters.console.rooms.sheets import Sheets
from adapters.console.rooms.views import RoomViews
from bot.places import Place
from bot.ports import Store
from bot.reception import Receive


class ConsolePlatform:
    """The practice place.

    Args:
        receive: what everything that comes in is handed to.
        messages: keeps what stands in the rooms.
        store: where the example desks are put.
        languages: Japanese names of languages by BCP-47 code.
        now: the time, with time zone.
    """

    def __init__(
        self,
        receive: Receive,
        messages: Messages,
        store: Store,
        *,
        languages: Mapping[str, str],
        now: Callable[[], datetime],
    ) -> None:
        self._receive, self._messages, self._store, self._now = receive, messages, store, now
        bell = Bell()
        rendering = Rendering(room_templates(languages))
        self._live = Live(messages, rendering, bell)
        self._views = RoomViews(
            receive=receive, messages=messages, rendering=rendering, live=self._live, bell=bell, now=now
        )
        self.messenger = ConsoleMessenger(messages, now, bell)

    def add_routes(self, app: web.Application) -> None:
        """Adds the pages under `/rooms`, and ends their streams when the application stops."""
        views = self._views
        app.on_shutdown.append(self._end_streams)
        app.router.add_get("/rooms", guarded(views.page))
        app.router.add_get("/rooms/events", guarded(self._live.stream))
        app.router.add_get("/rooms/{room}/home", guarded(views.home))
        app.router.add_get("/rooms/{room}/prompts", guarded(views.prompts))
        sheets = Sheets(self._store, self._now)
        app.router.add_get("/rooms/{room}/sheets/{referral:[0-9a-f]{32}}.pdf", guarded(sheets.sheet))
        app.router.add_post("/rooms/{room}/say", guarded(views.say))
        app.router.add_post("/rooms/{room}/press", guarded(views.press))
        app.router.add_post("/rooms/{room}/submit", guarded(views.submit))
        app.router.add_post("/rooms/{room}/search", guarded(views.search))

    async def start(self) -> None:
        """Puts the example desks into the store, and has the assistant greet in rooms where nothing was ever said.

        Raises:
            StoreUnavailable: the database cannot be reached.
        """
        await prepare(self._store)
        for room in ROOMS:
            for spot in Spot:
                if not await self._messages.latest(room.place(spot).channel, 1):
                    await self._receive(incoming.joined(room, spot, self._now()))

    async def channel_name(self, place: Place) -> str:
        """What a room's channel is called."""
        return next((room.channel_name for room in ROOMS if room.place(Spot.CHANNEL) == place), "")

    async def stop(self) -> None:
        """Ends the streams of open pages; the application's own stop does so too."""
        self._live.stop()

    async def _end_streams(self, _app: web.Application) -> None:
        # A stream never ends by itself: without this, a stop would wait for each of them in vain.
        self._live.stop()
