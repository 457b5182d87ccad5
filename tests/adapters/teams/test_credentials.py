"""Tokens for what is sent: one for each application and scope, fetched while the loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from botframework.connector.auth import PasswordServiceClientCredentialFactory

from adapters.teams.config import CONNECTOR_SCOPE, Registration, TeamsConfig
from adapters.teams.credentials import MARGIN, CredentialsFactory, Tokens
from adapters.teams.web import Web
from bot.errors import Throttled, Unavailable
from tests.adapters.teams.served import opened
from tests.adapters.teams.test_keys import Clock, ticking
from tests.doubles.teams import TeamsDouble


@dataclass
class Scene:
    """Tokens under test."""

    teams: TeamsDouble
    config: TeamsConfig
    tokens: Tokens
    clock: Clock
    web: Web

    @property
    def ours(self) -> Registration:
        return self.config.registrations[0]

    @property
    def fetched(self) -> int:
        return self.teams.issuer.asked["token"]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    clock = Clock()
    async with TeamsDouble() as teams, opened(Web()) as web:
        registrations = (teams.register("app-1"), teams.register("app-2", "other", "tenant-2"))
        config = TeamsConfig(registrations, **teams.addresses)
        yield Scene(teams, config, Tokens(config, web, clock), clock, web)


async def test_many_sends_at_once_ask_for_one_token(scene: Scene) -> None:
    tokens = await asyncio.gather(*(scene.tokens.token(scene.ours, CONNECTOR_SCOPE) for _ in range(20)))
    assert len(set(tokens)) == 1
    assert scene.fetched == 1


async def test_each_application_and_scope_has_its_own(scene: Scene) -> None:
    wanted = [(one, scope) for one in scene.config.registrations for scope in (CONNECTOR_SCOPE, "https://graph")]
    tokens = [await scene.tokens.token(*one) for one in wanted for _ in range(2)]
    assert len(set(tokens)) == 4
    assert scene.fetched == 4


async def test_a_token_is_replaced_before_it_ends(scene: Scene) -> None:
    first = await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)
    scene.clock.now += scene.teams.issuer.life - MARGIN - 1
    assert await scene.tokens.token(scene.ours, CONNECTOR_SCOPE) == first
    scene.clock.now += 2
    assert await scene.tokens.token(scene.ours, CONNECTOR_SCOPE) != first


async def test_a_token_that_was_not_accepted_is_forgotten_once(scene: Scene) -> None:
    first = await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)
    scene.tokens.drop(scene.ours, CONNECTOR_SCOPE, first)
    second = await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)
    scene.tokens.drop(scene.ours, CONNECTOR_SCOPE, first)  # the other request that went out with the first
    assert await scene.tokens.token(scene.ours, CONNECTOR_SCOPE) == second != first


async def test_a_wrong_password_is_told_without_it(scene: Scene) -> None:
    wrong = replace(scene.ours, app_password="hidden-password")
    with pytest.raises(Unavailable) as caught:
        await scene.tokens.token(wrong, CONNECTOR_SCOPE)
    assert caught.value.reason == "token endpoint: 401 invalid_client for application app-1"
    assert "hidden-password" not in repr(wrong)


async def test_trouble_passes(scene: Scene) -> None:
    scene.teams.issuer.broken = 429
    with pytest.raises(Throttled):
        await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)
    scene.teams.issuer.broken = 500
    with pytest.raises(Unavailable):
        await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)
    scene.teams.issuer.broken = 0
    assert await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://login.example"])
async def test_an_endpoint_that_is_not_there_or_not_safe_is_told(scene: Scene, url: str) -> None:
    tokens = Tokens(replace(scene.config, login_url=url), scene.web)
    with pytest.raises(Unavailable):
        await tokens.token(scene.ours, CONNECTOR_SCOPE)


async def test_the_loop_goes_on_while_a_token_is_fetched(scene: Scene) -> None:
    async with ticking() as ticks:
        await scene.tokens.token(scene.ours, CONNECTOR_SCOPE)
    assert ticks.counted > 1


async def test_credentials_share_their_tokens_and_the_sdk_s_do_not(scene: Scene) -> None:
    """The SDK asks its factory for credentials on every turn; its own come each time with an empty store of tokens."""
    asked = (scene.ours.app_id, CONNECTOR_SCOPE, "https://login.microsoftonline.com", True)
    ours = CredentialsFactory(scene.config, scene.tokens)
    first, second = [await ours.create_credentials(*asked) for _ in range(2)]
    assert first._tokens is second._tokens
    theirs = PasswordServiceClientCredentialFactory("app-1", "password", "tenant-1")
    plain, again = [await theirs.create_credentials(*asked) for _ in range(2)]
    assert plain is not again
    assert plain.app is None is again.app
    with pytest.raises(PermissionError):
        await ours.create_credentials("app-9", CONNECTOR_SCOPE, "", True)
    assert not await ours.is_authentication_disabled()
    assert [await ours.is_valid_app_id(one) for one in ("app-1", "app-2", "app-9", "")] == [True, True, False, False]
