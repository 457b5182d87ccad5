"""Prints how long referrals take where there are many, and whether any is lost or comes to somebody else.

    python -m benchmarks.referrals                      2,000 referrals of 265 desks, 50 coordinators
    python -m benchmarks.referrals --referrals 200      the same, quicker

Everything is real but the platforms, which are lists: reception, gate, store (SQLite), clock and sender.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import re
import tempfile
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.holidays import JapaneseHolidays
from adapters.resolved import ResolvedSearch
from adapters.sending import Sender
from benchmarks.machine import facts
from benchmarks.measures import percentile
from benchmarks.tabular import markdown
from bot.composing import REFER
from bot.desks import Channel, Desk, Member, Role
from bot.incoming import Opened, Pressed, Submitted
from bot.means import Means
from bot.places import Person, Place
from bot.posts import ChoiceInput, Form
from bot.reactions import Reaction, ShowForm
from bot.reception import Reception
from bot.referrals import OPEN, State, Step
from bot.referring.cards import action_of
from bot.referring.deadlines import tick
from bot.referring.gate import AnonymisingGate
from corpus.directory import load
from tests.dialogs.talk import text_of
from tests.dialogs.town import knowledge
from tests.fakes_messenger import FakeMessenger

DESKS, COORDINATORS = 265, 50

#: A Friday morning in Japan.
_BEGIN = datetime(2026, 11, 20, 1, tzinfo=UTC)
_TOKEN = re.compile(r"〔[qa]\d+〕")


@dataclass
class Country:
    """All desks and bureaus, and the process between them.

    Args:
        database: where all stands.
        now: the time.
        times: milliseconds by what was done.
    """

    database: Database
    now: datetime = _BEGIN
    times: dict[str, list[float]] = field(default_factory=dict)
    platform: FakeMessenger = field(default_factory=FakeMessenger)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.store = SqlStore(self.database)
        known = knowledge()
        self.means = Means(
            store=self.store,
            answerer=known,
            gate=AnonymisingGate(),
            holidays=JapaneseHolidays(),
            resolved=ResolvedSearch(known.over),
            now=lambda: self.now,
            off_loop=asyncio.to_thread,
        )
        self.reception = Reception(self.means, wake=lambda: None)

    async def enrol(self) -> None:
        """Gives every desk and bureau a channel and its people."""
        directory = load()
        async with self.store() as work:
            for number in range(DESKS):
                prefecture = directory.prefectures[number % len(directory.prefectures)].name
                await work.desks.put(Desk(id=f"desk{number}", name=f"窓口{number}", prefecture=prefecture))
                await work.desks.set_channel(Channel(place=_channel(f"desk{number}"), desk=f"desk{number}"))
                member = Member(person=_person(f"desk{number}"), role=Role.COUNSELLOR, desk=f"desk{number}")
                await work.desks.enrol(member)
            for bureau in directory.bureaus:
                await work.desks.set_channel(Channel(place=_channel(bureau.id), bureau=bureau.id))
            for number in range(COORDINATORS):
                bureau = directory.bureaus[number % len(directory.bureaus)]
                member = Member(person=_person(f"c{number}", bureau.id), role=Role.COORDINATOR, bureau=bureau.id)
                await work.desks.enrol(member)
            await work.commit()

    async def refer(self, number: int) -> None:
        """A desk refers something."""
        desk = f"desk{number % DESKS}"
        text = f"在留カードをなくした人の相談です〔q{number}〕。電話は090-1234-{number:04}です。"
        form = await self.presses(
            "press 担当官に照会", _person(desk), replace(_channel(desk), thread=f"t{number}"), REFER
        )
        preview = await self.sends("form to preview", form, question=text)
        await self.sends("preview to sent", preview)

    async def works(self, number: int, count: int) -> None:
        """A coordinator takes what waits, and answers it."""
        bureau = load().bureaus[number % len(load().bureaus)].id
        person = _person(f"c{number}", bureau)
        for _ in range(count):
            await self.timed("home", self.reception.receive(Opened(place=person.own_conversation, person=person)))
            async with self.store() as work:
                waiting = await work.referrals.of_bureau(bureau, frozenset({State.SENT}), 200)
            if not waiting:
                return
            # Colleagues look at the same list: often two take the same one, and one of them is too late.
            one = waiting[number % min(5, len(waiting))]
            await self.presses("press 担当する", person, _channel(bureau), action_of(Step.TAKE), one.id)
            form = await self.presses("press 窓口へ返信", person, _channel(bureau), action_of(Step.REPLY), one.id)
            if form is not None:
                preview = await self.sends("reply to preview", form, text=f"回答です〔a{one.number}〕。")
                await self.sends("preview to answered", preview)

    async def presses(
        self, what: str, person: Person, place: Place, action: str, value: str = ""
    ) -> tuple[Person, Place, Form] | None:
        """Somebody presses a button; returns the form that it opened."""
        number = next(self._numbers)
        pressed = Pressed(keys=(f"p{number}",), place=place, person=person, action=action, value=value, at=self.now)
        return _open(person, place, await self.timed(what, self.reception.receive(pressed)))

    async def sends(
        self, what: str, opened: tuple[Person, Place, Form] | None, **texts: str
    ) -> tuple[Person, Place, Form] | None:
        """Somebody sends a form; returns the one that follows."""
        assert opened is not None
        person, place, form = opened
        stood = {one.name: one.value if isinstance(one, ChoiceInput) else (one.value,) for one in form.inputs}
        values = {**stood, **{name: (text,) for name, text in texts.items()}}
        submitted = Submitted(
            keys=(f"f{next(self._numbers)}",),
            place=place,
            person=person,
            form=form.name,
            values={name: value for name, value in values.items() if value != ("",)},
            state=form.state,
            at=self.now,
        )
        return _open(person, place, await self.timed(what, self.reception.receive(submitted)))

    async def timed(self, what: str, doing: Awaitable[Reaction | None]) -> Reaction | None:
        """Does something, and notes how long it took."""
        begun = time.perf_counter()
        reaction = await doing
        self.times.setdefault(what, []).append(1000 * (time.perf_counter() - begun))
        return reaction

    async def deliver(self) -> int:
        """Sends all that is owed; returns how many posts and edits that was."""
        sender = Sender(SqlQueue(self.database, {}), {"fake": self.platform}, worker="w", now=lambda: self.now)
        return await sender.drain()


def _channel(side: str) -> Place:
    return Place(platform="fake", tenant=side, channel=f"channel-{side}")


def _person(name: str, side: str = "") -> Person:
    return Person(platform="fake", tenant=side or name, id=name)


def _open(person: Person, place: Place, reaction: Reaction | None) -> tuple[Person, Place, Form] | None:
    return (person, place, reaction.form) if isinstance(reaction, ShowForm) else None


async def _astray(country: Country) -> int:
    """How many posts stand with a side that has nothing to do with them, or hold a telephone number."""
    sides: dict[str, set[str]] = {}
    async with country.store() as work:
        for desk in await work.desks.desks():
            for one in await work.referrals.of_desk(desk.id, frozenset(State), 10_000):
                for token in (*_TOKEN.findall(one.intake.question), f"〔a{one.number}〕"):
                    sides[token] = {one.desk, one.bureau}
    count = 0
    for said in country.platform.said:
        text = text_of(said.post.blocks)
        strange = [token for token in _TOKEN.findall(text) if said.receipt.place.tenant not in sides[token]]
        count += bool(strange) or "090-1234" in text
    return count


async def _measure(referrals: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(f"sqlite:///{Path(folder) / 'bot.sqlite3'}")
        try:
            country = Country(database)
            await country.enrol()
            for number in range(referrals):
                await country.refer(number)
            sent = await country.deliver()
            for number in range(DESKS):
                person = _person(f"desk{number}")
                opened = Opened(place=person.own_conversation, person=person)
                await country.timed("home of a desk", country.reception.receive(opened))
            country.now += timedelta(minutes=5)
            async with asyncio.TaskGroup() as group:
                for number in range(COORDINATORS):
                    group.create_task(country.works(number, 10))
            sent += await country.deliver()
            country.now += timedelta(days=7)
            begun, reminded = time.perf_counter(), 0
            while count := await tick(country.means):
                reminded += count
            ticking = time.perf_counter() - begun
            begun = time.perf_counter()
            delivered = await country.deliver()
            sending = time.perf_counter() - begun
            await _tell(country, referrals, sent + delivered)
            print(f"tick: {reminded} reminders in {ticking:.1f} s; {delivered} posts and edits sent in {sending:.1f} s")
        finally:
            await database.close()


async def _tell(country: Country, referrals: int, sent: int) -> None:
    rows = [
        (what, str(len(times)), f"{percentile(times, 0.5):.1f}", f"{percentile(times, 0.95):.1f}", f"{max(times):.1f}")
        for what, times in country.times.items()
    ]
    print(markdown(("what", "times", "median, ms", "p95, ms", "longest, ms"), rows))
    async with country.store() as work:
        counts = dict(await work.outbox.counts())
        desks = await work.desks.desks()
        kept = [one for desk in desks for one in await work.referrals.of_desk(desk.id, frozenset(State), 10_000)]
    open_, answered = sum(one.state in OPEN for one in kept), sum(one.state is State.ANSWERED for one in kept)
    lost = sum(count for state, count in counts.items() if state != "sent")
    doubled = len(country.platform.said) - len({one.delivery for one in country.platform.said})
    print(f"\n{len(kept)} of {referrals} referrals, {open_} open, {answered} of them answered")
    print(f"{sent} posts and edits sent; lost {lost}, twice {doubled}, astray {await _astray(country)}")


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--referrals", type=int, default=2000)
    asked = parser.parse_args()
    print(facts())
    asyncio.run(_measure(asked.referrals))


if __name__ == "__main__":
    main()
