"""All that the rest of this folder wants of the Bot Framework: one small interface.

The SDK behind it (`adapters.teams.sdk`) is at its end. Its successor, microsoft-teams-apps, speaks the same wire
protocol and takes its place by implementing `Transport`; nothing else here knows which of them it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.teams.config import Registration


class NotAuthentic(Exception):
    """A request that does not come from Teams; the text says why and holds nothing of it."""


class KeysUnavailable(Exception):
    """Nobody can tell now whether a request comes from Teams: the issuer's keys cannot be had."""


@dataclass(frozen=True, slots=True)
class Line:
    """The way to a conversation.

    Args:
        registration: as whom we speak.
        service_url: the Bot Connector that serves the conversation, from an authenticated activity.
    """

    registration: Registration
    service_url: str


class Transport(Protocol):
    """Takes activities as plain JSON, and gives them to the Bot Connector as they are.

    Whatever fails while sending is a `bot.errors.MessengerError`.
    """

    async def start(self) -> None:
        """Opens what is needed."""

    async def stop(self) -> None:
        """Closes it again."""

    async def authenticate(self, authorization: str, activity: Mapping[str, Any]) -> Registration:
        """Checks that an activity comes from Teams.

        Args:
            authorization: the request's Authorization header, or "".
            activity: the activity.

        Returns:
            The registration that it is for.

        Raises:
            NotAuthentic: it does not.
            KeysUnavailable: nobody can tell now.
        """

    async def send(self, line: Line, conversation: str, activity: Mapping[str, Any]) -> str:
        """Sends an activity into a conversation, or into a thread of it ("…;messageid=…"). Returns its id."""

    async def update(self, line: Line, conversation: str, message: str, activity: Mapping[str, Any]) -> None:
        """Puts an activity in the place of an earlier one."""

    async def open_thread(self, line: Line, channel: str, activity: Mapping[str, Any]) -> str:
        """Begins a thread in a team's channel. Returns the id of its first message."""

    async def open_direct(self, line: Line, person: str) -> str:
        """The one-to-one conversation with a person (id of the Bot Framework or of Entra); the same each time."""

    async def group_of(self, line: Line, team: str) -> str:
        """The id of a team's group in Entra, as Graph wants it."""

    async def graph_token(self, registration: Registration) -> str:
        """A token for Microsoft Graph."""
