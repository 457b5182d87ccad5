"""The manifest from which a Slack app is made; it asks for what `adapters.slack.needs` lists and nothing else.

Format: docs.slack.dev/reference/app-manifest, and github.com/slackapi/manifest-schema for lengths.
"""

from __future__ import annotations

from adapters.slack import needs
from adapters.slack.limits import Json
from bot import sentences

NAME = "窓口アシスタント"
#: What people mention; Slack allows a-z, 0-9, "-", "_" and ".".
BOT_NAME = "madoguchi"
COMMAND = "/madoguchi"
REQUESTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

#: Its press arrives as this action, with the message's text.
LOOK_UP = "look_up"

_DESCRIPTION = "外国人相談窓口の質問に、ガイドブックなどの資料の文章と出典で答えます。"
_COMMAND = "資料で調べます。答えは、あなただけに見えます。"
_HINT = "在留カードをなくしたときは"
_LOOK_UP = "資料で調べる"
_LOOK_UP_HELP = "このメッセージの内容を資料で調べます。"
_PROMPTS = 4


class IncompleteManifestError(ValueError):
    """What was asked for needs a public address."""


def slack_manifest(*, public_url: str | None, socket: bool, distributed: bool) -> Json:
    """The manifest.

    Args:
        public_url: https address under which Slack reaches this machine, or None.
        socket: True for Socket Mode, over which requests come without a public address.
        distributed: True for many workspaces, which install the app by OAuth; else one workspace's own app.

    Raises:
        IncompleteManifestError: requests or installations over HTTP without an address.
    """
    if public_url is None and (distributed or not socket):
        raise IncompleteManifestError("public_url")
    address = (public_url or "").rstrip("/")
    requests = {} if socket else {"request_url": address + REQUESTS_PATH}
    command: Json = {"command": COMMAND, "description": _COMMAND, "usage_hint": _HINT, "should_escape": True}
    if not socket:
        command["url"] = address + REQUESTS_PATH
    oauth: Json = {"scopes": {"bot": list(needs.scopes())}}
    if distributed:
        oauth["redirect_urls"] = [address + REDIRECT_PATH]
    return {
        "display_information": {"name": NAME, "description": _DESCRIPTION, "background_color": "#1f4e79"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": BOT_NAME, "always_online": True},
            "agent_view": {
                "agent_description": _DESCRIPTION,
                "suggested_prompts": [{"title": one, "message": one} for one in sentences.EXAMPLES[:_PROMPTS]],
            },
            "shortcuts": [{"name": _LOOK_UP, "type": "message", "callback_id": LOOK_UP, "description": _LOOK_UP_HELP}],
            "slash_commands": [command],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**requests, "bot_events": list(needs.subscriptions())},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": distributed,
            "socket_mode_enabled": socket,
            # A token that is set by hand would expire within hours; only what is installed by OAuth is renewed.
            "token_rotation_enabled": distributed,
        },
    }
