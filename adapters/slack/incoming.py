"""Slack's payloads as `bot.incoming`: events, commands, shortcuts, presses and forms.

Formats: docs.slack.dev/reference/interaction-payloads, and `adapters.slack.events`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime

from adapters.identity import is_id
from adapters.slack.events import EVENTS, Envelope
from adapters.slack.forms import filled_in
from adapters.slack.origin import unpacked
from adapters.slack.payloads import PLATFORM, Payload, moment, tenant_of
from adapters.slack.wording import plain
from bot.incoming import Asked, Incoming, Left, Opened, Pressed, Searched, Submitted, Way
from bot.places import Person, Place, Receipt


def to_incoming(payload: Payload, *, bot_user: str, now: datetime) -> Incoming | None:
    """Reads a payload of any kind.

    Args:
        payload: body of an event (the whole envelope), of a slash command (its form fields) or of an interaction.
        bot_user: user id of the assistant in that workspace.
        now: time of arrival, for what does not say when it was.

    Returns:
        What came in; None for what does not concern the assistant, and for what lacks what it must have.
    """
    try:
        read = _read(payload, bot_user, now)
        return read if read is None or all(map(is_id, _ids(read))) else None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        # It is signed by Slack, so it is of a form that did not exist when this was written. The last two are
        # what times raise that no calendar has.
        return None


def _read(payload: Payload, bot_user: str, now: datetime) -> Incoming | None:
    if "command" in payload:
        return _command(payload, bot_user, now)
    match payload.get("type"):
        case "event_callback" if reader := EVENTS.get(payload["event"]["type"]):
            return reader(Envelope(payload, bot_user, now))
        case "block_actions":
            return _pressed(payload, now)
        case "message_action":
            return _looked_up(payload, bot_user, now)
        case "view_submission":
            return _submitted(payload, now)
    return None


def _ids(incoming: Incoming) -> Iterator[object]:
    """All that names something in it."""
    if not isinstance(incoming, Opened | Searched):
        yield from incoming.keys
    if isinstance(incoming, Left):
        yield from (incoming.tenant, incoming.channel)
        return
    yield from astuple(incoming.place)
    if incoming.person is not None:
        yield from astuple(incoming.person)
    if isinstance(incoming, Asked):
        yield incoming.message
    if isinstance(incoming, Pressed) and incoming.message is not None:
        yield incoming.message.message


def _command(payload: Payload, bot_user: str, now: datetime) -> Asked:
    person = Person(platform=PLATFORM, tenant=tenant_of(payload), id=payload["user_id"])
    place = Place(platform=PLATFORM, tenant=person.tenant, channel=payload["channel_id"])
    return Asked(
        keys=(f"slack/command/{payload['trigger_id']}",),
        # Nobody else sees a command, and it works where the assistant is no member: so does its answer.
        place=place if place.channel.startswith("D") else place.privately(person),
        person=person,
        text=plain(payload.get("text") or "", bot_user),
        way=Way.COMMAND,
        at=now,
    )


def _pressed(payload: Payload, now: datetime) -> Pressed | None:
    action, container, view = payload["actions"][0], payload["container"], payload.get("view")
    if action["type"] != "button":
        return None
    person = _presser(payload)
    if view:
        place, message = unpacked(view)[0], None
    else:
        ts = container["message_ts"]
        thread = container.get("thread_ts") or (payload.get("message") or {}).get("thread_ts") or ""
        # The first message of a thread names itself as its thread; it stands in the channel.
        place = _place(payload, container["channel_id"], "" if thread == ts else thread)
        if container.get("is_ephemeral"):
            place, ts = place.privately(person), ""
        message = Receipt(place, ts)
    return Pressed(
        keys=(f"slack/press/{payload['trigger_id']}",),
        place=place,
        person=person,
        action=action["action_id"].partition(":")[0],
        value=action.get("value") or "",
        at=moment(action.get("action_ts"), now),
        message=message,
    )


def _looked_up(payload: Payload, bot_user: str, now: datetime) -> Pressed:
    message = payload["message"]
    return Pressed(
        keys=(f"slack/press/{payload['trigger_id']}",),
        place=_place(payload, payload["channel"]["id"], message.get("thread_ts") or message["ts"]),
        person=_presser(payload),
        action=payload["callback_id"],
        value=plain(message.get("text") or "", bot_user),
        at=moment(payload.get("action_ts"), now),
    )


def _submitted(payload: Payload, now: datetime) -> Submitted:
    view = payload["view"]
    place, state = unpacked(view)
    return Submitted(
        keys=(f"slack/submission/{payload['trigger_id']}",),
        place=place,
        person=_presser(payload),
        form=view["callback_id"],
        values=filled_in(view),
        state=state,
        direct=place.channel.startswith("D"),
        at=now,
    )


def _presser(payload: Payload) -> Person:
    user, team = payload["user"], payload.get("team") or {}
    tenant, theirs = tenant_of(payload), user.get("team_id")
    # Without a team the assistant serves a whole organisation, of which any workspace may be the person's.
    if theirs and team.get("id") and theirs not in {tenant, team["id"], team.get("enterprise_id")}:
        tenant = theirs
    return Person(platform=PLATFORM, tenant=tenant, id=user["id"])


def _place(payload: Payload, channel: str, thread: str) -> Place:
    return Place(platform=PLATFORM, tenant=tenant_of(payload), channel=channel, thread=thread)
