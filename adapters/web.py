"""What every request passes, and how the process is watched: request ids, timing, health, readiness, metrics."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters import logs
from adapters.metrics import Metrics
from bot.errors import StoreUnavailable

_log = logging.getLogger(__name__)

#: A part of the program that may be in trouble: returns True while it works.
Check = Callable[[], Awaitable[bool]]

#: Headers that a proxy adds: what came through one is not from this machine.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def observing(metrics: Metrics) -> Middleware:
    """A middleware that gives each request an id, times it, and logs one line without anything that was sent.

    Args:
        metrics: is told of every request.
    """

    @web.middleware
    async def observe(request: web.Request, handler: Handler) -> web.StreamResponse:
        identity = secrets.token_hex(6)
        token = logs.request_id.set(identity)
        begun = time.perf_counter()
        status = 500
        try:
            response = await handler(request)
            status = response.status
            if not response.prepared:
                response.headers["X-Request-Id"] = identity
            return response
        except web.HTTPException as error:
            status = error.status
            error.headers["X-Request-Id"] = identity
            raise
        except StoreUnavailable:
            # The platforms send again what was not taken.
            status = 503
            _log.warning("a request could not be taken: the database is unavailable")
            return web.json_response({"error": "unavailable"}, status=503, headers={"X-Request-Id": identity})
        except Exception:
            _log.exception("a request broke")
            return web.json_response({"error": "internal"}, status=500, headers={"X-Request-Id": identity})
        finally:
            seconds = time.perf_counter() - begun
            resource = request.match_info.route.resource
            route = resource.canonical if resource else "(none)"
            metrics.request(route, status, seconds)
            fields = {"method": request.method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            _log.info("request", extra=fields)
            logs.request_id.reset(token)

    return observe


def came_through_proxy(request: web.Request) -> bool:
    """Whether somebody passed a request on, so that its sender is not on this machine."""
    return any(name in request.headers for name in _FORWARDED)


class Probes:
    """How the process is watched from outside.

    Args:
        checks: parts that must work before requests should come here, by name.
        told: what `/healthz` says beside "ok".
        metrics: what `/metrics` tells.
        counts: posts in the database by state; asked at each scrape.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        told: Callable[[], Mapping[str, object]],
        metrics: Metrics,
        counts: Callable[[], Awaitable[Mapping[str, int]]],
    ) -> None:
        self._checks, self._told, self._metrics, self._counts = checks, told, metrics, counts

    def add_routes(self, app: web.Application) -> None:
        """Adds `/healthz`, `/readyz` and `/metrics`."""
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        app.router.add_get("/metrics", self._exposition)

    async def _health(self, _request: web.Request) -> web.Response:
        """200 while the process lives: a failing database is no reason to restart it."""
        return web.json_response({"status": "ok", **self._told()})

    async def _readiness(self, _request: web.Request) -> web.Response:
        """200 when all parts work, else 503 and which do not."""
        found = {name: await check() for name, check in self._checks.items()}
        ready = all(found.values())
        return web.json_response(
            {"status": "ready" if ready else "not ready", "checks": found}, status=200 if ready else 503
        )

    async def _exposition(self, request: web.Request) -> web.Response:
        """Prometheus' text; only for this machine and its network, never through the proxy."""
        if came_through_proxy(request):
            raise web.HTTPNotFound
        try:
            self._metrics.deliveries(await self._counts())
        except StoreUnavailable:
            self._metrics.deliveries({})  # a stale number would look like a live one
        return web.Response(body=self._metrics.exposed(), headers={"Content-Type": self._metrics.content_type})
