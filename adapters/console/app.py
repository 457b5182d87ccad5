"""The local page as an aiohttp application, and its start and stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters.console.protection import LOOPBACK, add_headers, refuse_foreign_hosts
from adapters.console.rendering import make_templates
from adapters.console.rooms.platform import ConsolePlatform
from adapters.console.views import Answerer, Views
from adapters.logs import error_in_short
from adapters.web import is_for_machines

_log = logging.getLogger(__name__)

#: Longest request line, in bytes. A question of 2,000 characters takes 18,000 once it is in an address.
_LINE_LIMIT = 128 * 1024

#: Seconds that a stop waits for answers under way.
_SHUTDOWN_SECONDS = 3.0


def make_app(  # noqa: PLR0913 - wired in one place only
    answerer: Answerer,
    *,
    prefecture: str = "",
    language: str = "",
    only_loopback: bool = True,
    rooms: ConsolePlatform | None = None,
    around: Sequence[Middleware] = (),
) -> web.Application:
    """Puts the local page together.

    Args:
        answerer: answers the questions.
        prefecture: prefecture chosen on the form, or "".
        language: language chosen on the form, or "".
        only_loopback: refuse requests that address this machine by any but a loopback name.
        rooms: the practice place, or None where it is not wanted; who passes it starts it.
        around: middlewares for all requests, the outermost first.

    Returns:
        The application; it holds no state of its own. What the platforms and who watches the process call may be
        added to it: the rules of the page do not hold for them.
    """
    names = {language.code: language.name for language in answerer.directory.languages}
    templates = make_templates(lambda code: names.get(code, code), has_rooms=rooms is not None)
    views = Views(answerer, templates, prefecture, language)

    @web.middleware
    async def end_visibly(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Whatever breaks, the counsellor sees a page that says so and whom to call."""
        if is_for_machines(request):
            return await handler(request)
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return views.no_such_page()
        except web.HTTPRequestEntityTooLarge:
            return views.too_long()
        except web.HTTPException:
            raise
        except Exception as error:
            # The error's text may hold the question, so only its type and places are logged.
            _log.error("the page broke: %s", error_in_short(error))
            return views.broken()

    own = [refuse_foreign_hosts, end_visibly] if only_loopback else [end_visibly]
    app = web.Application(middlewares=[*around, *own])
    app.on_response_prepare.append(add_headers)
    # A form's question travels in the body: addresses stay in the browser's history.
    app.router.add_get("/", views.page)
    app.router.add_post("/", views.page)
    app.router.add_get("/api/ask", views.api_ask)
    app.router.add_post("/api/ask", views.api_ask)
    if rooms:
        rooms.add_routes(app)
    app.router.add_static("/static/", Path(__file__).parent / "static")
    return app


@asynccontextmanager
async def running(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Serves an application while the context lasts.

    Args:
        app: what `make_app` made.
        host: address to listen on.
        port: port, 0 for any free one.

    Yields:
        The address to open ("http://127.0.0.1:8765/").

    Raises:
        OSError: the address is taken or cannot be listened on.
    """
    # No access log: it would keep the questions.
    runner = web.AppRunner(
        app, access_log=None, max_line_size=_LINE_LIMIT, max_field_size=_LINE_LIMIT, shutdown_timeout=_SHUTDOWN_SECONDS
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        bound = runner.addresses[0]
        name = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        yield f"http://{name}:{bound[1]}/"
    finally:
        await runner.cleanup()


async def serve_until_stopped(
    app: web.Application, host: str, port: int, announce: Callable[[str], None], stopped: asyncio.Event
) -> None:
    """Serves until SIGTERM, SIGINT or an event, then lets answers under way finish.

    Args:
        app: what `make_app` made.
        host: address to listen on.
        port: port, 0 for any free one.
        announce: called with the address once it answers.
        stopped: ends it, and is set by the signals.

    Raises:
        OSError: the address is taken or cannot be listened on.
    """
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    async with running(app, host, port) as address:
        announce(address)
        await stopped.wait()


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    return host in LOOPBACK
