"""What stands in the rooms: messages, and where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.places import Place
from bot.posts import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as it stands.

    Args:
        id: 32 hexadecimal digits; of the assistant's messages, the id of the delivery.
        place: where it stands.
        author: id of the person who wrote it; "" for the assistant.
        post: what it says.
        at: when it was written, with time zone.
        position: place in the order in which messages were written.
        revision: grows with every message written or changed, over all rooms and processes.
    """

    id: str
    place: Place
    author: str
    post: Post
    at: datetime
    position: int
    revision: int


class Messages(Protocol):
    """Keeps what stands in the rooms; `adapters.database.console.ConsoleMessages` is one."""

    async def say(self, message: str, place: Place, author: str, post: Post, at: datetime) -> Said:
        """Writes a message. One of this id that stands already stays as it is, and is returned.

        Raises:
            StoreUnavailable: nothing was written.
        """

    async def change(self, message: str, post: Post) -> bool:
        """Shows a message in a new state. Returns False if there is none of this id."""

    async def said(self, message: str) -> Said | None:
        """One message, or None."""

    async def latest(self, channel: str, limit: int) -> Sequence[Said]:
        """The latest messages of a channel, with the first ones of their threads, in the order of writing."""

    async def since(self, revision: int, limit: int) -> Sequence[Said]:
        """What was written or changed after a revision, the earliest first."""

    async def revision(self) -> int:
        """The latest revision, 0 where nothing was ever said."""
