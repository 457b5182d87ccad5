"""Whether what comes in comes from Teams: the SDK's checks, with their defects mended.

The SDK (botframework-connector 4.17.1) lets any fault of a token rise as an error of its own kind, which a web server
answers with 500; it breaks on an unknown key id instead of asking for new keys; it fetches keys in the event loop; it
skips the check of `serviceUrl` where an activity has none; it takes tokens without an expiry, and those of the
emulator and of other bots. Rules: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt
from botbuilder.schema import Activity, ChannelAccount
from botframework.connector.auth import AuthenticationConfiguration, BotFrameworkAuthenticationFactory
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from adapters.teams.config import CONNECTOR_SCOPE, Registration, TeamsConfig, is_trustworthy
from adapters.teams.credentials import CredentialsFactory
from adapters.teams.keys import SigningKeys
from adapters.teams.transport import KeysUnavailable, NotAuthentic

#: Azure gives every bot Web Chat and Direct Line beside Teams, where whoever holds a link can choose tenant and person.
CHANNEL = "msteams"


class Authentication:
    """Checks tokens.

    Args:
        config: registrations, issuer, and where keys are told.
        keys: the issuer's keys.
        credentials: tells the SDK which applications are ours.
    """

    def __init__(self, config: TeamsConfig, keys: SigningKeys, credentials: CredentialsFactory) -> None:
        self._config = config
        self._keys = keys
        self._sdk = BotFrameworkAuthenticationFactory.create(
            to_channel_from_bot_login_url=config.login_url,
            to_channel_from_bot_oauth_scope=CONNECTOR_SCOPE,
            to_bot_from_channel_token_issuer=config.issuer,
            oauth_url=CONNECTOR_SCOPE,
            to_bot_from_channel_open_id_metadata_url=config.openid_url,
            to_bot_from_emulator_open_id_metadata_url=config.openid_url,
            credential_factory=credentials,
            auth_configuration=AuthenticationConfiguration(),
        )

    def start(self) -> None:
        """Puts our keys where the SDK looks for its own, which it would fetch in the event loop."""
        JwtTokenExtractor.metadataCache[self._config.openid_url] = self._keys

    def stop(self) -> None:
        """Takes them away again."""
        if JwtTokenExtractor.metadataCache.get(self._config.openid_url) is self._keys:
            del JwtTokenExtractor.metadataCache[self._config.openid_url]

    async def check(self, authorization: str, activity: Mapping[str, Any]) -> Registration:
        """Checks that an activity comes from Teams, for one of our registrations and its tenant.

        Args:
            authorization: the request's Authorization header, or "".
            activity: the activity.

        Returns:
            The registration that it is for.

        Raises:
            NotAuthentic: it is not.
            KeysUnavailable: the issuer's keys cannot be had, so nobody can tell.
        """
        service_url = activity.get("serviceUrl")
        if not isinstance(service_url, str) or not is_trustworthy(service_url):
            raise NotAuthentic("no service URL that could be trusted")
        if activity.get("channelId") != CHANNEL:
            raise NotAuthentic("another channel than Teams")
        claims = await self._claims(authorization, service_url)
        if "exp" not in claims:
            raise NotAuthentic("a token without end")
        registration = self._config.registration(str(claims.get("aud")))
        if registration is None or _recipient(activity) not in ("", registration.bot_id):
            raise NotAuthentic("for another bot")
        if tenant_of(activity) not in ("", registration.tenant_id):
            raise NotAuthentic("from another tenant")
        return registration

    async def _claims(self, authorization: str, service_url: str) -> Mapping[str, Any]:
        try:
            # Before the SDK sees it: a token of another issuer would be taken for an emulator's or another bot's.
            scheme, _, token = authorization.partition(" ")
            issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
            if scheme != "Bearer" or issuer != self._config.issuer:
                raise NotAuthentic("another issuer")
            # The SDK's model of a whole activity breaks on what it does not know; the checks need these three only.
            about = Activity(channel_id=CHANNEL, service_url=service_url, recipient=ChannelAccount())
            result = await self._sdk.authenticate_request(about, authorization)
        except (NotAuthentic, KeysUnavailable):
            raise
        except Exception as error:  # the SDK raises PermissionError, KeyError, plain Exception, and PyJWT's own
            raise NotAuthentic(type(error).__name__) from None
        claims: Mapping[str, Any] = result.claims_identity.claims
        return claims


def tenant_of(activity: Mapping[str, Any]) -> str:
    """The tenant that an activity comes from, or "" where it does not say; the SDK's model drops it."""
    for path in (("channelData", "tenant", "id"), ("conversation", "tenantId")):
        found: Any = activity
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, str) and found:
            return found
    return ""


def _recipient(activity: Mapping[str, Any]) -> str:
    recipient = activity.get("recipient")
    return str(recipient.get("id") or "") if isinstance(recipient, Mapping) else ""
