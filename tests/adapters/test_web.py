"""Requests are timed and named, and the process tells how it is."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.metrics import Metrics
from adapters.web import Probes, observing
from bot.errors import StoreUnavailable

PLANTED = "ひみつの相談"


class Parts:
    """A program whose parts can be put out of order."""

    def __init__(self) -> None:
        self.works = True
        self.lives = True
        self.metrics = Metrics()

    async def check(self) -> bool:
        return self.works

    async def check_workers(self) -> bool:
        return self.lives

    async def counts(self) -> Mapping[str, int]:
        if not self.works:
            raise StoreUnavailable("locked")
        return {"waiting": 2}

    def client(self) -> TestClient[web.Request, web.Application]:
        async def broken(_request: web.Request) -> web.Response:
            raise ValueError(PLANTED)

        async def unavailable(_request: web.Request) -> web.Response:
            raise StoreUnavailable("locked")

        async def read(request: web.Request) -> web.Response:
            return web.Response(body=await request.read())

        app = web.Application(middlewares=[observing(self.metrics)])
        app.router.add_post("/broken", broken)
        app.router.add_post("/unavailable", unavailable)
        app.router.add_post("/read", read)
        probes = Probes(
            vital={"workers": self.check_workers},
            needed={"database": self.check},
            told=lambda: {"sources": 3},
            counts=self.counts,
        )
        probes.add_routes(app, self.metrics)
        return TestClient(TestServer(app))


async def test_health_readiness_and_metrics() -> None:
    parts = Parts()
    async with parts.client() as client:
        assert await (await client.get("/healthz")).json() == {"status": "ok", "sources": 3}
        ready = await client.get("/readyz")
        assert (ready.status, await ready.json()) == (
            200,
            {"status": "ready", "checks": {"database": True, "workers": True}},
        )
        assert 'madoguchi_deliveries{state="waiting"} 2.0' in await (await client.get("/metrics")).text()
        parts.works = False
        assert (await client.get("/healthz")).status == 200
        assert (await client.get("/readyz")).status == 503
        told = await (await client.get("/metrics")).text()
        assert "madoguchi_deliveries{" not in told
        assert 'madoguchi_request_seconds_count{route="/readyz",status="503"} 1.0' in told
        parts.lives = False
        assert (await client.get("/healthz")).status == 503


async def test_metrics_are_not_for_who_comes_through_the_proxy() -> None:
    async with Parts().client() as client:
        assert (await client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})).status == 404


async def test_what_breaks_is_answered_and_told_without_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with Parts().client() as client:
        broken = await client.post(f"/broken?q={PLANTED}", data=PLANTED)
        assert (broken.status, await broken.json()) == (500, {"error": "internal"})
        assert len(broken.headers["X-Request-Id"]) == 12
        assert (await client.post("/unavailable")).status == 503
        assert (await client.get(f"/{PLANTED}")).status == 404
    ours = [record for record in caplog.records if record.name == "adapters.web"]
    assert [getattr(record, "status", None) for record in ours if record.levelno == logging.INFO] == [500, 503, 404]
    assert PLANTED not in json.dumps([record.getMessage() for record in ours], ensure_ascii=False)


async def test_a_body_that_is_not_what_its_headers_say_is_no_fault_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    async with Parts().client() as client:
        lie = await client.post("/read", data=b"no gzip at all", headers={"Content-Encoding": "gzip"})
        assert lie.status == 400
    assert not [record for record in caplog.records if record.name == "adapters.web" and record.levelno > logging.INFO]
