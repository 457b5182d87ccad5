"""What Slack sends, in its own form, with fresh ids: docs.slack.dev/reference/events and /interaction-payloads."""

from __future__ import annotations

import itertools
import json
import time
import uuid
from typing import Any

Json = dict[str, Any]

BOT = "UBOT"

_ts = itertools.count(1)


def ts() -> str:
    """A message's id; later ones are greater."""
    return f"{int(time.time())}.{next(_ts):06d}"


def event(tenant: str, body: Json, *, enterprise: str | None = None) -> Json:
    """An event in its envelope.

    Args:
        tenant: workspace, or organisation for an installation that serves all of it.
        body: the event.
        enterprise: the workspace's organisation.
    """
    org_wide = tenant.startswith("E")
    team = "T0ANY" if org_wide else tenant
    enterprise = tenant if org_wide else enterprise
    return {
        "type": "event_callback",
        "team_id": team,
        "enterprise_id": enterprise,
        "context_team_id": team,
        "context_enterprise_id": enterprise,
        "api_app_id": "A1",
        "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": enterprise,
                "team_id": None if org_wide else team,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": org_wide,
            }
        ],
        "is_ext_shared_channel": False,
        "event": body,
    }


def mention(tenant: str, channel: str, text: str, *, user: str = "U1", thread: str = "", bot: str = BOT) -> Json:
    """Somebody addresses the assistant in a channel."""
    return event(tenant, {"type": "app_mention", **_message(channel, f"<@{bot}> {text}", user, thread)})


def message(tenant: str, channel: str, text: str, *, user: str = "U1", thread: str = "") -> Json:
    """Somebody writes in a channel, or directly where the channel begins with D."""
    kind = "im" if channel.startswith("D") else "channel"
    return event(tenant, {"type": "message", "channel_type": kind, **_message(channel, text, user, thread)})


def twin(payload: Json) -> Json:
    """The message event that Slack sends beside an app_mention: the same message, another event."""
    body = {**payload["event"], "type": "message", "channel_type": "channel"}
    return {**payload, "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}", "event": body}


def home_opened(tenant: str, user: str = "U1", tab: str = "home") -> Json:
    """Somebody opens the assistant's home, or its messages, which are the agent pane."""
    return event(tenant, {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": tab, "event_ts": ts()})


def pane_opened(tenant: str, user: str, thread: str) -> Json:
    """Somebody opens the older assistant pane."""
    pane = {"user_id": user, "channel_id": f"D{user}", "thread_ts": thread, "context": {}}
    return event(tenant, {"type": "assistant_thread_started", "assistant_thread": pane, "event_ts": ts()})


def uninstalled(tenant: str, enterprise: str | None = None) -> Json:
    """The app was removed from a workspace."""
    return event(tenant, {"type": "app_uninstalled"}, enterprise=enterprise)


def tokens_revoked(tenant: str) -> Json:
    """The bot token was revoked."""
    return event(tenant, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}})


def command(tenant: str, channel: str, text: str, user: str = "U1") -> dict[str, str]:
    """/madoguchi, as form fields."""
    return {
        "command": "/madoguchi",
        "text": text,
        "team_id": tenant,
        "channel_id": channel,
        "user_id": user,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "",
        "trigger_id": trigger(),
    }


def press(
    tenant: str,
    channel: str,
    message_ts: str,
    action: str,
    value: str = "",
    *,
    user: str = "U1",
    response_url: str = "",
    ephemeral: bool = False,
    trigger_id: str = "",
) -> Json:
    """Somebody presses a button under a message."""
    return {
        "type": "block_actions",
        **_who(tenant, user),
        "trigger_id": trigger_id or trigger(),
        "response_url": response_url,
        "container": {
            "type": "message",
            "message_ts": message_ts,
            "channel_id": channel,
            "is_ephemeral": ephemeral,
        },
        "channel": {"id": channel, "name": "general"},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": ts()}],
    }


def press_in_home(tenant: str, view: Json, action: str, user: str = "U1") -> Json:
    """Somebody presses a button in the assistant's home."""
    return {
        "type": "block_actions",
        **_who(tenant, user),
        "trigger_id": trigger(),
        "container": {"type": "view", "view_id": "V1"},
        "view": {**view, "id": "V1"},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": "", "action_ts": ts()}],
    }


def shortcut(tenant: str, channel: str, text: str, *, user: str = "U1", response_url: str = "") -> Json:
    """Somebody chooses the assistant's action on a message."""
    return {
        "type": "message_action",
        "callback_id": "look_up",
        **_who(tenant, user),
        "trigger_id": trigger(),
        "response_url": response_url,
        "action_ts": ts(),
        "channel": {"id": channel, "name": "general"},
        "message": {"type": "message", "user": "U2", "ts": ts(), "text": text},
        "message_ts": ts(),
    }


def submission(tenant: str, view: Json, values: dict[str, str], user: str = "U1") -> Json:
    """Somebody sends a form of text fields that was opened as `view`."""
    state = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}
    return {
        "type": "view_submission",
        **_who(tenant, user),
        "trigger_id": trigger(),
        "view": {**view, "id": "V1", "state": {"values": state}, "app_installed_team_id": tenant},
        "response_urls": [],
    }


def trigger() -> str:
    return f"{uuid.uuid4().hex}.1"


def malformed() -> bytes:
    """The beginning of an event."""
    return json.dumps(mention("T1", "C1", "途中で切れた")).encode()[:-20]


def _message(channel: str, text: str, user: str, thread: str) -> Json:
    own = ts()
    body: Json = {"channel": channel, "user": user, "text": text, "ts": own, "event_ts": own}
    return {**body, "thread_ts": thread} if thread else body


def _who(tenant: str, user: str) -> Json:
    return {
        "team": {"id": tenant, "domain": "example"},
        "user": {"id": user, "username": user.lower(), "team_id": tenant},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": "A1",
        "token": "unused",
    }
