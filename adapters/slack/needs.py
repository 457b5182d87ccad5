"""What the assistant asks of Slack, each with the reason: scopes by method and event, events by subscription.

The manifest and the OAuth installation ask for exactly this; a test compares it with what the code uses.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A permission of the bot token.

    Args:
        name: as Slack names it.
        methods: methods of the Web API that need it.
        events: subscriptions that need it.
        surface: what of the manifest needs it ("slash_commands").
    """

    name: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    surface: tuple[str, ...] = ()


#: Messages that landed are looked for in the conversation itself before they are sent again.
_HISTORY = ("conversations.history", "conversations.replies")

#: Homes name the channels that are linked.
_NAMES = ("conversations.info",)

SCOPES = (
    Scope(name="app_mentions:read", events=("app_mention",)),
    Scope(name="assistant:write", methods=("assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts")),
    Scope(name="channels:history", methods=_HISTORY, events=("message.channels",)),
    Scope(
        name="channels:read",
        methods=_NAMES,
        events=("member_joined_channel", "member_left_channel", "channel_archive", "channel_deleted", "channel_left"),
    ),
    Scope(name="chat:write", methods=("chat.postMessage", "chat.postEphemeral", "chat.update")),
    Scope(name="commands", surface=("slash_commands", "shortcuts")),
    # A referral's hand-over sheet, into the thread of the desk.
    Scope(name="files:write", methods=("files.getUploadURLExternal", "files.completeUploadExternal")),
    Scope(name="groups:history", methods=_HISTORY, events=("message.groups",)),
    Scope(
        name="groups:read",
        methods=_NAMES,
        events=("member_joined_channel", "member_left_channel", "group_archive", "group_deleted", "group_left"),
    ),
    Scope(name="im:history", methods=_HISTORY, events=("message.im",)),
    # Who never wrote to the assistant has no conversation with it yet.
    Scope(name="im:write", methods=("conversations.open",)),
    # With include_all_metadata, in which a delivery's id travels.
    Scope(name="metadata.message:read", methods=_HISTORY),
    Scope(name="mpim:history", methods=_HISTORY, events=("message.mpim",)),
)

#: Events that need no scope.
FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")

#: Methods that need no scope of the bot token; connections are opened with the app's own.
FREE_METHODS = ("apps.connections.open", "auth.test", "views.open", "views.publish")

#: Events read where they come, but not asked for: apps have had `agent_view` since 2026 and send app_home_opened.
UNASKED_EVENTS = ("assistant_thread_started",)


def scopes() -> tuple[str, ...]:
    """Names of the scopes, as OAuth and the manifest list them."""
    return tuple(scope.name for scope in SCOPES)


def subscriptions() -> tuple[str, ...]:
    """Names of the events to subscribe to, each once."""
    return tuple(sorted({*FREE_EVENTS, *(event for scope in SCOPES for event in scope.events)}))
