"""Downloads from a real server on this machine."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from adapters.fetch import MEGABYTE, FetchError, Policy, fetch, open_session
from tests.adapters.official_site import open_site, pdf_bytes

CONTENT = pdf_bytes(300_000)
QUICK = Policy(pause=0.01)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
async def session(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[aiohttp.ClientSession]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with open_session() as session:
        yield session


async def test_a_pdf_comes_with_where_it_came_from(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    seen: list[tuple[int, int | None]] = []
    async with open_site(CONTENT) as site:
        fetched = await fetch(
            site.pdf(), tmp_path, session, policy=QUICK, progress=lambda here, whole: seen.append((here, whole))
        )
    assert fetched.changed
    assert fetched.path.read_bytes() == CONTENT
    assert fetched.retrieval.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (fetched.retrieval.url, fetched.retrieval.size) == (site.pdf().url, len(CONTENT))
    assert json.loads((tmp_path / "guide.json").read_text())["retrieved"] == fetched.retrieval.retrieved
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert names_in(tmp_path) == ["guide.json", "guide.pdf"]


async def test_what_has_not_changed_is_not_sent_again(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        first = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
        second = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert site.asked[1]["If-None-Match"] == site.version
    assert not second.changed
    assert second.retrieval == first.retrieval


async def test_a_damaged_file_is_fetched_anew(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
        fetched.path.write_bytes(b"%PDF-1.7 somebody else's\n%%EOF")
        again = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert "If-None-Match" not in site.asked[1]
    assert again.path.read_bytes() == CONTENT


async def test_a_new_edition_replaces_the_old_one_which_stays_beside_it(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    async with open_site(CONTENT) as site:
        await fetch(site.pdf(), tmp_path, session, policy=QUICK)
        site.content = pdf_bytes(200_000, b"y")
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert fetched.changed
    assert fetched.path.read_bytes() == site.content
    assert fetched.earlier is not None
    assert fetched.earlier.read_bytes() == CONTENT


async def test_a_server_without_etags_is_compared_by_content(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.etag = False
        await fetch(site.pdf(), tmp_path, session, policy=QUICK)
        again = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert not again.changed


async def test_a_broken_download_goes_on_from_where_it_stopped(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.break_after = [100_000, 50_000]
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert fetched.path.read_bytes() == CONTENT
    starts = [asked.get("Range") for asked in site.asked]
    assert starts[0] is None
    assert all(start is not None for start in starts[1:])
    assert {asked["If-Range"] for asked in site.asked[1:]} == {site.version}


async def test_the_next_run_goes_on_too(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.break_after = [100_000]
        with pytest.raises(FetchError, match="guide: 受信の途中で接続が切れました"):
            await fetch(site.pdf(), tmp_path, session, policy=Policy(attempts=1))
        assert not (tmp_path / "guide.pdf").exists()
        here = (tmp_path / "guide.part").stat().st_size
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert here > 0
    assert site.asked[1]["Range"] == f"bytes={here}-"
    assert fetched.path.read_bytes() == CONTENT


async def test_halves_of_two_editions_are_never_put_together(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.break_after = [100_000]
        with pytest.raises(FetchError):
            await fetch(site.pdf(), tmp_path, session, policy=Policy(attempts=1))
        site.content = pdf_bytes(250_000, b"y")
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert fetched.path.read_bytes() == site.content


async def test_a_part_longer_than_the_file_is_thrown_away(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.break_after = [100_000]
        with pytest.raises(FetchError):
            await fetch(site.pdf(), tmp_path, session, policy=Policy(attempts=1))
        (tmp_path / "guide.part").write_bytes(CONTENT + b"more")
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert fetched.path.read_bytes() == CONTENT


async def test_another_part_than_the_one_asked_for_is_thrown_away(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    async with open_site(CONTENT) as site:
        site.break_after = [100_000]
        with pytest.raises(FetchError):
            await fetch(site.pdf(), tmp_path, session, policy=Policy(attempts=1))
        site.refusals = [web.Response(status=206, headers={"Content-Range": "bytes 0-3/4"}, body=b"%PDF")]
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert "Range" not in site.asked[2]
    assert fetched.path.read_bytes() == CONTENT


async def test_a_compressed_answer_is_taken_and_never_resumed(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async def compressed(_: web.Request) -> web.Response:
        headers = {"Content-Encoding": "gzip", "ETag": '"1"'}
        return web.Response(body=gzip.compress(CONTENT), headers=headers)

    async with open_site(CONTENT, {"/compressed.pdf": compressed}) as site:
        fetched = await fetch(site.pdf("compressed.pdf"), tmp_path, session, policy=QUICK)
    assert fetched.path.read_bytes() == CONTENT


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_a_refusal_is_one_line_with_where_to_look(
    tmp_path: Path, session: aiohttp.ClientSession, status: int
) -> None:
    async with open_site(CONTENT) as site:
        site.refusals = [web.Response(status=status)]
        with pytest.raises(FetchError) as caught:
            await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert f"HTTP {status}" in str(caught.value)
    assert site.pdf().page in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(site.asked) == 1


async def test_a_busy_server_is_asked_again(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.refusals = [
            web.Response(status=503),
            web.Response(status=429, headers={"Retry-After": "0"}),
            web.Response(status=500, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        ]
        fetched = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert fetched.changed
    assert len(site.asked) == 4


async def test_a_server_that_stays_busy_is_left_alone(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.refusals = [web.Response(status=503) for _ in range(3)]
        with pytest.raises(FetchError, match=r"混み合っています（HTTP 503）"):
            await fetch(site.pdf(), tmp_path, session, policy=replace(QUICK, attempts=3))
    assert len(site.asked) == 3


async def test_a_long_wait_is_told_and_not_waited(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        site.refusals = [web.Response(status=429, headers={"Retry-After": "3600"})]
        with pytest.raises(FetchError, match="3600秒"):
            await fetch(site.pdf(), tmp_path, session, policy=QUICK)
    assert len(site.asked) == 1


@pytest.mark.parametrize("declared", [True, False])
async def test_too_much_is_refused(tmp_path: Path, session: aiohttp.ClientSession, declared: bool) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if declared:
            response.content_length = 400 * MEGABYTE
        else:
            response.enable_chunked_encoding()
        await response.prepare(request)
        for _ in range(64):
            await response.write(CONTENT)
        return response

    async with open_site(CONTENT, {"/endless.pdf": endless}) as site:
        with pytest.raises(FetchError, match=r"大きすぎます（上限2 MB）.*--max-mb"):
            await fetch(site.pdf("endless.pdf"), tmp_path, session, policy=replace(QUICK, max_bytes=2 * MEGABYTE))
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"<!DOCTYPE html><title>Not found</title>", "ウェブページが届きました"),
        (b"\x89PNG and so on", "PDFではありません"),
        (b"", "PDFではありません"),
        (CONTENT[:-8], "途中で切れています"),
    ],
)
async def test_only_a_whole_pdf_is_taken(
    tmp_path: Path, session: aiohttp.ClientSession, body: bytes, fault: str
) -> None:
    async def wrong(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/pdf")

    async with open_site(CONTENT, {"/wrong.pdf": wrong}) as site:
        kept = await fetch(site.pdf(), tmp_path, session, policy=QUICK)
        with pytest.raises(FetchError, match=fault):
            await fetch(site.pdf("wrong.pdf"), tmp_path, session, policy=QUICK)
    assert kept.path.read_bytes() == CONTENT


def redirecting_to(location: str) -> web.Response:
    return web.Response(status=302, headers={"Location": location})


async def test_a_redirection_on_the_same_site_is_followed(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async def moved(_: web.Request) -> web.Response:
        return redirecting_to("/guide.pdf")

    async with open_site(CONTENT, {"/old.pdf": moved}) as site:
        fetched = await fetch(site.pdf("old.pdf"), tmp_path, session, policy=QUICK)
    assert fetched.path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("ftp://127.0.0.1/guide.pdf", "https）ではない"),
        ("file:///etc/hostname", "https）ではない"),
        ("http://www.moj.go.jp/guide.pdf", "https）ではない"),
        ("https://guide.example/guide.pdf", "公式ではないサイト"),
        ("/round.pdf", "転送が5回を超えました"),
    ],
)
async def test_other_redirections_are_refused(
    tmp_path: Path, session: aiohttp.ClientSession, location: str, reason: str
) -> None:
    async def moved(_: web.Request) -> web.Response:
        return redirecting_to(location)

    async with open_site(CONTENT, {"/round.pdf": moved}) as site:
        with pytest.raises(FetchError, match=reason):
            await fetch(site.pdf("round.pdf"), tmp_path, session, policy=QUICK)


async def test_an_unencrypted_address_elsewhere_is_not_asked(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        pdf = replace(site.pdf(), url="http://www.moj.go.jp/guide.pdf")
        with pytest.raises(FetchError, match="https）ではない"):
            await fetch(pdf, tmp_path, session, policy=QUICK)


async def test_a_silent_server_is_given_up(tmp_path: Path) -> None:
    async def silent(_: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    timeout = aiohttp.ClientTimeout(sock_read=0.05)
    async with open_site(CONTENT, {"/silent.pdf": silent}) as site, aiohttp.ClientSession(timeout=timeout) as session:
        with pytest.raises(FetchError, match="時間内に応答がありませんでした"):
            await fetch(site.pdf("silent.pdf"), tmp_path, session, policy=replace(QUICK, attempts=2))


async def test_a_server_that_is_not_there_is_named(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with open_site(CONTENT) as site:
        pdf = site.pdf()
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 に接続できませんでした"):
        await fetch(pdf, tmp_path, session, policy=replace(QUICK, attempts=2))
