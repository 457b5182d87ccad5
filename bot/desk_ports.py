"""Where desks, channels, members and invitations are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desks import Channel, Desk, Invitation, Member
from bot.places import Person, Place


class Desks(Protocol):
    """Desks, channels, members, invitations."""

    async def desks(self) -> Sequence[Desk]:
        """All desks, by id."""

    async def desk(self, desk: str) -> Desk | None:
        """One desk, or None."""

    async def put(self, desk: Desk) -> None:
        """Adds a desk, or replaces the one of its id."""

    async def channel(self, place: Place) -> Channel:
        """What holds in the channel of a place; the defaults where nothing was set."""

    async def set_channel(self, channel: Channel) -> None:
        """Sets what holds in a channel; its name stays."""

    async def name_channel(self, place: Place, name: str) -> None:
        """Keeps what a channel is called; nothing where nothing was ever set for it."""

    async def linked(self) -> Sequence[Channel]:
        """All channels of desks and bureaus in which the assistant is."""

    async def channels(self, desk: str) -> Sequence[Channel]:
        """The channels of a desk."""

    async def channels_of_bureau(self, bureau: str) -> Sequence[Channel]:
        """The channels in which a bureau's coordinators are met; those that are gone are left out."""

    async def leave(self, platform: str, tenant: str, channel: str, now: datetime) -> int:
        """Marks a channel ("" for all of a tenant) as gone, and ends what waits to be sent there. Returns how much."""

    async def member(self, person: Person) -> Member | None:
        """What somebody is, or None."""

    async def members(self) -> Sequence[Member]:
        """All members: by desk, bureau, and id."""

    async def enrol(self, member: Member) -> None:
        """Makes somebody a member, or changes what they are."""

    async def dismiss(self, person: Person) -> None:
        """Makes somebody a member no more."""

    async def invite(self, code: str, invitation: Invitation) -> None:
        """Keeps an invitation under its code's hash."""

    async def redeem(self, code: str, now: datetime) -> Invitation | None:
        """Uses an invitation once. None if the code is unknown, too old or used up."""
