"""Who may use the practice place, and how faults are told there.

It has no login: whoever sits at this machine plays every role. So it answers nobody who is elsewhere, and no page
but its own may write in it.
"""

from __future__ import annotations

from aiohttp import web

from adapters.console.protection import Handler, refuse_visitors
from adapters.console.rooms.incoming import Malformed
from bot.errors import StoreUnavailable

_UNAVAILABLE = "いま記録できないため、受け取れませんでした。少し待ってから、もう一度お試しください。"
_MALFORMED = "受け取れませんでした。ページを開き直してから、もう一度お試しください。"


def by_script(request: web.Request) -> bool:
    """Whether the page's script asks, which wants JSON; a browser by itself wants pages."""
    return "application/json" in request.headers.get("Accept", "")


def guarded(handler: Handler) -> Handler:
    """A handler that answers only its own page on this machine.

    Args:
        handler: a handler of the practice place; may raise `Malformed` and `StoreUnavailable`.

    Returns:
        The handler; what it does not take is told in a sentence, with 400, 403, 421 or 503.
    """

    async def guarded_handler(request: web.Request) -> web.StreamResponse:
        refuse_visitors(request)
        if request.method == "POST" and not _from_own_page(request):
            raise web.HTTPForbidden(text=_MALFORMED)
        try:
            return await handler(request)
        except Malformed:
            return _trouble(request, 400, _MALFORMED)
        except StoreUnavailable:
            return _trouble(request, 503, _UNAVAILABLE)

    return guarded_handler


def _from_own_page(request: web.Request) -> bool:
    """Whether a form was sent by a page of this very address; a form elsewhere could otherwise write here."""
    origin = request.headers.get("Origin", "null")
    # Browsers withhold the origin ("null") of forms on pages that, like ours, tell nobody where one comes from.
    if origin != "null":
        return origin == f"{request.scheme}://{request.host}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _trouble(request: web.Request, status: int, sentence: str) -> web.Response:
    if by_script(request):
        return web.json_response({"trouble": sentence}, status=status)
    return web.Response(text=sentence, status=status)
