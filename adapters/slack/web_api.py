"""Slack's Web API over one pool of connections, whatever the workspace."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import told
from bot.errors import Refused

#: For Slack's own libraries. At lower levels they log whole requests, messages and tokens included.
LIBRARY_LOGGER = logging.getLogger("slack_libraries")
LIBRARY_LOGGER.setLevel(logging.CRITICAL)

_TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=5)


class WebApi:
    """Makes clients for tokens. They never wait or try again by themselves: pacing is the outbox's.

    Args:
        url: where the methods are, with a slash at the end.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pool; opened when first needed, in the running loop."""
        if self._session is None or self._session.closed:
            # With trust_env aiohttp minds HTTPS_PROXY and NO_PROXY; the SDK itself knows no NO_PROXY.
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True)
        return self._session

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client that speaks with a token.

        Args:
            token: the token, or None where each call brings its own.
        """
        client = AsyncWebClient(
            token=token, base_url=self._url, session=self.session, retry_handlers=[], logger=LIBRARY_LOGGER
        )
        client.proxy = None
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
            async with self.session.post(response_url, json=dict(body)) as answer:
                if answer.status >= 400:
                    raise Refused(f"response_url: HTTP {answer.status}")

    async def close(self) -> None:
        """Closes the pool."""
        if self._session is not None:
            await self._session.close()
