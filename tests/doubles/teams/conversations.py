"""What stands in the conversations, and what goes wrong with requests to them."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from aiohttp import web

#: (requests, seconds) that Teams documents for one bot in one conversation, and for one application in one tenant.
IN_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
IN_TENANT = ((50, 1.0),)

Handler = Callable[[], Awaitable[web.Response]]


@dataclass
class Landed:
    """A message as it stands.

    Args:
        conversation: id of the conversation, without thread.
        thread: id of the thread's first message; "" for one that begins a thread, or stands in a chat.
        id: its own id.
        activity: the activity as it was sent, or last replaced.
        edits: how often it was replaced.
        earlier: the activities that it replaced.
    """

    conversation: str
    thread: str
    id: str
    activity: dict[str, Any]
    edits: int = 0
    earlier: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """What a request meets.

    Args:
        status: status of the answer; 0 for none: the connection is closed.
        code: error code in its body.
        retry_after: seconds in its Retry-After header, or None.
        lands: whether the request is carried out before.
        body: body of the answer, in place of one with the code.
        hangs: seconds before anything happens.
    """

    status: int = 0
    code: str = ""
    retry_after: float | None = None
    lands: bool = False
    body: str = ""
    hangs: float = 0.0

    def response(self) -> web.Response:
        """The answer."""
        headers = {} if self.retry_after is None else {"Retry-After": f"{self.retry_after:g}"}
        if self.body:
            return web.Response(status=self.status, text=self.body, content_type="text/html", headers=headers)
        if self.status < 300:  # "accepted", and no word more
            return web.Response(status=self.status, headers=headers)
        error = {"error": {"code": self.code or "ServiceError", "message": "told by the double"}}
        return web.json_response(error, status=self.status, headers=headers)


@dataclass
class Conversations:
    """All conversations of all tenants.

    Args:
        landed: messages in the order in which they came.
        closed: conversations that are no more.
        faults: what the next requests meet, one each.
        standing: what every request meets, until it is taken away.
        latency: seconds that each request takes.
        limited: whether the documented limits hold.
        requests: requests to the Bot Connector so far.
        chats: one-to-one conversations by application and person.
    """

    landed: list[Landed] = field(default_factory=list)
    closed: dict[str, Fault] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    standing: Fault | None = None
    latency: float = 0.0
    limited: bool = False
    requests: int = 0
    chats: dict[tuple[str, str], str] = field(default_factory=dict)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1_700_000_000_001))
    _taken: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def said_in(self, conversation: str) -> list[Landed]:
        """What stands in a conversation, threads included, oldest first."""
        return [one for one in self.landed if one.conversation == conversation]

    def find(self, message: str) -> Landed | None:
        """A message by its id."""
        return next((one for one in self.landed if one.id == message), None)

    def land(self, conversation: str, thread: str, activity: dict[str, Any]) -> Landed:
        """Puts a message there."""
        landed = Landed(conversation, thread, str(next(self._ids)), activity)
        self.landed.append(landed)
        return landed

    def chat(self, app_id: str, person: str) -> str:
        """The one-to-one conversation of an application with a person, the same each time."""
        return self.chats.setdefault((app_id, person), f"a:{app_id}-{person.removeprefix('29:')}")

    async def meet(self, request: web.Request, lane: str, tenant: str, carry_out: Handler) -> web.Response:
        """Carries a request out, or lets it meet what it shall meet."""
        self.requests += 1
        await request.read()  # what has arrived is carried out even where nobody waits for the answer any longer
        if self.latency:
            await asyncio.sleep(self.latency)
        if wait := self._too_many(lane, tenant):
            return Fault(429, "TooManyRequests", retry_after=wait).response()
        fault = self.faults.popleft() if self.faults else self.standing
        if fault is None:
            return await carry_out()
        await asyncio.sleep(fault.hangs)
        if fault.lands:
            await carry_out()
        if fault.status == 0:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return fault.response()

    def _too_many(self, lane: str, tenant: str) -> float:
        """Seconds to wait, or 0; a request that is turned away counts too."""
        if not self.limited:
            return 0.0
        now, wait = asyncio.get_running_loop().time(), 0.0
        for scope, limits in ((lane, IN_CONVERSATION), (tenant, IN_TENANT)):
            taken = self._taken[scope]
            wait = max([wait, *(seconds for count, seconds in limits if _within(taken, now, seconds) >= count)])
            taken.append(now)
        return wait


def _within(taken: deque[float], now: float, seconds: float) -> int:
    """How many there were in the last seconds; the newest stand last."""
    return sum(1 for _ in takewhile(lambda at: at > now - seconds, reversed(taken)))
