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

#: What platforms and monitors call, and what links in messages open. They address this machine by any name, and check
#: who calls in ways of their own.
_FOR_MACHINES = ("/slack/", "/api/messages", "/sheets/", "/healthz", "/readyz", "/metrics")

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
        except web.RequestPayloadError:
            # Cut off, or not what its headers say; it is found out wherever the body is read.
            status = 400
            return web.Response(status=400, headers={"X-Request-Id": identity})
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


def is_for_machines(request: web.Request) -> bool:
    """Whether a request is for a platform's address or a probe, not for the local page."""
    return request.path.startswith(_FOR_MACHINES)


def came_through_proxy(request: web.Request) -> bool:
    """Whether somebody passed a request on, so that its sender is not on this machine."""
    return any(name in request.headers for name in _FORWARDED)


class Probes:
    """How the process is watched from outside.

    Args:
        vital: parts by name without which the process must be started again.
        needed: further parts by name without which no requests should come here.
        told: what `/healthz` says beside that.
        counts: posts in the database by state; asked at each scrape.
    """

    def __init__(
        self,
        *,
        vital: Mapping[str, Check],
        needed: Mapping[str, Check],
        told: Callable[[], Mapping[str, object]],
        counts: Callable[[], Awaitable[Mapping[str, int]]],
    ) -> None:
        self._vital, self._needed, self._told, self._counts = vital, needed, told, counts

    def add_routes(self, app: web.Application, metrics: Metrics) -> None:
        """Adds `/healthz`, `/readyz` and `/metrics`.

        Args:
            app: what serves them.
            metrics: what `/metrics` tells.
        """

        async def exposition(request: web.Request) -> web.Response:
            if came_through_proxy(request):  # for this machine and its network only
                raise web.HTTPNotFound
            try:
                metrics.deliveries(await self._counts())
            except StoreUnavailable:
                metrics.deliveries({})  # a stale number would look like a live one
            return web.Response(body=metrics.exposed(), headers={"Content-Type": metrics.content_type})

        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        app.router.add_get("/metrics", exposition)

    async def _health(self, _request: web.Request) -> web.Response:
        """200 while the process works by itself: a failing database is no reason to start it again."""
        works = await _all_work(self._vital)
        return web.json_response(
            {"status": "ok" if all(works.values()) else "broken", **self._told()},
            status=200 if all(works.values()) else 503,
        )

    async def _readiness(self, _request: web.Request) -> web.Response:
        """200 when all parts work, else 503 and which do not."""
        works = await _all_work({**self._needed, **self._vital})
        ready = all(works.values())
        return web.json_response(
            {"status": "ready" if ready else "not ready", "checks": works}, status=200 if ready else 503
        )


async def _all_work(checks: Mapping[str, Check]) -> Mapping[str, bool]:
    return {name: await check() for name, check in checks.items()}
