"""What protects the local page: headers that keep foreign scripts out, and a check of who is addressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import HttpVersion11, web

from adapters.web import came_through_proxy, is_for_machines

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    # Nothing from elsewhere, nothing inline: text of a document can never become a script.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",  # a question must not travel to the page that a link leads to
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # questions are about people; they stay in no cache
}

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: puts `HEADERS` on every response, errors included."""
    response.headers.update(HEADERS)


def refuse_visitors(request: web.Request) -> None:
    """Answers only who addresses this machine by a loopback name, and not through a proxy.

    A page elsewhere can point a name of its own at 127.0.0.1 and would then read the answers here
    (DNS rebinding); its requests carry that name in Host. A proxy would let in everybody whom it serves, for there
    is no login here; some say so in a header, and the others mostly speak HTTP/1.0, which no browser does.

    Raises:
        web.HTTPMisdirectedRequest: somebody else asks.
    """
    passed_on = came_through_proxy(request) or request.version < HttpVersion11
    if passed_on or (request.url.host or "") not in LOOPBACK:
        raise web.HTTPMisdirectedRequest(text="このアドレスでは利用できません。127.0.0.1 を開いてください。")


@web.middleware
async def refuse_foreign_hosts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses visitors from elsewhere all pages; see `refuse_visitors`."""
    if not is_for_machines(request):
        refuse_visitors(request)
    return await handler(request)
