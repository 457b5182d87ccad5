"""Documents that posts name: who makes them, at the moment when they are sent or opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.posts import Document


@dataclass(frozen=True, slots=True)
class File:
    """A document as a file.

    Args:
        name: its name, letters of ASCII only.
        content: its bytes.
    """

    name: str
    content: bytes = field(repr=False)


class Documents(Protocol):
    """Makes documents; `adapters.documents.Sheets` is one. A messenger asks for what its platform can show."""

    async def file(self, document: Document) -> File | None:
        """The document as it is now, or None where there is nothing to hand over any more.

        Raises:
            StoreUnavailable: it cannot be told now.
        """

    async def address(self, document: Document) -> str:
        """Where whoever has the address can open it for some time; "" where there is no such place.

        Raises:
            StoreUnavailable: it cannot be told now.
        """
