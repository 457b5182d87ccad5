"""The double speaks the protocol that the official SDK speaks, and keeps the limits that Teams documents."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from botbuilder.schema import Activity, ChannelAccount, ConversationParameters
from botframework.connector.aio import ConnectorClient
from botframework.connector.models import ErrorResponseException
from msrest.authentication import BasicTokenAuthentication

from tests.doubles.teams import TeamsDouble
from tests.doubles.teams.conversations import IN_CONVERSATION, IN_TENANT
from tests.doubles.teams.issuer import Grant

CONNECTOR, GRAPH = "https://api.botframework.com/.default", "https://graph.microsoft.com/.default"


@pytest.fixture
async def teams() -> AsyncIterator[TeamsDouble]:
    async with TeamsDouble() as double:
        double.issuer.grants |= {"good": Grant("app-1", CONNECTOR), "of graph": Grant("app-1", GRAPH)}
        yield double


def official(teams: TeamsDouble, token: str = "good") -> ConnectorClient:
    """The SDK's own client, unchanged."""
    return ConnectorClient(BasicTokenAuthentication({"access_token": token}), base_url=teams.service_url)


def close(client: ConnectorClient) -> None:
    client._client.config.pipeline._sender.driver.session.close()


async def test_the_official_client_posts_edits_and_deletes(teams: TeamsDouble) -> None:
    client = official(teams)
    said = Activity(type="message", text="こんにちは")
    sent = await client.conversations.send_to_conversation("19:a@thread.tacv2;messageid=17", said)
    reply = await client.conversations.reply_to_activity("19:a@thread.tacv2;messageid=17", "17", said)
    await client.conversations.update_activity("19:a@thread.tacv2", sent.id, Activity(type="message", text="直した"))
    await client.conversations.delete_activity("19:a@thread.tacv2", reply.id)
    (landed,) = teams.conversations.said_in("19:a@thread.tacv2")
    assert (landed.id, landed.thread, landed.activity["text"], landed.edits) == (sent.id, "17", "直した", 1)
    close(client)


async def test_the_official_client_opens_the_same_chat_each_time(teams: TeamsDouble) -> None:
    client = official(teams)
    told = ConversationParameters(bot=ChannelAccount(id="28:app-1"), members=[ChannelAccount(id="29:p")], tenant_id="t")
    opened = [(await client.conversations.create_conversation(told)).id for _ in range(2)]
    assert opened[0] == opened[1]
    close(client)


@pytest.mark.parametrize("token", ["bad", "of graph", ""])
async def test_another_token_opens_nothing(teams: TeamsDouble, token: str) -> None:
    client = official(teams, token)
    with pytest.raises(ErrorResponseException) as caught:
        await client.conversations.send_to_conversation("19:a", Activity(type="message", text="こんにちは"))
    assert caught.value.response.status_code == 401
    assert not teams.landed
    close(client)


async def test_the_documented_limits_hold(teams: TeamsDouble) -> None:
    teams.conversations.limited = True
    headers = {"Authorization": "Bearer good"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def post(conversation: str) -> tuple[int, str]:
            url = f"{teams.service_url}v3/conversations/{conversation}/activities"
            async with session.post(url, json={"type": "message"}) as answer:
                return answer.status, answer.headers.get("Retry-After", "")

        in_one = [await post("one") for _ in range(IN_CONVERSATION[0][0] + 1)]
        assert [status for status, _ in in_one] == [201] * IN_CONVERSATION[0][0] + [429]
        assert float(in_one[-1][1]) >= 1
        in_all = [await post(f"other-{at}") for at in range(IN_TENANT[0][0])]
        assert 429 in {status for status, _ in in_all}
    assert len(teams.landed) <= IN_TENANT[0][0]
