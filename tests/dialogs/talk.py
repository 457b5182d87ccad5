"""A talk with the assistant, as a test that a counsellor could read.

    await talk.says("田中", "在留カードをなくしました")
    talk.hears("14日以内")

Behind it stand the real reception, store, worker's steps and sender; only the platform is a list of posts.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.sending import Sender
from bot import labels
from bot.incoming import Asked, Incoming, Joined, Left, Opened, Pressed, Submitted, Way
from bot.places import Person, Place
from bot.ports import Answerer, Kept
from bot.posts import Block, Button, Buttons, Cited, Contacts, Document, Fields, Folded, Form, Post, Quote, Text
from bot.reactions import Reaction, ShowForm
from bot.reception import Reception
from tests.dialogs.town import knowledge
from tests.fakes_means import means_of
from tests.fakes_messenger import FakeMessenger, Said

_NUMBERS = itertools.count(1)


@dataclass
class Clock:
    """Stands still until a test lets time pass."""

    time: datetime = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


class Talk:
    """People and the assistant in the rooms of one workspace.

    Args:
        database: holds what the assistant knows of them.
        answerer: answers questions.
        tenant: id of the workspace.
    """

    def __init__(self, database: Database, answerer: Answerer, tenant: str = "T1") -> None:
        self.database = database
        self.store = SqlStore(database)
        self.clock = Clock()
        self.platform = FakeMessenger()
        self.tenant = tenant
        self.woken = 0
        self.heard: list[Said] = []
        self.reception = Reception(means_of(self.store, answerer, self.clock), wake=self._wake)
        self._sender = Sender(
            SqlQueue(database, {}), {"slack": self.platform}, worker="test", now=self.clock, random=lambda: 0.5
        )
        self._read = 0

    def _wake(self) -> None:
        self.woken += 1

    def person(self, name: str) -> Person:
        return Person(platform="slack", tenant=self.tenant, id=name)

    def place(self, channel: str = "相談", thread: str = "") -> Place:
        return Place(platform="slack", tenant=self.tenant, channel=channel, thread=thread)

    async def says(
        self, name: str, text: str, *, way: Way = Way.MENTION, channel: str = "相談", thread: str = ""
    ) -> str:
        """Somebody writes something; what follows from it happens. Returns the id of the thread it stands in."""
        message = f"m{next(_NUMBERS)}"
        threadless = way in (Way.DIRECT, Way.COMMAND)
        stands = thread or ("" if threadless else message)
        channel = f"D-{name}" if way is Way.DIRECT else channel
        await self.happens(
            Asked(
                keys=(f"slack/message/{message}",),
                place=self.place(channel, stands),
                person=self.person(name),
                text=text,
                way=way,
                at=self.clock(),
                message=message,
            )
        )
        return stands

    async def presses(self, name: str, label: str) -> Reaction | None:
        """Somebody presses a button of the latest post."""
        said = self.platform.said[-1]
        button = next(button for button in buttons(said.post.blocks) if button.label == label)
        return await self.happens(
            Pressed(
                keys=(f"slack/press/{next(_NUMBERS)}",),
                place=said.receipt.place,
                person=self.person(name),
                action=button.action,
                value=button.value,
                at=self.clock(),
                message=said.receipt,
            )
        )

    async def fills(self, name: str, form: Form, place: Place, **values: str) -> Reaction | None:
        """Somebody sends a form; a field that is not named keeps what stood in it."""
        stood = {one.name: tuple(one.value) if isinstance(one.value, tuple) else (one.value,) for one in form.inputs}
        return await self.happens(
            Submitted(
                keys=(f"slack/form/{next(_NUMBERS)}",),
                place=place,
                person=self.person(name),
                form=form.name,
                at=self.clock(),
                values={**stood, **{field: (value,) for field, value in values.items()}},
                state=form.state,
                direct=place.channel.startswith("D-"),
            )
        )

    async def opens_home(self, name: str) -> Reaction | None:
        return await self.happens(Opened(place=self.place(f"D-{name}"), person=self.person(name)))

    async def joins(self, channel: str = "相談", *, direct: bool = False) -> None:
        await self.happens(
            Joined(keys=(f"slack/event/{next(_NUMBERS)}",), place=self.place(channel), at=self.clock(), direct=direct)
        )

    async def leaves(self, channel: str = "相談") -> None:
        await self.happens(
            Left(
                keys=(f"slack/event/{next(_NUMBERS)}",),
                platform="slack",
                tenant=self.tenant,
                at=self.clock(),
                channel=channel,
            )
        )

    async def happens(self, incoming: Incoming) -> Reaction | None:
        """Something comes in, and all that follows from it happens."""
        reaction = await self.reception.receive(incoming)
        await self.settles()
        return reaction

    async def settles(self) -> None:
        """What is kept is handled, what is owed is sent; what was said before counts as heard."""
        self._read = len(self.platform.said)
        while kept := await self.takes():
            await self.reception.handle(kept)
        await self._sender.drain()
        self.heard = self.platform.said[self._read :]

    async def takes(self) -> Kept | None:
        """The next event of the inbox, as a worker takes it."""
        now = self.clock()
        async with self.store() as work:
            kept = await work.inbox.take("test", now, now + timedelta(minutes=1))
            await work.commit()
        return kept

    def passes(self, **time: float) -> None:
        """Time passes."""
        self.clock.time += timedelta(**time)

    def hears(self, *parts: str, only: str = "", thread: str | None = None) -> Post:
        """Exactly one post came, which holds all this, seen by one person only where `only` says so."""
        assert len(self.heard) == 1, [text_of(said.post.blocks) for said in self.heard]
        said = self.heard[0]
        text = text_of(said.post.blocks)
        missing = [part for part in parts if part not in text]
        assert not missing, f"{missing} not in:\n{text}"
        assert said.receipt.place.only_to == only
        assert thread in (None, said.receipt.place.thread)
        return said.post

    def hears_nothing(self) -> None:
        """Nothing came."""
        assert not self.heard, [text_of(said.post.blocks) for said in self.heard]


def form_of(reaction: Reaction | None) -> Form:
    """The form that a reaction opens."""
    assert isinstance(reaction, ShowForm), reaction
    return reaction.form


def buttons(blocks: Iterable[Block]) -> list[Button]:
    """All buttons of a post."""
    return [button for block in blocks if isinstance(block, Buttons) for button in block.buttons]


def text_of(blocks: Iterable[Block]) -> str:
    """All that a person can read in a post."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Text():
            return [block.text]
        case Quote():
            return [block.by, block.text]
        case Cited(citation):
            return [labels.source(citation), labels.heading(citation), citation.text, *citation.notices]
        case Contacts():
            return [block.title, *(f"{contact.name} {contact.number}" for contact in block.contacts)]
        case Fields():
            return [f"{field.label}：{field.value}" for field in block.fields]
        case Buttons():
            return [f"[{button.label}]" for button in block.buttons]
        case Folded():
            return [block.title, text_of(block.blocks)]
        case Document():
            return [block.title]


@asynccontextmanager
async def a_talk(folder: Path, answerer: Answerer | None = None) -> AsyncIterator[Talk]:
    """A talk over a database of its own.

    Args:
        folder: where the database lies.
        answerer: answers questions; by default from `tests.dialogs.town`.
    """
    database = await open_database(f"sqlite:///{folder}/state.db")
    try:
        yield Talk(database, answerer or knowledge())
    finally:
        await database.close()
