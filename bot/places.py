"""Where messages stand and who writes them, as plain values that know no platform.

A platform is only a name here: it selects a messenger in `adapters.app`, nothing in this room asks which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message stands, or shall stand.

    Args:
        platform: name of the platform ("slack", "teams", "console").
        tenant: the platform's id of the workspace or tenant.
        channel: the platform's id of the channel, chat or direct conversation, within the tenant; "" for the direct
            conversation of `only_to`, whatever its id is.
        thread: id of the thread's first message; "" for the channel itself.
        only_to: id of the only person who shall see it; "" for everybody there.
    """

    platform: str
    tenant: str
    channel: str
    thread: str = ""
    only_to: str = ""

    @property
    def workspace(self) -> str:
        """What one workspace's or tenant's sends are paced by."""
        return f"{self.platform}/{self.tenant}"

    @property
    def lane(self) -> str:
        """What is sent in order and paced together: one channel, whatever its threads."""
        return f"{self.platform}/{self.tenant}/{self.channel or self.only_to}"

    def in_channel(self) -> Place:
        """The channel itself, without thread and for everybody."""
        return replace(self, thread="", only_to="")

    def privately(self, person: Person) -> Place:
        """The same place, seen by one person only."""
        return replace(self, only_to=person.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on a platform. No name is kept: ids suffice, and names are personal data.

    Args:
        platform: name of the platform.
        tenant: workspace or tenant that the person belongs to.
        id: the platform's id of the person.
    """

    platform: str
    tenant: str
    id: str

    @property
    def own_conversation(self) -> Place:
        """Where the assistant speaks to this person alone."""
        return Place(platform=self.platform, tenant=self.tenant, channel="", only_to=self.id)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a post landed.

    Args:
        place: where it stands.
        message: the platform's id of the message; "" where the platform tells none (a message seen by one person).
    """

    place: Place
    message: str
