"""Slack's side of HTTP: signed requests, sent again where they are not acknowledged."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp


@dataclass(frozen=True)
class Answer:
    """What the app answered."""

    status: int
    body: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Sender:
    """Sends what Slack sends; an asynchronous context manager.

    Args:
        url: the app's /slack/events.
        secret: its signing secret.
    """

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def event(self, payload: Mapping[str, Any], retry: int = 0) -> Answer:
        """Sends an event once."""
        headers = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_error"} if retry else {}
        return await self.raw(json.dumps(payload, ensure_ascii=False).encode(), headers=headers)

    async def deliver(self, payload: Mapping[str, Any], tries: int = 4) -> Answer:
        """Sends an event until it is acknowledged, as often as Slack does; without its waits."""
        for retry in range(tries):
            answer = await self.event(payload, retry)
            if answer.status == 200:
                break
        return answer

    async def command(self, payload: Mapping[str, str]) -> Answer:
        """Sends a slash command."""
        return await self.raw(urlencode(payload).encode(), "application/x-www-form-urlencoded")

    async def interaction(self, payload: Mapping[str, Any]) -> Answer:
        """Sends a press, a form or a shortcut."""
        body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
        return await self.raw(body, "application/x-www-form-urlencoded")

    async def raw(
        self, body: bytes, content_type: str = "application/json", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Sends bytes, signed; headers given here win over the signature's."""
        sent = {"Content-Type": content_type, **signature(self._secret, body), **(headers or {})}
        async with self._session.post(self._url, data=body, headers=sent) as answer:
            return Answer(answer.status, await answer.text())


def signature(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """Slack's headers for a body: docs.slack.dev/authentication/verifying-requests-from-slack."""
    seconds = str(int(time.time() if at is None else at))
    signed = hmac.new(secret.encode(), b"v0:" + seconds.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": seconds, "X-Slack-Signature": f"v0={signed}"}
