"""What is common to all of Slack's payloads: for which workspace they are, and when they were made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

PLATFORM = "slack"

Payload = Mapping[str, Any]


def tenant_of(payload: Payload) -> str:
    """The workspace, or the organisation, in which the assistant is installed and which a payload is for."""
    by_event = (payload.get("authorizations") or [{}])[0]
    if str(by_event.get("is_enterprise_install", payload.get("is_enterprise_install"))).lower() == "true":
        enterprise = by_event.get("enterprise_id") or payload.get("enterprise_id") or payload["enterprise"]["id"]
        return str(enterprise)
    view, team = payload.get("view") or {}, payload.get("team") or {}
    tenant = (
        payload.get("context_team_id")
        or by_event.get("team_id")
        or payload.get("team_id")
        or view.get("app_installed_team_id")
        or team.get("id")
        or payload["user"]["team_id"]
    )
    return str(tenant)


def moment(seconds: str | int | None, otherwise: datetime) -> datetime:
    """A time as Slack writes it, seconds since 1970 with or without a fraction; another where it says none."""
    return datetime.fromtimestamp(float(seconds), UTC) if seconds else otherwise
