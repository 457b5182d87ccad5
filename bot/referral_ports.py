"""What referrals need from outside: where they are kept, the rosters, holidays, and the gate to the outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.places import Person
from bot.referrals import Entry, Referral, Shift, State

#: Id and version of a referral.
Version = tuple[str, int]


class Referrals(Protocol):
    """Referrals and their history, within a unit of work."""

    async def add(self, referral: Referral) -> Referral:
        """Keeps a draft. Returns it with its number."""

    async def referral(self, referral: str) -> Referral | None:
        """One by its id, or None."""

    async def change(self, referral: Referral) -> bool:
        """Writes a referral whose version was counted up by one.

        Returns:
            False, having written nothing, if somebody else changed it meanwhile.
        """

    async def tell(self, entry: Entry) -> None:
        """Adds to a referral's history."""

    async def history(self, referral: str) -> Sequence[Entry]:
        """A referral's history, oldest first."""

    async def of_desk(self, desk: str, states: frozenset[State], limit: int = 50) -> Sequence[Referral]:
        """A desk's referrals in these states, the oldest first."""

    async def of_bureau(self, bureau: str, states: frozenset[State], limit: int = 50) -> Sequence[Referral]:
        """A bureau's referrals in these states, the oldest first; never drafts."""

    async def resolved(self, desk: str, bureau: str, limit: int) -> Sequence[Version]:
        """Resolved referrals that a side may find again, the newest first: answered, and not erased.

        Args:
            desk: id of the desk whose they are, or "".
            bureau: id of the bureau that answered them over the network, or "".
            limit: how many at most.
        """

    async def open_counts(self, now: datetime, *, desk: str = "", bureau: str = "") -> tuple[int, int]:
        """How many open referrals a desk or a bureau has, and how many of these are overdue."""

    async def due(self, now: datetime, limit: int = 50) -> Sequence[Referral]:
        """Open referrals whose `remind` is reached, the longest ago first."""

    async def unmet(self, limit: int = 50) -> Sequence[Referral]:
        """Referrals that wait for a bureau whose card found its channel gone, the oldest first."""

    async def orphaned(self, limit: int = 50) -> Sequence[Referral]:
        """Referrals that were taken by who is no coordinator of the bureau in charge any more, the oldest first."""

    async def unheard(self, limit: int = 50) -> Sequence[Referral]:
        """Open referrals that were asked aside, of whose last step nobody is there to be told; the oldest first."""

    async def erase(self, before: datetime) -> int:
        """Erases free text of referrals that ended before then; counts and states stay. Returns how many."""


class Roster(Protocol):
    """Who is on duty at a bureau, who stands in, who is away; and where the bureau is met."""

    async def put(self, shift: Shift) -> None:
        """Adds a stretch."""

    async def remove(self, shift: str) -> bool:
        """Removes one. False if there is none of this id."""

    async def of(self, bureau: str, day: date) -> Sequence[Shift]:
        """The stretches that hold on a day, and later ones."""

    async def release(self, person: Person) -> None:
        """Removes all stretches of somebody, at whatever bureau."""

    async def coordinators(self, bureau: str) -> Sequence[Person]:
        """Everybody enrolled as the bureau's coordinator."""


class Holidays(Protocol):
    """Knows Japan's public holidays."""

    def __contains__(self, day: date) -> bool:
        """Whether a day is one (substitute holidays included)."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it may leave a desk.

    Args:
        text: the text with labels in the place of what identifies somebody.
        kinds: what kinds of things were masked, for the author's eyes.
        hidden: the words that should have stayed in it and are masked all the same, wholly or in part.
    """

    text: str
    kinds: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


class Gate(Protocol):
    """Masks what identifies somebody. One story keeps one set of labels over all its texts."""

    def mask(
        self, texts: Sequence[str], further: Sequence[str] = (), kept: Sequence[str] = (), own: int = 1
    ) -> Sequence[Masked]:
        """Masks several texts of one story. Takes a while: called off the event loop.

        Args:
            texts: as written.
            further: words that the author wants masked too.
            kept: words that shall stay in the last texts, as far as they are what an office can have. What is masked
                in any other text stays masked in these too.
            own: how many of the texts, from the end, are those.
        """


class ResolvedSearch(Protocol):
    """Searches resolved referrals; `adapters.resolved.ResolvedSearch` is one."""

    def unknown(self, versions: Sequence[Version]) -> Sequence[Version]:
        """Which of these were not given to `find` yet."""

    def find(
        self, question: str, versions: Sequence[Version], given: Sequence[Referral], limit: int
    ) -> Sequence[Referral]:
        """Those that answer a question, best first. Takes milliseconds: called off the event loop.

        Args:
            question: as it was searched in the documents.
            versions: which to search.
            given: those of them that were unknown.
            limit: how many at most.
        """
