"""Slack's events as `bot.incoming`: what people write, and where the assistant comes and goes.

Format: docs.slack.dev/apis/events-api. In a shared channel people may belong to another workspace than the one in
which the assistant is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.slack.payloads import PLATFORM, Payload, moment, tenant_of
from adapters.slack.wording import mentions, plain
from bot.incoming import Asked, Incoming, Joined, Left, Opened, Way
from bot.places import Person, Place

#: Messages that people write; all other subtypes are Slack's own words, changes and deletions.
_WRITTEN = frozenset({None, "file_share", "thread_broadcast"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event with what stands around it.

    Args:
        payload: body of the request.
        bot_user: user id of the assistant in that workspace.
        now: time of arrival.
    """

    payload: Payload
    bot_user: str
    now: datetime

    @property
    def event(self) -> Payload:
        """The event itself."""
        event: Payload = self.payload["event"]
        return event

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is claimed by."""
        return (f"slack/event/{self.payload['event_id']}",)

    @property
    def at(self) -> datetime:
        """When it happened."""
        # event_ts of some events is no time at all ("1515449522000016").
        return moment(self.payload.get("event_time"), self.now)

    @property
    def tenant(self) -> str:
        """Where the assistant is installed."""
        return tenant_of(self.payload)

    def place(self, channel: str, thread: str = "") -> Place:
        """A place on that side."""
        return Place(platform=PLATFORM, tenant=self.tenant, channel=channel, thread=thread)

    def person(self, user: str) -> Person:
        """Who did it, on whichever side."""
        tenant, theirs = self.tenant, self.event.get("user_team") or self.event.get("source_team")
        if theirs and self.payload.get("is_ext_shared_channel") and theirs not in _installed_in(self.payload):
            tenant = theirs
        return Person(platform=PLATFORM, tenant=tenant, id=user)


def _installed_in(payload: Payload) -> set[str]:
    """Ids of workspaces and organisations of the side on which the assistant is installed."""
    found = payload.get("authorizations") or [{}]
    names = ("context_team_id", "context_enterprise_id")
    return {*(one.get(name) for one in found for name in ("team_id", "enterprise_id")), *map(payload.get, names)}


def _message(envelope: Envelope) -> Asked | None:
    event, bot_user = envelope.event, envelope.bot_user
    user, ts, channel = event.get("user"), event["ts"], event["channel"]
    if event.get("subtype") not in _WRITTEN or event.get("bot_id") or "edited" in event or user in {None, bot_user}:
        return None
    written = event.get("text") or ""
    is_direct = event.get("channel_type") == "im" or channel.startswith("D")
    way = _way(is_direct, mentions(written, bot_user), event.get("thread_ts", ts) != ts)
    text = plain(written, bot_user)
    if not text and way in {Way.THREAD, Way.OVERHEARD}:
        return None
    return Asked(
        keys=(*envelope.keys, f"slack/message/{envelope.tenant}/{channel}/{ts}"),
        place=envelope.place(channel, event.get("thread_ts") or ("" if is_direct else ts)),
        person=envelope.person(user),
        text=text,
        way=way,
        at=moment(ts, envelope.now),
        message=ts,
    )


def _way(is_direct: bool, is_mentioned: bool, is_in_thread: bool) -> Way:
    if is_direct:
        return Way.DIRECT
    if is_mentioned:
        return Way.MENTION
    return Way.THREAD if is_in_thread else Way.OVERHEARD


def _joined(envelope: Envelope) -> Joined | None:
    event = envelope.event
    if event["user"] != envelope.bot_user:
        return None
    inviter = event.get("inviter")
    person = envelope.person(inviter) if inviter else None
    return Joined(keys=envelope.keys, place=envelope.place(event["channel"]), at=envelope.at, person=person)


def _left(envelope: Envelope) -> Left:
    channel = envelope.event["channel"]
    return Left(keys=envelope.keys, platform=PLATFORM, tenant=envelope.tenant, at=envelope.at, channel=channel)


def _member_left(envelope: Envelope) -> Left | None:
    return _left(envelope) if envelope.event["user"] == envelope.bot_user else None


def _uninstalled(envelope: Envelope) -> Left:
    return Left(keys=envelope.keys, platform=PLATFORM, tenant=envelope.tenant, at=envelope.at)


def _revoked(envelope: Envelope) -> Left | None:
    # Tokens of single users are none of ours.
    return _uninstalled(envelope) if envelope.event["tokens"].get("bot") else None


def _home(envelope: Envelope) -> Opened:
    event = envelope.event
    is_pane = event.get("tab") == "messages"
    return Opened(place=envelope.place(event["channel"]), person=envelope.person(event["user"]), pane=is_pane)


def _pane(envelope: Envelope) -> Opened:
    thread = envelope.event["assistant_thread"]
    place = envelope.place(thread["channel_id"], thread["thread_ts"])
    return Opened(place=place, person=envelope.person(thread["user_id"]), pane=True)


#: Who reads which event; `adapters.slack.needs` subscribes to them.
EVENTS: Mapping[str, Callable[[Envelope], Incoming | None]] = {
    "app_mention": _message,
    "message": _message,
    "member_joined_channel": _joined,
    "member_left_channel": _member_left,
    "channel_left": _left,
    "channel_archive": _left,
    "channel_deleted": _left,
    "group_left": _left,
    "group_archive": _left,
    "group_deleted": _left,
    "app_uninstalled": _uninstalled,
    "tokens_revoked": _revoked,
    "app_home_opened": _home,
    "assistant_thread_started": _pane,
}
