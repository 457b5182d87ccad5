"""Slack's side of Socket Mode."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from aiohttp import WSMsgType, web

from tests.doubles.slack.state import Json


class SocketServer:
    """Keeps the app's WebSockets, sends requests through the newest, and collects acknowledgements."""

    def __init__(self) -> None:
        self.open: list[web.WebSocketResponse] = []
        self.connections = 0
        self._connected = asyncio.Condition()
        self._acknowledged: dict[str, asyncio.Future[Json]] = {}

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One WebSocket from hello to end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1})
        async with self._connected:
            self.open.append(socket)
            self.connections += 1
            self._connected.notify_all()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    acknowledgement = message.json()
                    waiting = self._acknowledged.pop(acknowledgement["envelope_id"], None)
                    if waiting is not None and not waiting.done():
                        waiting.set_result(acknowledgement)
        finally:
            self.open.remove(socket)
        return socket

    async def connected(self, connections: int = 1) -> None:
        """Waits until the app has connected so often, and is connected."""
        async with self._connected:
            await self._connected.wait_for(lambda: self.connections >= connections and bool(self.open))

    async def send(self, payload: Json, *, kind: str = "events_api", retry: int = 0) -> asyncio.Future[Json]:
        """Sends a request; the future is its acknowledgement."""
        envelope: dict[str, Any] = {
            "type": kind,
            "envelope_id": uuid.uuid4().hex,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._acknowledged[envelope["envelope_id"]] = waiting
        await self.open[-1].send_json(envelope)
        return waiting

    async def say_disconnect(self, reason: str = "warning") -> None:
        """Tells the app that the newest connection will soon be closed."""
        await self.open[-1].send_json({"type": "disconnect", "reason": reason})

    async def close(self) -> None:
        """Closes all connections."""
        for socket in list(self.open):
            await socket.close()
