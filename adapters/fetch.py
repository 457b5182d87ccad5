"""Downloads catalogued official PDFs: only when changed, on from where it broke off, never half.

Nothing is taken but a whole PDF over https from the site that the catalogue names. Plain http is
allowed on this very machine only, for a mirror that a municipality runs there.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp

from adapters.shelf import Retrieval, Shelf
from corpus.official_pdfs import OfficialPdf

#: Told the bytes that are here and the bytes expected, or None where the server does not say.
Progress = Callable[[int, int | None], None]

MEGABYTE = 1024 * 1024
_CHUNK = 64 * 1024
_REDIRECTIONS = 5
# Government bodies move files between their sites; a file found anywhere else is not official.
_GOVERNMENT = ".go.jp"


class FetchError(Exception):
    """One PDF could not be downloaded; the text is one line with what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How patient a download is.

    Args:
        max_bytes: largest file accepted; 100 MB is also what the readers take.
        attempts: how often a server that is busy or breaks off is asked.
        pause: seconds before the second attempt; doubled each time.
        patience: longest wait in seconds that a server may ask for by Retry-After.
    """

    max_bytes: int = 100 * MEGABYTE
    attempts: int = 4
    pause: float = 1.0
    patience: float = 60.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A PDF that lies here, checked just now.

    Args:
        path: the file.
        retrieval: where and when this content came from.
        changed: False when it was already here.
        earlier: the file with the former content, kept beside it, or None.
    """

    path: Path
    retrieval: Retrieval
    changed: bool
    earlier: Path | None = None


class _TryAgainError(Exception):
    """The server may do better in a while."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def open_session() -> aiohttp.ClientSession:
    """A session for downloads: respects the proxy of the environment, waits 30 s for silent servers."""
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=15, sock_read=30)
    return aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": "madoguchi"}, trust_env=True)


async def fetch(
    pdf: OfficialPdf,
    folder: Path,
    session: aiohttp.ClientSession,
    *,
    policy: Policy | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Makes sure that the newest version of a catalogued PDF lies in a folder.

    Args:
        pdf: its entry in the catalogue.
        folder: folder of all downloads; it exists, and nobody else writes to it meanwhile.
        session: from `open_session`.
        policy: limits; None for the usual ones.
        progress: told how far it is.

    Returns:
        The file.

    Raises:
        FetchError: it could not be had. What came is kept, and the next call goes on from there.
        OSError: the folder cannot be written.
    """
    policy = policy or Policy()
    download = _Download(pdf, Shelf(folder, pdf.id), session, policy, progress or (lambda _here, _all: None))
    failures = 0
    while True:
        try:
            return await download.attempt()
        except _TryAgainError as error:
            if error.wait > policy.patience:
                raise download.error(f"{error}。{error.wait:.0f}秒ほど待ってから、もう一度実行してください") from error
            failures += 1
            if failures == policy.attempts:
                raise download.error(f"{error}。しばらくしてから、もう一度実行してください") from error
            await asyncio.sleep(max(error.wait, policy.pause * 2 ** (failures - 1)))


@dataclass(frozen=True, slots=True)
class _Download:
    pdf: OfficialPdf
    shelf: Shelf
    session: aiohttp.ClientSession
    policy: Policy
    progress: Progress

    def error(self, text: str) -> FetchError:
        return FetchError(f"{self.pdf.id}: {text}。")

    @property
    def _where_to_look(self) -> str:
        return f"公式ページで場所を確かめてください（{self.pdf.page}）"

    async def attempt(self) -> Fetched:
        here, validator = self.shelf.resumable(self.pdf.url)
        kept = await asyncio.to_thread(self.shelf.kept, self.pdf.url)
        # Byte ranges are of the file as it is, so it must not be compressed on the way.
        headers = {"Accept-Encoding": "identity"}
        if here:
            headers |= {"Range": f"bytes={here}-", "If-Range": validator}
        elif kept:
            headers |= {"If-None-Match": kept.etag} if kept.etag else {}
            headers |= {"If-Modified-Since": kept.last_modified} if kept.last_modified else {}
        try:
            async with self._get(headers) as response:
                if response.status == HTTPStatus.NOT_MODIFIED and kept:
                    return Fetched(self.shelf.file, kept, changed=False)
                self._check_status(response)
                await self._receive(response, here)
                return await asyncio.to_thread(self._finish, response, kept)
        except TimeoutError as error:
            raise _TryAgainError("時間内に応答がありませんでした") from error
        except aiohttp.ClientPayloadError as error:
            raise _TryAgainError("受信の途中で接続が切れました") from error
        except aiohttp.ClientConnectionError as error:
            raise _TryAgainError(f"{urlsplit(self.pdf.url).hostname} に接続できませんでした") from error
        except aiohttp.ClientError as error:
            raise self.error(f"サーバーの応答を理解できませんでした（{type(error).__name__}）") from error

    @asynccontextmanager
    async def _get(self, headers: dict[str, str]) -> AsyncIterator[aiohttp.ClientResponse]:
        """Follows redirections one by one, so that each can be refused before it is asked."""
        url = self.pdf.url
        for _ in range(_REDIRECTIONS + 1):
            if fault := _refusal(url, self.pdf.url):
                raise self.error(fault)
            async with self.session.get(url, headers=headers, allow_redirects=False) as response:
                if not (response.status in {301, 302, 303, 307, 308} and "Location" in response.headers):
                    yield response
                    return
                url = urljoin(url, response.headers["Location"])
        raise self.error(f"転送が{_REDIRECTIONS}回を超えました。{self._where_to_look}")

    def _check_status(self, response: aiohttp.ClientResponse) -> None:
        status = response.status
        if status in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
            return
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            self.shelf.discard()
            raise _TryAgainError("途中まで受け取ったファイルが、サーバーのものと合いませんでした")
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _TryAgainError(f"サーバーが混み合っています（HTTP {status}）", _retry_after(response))
        raise self.error(f"サーバーがファイルを渡しませんでした（HTTP {status}）。{self._where_to_look}")

    async def _receive(self, response: aiohttp.ClientResponse, here: int) -> None:
        if response.status == HTTPStatus.PARTIAL_CONTENT:
            if not response.headers.get("Content-Range", "").startswith(f"bytes {here}-"):
                self.shelf.discard()
                raise _TryAgainError("サーバーが違う部分を送ってきました")
        else:
            here = 0
            self.shelf.begin(self.pdf.url, _validator(response))
        expected = None if response.content_length is None else here + response.content_length
        self._check_size(expected or 0)
        with self.shelf.part.open("ab") as file:
            async for chunk in response.content.iter_chunked(_CHUNK):
                file.write(chunk)
                here += len(chunk)
                self._check_size(here)
                self.progress(here, expected)

    def _check_size(self, size: int) -> None:
        if size > self.policy.max_bytes:
            self.shelf.discard()
            limit = self.policy.max_bytes / MEGABYTE
            raise self.error(f"ファイルが大きすぎます（上限{limit:.0f} MB）。必要なら --max-mb で上限を変えてください")

    def _finish(self, response: aiohttp.ClientResponse, kept: Retrieval | None) -> Fetched:
        if fault := self.shelf.fault():
            self.shelf.discard()
            raise self.error(f"{fault}。{self._where_to_look}")
        headers = response.headers
        retrieval = self.shelf.finish(self.pdf.url, headers.get("ETag", ""), headers.get("Last-Modified", ""))
        if kept and kept.sha256 == retrieval.sha256:
            return Fetched(self.shelf.file, retrieval, changed=False)
        earlier = self.shelf.earlier(kept.sha256) if kept else None
        return Fetched(self.shelf.file, retrieval, changed=True, earlier=earlier)


def _refusal(url: str, catalogued: str) -> str:
    """Why an address is not asked; "" when it may be."""
    target, origin = urlsplit(url), urlsplit(catalogued)
    host = target.hostname or ""
    local = _is_loopback(host) and _is_loopback(origin.hostname or "")
    if target.scheme != "https" and not (target.scheme == "http" and local):
        return f"暗号化された接続（https）ではないため、受け取りませんでした（{target.scheme}://{host}）"
    if host != origin.hostname and not (host.endswith(_GOVERNMENT) or local):
        return f"公式ではないサイトへ転送されたため、受け取りませんでした（{host}）"
    return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _validator(response: aiohttp.ClientResponse) -> str:
    """What names this version for If-Range: a strong ETag, else the date (RFC 9110, section 13.1.5)."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return ""  # ranges would be of the compressed bytes
    etag = response.headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified", "")


def _retry_after(response: aiohttp.ClientResponse) -> float:
    """Seconds that the server asks to wait; it gives them as a number or as a date."""
    value = response.headers.get("Retry-After", "")
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except ValueError:
        return 0.0
