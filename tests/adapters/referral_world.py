"""A process between two desks and two bureaus, and all that any of them was ever shown.

Whoever types something types a token that stands nowhere else: wherever a text comes up, it is known whose it is.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.sending import Sender
from bot.desks import Desk, Member
from bot.incoming import Asked, Incoming, Left, Opened, Pressed, Submitted, Way
from bot.places import Person, Place, Receipt
from bot.posts import ChoiceInput, Form, Post
from bot.reactions import Correct, Reaction, Replace, ShowForm, ShowHome, Whisper
from bot.reception import Reception
from bot.referrals import Referral, State
from bot.referring.deadlines import tick
from tests.adapters.referral_sides import (
    DESKS,
    PEOPLE,
    QUESTION,
    RAW,
    SIDES,
    Offered,
    Recording,
    Shown,
    Side,
    filled,
    linked,
    side_of,
)
from tests.dialogs.talk import Clock, buttons, text_of
from tests.dialogs.town import knowledge
from tests.fakes_means import WordGate, means_of


class World:
    """All of them, and the process between them.

    Args:
        folder: where the database is.
        database: the same, open.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        self.clock = Clock()
        self.platforms = {"slack": Recording(), "teams": Recording()}
        self.reactions: list[Shown] = []
        self.typed: dict[str, Side] = {}  # whose a token is
        self.forms: list[tuple[Person, Place, Form]] = []  # open on somebody's screen
        self.offered: list[Offered] = []
        self.with_bureaus: dict[str, set[str]] = {}  # the bureaus that ever had a referral
        self._read = dict.fromkeys(self.platforms, 0)
        self._numbers = itertools.count(1)
        self._start()

    @classmethod
    async def opened(cls) -> World:
        """A new world, in which everybody is enrolled and nothing has happened."""
        folder = Path(mkdtemp())
        shutil.copy(await _template(), folder / "state.db")
        return cls(folder, await open_database(f"sqlite:///{folder}/state.db"))

    async def closed(self) -> None:
        await self.database.close()
        shutil.rmtree(self.folder)

    async def restarts(self) -> None:
        """The process dies and another one begins."""
        await self.database.close()
        self.database = await open_database(f"sqlite:///{self.folder}/state.db")
        self._start()

    def _start(self) -> None:
        self.store = SqlStore(self.database)
        self.means = means_of(self.store, knowledge(), self.clock, WordGate(tuple(RAW.values())))
        self.reception = Reception(self.means, wake=lambda: None)
        self.sender = Sender(
            SqlQueue(self.database, {}), self.platforms, worker="w", now=self.clock, random=lambda: 0.5
        )

    def token(self, side: Side) -> str:
        """Something that stands nowhere else."""
        token = f"〔{side.name}-{next(self._numbers)}〕"
        self.typed[token] = side
        return token

    async def asks(self, person: Person, *, alone: bool = False) -> None:
        """Somebody asks the assistant, in their channel or alone."""
        side, number = PEOPLE[person], next(self._numbers)
        thread = "" if alone else f"t{number}"
        place = Place(platform=person.platform, tenant=person.tenant, channel=f"D-{person.id}", thread="")
        asked = Asked(
            keys=(f"m{number}",),
            place=place if alone else replace(side.channel, thread=thread),
            person=person,
            text=QUESTION,
            way=Way.DIRECT if alone else Way.MENTION,
            at=self.clock(),
            message=f"t{number}",
        )
        await self.happens(asked, side)

    async def presses(self, person: Person, offered: Offered, *, twice: bool = False) -> None:
        """Somebody presses a button, perhaps one that was never theirs to press, or twice at once."""
        for number in (next(self._numbers), next(self._numbers))[: 2 if twice else 1]:
            pressed = Pressed(
                keys=(f"p{number}",),
                place=offered.place,
                person=person,
                action=offered.button.action,
                value=offered.button.value,
                at=self.clock(),
                message=offered.message,
            )
            await self.happens(pressed, PEOPLE[person])

    async def fills(self, person: Person, place: Place, form: Form, *, twice: bool = False, anew: bool = False) -> None:
        """Somebody fills a form in and sends it, perhaps twice, or with other texts than stood in it."""
        side = PEOPLE[person]
        values = {one.name: filled(one, self.token(side), side, anew) for one in form.inputs}
        for number in (next(self._numbers), next(self._numbers))[: 2 if twice else 1]:
            submitted = Submitted(
                keys=(f"f{number}",),
                place=place,
                person=person,
                form=form.name,
                at=self.clock(),
                values={name: value for name, value in values.items() if value},
                state=form.state,
            )
            await self.happens(submitted, side)

    async def opens_home(self, person: Person) -> None:
        """Somebody opens their home."""
        place = Place(platform=person.platform, tenant=person.tenant, channel=f"D-{person.id}")
        await self.happens(Opened(place=place, person=person), PEOPLE[person])

    async def channel_ends(self, side: Side) -> None:
        """A channel is archived."""
        self.platforms[side.channel.platform].gone.add(side.channel.lane)
        place = side.channel
        number = next(self._numbers)
        left = Left(
            keys=(f"l{number}",), platform=place.platform, tenant=place.tenant, channel=place.channel, at=self.clock()
        )
        await self.happens(left, side)

    async def channel_returns(self, side: Side) -> None:
        """It is taken out of the archive, and linked as before."""
        self.platforms[side.channel.platform].gone.discard(side.channel.lane)
        async with self.store() as work:
            await work.desks.set_channel(linked(side))
            await work.commit()

    async def happens(self, incoming: Incoming, side: Side) -> None:
        """Something comes in; who sent it is shown the reaction."""
        reaction = await self.reception.receive(incoming)
        if reaction is not None:
            self._react(incoming, side, reaction)
        await self.works()

    async def works(self) -> None:
        """What is kept is handled; nothing is sent."""
        while True:
            async with self.store() as work:
                kept = await work.inbox.take("w", self.clock(), self.clock() + timedelta(minutes=1))
                await work.commit()
            if kept is None:
                break
            await self.reception.handle(kept)
        for referral in await self.referrals():
            if referral.sent is not None:
                self.with_bureaus.setdefault(referral.id, set()).add(referral.bureau)

    async def sends(self) -> None:
        """All that is due is sent."""
        await self.sender.drain()
        for name, platform in self.platforms.items():
            for receipt, post in platform.shown[self._read[name] :]:
                self._offer(side_of(receipt.place), receipt.place, receipt, post)
            self._read[name] = len(platform.shown)

    async def settles(self) -> None:
        """All that is owed is sent, however long that takes."""
        for platform in self.platforms.values():
            platform.faults.clear()
        queue = SqlQueue(self.database, {})
        await self.works()
        while (due := await queue.next_due(tuple(self.platforms))) is not None:
            self.clock.time = max(due, self.clock())
            await self.sends()

    async def passes(self, time: timedelta) -> None:
        """Time passes, and the clock is looked at."""
        self.clock.time += time
        await tick(self.means)

    async def referrals(self) -> Sequence[Referral]:
        """All there are."""
        async with self.store() as work:
            return [
                one for side in DESKS for one in await work.referrals.of_desk(side.name, frozenset(State), limit=1000)
            ]

    def everything_shown(self) -> Iterator[Shown]:
        """All that anybody was ever shown."""
        yield from self.reactions
        yield from self.on_platforms()

    def on_platforms(self) -> Iterator[Shown]:
        """All that ever stood on a platform."""
        for platform in self.platforms.values():
            for receipt, post in platform.shown:
                yield Shown(side_of(receipt.place), text_of(post.blocks) + post.summary)

    def _react(self, incoming: Incoming, side: Side, reaction: Reaction) -> None:
        match reaction:
            case ShowForm(form):
                assert isinstance(incoming, Pressed | Submitted)
                self.forms.append((incoming.person, incoming.place, form))
                values = [str(one.value) for one in form.inputs if not isinstance(one, ChoiceInput)]
                self.reactions.append(Shown(side, "\n".join((form.title, text_of(form.blocks), *values))))
            case Whisper(text):
                self.reactions.append(Shown(side, text))
            case Correct(faults):
                self.reactions.append(Shown(side, "\n".join(faults.values())))
            case Replace(post) if isinstance(incoming, Pressed) and incoming.message:
                # Whoever looks at the message sees it; it is still the same message.
                receipt = incoming.message
                platform = self.platforms[receipt.place.platform]
                platform.said[:] = [
                    one if one.receipt != receipt else type(one)(receipt, post, one.delivery) for one in platform.said
                ]
                self.reactions.append(Shown(side_of(receipt.place), text_of(post.blocks)))
                self._offer(side_of(receipt.place), receipt.place, receipt, post)
            case Replace(post) | ShowHome(post):
                self.reactions.append(Shown(side, text_of(post.blocks)))
            case _:
                raise AssertionError(reaction)

    def _offer(self, side: Side, place: Place, message: Receipt, post: Post) -> None:
        self.offered += [Offered(side, place, message, button) for button in buttons(post.blocks)]


@cache
def _folder() -> Path:
    return Path(mkdtemp())


async def _template() -> Path:
    """A database with all tables, in which everybody is enrolled; made once."""
    file = _folder() / "template.db"
    if file.exists():
        return file
    database = await open_database(f"sqlite:///{file}")
    async with SqlStore(database)() as work:
        for side in SIDES:
            if side.is_desk:
                await work.desks.put(Desk(id=side.name, name=f"{side.name}の窓口", prefecture=side.prefecture))
            await work.desks.set_channel(linked(side))
            for person in side.people:
                desk, bureau = (side.name, "") if side.is_desk else ("", side.name)
                await work.desks.enrol(Member(person=person, role=side.role, desk=desk, bureau=bureau))
        await work.commit()
    await database.close()
    return file
