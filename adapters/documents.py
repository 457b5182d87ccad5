"""Hand-over sheets for who gets them: as files for platforms that attach files, else as pages that a link opens.

A link is signed with a key that the database holds. So it cannot be guessed, ends by itself after a week, is good for
every process and after every restart, and nothing has to be kept or tidied up for it. Whether the sheet is served
decides the referral as it stands when somebody opens the link: once it is resolved or withdrawn, or the bureau
is met on the network, there is none.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from adapters.database.secrets import Secrets
from adapters.sheets import sheet_pdf
from bot.desks import Desk
from bot.documents import File
from bot.ports import Store, Work
from bot.posts import Document
from bot.practice import real
from bot.referrals import Referral
from bot.referring.sheet import has_sheet, sheet_of
from corpus import directory

#: How long a link opens its sheet; `bot.labels.FILE_KEPT` says so.
KEPT = timedelta(days=7)

#: What the key signs.
_NAME = "sheets"

#: Id of the referral, second at which the link ends, signature.
_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})", re.ASCII)

#: What is opened by link stays in no cache and no search engine, and its address travels nowhere.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Sheets:
    """`bot.documents.Documents`, and the page that its addresses lead to.

    Args:
        store: where referrals are.
        secrets: where the key is.
        public_url: address under which people reach this process, or "".
        now: the time, with time zone.
    """

    def __init__(self, store: Store, secrets: Secrets, public_url: str, now: Callable[[], datetime]) -> None:
        self._store, self._secrets, self._now = store, secrets, now
        self._address = public_url.rstrip("/")

    async def file(self, document: Document) -> File | None:
        """The sheet as it is now; see `bot.documents.Documents`."""
        async with self._store() as work:
            found = await handed_over(work, document.referral)
        return await file_of(*found, self._now()) if found else None

    async def address(self, document: Document) -> str:
        """A link to the sheet that ends after a week; see `bot.documents.Documents`."""
        if not self._address:
            return ""
        until = int((self._now() + KEPT).timestamp())
        signature = await self._signature(document.referral, until)
        return f"{self._address}/sheets/{document.referral}.{until}.{signature}"

    def add_routes(self, app: web.Application) -> None:
        """Adds the page.

        Args:
            app: what serves it.
        """
        app.router.add_get("/sheets/{token}", self._page)

    async def _page(self, request: web.Request) -> web.Response:
        """GET /sheets/{token}: the sheet. Whatever is wrong with the link, nothing tells what."""
        referral, now = await self._named(request.match_info["token"]), self._now()
        async with self._store() as work:
            found = await handed_over(work, referral) if referral else None
            if found is None:
                raise web.HTTPNotFound(headers=_HEADERS)
            # Who it was nobody knows: whoever has the link.
            await work.audit.note("print_sheet", None, f"referral/{referral}", now)
            await work.commit()
        return response(await file_of(*found, now))

    async def _named(self, token: str) -> str:
        """The referral that a token is for, or ""."""
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return ""
        referral, until = parts[1], int(parts[2])
        genuine = hmac.compare_digest(parts[3], await self._signature(referral, until))
        return referral if genuine and self._now().timestamp() < until else ""

    async def _signature(self, referral: str, until: int) -> str:
        key = await self._secrets.key(_NAME)
        return urlsafe_b64encode(hmac.digest(key, f"{referral}.{until}".encode(), "sha256")).decode().rstrip("=")


async def handed_over(work: Work, referral: str) -> tuple[Referral, Desk] | None:
    """A referral that there is a sheet of, with its desk; None where there is nothing to hand over.

    Args:
        work: unit of work to read through.
        referral: its id.
    """
    found = await work.referrals.referral(referral)
    desk = await work.desks.desk(found.desk) if found and has_sheet(found) else None
    return (found, desk) if found and desk else None


async def file_of(referral: Referral, desk: Desk, now: datetime) -> File:
    """The sheet of a referral, set as PDF off the event loop.

    Args:
        referral: sent.
        desk: whose it is.
        now: the time, with time zone.
    """
    sheet = sheet_of(referral, desk, directory.load().bureau(real(referral.bureau)), now)
    return File(f"referral-{referral.number}.pdf", await asyncio.to_thread(sheet_pdf, sheet))


def response(file: File) -> web.Response:
    """A file to be kept by whoever asked for it.

    Args:
        file: the file.
    """
    kept = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return web.Response(body=file.content, content_type="application/pdf", headers=_HEADERS | kept)
