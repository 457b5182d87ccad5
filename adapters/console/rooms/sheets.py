"""A referral's hand-over sheet as a file, for who plays somebody that may see the referral."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from adapters.console.rooms.people import BY_ID
from adapters.sheets import sheet_pdf
from bot.permissions import Verb, may
from bot.ports import Store
from bot.practice import real
from bot.referring.sheet import sheet_of
from corpus import directory


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
            web.HTTPNotFound: there is none, it was not sent, or the person of the room may not see it.
            StoreUnavailable: the database cannot be reached.
        """
        room = BY_ID.get(request.match_info["room"])
        now = self._now()
        async with self._store() as work:
            referral = await work.referrals.referral(request.match_info["referral"])
            if room is None or referral is None or referral.sent is None:
                raise web.HTTPNotFound
            member = await work.desks.member(room.person)
            desk = await work.desks.desk(referral.desk)
            if desk is None or not may(member, Verb.SEE_REFERRAL, desk=desk.id):
                raise web.HTTPNotFound
            await work.audit.note("print_sheet", room.person, f"referral/{referral.id}", now)
            await work.commit()
        bureau = directory.load().bureau(real(referral.bureau))
        sheet = sheet_of(referral, desk, bureau, now)
        return web.Response(
            body=await asyncio.to_thread(sheet_pdf, sheet),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="referral-{referral.number}.pdf"'},
        )
