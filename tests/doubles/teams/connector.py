"""The Bot Connector's REST interface: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.doubles.teams.conversations import Conversations, Fault
from tests.doubles.teams.issuer import Grant, Issuer

SCOPE = "https://api.botframework.com"

_NOBODY = Fault(401, "Unauthorized")
_NO_SUCH_MESSAGE = Fault(404, "ActivityNotFoundInConversation")


class Connector:
    """Serves conversations under "/connector".

    Args:
        conversations: what stands there.
        issuer: whose tokens are good.
        groups: Entra's ids of teams, by the teams' own.
    """

    def __init__(self, conversations: Conversations, issuer: Issuer) -> None:
        self._conversations = conversations
        self._issuer = issuer
        self.groups: dict[str, str] = {}

    def add_routes(self, app: web.Application) -> None:
        """Adds its addresses."""
        base = "/connector/v3/conversations"
        app.router.add_post(base, self._create)
        app.router.add_post(f"{base}/{{conversation}}/activities", self._send)
        app.router.add_post(f"{base}/{{conversation}}/activities/{{message}}", self._send)
        app.router.add_put(f"{base}/{{conversation}}/activities/{{message}}", self._update)
        app.router.add_delete(f"{base}/{{conversation}}/activities/{{message}}", self._delete)
        app.router.add_get("/connector/v3/teams/{team}", self._team)

    async def _send(self, request: web.Request) -> web.Response:
        async def carry_out() -> web.Response:
            conversation, thread = _split(request.match_info["conversation"])
            landed = self._conversations.land(conversation, thread, await request.json())
            return web.json_response({"id": landed.id}, status=201)

        return await self._within(request, carry_out)

    async def _update(self, request: web.Request) -> web.Response:
        async def carry_out() -> web.Response:
            landed = self._conversations.find(request.match_info["message"])
            if landed is None:
                return _NO_SUCH_MESSAGE.response()
            landed.earlier.append(landed.activity)
            landed.activity, landed.edits = await request.json(), landed.edits + 1
            return web.json_response({"id": landed.id})

        return await self._within(request, carry_out)

    async def _delete(self, request: web.Request) -> web.Response:
        async def carry_out() -> web.Response:
            landed = self._conversations.find(request.match_info["message"])
            if landed is None:
                return _NO_SUCH_MESSAGE.response()
            self._conversations.landed.remove(landed)
            return web.json_response({})

        return await self._within(request, carry_out)

    async def _create(self, request: web.Request) -> web.Response:
        grant = self._issuer.holder(request, SCOPE)
        if grant is None:
            return _NOBODY.response()
        told: dict[str, Any] = await request.json()
        if not (told.get("tenantId") or told.get("tenantID")):  # the service reads names in any case
            return Fault(400, "BadSyntax").response()
        if not told.get("isGroup"):
            return await self._direct(request, grant, told)
        channel = told["channelData"]["channel"]["id"]
        if channel in self._conversations.closed:
            return self._conversations.closed[channel].response()

        async def carry_out() -> web.Response:
            landed = self._conversations.land(channel, "", told["activity"])
            made = {"id": f"{channel};messageid={landed.id}", "activityId": landed.id}
            return web.json_response(made, status=201)

        return await self._conversations.meet(request, channel, grant.app_id, carry_out)

    async def _direct(self, request: web.Request, grant: Grant, told: dict[str, Any]) -> web.Response:
        person = told["members"][0]["id"]

        async def carry_out() -> web.Response:
            return web.json_response({"id": self._conversations.chat(grant.app_id, person)}, status=201)

        return await self._conversations.meet(request, person, grant.app_id, carry_out)

    async def _team(self, request: web.Request) -> web.Response:
        team = request.match_info["team"]
        grant = self._issuer.holder(request, SCOPE)
        if grant is None:
            return _NOBODY.response()

        async def carry_out() -> web.Response:
            return web.json_response({"id": team, "name": "窓口", "aadGroupId": self.groups.get(team)})

        return await self._conversations.meet(request, team, grant.app_id, carry_out)

    async def _within(self, request: web.Request, carry_out: Callable[[], Awaitable[web.Response]]) -> web.Response:
        grant = self._issuer.holder(request, SCOPE)
        if grant is None:
            return _NOBODY.response()
        conversation, _ = _split(request.match_info["conversation"])
        if conversation in self._conversations.closed:
            return self._conversations.closed[conversation].response()
        return await self._conversations.meet(request, conversation, grant.app_id, carry_out)


def _split(conversation: str) -> tuple[str, str]:
    """A conversation's id, and the thread within it."""
    channel, _, thread = conversation.partition(";messageid=")
    return channel, thread
