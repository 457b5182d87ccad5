"""What the assistant needs from outside: somebody who answers, messengers, and a store with one unit of work.

async with store() as work:      # nothing counts until commit; leaving without it undoes all
    ...
    await work.commit()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.answer import Answer
from bot.deliveries import Delivery
from bot.desk_ports import Desks
from bot.incoming import Incoming
from bot.places import Person, Place, Receipt
from bot.posts import Post
from bot.referral_ports import Referrals, Roster
from corpus.directory import Directory


class Answerer(Protocol):
    """Answers questions over the documents; `adapters.knowledge.Knowledge` is one."""

    def answer(self, question: str, *, prefecture: str | None = None, language: str | None = None) -> Answer:
        """The answer to one question. Takes milliseconds of a processor: called off the event loop."""

    @property
    def notice(self) -> str:
        """What must be said beside an answer (that documents are out of date), or ""."""

    @property
    def directory(self) -> Directory:
        """Whom to call."""


class Messenger(Protocol):
    """Speaks on one platform. Knows no state of its own that a restart may not lose."""

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        """Says something.

        Args:
            place: where.
            post: what.
            delivery: id that travels with the message, so that `find` finds it.

        Raises:
            MessengerError: see its kinds for what to do.
        """

    async def edit(self, receipt: Receipt, post: Post) -> None:
        """Shows an earlier message in a new state. Doing it twice does no harm.

        Raises:
            MessengerError: see its kinds for what to do.
        """

    async def find(self, place: Place, delivery: str) -> Receipt | None:
        """Looks whether a message landed.

        Args:
            place: where it was sent.
            delivery: the id that it was sent with.

        Returns:
            Where it stands, or None if it surely does not.

        Raises:
            Throttled, Unavailable: cannot be told now.
            Refused: cannot be told at all (the platform lets nobody look).
            Gone: the place is no more.
        """


class Outcome(StrEnum):
    """How a question ended; every question has one."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and how it ended.

    Args:
        id: 32 hexadecimal digits.
        place: thread in which it was asked.
        person: who asked.
        question: as it was searched; "" once it was erased.
        outcome: how it ended.
        at: when it was asked, with time zone.
        desk: id of the channel's desk, or "".
        sections: section ids of the first passages shown, best first.
        delivery: id of the delivery that answers.
    """

    id: str
    place: Place
    person: Person
    question: str
    outcome: Outcome
    at: datetime
    desk: str = ""
    sections: tuple[str, ...] = ()
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An incoming that waits for its turn, or is in somebody's hands.

    Args:
        id: number in the order of arrival.
        incoming: what came in.
        attempts: how often it was taken so far, this time included.
    """

    id: int
    incoming: Incoming
    attempts: int


class Inbox(Protocol):
    """Events seen, and those that still wait for their turn."""

    async def claim(self, keys: Sequence[str], at: datetime) -> bool:
        """Marks ids as seen. Returns False, and marks none, if any of them was seen before."""

    async def keep(self, incoming: Incoming, at: datetime) -> None:
        """Keeps an event for a worker."""

    async def take(self, worker: str, now: datetime, until: datetime) -> Kept | None:
        """The next event that is due, leased to a worker until then; one whose lease ran out is due again.

        Events of one lane are taken one after the other. The lease counts from the commit.
        """

    async def done(self, kept: Kept) -> bool:
        """Ends an event; its text is erased.

        Returns:
            False if it had ended already, or was taken again meanwhile (its lease ran out; `kept.attempts` tells):
            then somebody else answers it, and nothing of this unit of work may be committed.
        """

    async def later(self, kept: Kept, due: datetime, reason: str) -> None:
        """Puts an event back until then; does nothing where `done` would return False."""


class Outbox(Protocol):
    """Posts owed. `adapters.sending` is what sends them."""

    async def owe(self, place: Place, post: Post, now: datetime, *, edits: str = "", under: str = "") -> str:
        """Owes a post to a place from the moment of the commit.

        Args:
            place: where it belongs; without channel and with `only_to`, the person's own conversation.
            post: what is to be said.
            now: when.
            edits: id of the delivery whose message it replaces, or "".
            under: id of the delivery whose message begins the thread that it belongs in, or "" (then `place.thread`
                says it). It waits for that one, and dies with it.

        Returns:
            The delivery's id.
        """

    async def delivery(self, delivery: str) -> Delivery | None:
        """One delivery, or None."""

    async def dead(self, limit: int = 100) -> Sequence[Delivery]:
        """Deliveries that failed or whose place is gone, the newest first."""

    async def retry(self, delivery: str, now: datetime) -> bool:
        """Makes a dead delivery wait again. Returns False if it is not dead, or its text was erased."""

    async def counts(self) -> Mapping[str, int]:
        """Deliveries by state."""


class Exchanges(Protocol):
    """Questions and how they ended."""

    async def record(self, exchange: Exchange) -> None:
        """Keeps one."""

    async def exchange(self, exchange: str) -> Exchange | None:
        """One by its id, or None."""

    async def in_thread(self, place: Place, limit: int = 5) -> Sequence[Exchange]:
        """The latest of a thread (in a direct conversation: of its channel) that `place.only_to` saw, newest first."""

    async def open_of(self, desk: str, since: datetime, limit: int = 20) -> Sequence[Exchange]:
        """A desk's questions that found no answer since then, the oldest first."""

    async def counts(self, desk: str, since: datetime) -> Mapping[str, int]:
        """A desk's questions since then, by outcome."""


class Audit(Protocol):
    """What was done, by whom, when. Rows are only ever added."""

    async def note(self, what: str, person: Person | None, about: str, at: datetime) -> None:
        """Adds a row.

        Args:
            what: the verb ("link_channel").
            person: who did it, or None for the command line and the program itself.
            about: id of what it was done to.
            at: when.
        """

    async def count(self, what: str, person: Person, since: datetime) -> int:
        """How often somebody did something since then."""


class Work(Protocol):
    """A unit of work: all that is done through it counts at `commit`, or not at all."""

    @property
    def inbox(self) -> Inbox:
        """Events."""

    @property
    def outbox(self) -> Outbox:
        """Posts owed."""

    @property
    def desks(self) -> Desks:
        """Desks and who belongs to them."""

    @property
    def referrals(self) -> Referrals:
        """Referrals and their history."""

    @property
    def roster(self) -> Roster:
        """Who is on duty at a bureau."""

    @property
    def exchanges(self) -> Exchanges:
        """Questions and how they ended."""

    @property
    def audit(self) -> Audit:
        """What was done."""

    async def commit(self) -> None:
        """Makes it count.

        Raises:
            StoreUnavailable: it does not count.
        """


class Store(Protocol):
    """Opens units of work."""

    def __call__(self) -> AbstractAsyncContextManager[Work]:
        """A unit of work; left without `commit` it is undone.

        Raises:
            StoreUnavailable: the database cannot be reached, is locked or full.
        """
