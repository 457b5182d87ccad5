"""A referral's hand-over sheet as a file, for who plays somebody that may see the referral."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from adapters.console.rooms.people import BY_ID
from adapters.documents import file_of, handed_over, response
from bot.permissions import Verb, may
from bot.ports import Store


class Sheets:
    """Handler of the sheets.

    Args:
        store: where referrals are.
        now: the time, with time zone.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def sheet(self, request: web.Request) -> web.Response:
        """GET /rooms/{room}/sheets/{referral}.pdf: the sheet, to be kept as a file.

        Raises:
            web.HTTPNotFound: there is none, or the person of the room may not see it.
            StoreUnavailable: the database cannot be reached.
        """
        room, now = BY_ID.get(request.match_info["room"]), self._now()
        async with self._store() as work:
            found = await handed_over(work, request.match_info["referral"])
            if room is None or found is None:
                raise web.HTTPNotFound
            referral, desk = found
            if not may(await work.desks.member(room.person), Verb.SEE_REFERRAL, desk=desk.id):
                raise web.HTTPNotFound
            await work.audit.note("print_sheet", room.person, f"referral/{referral.id}", now)
            await work.commit()
        return response(await file_of(referral, desk, now))
