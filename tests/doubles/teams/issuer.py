"""Who signs what comes in, and gives tokens for what is sent."""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"


@cache
def made_key(name: str) -> rsa.RSAPrivateKey:
    """A key by name; making one takes long, so each is made once for all tests."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Grant:
    """An application token: whose, for what."""

    app_id: str
    scope: str


class Issuer:
    """OpenID metadata, keys, tokens of both directions.

    Args:
        url: where it is reached; set once the server stands.
        published: ids of the keys that it tells of; `rotate` changes them.
        passwords: secrets of the applications, by application and tenant.
        asked: how often each of its addresses was asked.
        life: seconds that an application token holds.
        broken: status that all its addresses answer with, or 0.
    """

    def __init__(self) -> None:
        self.url = ""
        self.published = ["key-1"]
        self.passwords: dict[tuple[str, str], str] = {}
        self.grants: dict[str, Grant] = {}
        self.asked: Counter[str] = Counter()
        self.life = 3600
        self.broken = 0

    def rotate(self, *key_ids: str) -> None:
        """Publishes other keys."""
        self.published = list(key_ids)

    def token(self, app_id: str, service_url: str, *, key_id: str = "", key: str = "", **claims: Any) -> str:  # noqa: ANN401
        """A token as the Bot Framework puts it onto an activity.

        Args:
            app_id: whom it is for.
            service_url: what it is bound to.
            key_id: key id in its header; "" for the first published one.
            key: name of the key that signs, where that is another than its header says.
            claims: claims to set otherwise; None leaves one out.
        """
        now = int(time.time())
        told = {"iss": ISSUER, "aud": app_id, "nbf": now - 60, "exp": now + 3600, "serviceurl": service_url, **claims}
        key_id = key_id or self.published[0]
        return jwt.encode(
            {name: value for name, value in told.items() if value is not None},
            made_key(key or key_id),
            algorithm="RS256",
            headers={"kid": key_id},
        )

    def holder(self, request: web.Request, scope: str) -> Grant | None:
        """Who sends a request, or None where its token is not one for that scope."""
        grant = self.grants.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return grant if grant is not None and grant.scope == f"{scope}/.default" else None

    def add_routes(self, app: web.Application) -> None:
        """Adds its addresses."""
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._grant)

    async def _openid(self, request: web.Request) -> web.Response:
        return self._told("openid", {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        keys = [
            {**json.loads(RSAAlgorithm.to_jwk(made_key(name).public_key())), "kid": name, "endorsements": ["msteams"]}
            for name in self.published
        ]
        return self._told("keys", {"keys": keys})

    async def _grant(self, request: web.Request) -> web.Response:
        form = await request.post()
        app_id, tenant = str(form["client_id"]), request.match_info["tenant"]
        if form["grant_type"] != "client_credentials" or form["client_secret"] != self.passwords.get((app_id, tenant)):
            self.asked["token"] += 1
            return web.json_response({"error": "invalid_client", "error_description": "AADSTS7000215"}, status=401)
        token = uuid.uuid4().hex
        self.grants[token] = Grant(app_id, str(form["scope"]))
        return self._told("token", {"token_type": "Bearer", "expires_in": self.life, "access_token": token})

    def _told(self, name: str, body: object) -> web.Response:
        self.asked[name] += 1
        if self.broken:
            return web.Response(status=self.broken, text="not now")
        return web.json_response(body)
