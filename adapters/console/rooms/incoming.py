"""Turns what the practice place's page sends into what the assistant understands. Pure: form fields in, values out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.console.rooms.people import Room, Spot
from bot.incoming import Asked, Joined, Opened, Pressed, Searched, Submitted, Way
from bot.places import Place, Receipt

#: How the assistant is addressed, in half or full width, wherever in the text.
MENTION = "@まどぐち"

#: Longest message, in characters. A question is shortened far below.
LONGEST = 4000

_MENTION = re.compile(r"[@＠]まどぐち[ 　、,:：]*")
_ID = re.compile(r"[0-9a-f]{32}")

#: What a page's form sends: the first value of each name, or all values where several may be chosen.
Fields = Mapping[str, Sequence[str]]


class Malformed(ValueError):
    """What no page of ours sends. The text names the field, never what stands in it."""


def asked(room: Room, fields: Fields, at: datetime) -> Asked:
    """A message that the person wrote.

    Args:
        room: whose person writes.
        fields: `id` (32 hexadecimal digits, the same when it is sent again), `spot`, `thread`, `text`.
        at: when, with time zone.

    Raises:
        Malformed: a field is missing or of another form.
    """
    message, thread, spot = _id(fields, "id"), _thread(fields), _spot(fields)
    bare, mentions = _MENTION.subn("", words(fields))
    if spot is Spot.DIRECT:
        way = Way.DIRECT
    elif mentions:
        way = Way.MENTION
    else:
        way = Way.THREAD if thread else Way.OVERHEARD
    # As on Slack and Teams, the reply to a message in a channel stands in the thread that the message starts.
    belongs = thread or (message if spot is Spot.CHANNEL else "")
    return Asked(
        keys=(f"console/message/{message}",),
        place=replace(room.place(spot), thread=belongs),
        person=room.person,
        text=bare.strip(),
        way=way,
        at=at,
        message=message,
    )


def words(fields: Fields) -> str:
    """What was written, the mention included, as it shall stand in the room.

    Raises:
        Malformed: there is none, or too much.
    """
    text = _first(fields, "text").strip()
    if not text or len(text) > LONGEST:
        raise Malformed("text")
    return text


def written_at(room: Room, fields: Fields) -> Place:
    """Where the person's own message stands.

    Raises:
        Malformed: a field is missing or of another form.
    """
    return replace(room.place(_spot(fields)), thread=_thread(fields))


def pressed(room: Room, fields: Fields, at: datetime) -> Pressed:
    """A button that the person pressed, or the assistant's action on a message.

    Args:
        room: whose person pressed.
        fields: `id` of the press, `spot`, `action`, `value`; `message` and its `thread` where a message holds it.
        at: when, with time zone.

    Raises:
        Malformed: a field is missing or of another form.
    """
    place = written_at(room, fields)
    message = _first(fields, "message", "")
    return Pressed(
        keys=(f"console/press/{_id(fields, 'id')}",),
        place=place,
        person=room.person,
        action=_first(fields, "action"),
        value=_first(fields, "value", ""),
        message=Receipt(place, _id(fields, "message")) if message else None,
        at=at,
    )


def submitted(room: Room, fields: Fields, at: datetime) -> Submitted:
    """A form that the person sent.

    Args:
        room: whose person sent it.
        fields: `id` of the sending, `spot`, `thread`, `form`, `state`; the form's own fields as `field.NAME`.
        at: when, with time zone.

    Raises:
        Malformed: a field is missing or of another form.
    """
    given = {name: tuple(filter(None, map(_lines, fields[name]))) for name in fields if name.startswith("field.")}
    return Submitted(
        keys=(f"console/form/{_id(fields, 'id')}",),
        direct=_spot(fields) is Spot.DIRECT,
        place=written_at(room, fields),
        person=room.person,
        form=_first(fields, "form"),
        values={name.removeprefix("field."): values for name, values in given.items() if values},
        state=_first(fields, "state", ""),
        at=at,
    )


def searched(room: Room, fields: Fields) -> Searched:
    """What the person looks for in the documents.

    Raises:
        Malformed: there is no `text`, or too much.
    """
    return Searched(place=room.place(Spot.CHANNEL), person=room.person, text=words(fields))


def opened(room: Room, *, pane: bool) -> Opened:
    """The person looks at the home, or (`pane`) begins a direct conversation."""
    return Opened(place=room.place(Spot.DIRECT), person=room.person, pane=pane)


def joined(room: Room, spot: Spot, at: datetime) -> Joined:
    """The assistant is in a conversation from now on; the same conversation is told of once."""
    place = room.place(spot)
    direct = spot is Spot.DIRECT
    return Joined(keys=(f"console/joined/{place.channel}",), place=place, at=at, person=room.person, direct=direct)


def _first(fields: Fields, name: str, default: str | None = None) -> str:
    values = fields.get(name) or ([] if default is None else [default])
    if not values:
        raise Malformed(name)
    return _lines(values[0])


def _lines(value: str) -> str:
    """What was typed; browsers send its line ends as CR LF."""
    return value.replace("\r\n", "\n")


def _id(fields: Fields, name: str) -> str:
    given = _first(fields, name)
    if not _ID.fullmatch(given):
        raise Malformed(name)
    return given


def _thread(fields: Fields) -> str:
    return _id(fields, "thread") if _first(fields, "thread", "") else ""


def _spot(fields: Fields) -> Spot:
    try:
        return Spot(_first(fields, "spot"))
    except ValueError:
        raise Malformed("spot") from None
