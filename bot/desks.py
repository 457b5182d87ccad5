"""Desks, who belongs to them, the channels they use, and the codes that let a channel or person in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.places import Person, Place


class DeskKind(StrEnum):
    """Who runs a desk."""

    PREFECTURE = "prefecture"
    CITY = "city"  # a city, ward, town or village
    JOINT = "joint"  # several local governments together
    OUTSOURCED = "outsourced"  # run by another body; often without a local government's mail domain
    WITHOUT = "without"  # a local government that has no desk; its staff may ask and refer all the same


class Role(StrEnum):
    """What somebody is to the assistant."""

    COUNSELLOR = "counsellor"
    COORDINATOR = "coordinator"
    AGENCY = "agency"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A consultation desk.

    Args:
        id: chosen by who imports it ("13-shinjuku"); stays.
        name: as shown.
        prefecture: full name of its prefecture.
        municipalities: codes of the local governments it serves (5 or 6 digits), several for a joint desk.
        kind: who runs it.
        languages: BCP-47 codes in which it consults.
        hours: days and hours, as shown.
        contact: how it is reached, as shown.
    """

    id: str
    name: str
    prefecture: str
    municipalities: tuple[str, ...] = ()
    kind: DeskKind = DeskKind.CITY
    languages: tuple[str, ...] = ()
    hours: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What somebody is.

    Args:
        person: who.
        role: what.
        desk: id of a counsellor's desk, else "".
        bureau: id of a coordinator's bureau, else "".
        since: when they became that; None for who did before it was kept.
    """

    person: Person
    role: Role
    desk: str = ""
    bureau: str = ""
    since: datetime | None = None


class Listening(StrEnum):
    """What the assistant replies to in a channel."""

    MENTIONS = "mentions"  # only when addressed, and in threads where it already replied
    QUESTIONS = "questions"  # whatever reads like a question
    SILENT = "silent"  # nothing


class Audience(StrEnum):
    """Who sees its answers in a channel."""

    THREAD = "thread"  # everybody, in the thread
    ASKER = "asker"  # only who asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What holds in one channel.

    Args:
        place: the channel itself.
        desk: id of the desk that it belongs to; "" for none.
        bureau: id of the bureau whose coordinators are met there; "" for none.
        listening: what is replied to.
        audience: who sees answers.
        language: BCP-47 code to show sections in beside Japanese, or "".
        gone: True after the assistant was removed from it.
        name: what it is called, where the platform told it; `bot.desk_ports.Desks.name_channel` alone sets it.
    """

    place: Place
    desk: str = ""
    bureau: str = ""
    listening: Listening = Listening.MENTIONS
    audience: Audience = Audience.THREAD
    language: str = ""
    gone: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A code that links a channel or person to a desk or bureau; only its hash is kept.

    Args:
        role: what its holder becomes.
        desk: the desk, for a counsellor.
        bureau: the bureau, for a coordinator.
        until: not after then.
        uses: how often it can still be used.
    """

    role: Role
    until: datetime
    desk: str = ""
    bureau: str = ""
    uses: int = 1
