"""Where people sit: a person in a channel of a platform, met as the platform meets the assistant.

    shown = await seat.presses("担当官に照会")
    shown = await shown.sends(question="…")
    assert "人物A" in shown.words

Each is driven over HTTP by what its platform sends; what somebody reads is taken from what landed there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

#: How long something may take that another task has to do.
_PATIENCE = 60.0


class Refused(AssertionError):
    """The assistant did not take what somebody did."""


class NoButton(AssertionError):
    """There is no such button where somebody looks."""


class Shown(Protocol):
    """What a person is shown at once: a form, or words."""

    @property
    def words(self) -> str:
        """All that can be read in it, what stands in its fields included."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Names of a form's fields, with their labels; none where it is no form."""

    async def sends(self, **values: str) -> Shown | None:
        """Sends the form; fields that are not named keep what stood in them; choices are named by their labels.

        Returns:
            What is shown next, or None where the form is closed.
        """


class Seat(Protocol):
    """A person in a channel."""

    async def says(self, text: str) -> None:
        """Addresses the assistant in the channel."""

    async def presses(self, label: str) -> Shown:
        """Presses the latest button with this label that opens something."""

    async def clicks(self, label: str) -> None:
        """Presses the latest button with this label that opens nothing."""

    async def looks(self) -> None:
        """Looks at the channel, where it is not seen by itself."""

    def reads(self) -> str:
        """All that stands in the channel, as it stood at the last look."""

    def messages(self) -> int:
        """How many messages stand there."""


async def soon(true: Callable[[], object]) -> None:
    """Waits until something is so; what never comes to be so fails the test."""
    async with asyncio.timeout(_PATIENCE):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another task, which tells nobody
            await asyncio.sleep(0.01)


async def hears(seat: Seat, *parts: str) -> None:
    """Waits until all of this stands in somebody's channel."""
    try:
        async with asyncio.timeout(_PATIENCE):
            while [part for part in parts if part not in seat.reads()]:
                await asyncio.sleep(0.02)
                await seat.looks()
    except TimeoutError:
        missing = [part for part in parts if part not in seat.reads()]
        raise AssertionError(f"{missing} not in:\n{seat.reads()}") from None


def all_words(shown: object, *, but: frozenset[str] = frozenset()) -> str:
    """Every text in a piece of JSON.

    Args:
        shown: the JSON.
        but: keys below which nothing is read.
    """
    match shown:
        case str():
            return shown
        case dict():
            return "\n".join(all_words(value, but=but) for key, value in shown.items() if key not in but)
        case list():
            return "\n".join(all_words(value, but=but) for value in shown)
        case _:
            return ""
