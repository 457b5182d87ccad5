"""What comes in from people and platforms: a few frozen values, the same from every platform.

Each platform has a pure function that makes these of its payloads, tested on recorded ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.places import Person, Place, Receipt


class Way(StrEnum):
    """How words reached the assistant."""

    MENTION = "mention"  # it was addressed in a channel or thread
    DIRECT = "direct"  # one to one, the agent pane included
    COMMAND = "command"  # a slash command
    THREAD = "thread"  # in a thread, not addressed
    OVERHEARD = "overheard"  # in a channel, not addressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody wrote something.

    Args:
        keys: ids that must all be new, or it was seen before: the event's, and the message's own.
        place: where the reply belongs: in a channel the thread that the message starts or stands in.
        person: who wrote it.
        text: what they wrote, without the mention of the assistant and without markup.
        way: how it came.
        message: the platform's id of the message; "" for a command.
        at: when it was written, with time zone.
    """

    keys: tuple[str, ...]
    place: Place
    person: Person
    text: str
    way: Way
    at: datetime
    message: str = ""
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Somebody pressed a button, or chose the assistant's action on a message.

    Args:
        keys: ids that must all be new.
        place: where the button's message stands.
        person: who pressed.
        action: the button's action; "look_up" for the action on any message.
        value: the button's value; for "look_up" the message's text, without markup.
        message: the message that holds the button, or None where there is none.
        at: when, with time zone.
    """

    keys: tuple[str, ...]
    place: Place
    person: Person
    action: str
    at: datetime
    value: str = ""
    message: Receipt | None = None
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Somebody sent a form.

    Args:
        keys: ids that must all be new.
        place: where the form was opened from; for a form opened at no message, the person's direct conversation.
        person: who sent it.
        form: the form's name.
        values: values by field; a field left empty has none.
        at: when, with time zone.
        state: the form's state, as given.
        direct: True where it was opened from a conversation with one person.
    """

    keys: tuple[str, ...]
    place: Place
    person: Person
    form: str
    at: datetime
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: str = ""
    direct: bool = False
    kind: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The assistant was added to a channel, chat or workspace; or somebody opened a first conversation with it.

    Args:
        keys: ids that must all be new.
        place: where it is now.
        at: when, with time zone.
        person: who added it, or None where the platform does not say.
        direct: True for a conversation with one person.
    """

    keys: tuple[str, ...]
    place: Place
    at: datetime
    person: Person | None = None
    direct: bool = False
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The assistant was removed from a channel, or from a whole workspace or tenant, or the channel was archived.

    Args:
        keys: ids that must all be new.
        platform: name of the platform.
        tenant: workspace or tenant.
        at: when, with time zone.
        channel: the channel; "" for the whole workspace or tenant.
    """

    keys: tuple[str, ...]
    platform: str
    tenant: str
    at: datetime
    channel: str = ""
    kind: Literal["left"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody opened the assistant's home, or a fresh conversation in the agent pane. Nothing is owed for it.

    Args:
        place: the person's direct conversation.
        person: who opened it.
        pane: True for the agent pane, which wants prompts; False for the home.
    """

    place: Place
    person: Person
    pane: bool = False
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Somebody searches the documents from where they write (message extension). Nothing is owed for it.

    Args:
        place: where they write.
        person: who searches.
        text: what they typed so far.
    """

    place: Place
    person: Person
    text: str
    kind: Literal["searched"] = "searched"


Incoming = Asked | Pressed | Submitted | Joined | Left | Opened | Searched
