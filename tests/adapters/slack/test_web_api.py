"""What is sent to Slack goes to Slack."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.failures import told
from adapters.slack.web_api import WebApi
from bot.errors import Unclear


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(status: int) -> None:
    reached: list[str] = []

    async def lead_away(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", lead_away)
    async with TestServer(app) as server:
        api = WebApi(f"{server.make_url('/api/')}")
        with pytest.raises(Unclear), told():
            await api.client("xoxb-1").chat_postMessage(channel="C1", text="質問です")
        with pytest.raises(Unclear):
            await api.respond(f"{server.make_url('/answer')}", {"text": "答えです"})
        await api.close()
    assert reached == ["/api/chat.postMessage", "/answer"]
