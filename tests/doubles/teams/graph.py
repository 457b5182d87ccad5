"""The few addresses of Microsoft Graph that list messages, newest first, as an application may read them."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.doubles.teams.conversations import Conversations, Landed
from tests.doubles.teams.issuer import Issuer

SCOPE = "https://graph.microsoft.com"


class Graph:
    """Serves listings under "/graph".

    Args:
        conversations: what stands there.
        issuer: whose tokens are good.
        chats: Graph's own ids of one-to-one conversations with a bot, and the Bot Framework's.
        allowed: whether anybody consented to reading.
        broken: status that every listing answers with, or 0.
        groups: teams that there are.
        elsewhere: where listings say that they go on, if not here.
    """

    def __init__(self, conversations: Conversations, issuer: Issuer) -> None:
        self._conversations = conversations
        self._issuer = issuer
        self.chats: dict[str, str] = {}
        self.groups: set[str] = set()
        self.allowed = True
        self.broken = 0
        self.elsewhere = ""

    def add_routes(self, app: web.Application) -> None:
        """Adds its addresses."""
        channel = "/graph/teams/{team}/channels/{channel}/messages"
        app.router.add_get(channel, self._channel)
        app.router.add_get(f"{channel}/{{thread}}/replies", self._channel)
        app.router.add_get("/graph/chats/{chat}/messages", self._chat)

    async def _channel(self, request: web.Request) -> web.Response:
        if request.match_info["team"] not in self.groups:
            return self._listing(request, None)
        thread = request.match_info.get("thread", "")
        said = self._conversations.said_in(request.match_info["channel"])
        return self._listing(request, [one for one in said if one.thread == thread])

    async def _chat(self, request: web.Request) -> web.Response:
        chat = request.match_info["chat"]
        if chat.endswith("@unq.gbl.spaces") and chat not in self.chats:
            return self._listing(request, None)
        return self._listing(request, self._conversations.said_in(self.chats.get(chat, chat)))

    def _listing(self, request: web.Request, said: list[Landed] | None) -> web.Response:
        status = 401 if self._issuer.holder(request, SCOPE) is None else self.broken or (0 if self.allowed else 403)
        if status or said is None:
            headers = {"Retry-After": "7"} if status == 429 else {}
            return web.json_response({"error": {"code": "Forbidden"}}, status=status or 404, headers=headers)
        start, size = int(request.query.get("$skiptoken", 0)), int(request.query.get("$top", 20))
        newest = said[::-1]
        page: dict[str, Any] = {"value": [_message(one) for one in newest[start : start + size]]}
        if start + size < len(newest):
            url = request.url.update_query({"$skiptoken": str(start + size)})
            page["@odata.nextLink"] = self.elsewhere or str(url)
        return web.json_response(page)


def _message(landed: Landed) -> dict[str, Any]:
    attachments = landed.activity.get("attachments", [])
    return {
        "id": landed.id,
        "replyToId": landed.thread or None,
        "messageType": "message",
        "body": {"contentType": "html", "content": "<attachment id='1'></attachment>"},
        "attachments": [
            {"id": str(at), "contentType": one["contentType"], "content": json.dumps(one.get("content"))}
            for at, one in enumerate(attachments)
        ],
    }
