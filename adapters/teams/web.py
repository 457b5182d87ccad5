"""The one HTTP client of this folder."""

from __future__ import annotations

import aiohttp

#: Seconds until a connection stands, and until an answer was read. A shorter limit for a whole send is the sender's.
CONNECT, TOTAL = 5.0, 20.0


class Web:
    """Holds one aiohttp session, open between `start` and `stop`: a session needs a running event loop.

    Args:
        total: seconds until an answer must have been read.
    """

    def __init__(self, total: float = TOTAL) -> None:
        self._timeout = aiohttp.ClientTimeout(total=total, connect=CONNECT)
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Opens the session."""
        self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())

    async def stop(self) -> None:
        """Closes it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session.

        Raises:
            RuntimeError: `start` was not called.
        """
        if self._session is None:
            raise RuntimeError("not started")
        return self._session
