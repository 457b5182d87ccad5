"""The SDK's client of the Bot Connector, with its defects mended.

As it comes, the client (botframework-connector 4.17.1 on msrest) fetches tokens in the event loop, sends from threads,
repeats requests behind our back (an edit that is throttled sleeps in its thread for as long as Retry-After says), and
puts activities through models that lose what they do not know: citations in entities among it. Its own hooks take
another sender and serialiser.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
import yarl
from botframework.connector.aio import ConnectorClient
from botframework.connector.aio.operations_async import ConversationsOperations
from msrest import Serializer
from msrest.authentication import Authentication
from msrest.exceptions import ClientException
from msrest.pipeline import Response
from msrest.pipeline.async_abc import AsyncHTTPSender, AsyncPipeline
from msrest.pipeline.universal import RawDeserializer
from msrest.universal_http.async_abc import AsyncClientResponse

from adapters.teams.credentials import AppCredentials
from adapters.teams.failures import failure, told_apart
from adapters.teams.web import Web
from bot.errors import Unclear


class AsItIs(Serializer):
    """Leaves bodies as they are."""

    def body(self, data: Any, data_type: str, **kwargs: Any) -> Any:  # noqa: ANN401 - msrest's own signature
        """The body itself."""
        return data


class Answered(AsyncClientResponse):
    """An answer, read whole."""

    def __init__(self, request: Any, answer: aiohttp.ClientResponse, body: bytes) -> None:  # noqa: ANN401 - msrest's
        super().__init__(request, answer)
        self.status_code = answer.status
        self.headers = {name.lower(): value for name, value in answer.headers.items()}
        self.reason = answer.reason
        self._body = body

    def body(self) -> bytes:
        """What was answered."""
        return self._body


class SessionSender(AsyncHTTPSender[Any, Any]):
    """Sends the SDK's requests once, over one aiohttp session; what fails rises as `bot.errors.MessengerError`.

    Args:
        web: what requests are made with; its time limits hold.
    """

    def __init__(self, web: Web) -> None:
        self._web = web

    async def __aexit__(self, *exc_details: object) -> None:
        """Nothing: the session belongs to who opened it."""

    async def send(self, request: Any, **config: Any) -> Any:  # noqa: ANN401 - msrest's own signature
        """Sends one request.

        Raises:
            MessengerError: it was not answered with success.
        """
        wire = request.http_request
        async with (
            told_apart(),
            self._web.session.request(
                wire.method,
                yarl.URL(wire.url, encoded=True),  # conversation ids hold ":", ";" and "@", encoded already
                headers=wire.headers,
                data=wire.data,
                allow_redirects=False,
            ) as answer,
        ):
            body = await answer.read()
        if answer.status >= 300:
            raise failure(answer.status, answer.headers, body)
        return Response(request, Answered(wire, answer, body))


class Connector:
    """The Bot Connector of one service, for one application.

    Args:
        service_url: where it is.
        credentials: put the token on; for this connector alone.
        sender: sends.
    """

    def __init__(self, service_url: str, credentials: AppCredentials, sender: SessionSender) -> None:
        made = ConnectorClient(Authentication(), base_url=service_url)
        # Set last: a client that is being made chains whatever policies it is given to a sender of its own.
        made.config.pipeline = AsyncPipeline([made.config.user_agent_policy, credentials, RawDeserializer()], sender)
        self._client = made._client
        self._conversations = ConversationsOperations(made._client, made.config, AsItIs(), made._deserialize)  # type: ignore[no-untyped-call]

    async def send(self, conversation: str, activity: Mapping[str, Any]) -> str:
        """Sends an activity. Returns its id, or "" where an answer of success tells none: it was taken all the same."""
        answer = await _read(self._conversations.send_to_conversation(conversation, activity))
        return "" if answer is None else str(answer.id or "")

    async def update(self, conversation: str, message: str, activity: Mapping[str, Any]) -> None:
        """Replaces an activity."""
        await _read(self._conversations.update_activity(conversation, message, activity))

    async def create(self, parameters: Mapping[str, Any]) -> tuple[str, str]:
        """Makes a conversation. Returns its id and that of its first activity ("" where it has none)."""
        made = await _told(self._conversations.create_conversation(parameters))
        return str(made.id or ""), str(made.activity_id or "")

    async def team(self, team: str) -> Mapping[str, Any]:
        """What the service tells of a team; the SDK's own client for it knows only blocking requests."""
        request = self._client.get(f"/v3/teams/{quote(team, safe='')}")
        answer = await _told(self._client.async_send(request, stream=False))
        found: Mapping[str, Any] = json.loads(answer.body())
        return found


async def _told(call: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever the SDK makes of an answer
    answer = await _read(call)
    if answer is None:
        raise Unclear("an empty answer")
    return answer


async def _read(call: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever the SDK makes of an answer
    try:
        return await call
    except (ClientException, ValueError) as error:  # it is read after the message was taken
        raise Unclear(f"an answer that cannot be read ({type(error).__name__})") from None
