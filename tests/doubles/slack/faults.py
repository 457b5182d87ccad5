"""Troubles that requests to the double meet, and Slack's limits."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Handler = Callable[[], Awaitable[web.Response]]


@dataclass(frozen=True)
class Fault:
    """What one request meets.

    Args:
        status: HTTP status of the answer, 200 for one with `error`.
        error: Slack's code in the body, "" for a body that is no JSON.
        retry_after: header, in seconds.
        drops: the connection breaks instead of an answer.
        hangs: seconds before anything happens.
        lands: what was asked for is done all the same.
    """

    status: int = 200
    error: str = ""
    retry_after: int | None = None
    drops: bool = False
    hangs: float = 0.0
    lands: bool = False


class Faults:
    """Troubles by method; "*" for any."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.always: Fault | None = None

    def next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Makes the next requests meet a trouble."""
        self._next[method].extend([fault] * times)

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._next.clear()
        self.always = None

    async def meet(self, method: str, request: web.Request, handle: Handler) -> web.Response:
        """Answers a request, or lets it meet its trouble."""
        queue = self._next.get(method) or self._next.get("*")
        fault = queue.popleft() if queue else self.always
        if fault is None:
            return await handle()
        await asyncio.sleep(fault.hangs)
        if fault.lands:
            await handle()
        if fault.drops:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if not fault.error:
            return web.Response(status=fault.status, text="<html>", content_type="text/html", headers=headers)
        return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)


@dataclass
class Limits:
    """How many posts Slack takes; no limits until they are set.

    Args:
        channel: seconds between two posts to a channel, on average.
        burst: posts to a channel that may come together.
        workspace: posts to a workspace in any minute.
    """

    channel: float = 0.0
    burst: int = 1
    workspace: int = 0
    refused: int = 0
    _channels: dict[Any, float] = field(default_factory=dict)
    _posts: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, tenant: str, channel: str, now: float) -> float:
        """Seconds to come back in; 0 where the post is taken."""
        earliest = max(self._channels.get((tenant, channel), now), now)
        wait = earliest - now - self.channel * (self.burst - 1) if self.channel else 0.0
        posts = self._posts[tenant]
        while posts and posts[0] <= now - 60:
            posts.popleft()
        if self.workspace and len(posts) >= self.workspace:
            wait = max(wait, posts[0] + 60 - now)
        if wait > 0:
            self.refused += 1
            return wait
        self._channels[tenant, channel] = earliest + self.channel
        if self.workspace:
            posts.append(now)
        return 0.0
