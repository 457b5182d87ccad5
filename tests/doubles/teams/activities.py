"""Activities as Teams sends them; everything invented, the shape is the real one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Activity = dict[str, Any]


@dataclass
class Activities:
    """Makes activities for one registration.

    Args:
        app_id: the bot's application id.
        tenant: the tenant.
        service_url: the Bot Connector that it says to answer to.
        team: id of the team whose channels are meant.
        group: the team's id in Entra; "" where activities do not tell it.
    """

    app_id: str
    tenant: str
    service_url: str
    team: str = "19:team@thread.tacv2"
    group: str = ""
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1_690_000_000_001))

    def personal(self, text: str, person: str = "person-1") -> Activity:
        """Somebody writes to the bot alone."""
        return {**self._from(person), "type": "message", "text": text, "conversation": self._chat(person)}

    def mention(self, text: str, channel: str = "19:general@thread.tacv2", thread: str = "", **more: Any) -> Activity:  # noqa: ANN401
        """Somebody mentions the bot in a channel, at the beginning of a thread or within one."""
        written = self._from(more.pop("person", "person-1"))
        at = "<at>窓口</at>"
        return {
            **written,
            "type": "message",
            "text": f"{at} {text}",
            "entities": [{"type": "mention", "mentioned": {"id": f"28:{self.app_id}", "name": "窓口"}, "text": at}],
            **self._channel(channel, thread or written["id"]),
            **more,
        }

    def group_chat(self, text: str, chat: str = "19:chat@thread.v2", person: str = "person-1") -> Activity:
        """Somebody mentions the bot in a group chat."""
        conversation = {"id": chat, "conversationType": "groupChat", "isGroup": True, "tenantId": self.tenant}
        return {**self.mention(text, person=person), "conversation": conversation, "channelData": self._data()}

    def added(self, channel: str = "19:general@thread.tacv2", chosen: str = "") -> Activity:
        """The bot is added to a team, with a channel chosen for it."""
        place = self._channel(channel, "")
        if chosen:
            place["channelData"]["settings"] = {"selectedChannel": {"id": chosen}}
        place["channelData"]["eventType"] = "teamMemberAdded"
        members = [{"id": f"28:{self.app_id}"}]
        return {**self._from("person-1"), "type": "conversationUpdate", "membersAdded": members, **place}

    def invoke(self, name: str, value: Activity, *, person: str = "person-1", **more: Any) -> Activity:  # noqa: ANN401
        """Something that must be answered in the body, in a channel unless told otherwise."""
        place = self._channel("19:general@thread.tacv2", "1690000000000")
        return {**self._from(person), "type": "invoke", "name": name, "value": value, **place, **more}

    def press(self, action: str, value: str = "", *, message: str = "1690000000000", **more: Any) -> Activity:  # noqa: ANN401
        """Somebody presses a button of a card; `trigger="automatic"` is a refresh."""
        data = {"action": action, "value": value}
        told = {"action": {"type": "Action.Execute", "verb": action, "data": data}}
        return self.invoke(
            "adaptiveCard/action", {**told, "trigger": more.pop("trigger", "manual")}, replyToId=message, **more
        )

    def fetch(self, action: str, value: str = "", **more: Any) -> Activity:  # noqa: ANN401
        """Somebody presses a button that opens a dialog."""
        data = {"action": action, "value": value, "msteams": {"type": "task/fetch"}}
        return self.invoke("task/fetch", {"data": data, "context": {"theme": "default"}}, **more)

    def query(self, text: str) -> Activity:
        """Somebody types into the message extension."""
        value = {
            "commandId": "search_guidebook",
            "parameters": [{"name": "question", "value": text}],
            "queryOptions": {"skip": 0, "count": 25},
        }
        return self.invoke("composeExtension/query", value)

    def _from(self, person: str) -> Activity:
        return {
            "id": str(next(self._ids)),
            "timestamp": datetime.now(UTC).isoformat(),
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": f"29:{person}", "name": "相談員", "aadObjectId": person},
            "recipient": {"id": f"28:{self.app_id}", "name": "窓口"},
            "channelData": self._data(),
            "locale": "ja-JP",
        }

    def _data(self) -> Activity:
        return {"tenant": {"id": self.tenant}}

    def _chat(self, person: str) -> Activity:
        return {"id": f"a:{self.app_id}-{person}", "conversationType": "personal", "tenantId": self.tenant}

    def _channel(self, channel: str, thread: str) -> Activity:
        team = {"id": self.team, **({"aadGroupId": self.group} if self.group else {})}
        id_ = f"{channel};messageid={thread}" if thread else channel
        return {
            "conversation": {"id": id_, "conversationType": "channel", "isGroup": True, "tenantId": self.tenant},
            "channelData": {**self._data(), "team": team, "channel": {"id": channel}},
        }
