"""The keys that the Bot Framework signs its tokens with."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from jwt.algorithms import RSAAlgorithm

from adapters.teams.config import is_trustworthy
from adapters.teams.transport import KeysUnavailable, NotAuthentic
from adapters.teams.web import Web

#: Seconds after which keys are asked for again although none is missing ("at least once every 24 hours").
FRESH = 24 * 3600

#: Seconds between two requests because a key id is unknown. New keys are published long before they sign, so that
#: this keeps up with a rotation, while made-up key ids cannot make us ask at every request.
PAUSE = 180

#: Seconds between two requests while none is answered.
PAUSE_AFTER_FAILURE = 5

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key as the SDK wants it.

    Args:
        public_key: verifies signatures.
        endorsements: the channels whose activities it may sign.
    """

    public_key: Any
    endorsements: list[str]


class SigningKeys:
    """Keys by id, fetched without blocking the event loop, once for all who wait.

    Args:
        url: OpenID metadata that tells where the keys are.
        web: what requests are made with.
        clock: seconds that only ever go up.
    """

    def __init__(self, url: str, web: Web, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._web = web
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched: float | None = None
        self._failed: float | None = None
        self._lock = asyncio.Lock()

    async def get(self, key_id: str | None) -> SigningKey:
        """The key of an id; the SDK calls this.

        Raises:
            NotAuthentic: the issuer has no such key.
            KeysUnavailable: there are no keys at all yet, and none can be had.
        """
        if not key_id:
            raise NotAuthentic("a token without key id")
        if self._is_wanted(key_id):
            async with self._lock:
                if self._is_wanted(key_id):  # somebody else may have fetched them while we waited
                    await self._refresh()
        if self._fetched is None:
            raise KeysUnavailable("no signing keys yet")
        if key_id not in self._keys:
            raise NotAuthentic("an unknown signing key")
        return self._keys[key_id]

    def _is_wanted(self, key_id: str) -> bool:
        now = self._clock()
        if self._failed is not None and now - self._failed < PAUSE_AFTER_FAILURE:
            return False
        if self._fetched is None or now - self._fetched > FRESH:
            return True
        return key_id not in self._keys and now - self._fetched > PAUSE

    async def _refresh(self) -> None:
        try:
            metadata = await self._json(self._url)
            told = await self._json(str(metadata["jwks_uri"]))
            self._keys = {str(key["kid"]): _read(key) for key in told["keys"] if key.get("kty") == "RSA"}
        except (aiohttp.ClientError, OSError, KeyError, TypeError, ValueError, jwt.PyJWTError) as error:
            # Keys that we have stay good: a service that cannot be reached must not shut everybody out.
            self._failed = self._clock()
            _logger.warning("signing keys of Teams cannot be had (%s)", type(error).__name__)
            return
        self._fetched, self._failed = self._clock(), None

    async def _json(self, url: str) -> Mapping[str, Any]:
        if not is_trustworthy(url):
            raise ValueError("keys are had over https only")
        async with self._web.session.get(url, allow_redirects=False, raise_for_status=True) as answer:
            told: Mapping[str, Any] = json.loads(await answer.read())
        return told


def _read(key: Mapping[str, Any]) -> SigningKey:
    endorsements = [str(channel) for channel in key.get("endorsements") or ()]
    return SigningKey(RSAAlgorithm.from_jwk(json.dumps(dict(key))), endorsements)
