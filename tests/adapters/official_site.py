"""A site that serves a PDF as a government server does, on this machine, with what can go wrong."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from corpus.official_pdfs import OfficialPdf

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def pdf_bytes(size: int, fill: bytes = b"x") -> bytes:
    """Something that begins and ends as a PDF."""
    return b"%PDF-1.7\n" + fill * (size - 16) + b"\n%%EOF\n"


@dataclass
class OfficialSite:
    """Serves `content` with ETag, date and ranges.

    Args:
        content: the PDF.
        break_after: bytes of each answer after which the connection breaks, one for each request; then none.
        refusals: answers given before the PDF is.
        asked: the headers of every request for the PDF, as they came.
    """

    content: bytes
    break_after: list[int] = field(default_factory=list)
    refusals: list[web.Response] = field(default_factory=list)
    etag: bool = True
    ranges: bool = True
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    @property
    def version(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:8]}"'

    async def give(self, request: web.Request) -> web.StreamResponse:
        self.asked.append({name.title(): value for name, value in request.headers.items()})
        if self.refusals:
            return self.refusals.pop(0)
        headers = {"ETag": self.version} if self.etag else {}
        if self.etag and request.headers.get("If-None-Match") == self.version:
            return web.Response(status=304, headers=headers)
        start = 0
        wanted = request.headers.get("Range", "")
        if wanted and self.ranges and request.headers.get("If-Range") == self.version:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(self.content):
                return web.Response(status=416)
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        body = self.content[start:]
        response = web.StreamResponse(status=206 if start else 200, headers=headers)
        response.content_length = len(body)
        response.content_type = "application/pdf"
        await response.prepare(request)
        if self.break_after:
            await response.write(body[: self.break_after.pop(0)])
            assert request.transport is not None
            request.transport.close()
            return response
        await response.write(body)
        await response.write_eof()
        return response

    def pdf(self, path: str = "guide.pdf") -> OfficialPdf:
        """A catalogue entry that points here."""
        return OfficialPdf(
            id="guide",
            source="guide",
            title="くらしの手引き",
            publisher="窓口市",
            language="ja",
            url=f"{self.address}/{path}",
            page=f"{self.address}/",
            confirmed=True,
        )


@asynccontextmanager
async def open_site(content: bytes, more: dict[str, Handler] | None = None) -> AsyncIterator[OfficialSite]:
    """Serves a site on a free port of the loopback address.

    Args:
        content: the PDF at "/guide.pdf".
        more: other paths and who answers them.
    """
    site = OfficialSite(content)
    app = web.Application()
    app.router.add_get("/guide.pdf", site.give)
    for path, handler in (more or {}).items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        site.address = f"http://{host}:{port}"
        yield site
    finally:
        await runner.cleanup()
