"""What the connection to Teams is set up with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

#: The audience of tokens for what is sent to the Bot Connector.
CONNECTOR_SCOPE = "https://api.botframework.com"


@dataclass(frozen=True, slots=True)
class Registration:
    """A single-tenant registration of the bot in Microsoft Entra.

    Args:
        app_id: its application id.
        app_password: its client secret; shown nowhere.
        tenant_id: the only tenant that it serves.
    """

    app_id: str
    app_password: str = field(repr=False)
    tenant_id: str

    @property
    def bot_id(self) -> str:
        """How Teams names the bot in conversations."""
        return f"28:{self.app_id}"


@dataclass(frozen=True, slots=True)
class TeamsConfig:
    """All registrations that one process serves, and where Microsoft's services are.

    Args:
        registrations: one for each tenant.
        login_url: where tokens are had for what is sent.
        openid_url: where the keys are told that tokens of what comes in are signed with.
        issuer: who issues those tokens.
        graph_url: Microsoft Graph, to see whether a message landed.

    Raises:
        ValueError: there is no registration, or an application id stands there twice.
    """

    registrations: tuple[Registration, ...]
    login_url: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    issuer: str = "https://api.botframework.com"
    graph_url: str = "https://graph.microsoft.com/v1.0"

    def __post_init__(self) -> None:
        ids = [registration.app_id for registration in self.registrations]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError("Teams needs registrations, each application id once")

    def registration(self, app_id: str) -> Registration | None:
        """The registration of an application id, or None."""
        return next((one for one in self.registrations if one.app_id == app_id), None)


def is_trustworthy(url: str) -> bool:
    """Whether secrets may be sent there: over TLS, or without leaving this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
