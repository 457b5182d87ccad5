"""Signing keys: rotation is followed, made-up key ids are not, and nothing waits in the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from botframework.connector.auth.jwt_token_extractor import _OpenIdMetadata

from adapters.teams.keys import FRESH, PAUSE, PAUSE_AFTER_FAILURE, SigningKeys
from adapters.teams.transport import KeysUnavailable, NotAuthentic
from adapters.teams.web import Web
from tests.adapters.teams.served import opened
from tests.doubles.teams import TeamsDouble


@dataclass
class Clock:
    """Time that passes when it is told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Scene:
    """Keys under test."""

    teams: TeamsDouble
    keys: SigningKeys
    clock: Clock

    @property
    def fetched(self) -> int:
        return self.teams.issuer.asked["keys"]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    clock = Clock()
    async with TeamsDouble() as teams, opened(Web()) as web:
        yield Scene(teams, SigningKeys(teams.addresses["openid_url"], web, clock), clock)


async def test_keys_are_fetched_once_for_all_who_wait(scene: Scene) -> None:
    found = await asyncio.gather(*(scene.keys.get("key-1") for _ in range(20)))
    assert all(key.endorsements == ["msteams"] for key in found)
    assert scene.fetched == 1


async def test_a_rotation_is_followed_at_once(scene: Scene) -> None:
    await scene.keys.get("key-1")
    scene.teams.issuer.rotate("key-1", "key-2")
    scene.clock.now += PAUSE + 1
    await scene.keys.get("key-2")
    assert scene.fetched == 2


async def test_an_unknown_key_id_is_asked_for_once_and_not_at_every_request(scene: Scene) -> None:
    await scene.keys.get("key-1")
    scene.clock.now += PAUSE + 1
    for made_up in range(50):
        with pytest.raises(NotAuthentic):
            await scene.keys.get(f"made-up-{made_up}")
    assert scene.fetched == 2
    await scene.keys.get("key-1")


async def test_a_key_that_was_withdrawn_is_no_longer_good(scene: Scene) -> None:
    await scene.keys.get("key-1")
    scene.teams.issuer.rotate("key-2")
    scene.clock.now += FRESH + 1
    with pytest.raises(NotAuthentic):
        await scene.keys.get("key-1")


async def test_while_keys_cannot_be_had_the_old_ones_stay_good(scene: Scene) -> None:
    await scene.keys.get("key-1")
    scene.teams.issuer.broken = 500
    scene.clock.now += FRESH + 1
    assert await scene.keys.get("key-1")


async def test_without_any_keys_nobody_can_tell(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.teams.issuer.broken = 500
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            with pytest.raises(KeysUnavailable):
                await scene.keys.get("key-1")
    assert scene.teams.issuer.asked["openid"] == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    scene.teams.issuer.broken = 0
    scene.clock.now += PAUSE_AFTER_FAILURE + 1
    assert await scene.keys.get("key-1")


async def test_keys_are_not_fetched_without_tls_from_elsewhere() -> None:
    async with opened(Web()) as web:
        with pytest.raises(KeysUnavailable):
            await SigningKeys("http://login.example/openid", web).get("key-1")


async def test_the_loop_goes_on_while_keys_are_fetched(scene: Scene) -> None:
    async with ticking() as ticks:
        await scene.keys.get("key-1")
    assert ticks.counted > 1


async def test_the_sdk_alone_stops_the_loop_and_breaks_on_an_unknown_key(scene: Scene) -> None:
    url = scene.teams.addresses["openid_url"]

    async def by_itself() -> tuple[int, str]:
        metadata = _OpenIdMetadata(url)
        async with ticking() as ticks:
            await metadata.get("key-1")
        try:
            await metadata.get("made-up")
        except Exception as error:
            return ticks.counted, type(error).__name__
        return ticks.counted, ""

    counted, broke = await asyncio.to_thread(lambda: asyncio.run(by_itself()))
    assert counted == 0
    assert broke == "IndexError"


class ticking:  # noqa: N801 - reads as what it does
    """Counts how often something else had its turn meanwhile."""

    def __init__(self) -> None:
        self.counted = 0

    async def __aenter__(self) -> ticking:
        self._task = asyncio.ensure_future(self._tick())
        return self

    async def __aexit__(self, *exc_details: object) -> None:
        self._task.cancel()

    async def _tick(self) -> None:
        while True:
            self.counted += 1
            await asyncio.sleep(0)
