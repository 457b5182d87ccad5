"""Where conversations are reached: without what is kept here a bot cannot speak first.

Every authenticated activity says by which service its conversation is reached, and as whom; that may change later. It
is kept by the place's own ids, so that a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.teams.activities import PLATFORM, Seen
from adapters.teams.config import Registration, TeamsConfig
from adapters.teams.shapes import identity, mapping, string
from adapters.teams.transport import Line
from bot.errors import Gone
from bot.places import Place

CHANNEL, PERSONAL = "channel", "personal"

#: Keys whose last word is remembered, so that the table need not be asked.
_TOLD = 10_000


class Addresses(Protocol):
    """A table of small mappings; `adapters.database.addresses` is one."""

    async def remember(self, key: str, value: Mapping[str, str], /) -> None:
        """Keeps a mapping, in place of an earlier one of that key."""

    async def recall(self, key: str, /) -> Mapping[str, str] | None:
        """The mapping of a key, or None."""


@dataclass(frozen=True, slots=True)
class Reference:
    """How a conversation is reached.

    Args:
        line: service and registration.
        kind: "channel", "groupChat" or "personal".
        team: id of the channel's team; "" elsewhere, or where none was told.
        group: the team's id in Entra, or "".
        person: whose personal chat it is (id of Entra), or "".
    """

    line: Line
    kind: str
    team: str = ""
    group: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How a person is reached.

    Args:
        line: service and registration.
        id: the person's id for our bot ("29:…"), or the one of Entra.
        chat: their personal chat, or "".
    """

    line: Line
    id: str
    chat: str


class References:
    """Conversations and people seen so far.

    Args:
        config: all registrations.
        addresses: where they are kept.
    """

    def __init__(self, config: TeamsConfig, addresses: Addresses) -> None:
        self._config = config
        self._addresses = addresses
        self._told: dict[str, Mapping[str, str]] = {}

    async def note(self, seen: Seen, registration: Registration) -> None:
        """Keeps what an authenticated activity tells.

        Args:
            seen: the activity.
            registration: whom it was for.

        Raises:
            StoreUnavailable: it was not kept.
        """
        way = {"app": registration.app_id, "service": string(seen.activity.get("serviceUrl"))}
        # The message extension is used in any conversation, two other people's among them; we may be in none of them.
        ours = not is_from_extension(seen)
        person = seen.person
        if ours:
            await self._note_conversations(seen, way)
            await self._merge(_tenant_key(seen.tenant), way)
        if person is not None:
            chat = {"chat": seen.place.channel} if ours and seen.kind == PERSONAL else {}
            sender = identity(mapping(seen.activity.get("from")).get("id"))
            await self._merge(_person_key(seen.tenant, person.id), {**way, "id": sender, **chat})

    async def knows(self, place: Place) -> bool:
        """Whether we were ever addressed in a place's conversation, and so are in it."""
        return await self._addresses.recall(_conversation_key(place)) is not None

    async def conversation(self, place: Place) -> Reference:
        """How a place's conversation is reached.

        Raises:
            Gone: nothing was ever heard from there, or its registration is no more.
        """
        known = await self._addresses.recall(_conversation_key(place))
        if known is None:
            raise Gone("nothing was ever heard from this conversation, so nobody knows how to reach it")
        line = self._line(known, place.tenant)
        parts = (known.get(name, "") for name in ("kind", "team", "group", "person"))
        return Reference(line, *parts)

    async def person(self, place: Place) -> Reached:
        """How the only person of a place is reached: by their own chat, or by the service of the place or tenant.

        Raises:
            Gone: neither they nor the place was ever heard from; without a place, nobody of the tenant was.
        """
        known = await self._addresses.recall(_person_key(place.tenant, place.only_to))
        if known is None:
            return Reached(await self._line_to(place), place.only_to, "")
        return Reached(self._line(known, place.tenant), known.get("id", "") or place.only_to, known.get("chat", ""))

    async def name(self, place: Place) -> str:
        """What a channel is called, where an activity told it; else ""."""
        return (await self._addresses.recall(_conversation_key(place)) or {}).get("name", "")

    async def learn_chat(self, place: Place, reached: Reached, chat: str) -> None:
        """Keeps the personal chat that was opened with the only person of a place."""
        way = {"app": reached.line.registration.app_id, "service": reached.line.service_url}
        await self._merge(_person_key(place.tenant, place.only_to), {**way, "id": reached.id, "chat": chat})

    async def learn_group(self, place: Place, group: str) -> None:
        """Keeps the Entra id of the team of a place."""
        await self._merge(_conversation_key(place), {"group": group})

    async def _note_conversations(self, seen: Seen, way: Mapping[str, str]) -> None:
        about = {**way, "kind": seen.kind}
        if seen.kind == CHANNEL:
            team = mapping(seen.data.get("team"))
            about |= {"team": identity(team.get("id")), "group": identity(team.get("aadGroupId"))}
        elif seen.kind == PERSONAL and seen.person is not None:
            about |= {"person": seen.person.id}
        for channel in {seen.place.channel, *_further_channels(seen.data)} - {""}:
            await self._merge(_conversation_key(seen.at(channel)), {**about, "name": _name_in(seen.data, channel)})

    async def _merge(self, key: str, told: Mapping[str, str]) -> None:
        if self._told.get(key) == told:  # nearly every message tells what the one before it told
            return
        known = dict(await self._addresses.recall(key) or {})
        merged = known | {name: value for name, value in told.items() if value}
        if merged != known:
            await self._addresses.remember(key, merged)
        if len(self._told) >= _TOLD:
            self._told.clear()
        self._told[key] = told

    async def _line_to(self, place: Place) -> Line:
        if place.channel:
            return (await self.conversation(place)).line
        known = await self._addresses.recall(_tenant_key(place.tenant))
        if known is None:
            raise Gone("nobody of this tenant was ever heard from, so nobody knows how to reach this person")
        return self._line(known, place.tenant)

    def _line(self, known: Mapping[str, str], tenant: str) -> Line:
        registration = self._config.registration(known.get("app", ""))
        if registration is None or registration.tenant_id != tenant:
            raise Gone("the registration that spoke there is no longer configured")
        return Line(registration, known["service"])


def is_from_extension(seen: Seen) -> bool:
    """Whether an activity comes from the message extension, which works where the bot itself is not."""
    return string(seen.activity.get("name")).startswith("composeExtension/")


def _further_channels(data: Mapping[str, Any]) -> set[str]:
    """Channels that an activity tells of beside its conversation: one that was made, one that was chosen for us."""
    chosen = mapping(mapping(data.get("settings")).get("selectedChannel"))
    return {identity(mapping(data.get("channel")).get("id")), identity(chosen.get("id"))}


def _name_in(data: Mapping[str, Any], channel: str) -> str:
    """What a channel is called, where an activity tells it; a team's first channel has the team's id."""
    ours = (mapping(data.get(part)) for part in ("channel", "team"))
    return next((string(one["name"]) for one in ours if identity(one.get("id")) == channel and one.get("name")), "")


def _conversation_key(place: Place) -> str:
    return f"{PLATFORM}/{place.tenant}/{place.channel}"


def _tenant_key(tenant: str) -> str:
    return f"{PLATFORM}/{tenant}/"


def _person_key(tenant: str, person: str) -> str:
    return f"{PLATFORM}/{tenant}/person/{person}"
