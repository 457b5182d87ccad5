"""What every activity of Teams tells in the same way: tenant, place, person, time.

A person's id is `from.aadObjectId` where Teams tells it, for it is the same for every registration and in Graph; the
ids that begin with "29:" hold for one bot only. A place's channel is the conversation without its ";messageid=…",
which in a channel is the thread's first message; group chats and personal chats have no threads.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.teams.shapes import Json, identity, mapping, string
from bot.places import Person, Place

PLATFORM = "teams"


@dataclass(frozen=True)
class Seen:
    """An activity.

    Args:
        activity: its JSON.
        bot_id: our own id, with or without its "28:".
        now: when it came in.
    """

    activity: Json
    bot_id: str
    now: datetime

    @property
    def data(self) -> Json:
        """What Teams adds to the protocol."""
        return mapping(self.activity.get("channelData"))

    @property
    def tenant(self) -> str:
        """Tenant in which it happened; "" where none is told."""
        # The SDK drops tenantId of the conversation; channelData has it in every scope.
        told = identity(mapping(self.data.get("tenant")).get("id"))
        return told or identity(mapping(self.activity.get("conversation")).get("tenantId"))

    @property
    def conversation(self) -> Json:
        """The conversation as it is told."""
        return mapping(self.activity.get("conversation"))

    @property
    def kind(self) -> str:
        """Which it is: "channel", "groupChat" or "personal"."""
        told = string(self.conversation.get("conversationType"))
        return told or ("groupChat" if self.conversation.get("isGroup") else "personal")

    @property
    def message(self) -> str:
        """Id of the activity."""
        return identity(self.activity.get("id"))

    @property
    def place(self) -> Place:
        """Where it happened; in a channel the thread, where it stands in one."""
        channel, _, root = identity(self.conversation.get("id")).partition(";messageid=")
        return self.at(channel, root if self.kind == "channel" else "")

    def at(self, channel: str, thread: str = "") -> Place:
        """A place in the same tenant."""
        return Place(platform=PLATFORM, tenant=self.tenant, channel=channel, thread=thread)

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is claimed by."""
        id_ = self.message or hashlib.sha256(json.dumps(self.activity, sort_keys=True).encode()).hexdigest()
        return (f"{PLATFORM}/activity/{self.tenant}/{self.place.channel}/{id_}",)

    @property
    def person(self) -> Person | None:
        """Who did it, or None where nobody is named."""
        sender = mapping(self.activity.get("from"))
        id_ = identity(sender.get("aadObjectId")) or identity(sender.get("id"))
        if not id_:
            return None
        # In shared channels somebody may belong to another organisation than the channel.
        return Person(platform=PLATFORM, tenant=identity(sender.get("tenantId")) or self.tenant, id=id_)

    @property
    def when(self) -> datetime:
        """When it was sent."""
        try:
            at = datetime.fromisoformat(string(self.activity.get("timestamp")))
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):  # none, or one that lies outside of the calendar
            return self.now
