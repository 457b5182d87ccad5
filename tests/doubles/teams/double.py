"""All of Teams in one server on a free port of this machine."""

from __future__ import annotations

from io import BytesIO
from types import TracebackType
from typing import Any, Self, TypedDict

import aiohttp
from aiohttp import web

from adapters.teams.config import Registration
from tests.doubles.teams.activities import Activities, Activity
from tests.doubles.teams.connector import Connector
from tests.doubles.teams.conversations import Conversations, Landed
from tests.doubles.teams.graph import Graph
from tests.doubles.teams.issuer import ISSUER, Issuer


class Addresses(TypedDict):
    """Where the services are, as `TeamsConfig` takes them."""

    login_url: str
    openid_url: str
    issuer: str
    graph_url: str


class TeamsDouble:
    """Teams, with any number of registrations; a context manager.

    Args:
        conversations: what stands where, and what goes wrong.
        issuer: keys and tokens.
        connector: the Bot Connector.
        graph: listings of messages.
    """

    def __init__(self) -> None:
        self.conversations = Conversations()
        self.issuer = Issuer()
        self.connector = Connector(self.conversations, self.issuer)
        self.graph = Graph(self.conversations, self.issuer)
        app = web.Application(client_max_size=1_000_000)
        for part in (self.issuer, self.connector, self.graph):
            part.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.issuer.url = f"http://{host}:{port}"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        await self._session.close()
        await self._runner.cleanup()

    @property
    def service_url(self) -> str:
        """The Bot Connector."""
        return f"{self.issuer.url}/connector/"

    @property
    def addresses(self) -> Addresses:
        """Where the services are."""
        url = self.issuer.url
        return {
            "login_url": f"{url}/login",
            "openid_url": f"{url}/openid",
            "issuer": ISSUER,
            "graph_url": f"{url}/graph",
        }

    @property
    def landed(self) -> list[Landed]:
        """All messages that the bot sent, oldest first."""
        return self.conversations.landed

    def register(self, app_id: str, app_password: str = "password", tenant_id: str = "tenant-1") -> Registration:
        """Makes a registration."""
        self.issuer.passwords[app_id, tenant_id] = app_password
        return Registration(app_id, app_password, tenant_id)

    def activities(self, registration: Registration, **more: Any) -> Activities:  # noqa: ANN401 - fields of it
        """Makes activities for a registration."""
        return Activities(registration.app_id, registration.tenant_id, self.service_url, **more)

    async def deliver(self, endpoint: str, activity: Activity, *, token: str | None = None) -> tuple[int, Any]:
        """Sends an activity to a bot, as the Bot Framework does.

        Args:
            endpoint: the bot's messaging endpoint.
            activity: the activity.
            token: another token than the right one; "" for none.

        Returns:
            Status and JSON body of the answer (None where it is empty).
        """
        assert self._session is not None
        if token is None:
            token = self.issuer.token(activity["recipient"]["id"].removeprefix("28:"), activity["serviceUrl"])
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._session.post(endpoint, json=activity, headers=headers) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_json else None

    async def post(self, endpoint: str, body: bytes, headers: dict[str, str], *, chunked: bool = False) -> int:
        """Sends anything; where it is chunked its length is not told before. Returns the status of the answer."""
        assert self._session is not None
        encoding = True if chunked else None
        async with self._session.post(endpoint, data=BytesIO(body), headers=headers, chunked=encoding) as answer:
            return answer.status
