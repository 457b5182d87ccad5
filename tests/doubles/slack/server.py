"""The double as one server on loopback."""

from __future__ import annotations

import asyncio
import json
import math
import uuid
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

from tests.doubles.slack.faults import Faults, Limits
from tests.doubles.slack.files import Refusal
from tests.doubles.slack.socket import SocketServer
from tests.doubles.slack.state import Call, Grant, Json, Message, State
from tests.doubles.slack.web_api import TooMany, WebApiMethods


class SlackDouble:
    """Slack on loopback; an asynchronous context manager.

    Args:
        port: where it listens, 0 for any free port. One that is closed and opened again keeps its port and memory.
    """

    def __init__(self, port: int = 0) -> None:
        self.state = State()
        self.faults = Faults()
        self.limits = Limits()
        self.socket = SocketServer()
        self.latency = 0.0
        self.methods = WebApiMethods(self.state, self.limits)
        self.responses: list[Json] = []  # what came by response_url
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Listens."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket", self.socket.handle)
        app.router.add_post("/respond", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.methods.socket_url = f"ws://127.0.0.1:{self._port}/socket"
        self.methods.files.url = f"{self.url}/upload/"

    async def close(self) -> None:
        """Refuses connections from now on."""
        if self._runner is not None:
            await self.socket.close()
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def response_url(self) -> str:
        return f"{self.url}/respond"

    def install(self, tenant: str, enterprise: str = "", bot_user: str = "UBOT") -> str:
        """Installs the app by hand in a workspace ("T…") or organisation ("E…"); returns its bot token."""
        token = f"xoxb-{tenant}"
        org = tenant if tenant.startswith("E") else enterprise
        self.state.grants[token] = Grant(token, tenant, org, bot_user)
        return token

    def oauth_code(self, tenant: str, enterprise: str = "", bot_user: str = "UBOT") -> str:
        """What Slack hands to the browser after somebody agreed to the installation."""
        code = uuid.uuid4().hex
        org = tenant if tenant.startswith("E") else enterprise
        self.state.codes[code] = Grant("", tenant, org, bot_user)
        return code

    def messages(self, channel: str, thread: str | None = None) -> list[Message]:
        """What everybody sees in a channel, the oldest first; of one thread only, if it is given."""
        found = [one for one in self.state.landed if one.channel == channel and not one.only_to]
        return found if thread is None else [one for one in found if thread in {one.thread, one.ts}]

    def whispers(self, user: str) -> list[Message]:
        """What one person alone sees."""
        return [one for one in self.state.landed if one.only_to == user]

    def calls(self, method: str) -> list[Call]:
        """Calls of a method that went well."""
        return [call for call in self.state.calls if call.method == method]

    async def _api(self, request: web.Request) -> web.Response:
        method, arguments = request.match_info["method"], await _arguments(request)
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = bearer if bearer.startswith("xo") or bearer.startswith("xapp") else str(arguments.get("token") or "")

        async def handle() -> web.Response:
            try:
                return web.json_response(self.methods.call(method, arguments, token))
            except Refusal as refusal:
                return web.json_response({"ok": False, "error": str(refusal)})
            except TooMany as many:
                headers = {"Retry-After": str(max(1, math.ceil(many.seconds)))}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)

        if self.latency:
            await asyncio.sleep(self.latency)
        return await self.faults.meet(method, request, handle)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()

        async def handle() -> web.Response:
            taken = self.methods.files.take(request.match_info["file"], content)
            return web.Response(text=f"OK - {len(content)}", status=200 if taken else 400)

        return await self.faults.meet("upload", request, handle)

    async def _respond(self, request: web.Request) -> web.Response:
        async def handle() -> web.Response:
            self.responses.append(await request.json())
            return web.Response(text="ok")

        return await self.faults.meet("response_url", request, handle)


async def _arguments(request: web.Request) -> Mapping[str, Any]:
    """Arguments as the SDK sends them: in the address, as a form, or as JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= dict(parse_qsl(await request.text()))
    return {name: _decoded(name, value) for name, value in given.items()}


def _decoded(name: str, value: object) -> object:
    if isinstance(value, str) and name in {"blocks", "files", "metadata", "view", "prompts"}:
        return json.loads(value)
    return value
