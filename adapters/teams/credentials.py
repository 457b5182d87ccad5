"""Tokens for what is sent: fetched without blocking the event loop, kept for each application and scope.

The SDK builds credentials anew on every turn, and MSAL behind it asks for two discoveries and a token each time, in
the event loop (a third of a second). The client-credentials grant (RFC 6749, section 4.4) is one request.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botframework.connector.auth import ServiceClientCredentialsFactory
from msrest.pipeline.async_abc import AsyncHTTPPolicy

from adapters.teams.config import CONNECTOR_SCOPE, Registration, TeamsConfig, is_trustworthy
from adapters.teams.failures import TokenRefused, error_code, retry_after, told_apart
from adapters.teams.web import Web
from bot.errors import Throttled, Unavailable, Unclear

#: Seconds before its end when a token is replaced: clocks differ, and a request takes its time.
MARGIN = 300


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    until: float


class Tokens:
    """Application tokens.

    Args:
        config: registrations, and where tokens are had.
        web: what requests are made with.
        clock: seconds that only ever go up.
    """

    def __init__(self, config: TeamsConfig, web: Web, clock: Callable[[], float] = time.monotonic) -> None:
        self._config = config
        self._web = web
        self._clock = clock
        self._kept: dict[tuple[str, str], _Token] = {}
        self._locks: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def token(self, registration: Registration, scope: str) -> str:
        """A token that holds for a while.

        Args:
            registration: who sends.
            scope: for whom, without "/.default".

        Raises:
            Throttled, Unavailable: none can be had now; nothing was sent.
        """
        key = (registration.app_id, scope)
        async with self._locks[key]:  # many sends at once ask for one token only
            kept = self._kept.get(key)
            if kept is None or kept.until <= self._clock():
                kept = self._kept[key] = await self._fetch(registration, scope)
            return kept.value

    def drop(self, registration: Registration, scope: str, token: str) -> None:
        """Forgets a token that was not accepted, so that the next request has a fresh one."""
        kept = self._kept.get((registration.app_id, scope))
        if kept is not None and kept.value == token:
            del self._kept[registration.app_id, scope]

    async def _fetch(self, registration: Registration, scope: str) -> _Token:
        url = f"{self._config.login_url.rstrip('/')}/{registration.tenant_id}/oauth2/v2.0/token"
        if not is_trustworthy(url):
            raise Unavailable("tokens are had over https only")
        form = {
            "grant_type": "client_credentials",
            "client_id": registration.app_id,
            "client_secret": registration.app_password,
            "scope": f"{scope}/.default",
        }
        asked = self._clock()
        try:
            async with told_apart(), self._web.session.post(url, data=form, allow_redirects=False) as answer:
                body, status, headers = await answer.read(), answer.status, answer.headers
        except Unclear as error:  # whatever became of this request, no message was sent
            raise Unavailable(f"token endpoint: {error.reason}") from None
        if status == 429:
            raise Throttled("429 token endpoint", retry_after(headers))
        try:
            told = json.loads(body)
            return _Token(str(told["access_token"]), asked + max(0.0, float(told["expires_in"]) - MARGIN))
        except (KeyError, TypeError, ValueError):
            reason = f"{status} {error_code(body)}".strip()
        raise Unavailable(f"token endpoint: {reason} for application {registration.app_id}")


class AppCredentials(AsyncHTTPPolicy[Any, Any]):
    """Puts an application's token onto the SDK's requests; the SDK's own credentials would fetch it in the loop."""

    def __init__(self, tokens: Tokens, registration: Registration, scope: str) -> None:
        super().__init__()
        self._tokens = tokens
        self._registration = registration
        self._scope = scope

    async def send(self, request: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - msrest's own signature
        """Sends a request with a token; one that was not accepted is forgotten."""
        token = await self._tokens.token(self._registration, self._scope)
        request.http_request.headers["Authorization"] = f"Bearer {token}"
        assert self.next is not None
        try:
            return await self.next.send(request, **kwargs)
        except TokenRefused:
            self._tokens.drop(self._registration, self._scope, token)
            raise


class CredentialsFactory(ServiceClientCredentialsFactory):  # type: ignore[misc] # the SDK has no types
    """Tells the SDK which applications are ours, and gives credentials that share their tokens."""

    def __init__(self, config: TeamsConfig, tokens: Tokens) -> None:
        self._config = config
        self._tokens = tokens

    async def is_valid_app_id(self, app_id: str) -> bool:
        """Whether an application is one of ours."""
        return self._config.registration(app_id) is not None

    async def is_authentication_disabled(self) -> bool:
        """Never."""
        return False

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> AppCredentials:
        """The credentials of an application for a scope."""
        registration = self._config.registration(app_id)
        if registration is None:
            raise PermissionError("not one of our applications")
        return AppCredentials(self._tokens, registration, oauth_scope or CONNECTOR_SCOPE)
