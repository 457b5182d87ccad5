"""The SDK's client sends once, loses nothing, and blocks nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass

import pytest
from botframework.connector.aio import ConnectorClient
from msrest.authentication import BasicTokenAuthentication

from adapters.teams.config import CONNECTOR_SCOPE, TeamsConfig
from adapters.teams.connector import Connector, SessionSender
from adapters.teams.credentials import AppCredentials, Tokens
from adapters.teams.web import Web
from bot.errors import MessengerError, Throttled, Unavailable, Unclear
from tests.adapters.teams.served import opened
from tests.doubles.teams import Fault, TeamsDouble

CITED = {
    "type": "message",
    "text": "在留カード",
    "conversation": {"id": "19:a@thread.tacv2", "tenantId": "tenant-1"},
    "entities": [{"type": "https://schema.org/Message", "@type": "Message", "citation": [{"position": 1}]}],
    "channelData": {"feedbackLoop": {"type": "default"}},
}


@dataclass
class Scene:
    """A connector and the double that it speaks to."""

    teams: TeamsDouble
    connector: Connector
    tokens: Tokens

    def plain(self, token: str) -> ConnectorClient:
        """The SDK's client as it comes, with a token that was fetched before."""
        return ConnectorClient(BasicTokenAuthentication({"access_token": token}), base_url=self.teams.service_url)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with TeamsDouble() as teams, opened(Web(total=5)) as web:
        registration = teams.register("app-1")
        tokens = Tokens(TeamsConfig((registration,), **teams.addresses), web)
        credentials = AppCredentials(tokens, registration, CONNECTOR_SCOPE)
        yield Scene(teams, Connector(teams.service_url, credentials, SessionSender(web)), tokens)


async def failed(call: Awaitable[object]) -> MessengerError:
    with pytest.raises(MessengerError) as caught:
        await call
    return caught.value


async def test_an_activity_lands_as_it_is(scene: Scene) -> None:
    message = await scene.connector.send("19:a@thread.tacv2;messageid=17", CITED)
    landed = scene.teams.conversations.find(message)
    assert landed is not None
    assert landed.activity == CITED
    assert (landed.conversation, landed.thread) == ("19:a@thread.tacv2", "17")


async def test_the_sdk_alone_loses_what_it_does_not_know(scene: Scene) -> None:
    await scene.connector.send("19:a", CITED)  # leaves a token
    (token,) = scene.teams.issuer.grants
    client = scene.plain(token)
    await client.conversations.send_to_conversation("19:a@thread.tacv2", CITED)
    assert scene.teams.landed[-1].activity["entities"] == [{"type": "https://schema.org/Message"}]
    assert "tenantId" not in scene.teams.landed[-1].activity["conversation"]
    client._client.config.pipeline._sender.driver.session.close()


async def test_an_edit_that_is_throttled_comes_back_at_once(scene: Scene) -> None:
    message = await scene.connector.send("19:a", CITED)
    before = scene.teams.conversations.requests
    scene.teams.conversations.faults.append(Fault(429, retry_after=7))
    error = await failed(scene.connector.update("19:a", message, CITED))
    assert isinstance(error, Throttled)
    assert error.retry_after == 7
    assert scene.teams.conversations.requests == before + 1


async def test_the_sdk_alone_repeats_requests_by_itself(scene: Scene) -> None:
    message = await scene.connector.send("19:a", CITED)
    (token,) = scene.teams.issuer.grants
    before = scene.teams.conversations.requests
    scene.teams.conversations.faults.append(Fault(429, retry_after=0))
    client = scene.plain(token)
    await client.conversations.update_activity("19:a", message, CITED)
    assert scene.teams.conversations.requests == before + 2
    client._client.config.pipeline._sender.driver.session.close()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
async def test_a_post_goes_out_once(scene: Scene, status: int) -> None:
    scene.teams.conversations.standing = Fault(status)
    await failed(scene.connector.send("19:a", CITED))
    assert scene.teams.conversations.requests == 1


async def test_a_token_that_is_not_accepted_is_replaced_by_the_next_request(scene: Scene) -> None:
    await scene.connector.send("19:a", CITED)
    scene.teams.issuer.grants.clear()
    assert isinstance(await failed(scene.connector.send("19:a", CITED)), Unavailable)
    assert await scene.connector.send("19:a", CITED)
    assert scene.teams.issuer.asked["token"] == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(200, body="<html>welcome</html>", lands=True),
        Fault(502, body="<html>bad gateway</html>", lands=True),
        Fault(0, lands=True),
        Fault(0),
    ],
    ids=["no JSON", "a gateway", "no answer", "closed before"],
)
async def test_what_may_have_landed_is_unclear(scene: Scene, fault: Fault) -> None:
    scene.teams.conversations.faults.append(fault)
    assert type(await failed(scene.connector.send("19:a", CITED))) is Unclear


@pytest.mark.parametrize("status", [200, 201, 202])
async def test_what_was_taken_without_a_word_was_taken(scene: Scene, status: int) -> None:
    scene.teams.conversations.faults.append(Fault(status, lands=True))
    assert await scene.connector.send("19:a", CITED) == ""
    assert len(scene.teams.landed) == 1


async def test_no_answer_in_time_is_unclear() -> None:
    async with TeamsDouble() as teams, opened(Web(total=0.1)) as web:
        registration = teams.register("app-1")
        tokens = Tokens(TeamsConfig((registration,), **teams.addresses), web)
        connector = Connector(
            teams.service_url, AppCredentials(tokens, registration, CONNECTOR_SCOPE), SessionSender(web)
        )
        await tokens.token(registration, CONNECTOR_SCOPE)
        teams.conversations.latency = 0.3
        assert type(await failed(connector.send("19:a", CITED))) is Unclear
        await asyncio.sleep(0.3)
        assert len(teams.landed) == 1


async def test_no_connection_is_surely_not_landed() -> None:
    async with TeamsDouble() as teams, opened(Web()) as web:
        registration = teams.register("app-1")
        tokens = Tokens(TeamsConfig((registration,), **teams.addresses), web)
        credentials = AppCredentials(tokens, registration, CONNECTOR_SCOPE)
        connector = Connector("http://127.0.0.1:9/", credentials, SessionSender(web))
        assert type(await failed(connector.send("19:a", CITED))) is Unavailable
