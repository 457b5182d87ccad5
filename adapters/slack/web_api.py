"""Slack's Web API over one pool of connections, whatever the workspace."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import told
from bot.errors import Refused, Unavailable

#: For Slack's own libraries. At lower levels they log whole requests, messages and tokens included.
LIBRARY_LOGGER = logging.getLogger("slack_libraries")
LIBRARY_LOGGER.setLevel(logging.CRITICAL)

#: Less than the outbox waits for a send, so that what happened is known here first.
_TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=5)

#: Seconds between pings of a WebSocket; one that does not answer in half of that is given up.
_HEARTBEAT = 20.0


class WebApi:
    """Makes clients for tokens. They never wait or try again by themselves: pacing is the outbox's.

    Args:
        url: where the methods are, with a slash at the end.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._proxy = proxy_for(url)
        self._session: aiohttp.ClientSession | None = None

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client that speaks with a token.

        Args:
            token: the token, or None where each call brings its own.
        """
        client = AsyncWebClient(
            token=token, base_url=self._url, session=self._pool(), retry_handlers=[], logger=LIBRARY_LOGGER
        )
        client.proxy = self._proxy
        return client

    async def respond(self, response_url: str, body: Mapping[str, Any]) -> None:
        """Answers a press through the address that came with it; works where the assistant is no member.

        Args:
            response_url: the address; from an authenticated request only.
            body: a message, as for response_url.

        Raises:
            MessengerError: it did not surely land.
        """
        with told():
            async with self._pool().post(response_url, json=dict(body), proxy=proxy_for(response_url)) as answer:
                if answer.status >= 400:
                    raise Refused(f"response_url: HTTP {answer.status}")

    async def upload(self, url: str, content: bytes) -> None:
        """Sends the bytes of a file to where Slack wants them; nobody sees it before it is shared.

        Args:
            url: as files.getUploadURLExternal tells it.
            content: the bytes.

        Raises:
            MessengerError: Slack did not take them.
        """
        with told():
            async with self._pool().post(url, data=content, proxy=proxy_for(url)) as answer:
                if answer.status != 200:
                    raise Unavailable(f"upload: HTTP {answer.status}")

    @asynccontextmanager
    async def socket(self, url: str) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """A WebSocket.

        Args:
            url: "wss://…", as Slack tells it.
        """
        async with self._pool().ws_connect(url, heartbeat=_HEARTBEAT, proxy=proxy_for(url)) as socket:
            yield socket

    async def close(self) -> None:
        """Closes the pool."""
        if self._session is not None:
            await self._session.close()

    def _pool(self) -> aiohttp.ClientSession:
        """The pool; opened when first needed, in the running loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, middlewares=(_stay,))
        return self._session


async def _stay(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Follows nobody elsewhere: what is said, and the token with it, goes where it belongs or nowhere."""
    answer = await handler(request)
    if "Location" in answer.headers:
        answer.close()
        raise aiohttp.ClientError("redirected")
    return answer


def proxy_for(url: str) -> str | None:
    """The proxy that the environment sets for an address, or None.

    The SDK minds no NO_PROXY. aiohttp minds it, but starts a thread for each request, and looks for a proxy of
    WebSockets under a name that nobody sets.

    Args:
        url: any address.
    """
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get({"wss": "https", "ws": "http"}.get(parts.scheme, parts.scheme))
