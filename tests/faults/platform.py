"""A platform on loopback that remembers what landed and can be made to falter, and the messenger that speaks to it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any

import aiohttp
from aiohttp import web

from bot.errors import Refused, Throttled, Unavailable, Unclear
from bot.places import Place, Receipt
from bot.posts import Post

#: Seconds that a request takes before and, at most again, after what it says has landed.
LATENCY = 0.015
#: Requests beyond so many in a second get 429 while the platform is strict.
STRICT = 5


class Mood(Enum):
    """How the platform behaves."""

    WELL = "well"
    DOWN = "down"  # nobody listens
    FLAPPING = "flapping"  # every other third of a second nobody listens
    BROKEN = "500"  # half of what it answers with 500 has landed
    STRICT = "429"
    HANGING = "time-outs"  # half of what it never answers has landed


class Platform:
    """Remembers what landed, in order, by lane and thread."""

    def __init__(self) -> None:
        self.mood = Mood.WELL
        self.landed: list[tuple[str, str]] = []
        self._recent = 0
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def count(self) -> Counter[str]:
        """How often each delivery landed."""
        return Counter(delivery for _, delivery in self.landed)

    async def listen(self) -> None:
        """Takes requests, always at the same port; does nothing where it does so already."""
        if self._runner is None:
            app = web.Application()
            app.add_routes([web.post("/post", self._post), web.get("/find", self._find)])
            self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await self._runner.setup()
            site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
            await site.start()
            self.port = self._runner.addresses[0][1]

    async def hang_up(self) -> None:
        """Takes no requests."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def change(self, mood: Mood) -> None:
        """Changes its mood."""
        self.mood = mood
        await (self.hang_up() if mood is Mood.DOWN else self.listen())

    async def flap(self, stop: asyncio.Event) -> None:
        """Hangs up and listens in turns, until told to stop."""
        while not stop.is_set():
            await self.hang_up()
            await asyncio.sleep(0.3)
            await self.listen()
            await asyncio.sleep(0.3)

    async def _post(self, request: web.Request) -> web.Response:
        said = await request.json()
        await asyncio.sleep(random.uniform(0, LATENCY))
        if self.mood is Mood.STRICT and self._too_fast():
            return web.Response(status=429, headers={"Retry-After": "1"})
        falters = self.mood in (Mood.BROKEN, Mood.HANGING)
        if not falters or random.random() < 0.5:
            self.landed.append((said["thread"], said["delivery"]))
        if self.mood is Mood.HANGING:
            await asyncio.sleep(3600)
        await asyncio.sleep(random.uniform(0, LATENCY))
        return web.Response(status=500) if falters else web.json_response({"message": f"{len(self.landed)}"})

    async def _find(self, request: web.Request) -> web.Response:
        if self.mood is Mood.BROKEN:
            return web.Response(status=500)
        if self.mood is Mood.HANGING:
            await asyncio.sleep(3600)
        wanted = request.query["delivery"]
        found = next((i for i, (_, one) in enumerate(self.landed) if one == wanted), None)
        return web.json_response({"message": "" if found is None else f"{found + 1}"})

    def _too_fast(self) -> bool:
        self._recent += 1
        asyncio.get_running_loop().call_later(1, self._forget)
        return self._recent > STRICT

    def _forget(self) -> None:
        self._recent -= 1


@asynccontextmanager
async def platform() -> AsyncIterator[Platform]:
    """A platform that listens."""
    made = Platform()
    await made.listen()
    try:
        yield made
    finally:
        await made.hang_up()


class HttpMessenger:
    """Speaks to a `Platform`.

    Args:
        session: sends requests.
        port: where the platform listens.
    """

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._address = f"http://127.0.0.1:{port}"

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        """Says something."""
        said = {"thread": f"{place.lane}/{place.thread}", "delivery": delivery, "text": post.summary}
        return Receipt(place, (await self._ask("POST", "/post", json=said))["message"])

    async def edit(self, receipt: Receipt, post: Post) -> None:
        """Nothing is edited here."""
        raise Refused("nothing is edited in these runs")

    async def find(self, place: Place, delivery: str) -> Receipt | None:
        """Looks whether a message landed."""
        try:
            found = await self._ask("GET", "/find", params={"delivery": delivery})
        except Unclear as error:
            raise Unavailable(error.reason) from None
        return Receipt(place, found["message"]) if found["message"] else None

    async def _ask(self, method: str, path: str, **what: Any) -> dict[str, str]:  # noqa: ANN401
        try:
            async with self._session.request(method, self._address + path, **what) as response:
                if response.status == 429:
                    raise Throttled("429", float(response.headers["Retry-After"]))
                if response.status != 200:
                    raise Unclear(f"{response.status}")
                answer: dict[str, str] = await response.json()
                return answer
        except aiohttp.ClientConnectorError:
            raise Unavailable("no connection") from None
        except aiohttp.ClientError as error:
            raise Unclear(type(error).__name__) from None
