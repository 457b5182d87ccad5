"""Methods of the Web API, as far as the assistant uses them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from typing import Any

from tests.doubles.slack.faults import Limits
from tests.doubles.slack.files import FileMethods, Refusal
from tests.doubles.slack.state import Call, Grant, Json, Message, State


class TooMany(Exception):
    """Slack asks to come back later, in so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class WebApiMethods:
    """Answers calls; `state` keeps what they change.

    Args:
        state: the double's memory.
        limits: how many posts are taken.
        socket_url: tells where Socket Mode is.
        lifetime: seconds that a rotating token lives.
    """

    def __init__(self, state: State, limits: Limits) -> None:
        self._state = state
        self._limits = limits
        self.socket_url = ""
        self.files = FileMethods(state)
        self.lifetime = 43_200
        self._methods = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._whisper,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.open": self._open,
            "conversations.info": self._info,
            "files.getUploadURLExternal": self.files.announce,
            "files.completeUploadExternal": self._share,
            "views.open": self._view,
            "views.publish": self._view,
            "assistant.threads.setStatus": self._noted,
            "assistant.threads.setSuggestedPrompts": self._noted,
        }

    def call(self, method: str, arguments: Mapping[str, Any], token: str) -> Json:
        """Does what is asked.

        Raises:
            Refusal: with Slack's code.
            TooMany: the limits are reached.
        """
        if method == "oauth.v2.access":
            return self._access(arguments)
        if method == "apps.connections.open":
            return {"ok": True, "url": f"{self.socket_url}?ticket={uuid.uuid4().hex}"}
        known = self._methods.get(method)
        if known is None:
            raise Refusal("unknown_method")
        answer = known(arguments, self._granted(token))
        self._state.calls.append(Call(method, arguments, token))
        return {"ok": True, **answer}

    def _granted(self, token: str) -> Grant:
        if not token:
            raise Refusal("not_authed")
        grant = self._state.grants.get(token)
        if grant is None:
            raise Refusal("invalid_auth")
        if grant.revoked:
            raise Refusal("token_revoked")
        if grant.expires_at <= time.time():
            raise Refusal("token_expired")
        return grant

    def _auth_test(self, _arguments: Mapping[str, Any], grant: Grant) -> Json:
        org_wide = grant.tenant.startswith("E")
        return {
            "user_id": grant.bot_user,
            "bot_id": grant.bot_id,
            "team_id": grant.tenant,
            "enterprise_id": grant.enterprise or None,
            "is_enterprise_install": org_wide,
            "url": "https://example.slack.com/",
        }

    def _post(self, arguments: Mapping[str, Any], grant: Grant) -> Json:
        message = self._landed(arguments, grant, "")
        return {"channel": message.channel, "ts": message.ts}

    def _whisper(self, arguments: Mapping[str, Any], grant: Grant) -> Json:
        if arguments["channel"] in self._state.no_member:
            raise Refusal("not_in_channel")
        return {"message_ts": self._landed(arguments, grant, arguments["user"]).ts}

    def _landed(self, arguments: Mapping[str, Any], grant: Grant, only_to: str) -> Message:
        channel = str(arguments["channel"])
        if channel in self._state.archived:
            raise Refusal("is_archived")
        if channel.startswith("X"):
            raise Refusal("channel_not_found")
        _check_message(arguments)
        if wait := self._limits.wait(grant.tenant, channel, time.monotonic()):
            raise TooMany(wait)
        message = Message(
            channel=_conversation(channel),
            ts=self._state.new_ts(),
            text=arguments.get("text") or "",
            blocks=arguments.get("blocks") or [],
            thread=arguments.get("thread_ts") or "",
            metadata=arguments.get("metadata") or {},
            only_to=only_to,
            token=grant.token,
        )
        self._state.landed.append(message)
        return message

    def _update(self, arguments: Mapping[str, Any], grant: Grant) -> Json:
        _check_message(arguments)
        for message in self._state.landed:
            if (message.channel, message.ts) == (arguments["channel"], arguments["ts"]) and not message.only_to:
                message.text, message.blocks = arguments.get("text") or "", arguments.get("blocks") or []
                message.edits += 1
                return {"channel": message.channel, "ts": message.ts}
        raise Refusal("message_not_found")

    def _share(self, arguments: Mapping[str, Any], grant: Grant) -> Json:
        channel = str(arguments["channel_id"])
        if not channel.startswith(("C", "D", "G")) or channel in self._state.no_member:
            raise Refusal("channel_not_found")
        files = self.files.shared(arguments, grant)
        message = self._landed({**arguments, "channel": channel, "text": arguments["initial_comment"]}, grant, "")
        message.files = files
        # Slack shares it a little later, so that the answer names neither channel nor message.
        return {"files": [{"id": file.id, "title": file.title} for file in files]}

    def _history(self, arguments: Mapping[str, Any], _grant: Grant) -> Json:
        if not str(arguments["channel"]).startswith(("C", "D", "G")):
            raise Refusal("channel_not_found")
        found = [one for one in self._public(arguments["channel"]) if one.thread in {"", one.ts}]
        return _page(found[::-1], arguments)

    def _replies(self, arguments: Mapping[str, Any], _grant: Grant) -> Json:
        found = [one for one in self._public(arguments["channel"]) if arguments["ts"] in {one.thread, one.ts}]
        return _page(found, arguments)

    def _public(self, channel: str) -> list[Message]:
        return [one for one in self._state.landed if one.channel == channel and not one.only_to]

    def _open(self, arguments: Mapping[str, Any], _grant: Grant) -> Json:
        return {"channel": {"id": _conversation(str(arguments["users"]))}}

    def _info(self, arguments: Mapping[str, Any], _grant: Grant) -> Json:
        name = self._state.names.get(str(arguments["channel"]))
        if name is None:
            raise Refusal("channel_not_found")
        return {"channel": {"id": arguments["channel"], "name": name, "is_mpim": name.startswith("mpdm-")}}

    def _view(self, arguments: Mapping[str, Any], _grant: Grant) -> Json:
        if str(arguments.get("trigger_id", "")).startswith("expired"):
            raise Refusal("expired_trigger_id")
        return {"view": {**arguments["view"], "id": f"V{uuid.uuid4().hex[:8]}"}}

    def _noted(self, _arguments: Mapping[str, Any], _grant: Grant) -> Json:
        return {}

    def _access(self, arguments: Mapping[str, Any]) -> Json:
        if arguments.get("grant_type") == "refresh_token":
            tenant = self._state.refresh.pop(str(arguments["refresh_token"]), None)
            if tenant is None:
                raise Refusal("invalid_refresh_token")
            old = next(one for one in self._state.grants.values() if one.tenant == tenant)
            return self._issued(old)
        grant = self._state.codes.pop(str(arguments.get("code")), None)
        if grant is None:
            raise Refusal("invalid_code")
        return self._issued(grant)

    def _issued(self, grant: Grant) -> Json:
        """A new token like another one, and how to renew it."""
        token, refresh = f"xoxe.xoxb-{uuid.uuid4().hex}", f"xoxe-1-{uuid.uuid4().hex}"
        self._state.grants[token] = Grant(
            token, grant.tenant, grant.enterprise, grant.bot_user, grant.bot_id, time.time() + self.lifetime
        )
        self._state.refresh[refresh] = grant.tenant
        org_wide = grant.tenant.startswith("E")
        return {
            "ok": True,
            "app_id": "A1",
            "token_type": "bot",
            "access_token": token,
            "refresh_token": refresh,
            "expires_in": self.lifetime,
            "scope": "chat:write",
            "bot_user_id": grant.bot_user,
            "team": None if org_wide else {"id": grant.tenant, "name": grant.tenant},
            "enterprise": {"id": grant.enterprise, "name": grant.enterprise} if grant.enterprise else None,
            "is_enterprise_install": org_wide,
            "authed_user": {"id": "UADMIN"},
        }


def _conversation(channel: str) -> str:
    """A message to a user stands in the conversation with them."""
    return f"D{channel}" if channel[:1] in {"U", "W"} else channel


def _check_message(arguments: Mapping[str, Any]) -> None:
    blocks, text = arguments.get("blocks"), arguments.get("text")
    if not blocks and not text:
        raise Refusal("no_text")
    if blocks is not None and (not isinstance(blocks, list) or len(blocks) > 50):
        raise Refusal("invalid_blocks")


def _page(found: list[Message], arguments: Mapping[str, Any]) -> Json:
    start, limit = int(arguments.get("cursor") or 0), min(int(arguments.get("limit") or 100), 15)
    with_metadata = str(arguments.get("include_all_metadata")).lower() in {"1", "true"}
    messages = [
        {
            "type": "message",
            "ts": one.ts,
            "text": one.text,
            **({"metadata": one.metadata} if with_metadata else {}),
            **(
                {"files": [{"id": file.id, "name": file.name, "title": file.title} for file in one.files]}
                if one.files
                else {}
            ),
        }
        for one in found[start : start + limit]
    ]
    rest = start + limit < len(found)
    return {
        "messages": messages,
        "has_more": rest,
        "response_metadata": {"next_cursor": str(start + limit) if rest else ""},
    }
