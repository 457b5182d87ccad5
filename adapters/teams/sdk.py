"""The transport over the Bot Framework SDK: its checks of what comes in, its client for what goes out.

The SDK's adapter (`CloudAdapterBase`) is not in between: it makes three clients anew for every turn and reads every
activity into models that drop what they do not know, and there is nothing in a turn that is used here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.teams.authentication import Authentication
from adapters.teams.config import CONNECTOR_SCOPE, Registration, TeamsConfig
from adapters.teams.connector import Connector, SessionSender
from adapters.teams.credentials import AppCredentials, CredentialsFactory, Tokens
from adapters.teams.keys import SigningKeys
from adapters.teams.transport import Line
from adapters.teams.web import Web
from bot.errors import Unavailable, Unclear

GRAPH_SCOPE = "https://graph.microsoft.com"


class SdkTransport:
    """Speaks with the Bot Framework; `adapters.teams.transport.Transport` says what each method does.

    Args:
        config: registrations and addresses.
        web: what requests are made with.
    """

    def __init__(self, config: TeamsConfig, web: Web) -> None:
        self._tokens = Tokens(config, web)
        self._sender = SessionSender(web)
        keys = SigningKeys(config.openid_url, web)
        self._authentication = Authentication(config, keys, CredentialsFactory(config, self._tokens))
        self._connectors: dict[Line, Connector] = {}

    async def start(self) -> None:
        """See `Transport`."""
        self._authentication.start()

    async def stop(self) -> None:
        """See `Transport`."""
        self._authentication.stop()

    async def authenticate(self, authorization: str, activity: Mapping[str, Any]) -> Registration:
        """See `Transport`."""
        return await self._authentication.check(authorization, activity)

    async def send(self, line: Line, conversation: str, activity: Mapping[str, Any]) -> str:
        """See `Transport`."""
        return await self._connector(line).send(conversation, _from_us(line, activity))

    async def update(self, line: Line, conversation: str, message: str, activity: Mapping[str, Any]) -> None:
        """See `Transport`."""
        await self._connector(line).update(conversation, message, _from_us(line, activity))

    async def open_thread(self, line: Line, channel: str, activity: Mapping[str, Any]) -> str:
        """See `Transport`."""
        conversation, message = await self._connector(line).create(
            {
                "isGroup": True,
                "bot": {"id": line.registration.bot_id},
                "tenantId": line.registration.tenant_id,
                "channelData": {"channel": {"id": channel}, "tenant": {"id": line.registration.tenant_id}},
                "activity": _from_us(line, activity),
            }
        )
        return message or conversation.partition(";messageid=")[2]

    async def open_direct(self, line: Line, person: str) -> str:
        """See `Transport`."""
        try:
            conversation, _ = await self._connector(line).create(
                {
                    "isGroup": False,
                    "bot": {"id": line.registration.bot_id},
                    "members": [{"id": person}],
                    "tenantId": line.registration.tenant_id,
                    "channelData": {"tenant": {"id": line.registration.tenant_id}},
                }
            )
        except Unclear as error:  # asking again gives the same conversation, and nothing was said in it yet
            raise Unavailable(error.reason) from None
        return conversation

    async def group_of(self, line: Line, team: str) -> str:
        """See `Transport`."""
        try:
            return str((await self._connector(line).team(team)).get("aadGroupId") or "")
        except Unclear as error:
            raise Unavailable(error.reason) from None

    async def graph_token(self, registration: Registration) -> str:
        """See `Transport`."""
        return await self._tokens.token(registration, GRAPH_SCOPE)

    def _connector(self, line: Line) -> Connector:
        if line not in self._connectors:
            credentials = AppCredentials(self._tokens, line.registration, CONNECTOR_SCOPE)
            self._connectors[line] = Connector(line.service_url, credentials, self._sender)
        return self._connectors[line]


def _from_us(line: Line, activity: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**activity, "from": {"id": line.registration.bot_id}}
