"""Desks and bureaus on both platforms, the doubles that they sit in, and all that came to each of them."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.database.store import SqlStore
from bot.desks import Desk, Invitation, Member, Role
from bot.linking import new_code
from bot.places import Person
from corpus.directory import load
from tests.doubles.slack import Message, SlackDouble
from tests.doubles.teams import Landed, TeamsDouble
from tests.doubles.teams.activities import Activities
from tests.faults.referring.serving import SECRET, Servings
from tests.seats import all_words, soon
from tests.seats.slack import SlackSeat
from tests.seats.teams import TeamsSeat
from tests.seats.town import install

#: Of everybody that desks write about; each desk's clients have a telephone and an address of their own.
NAME = "グエン・ヴァン・アン"


@dataclass(frozen=True)
class Side:
    """A desk or a bureau, with a workspace or tenant of its own.

    Args:
        name: its id.
        number: counted over all sides.
        is_desk: False for a bureau.
        platform: "slack" or "teams".
        prefecture: of a desk.
        searchable: whether the assistant can look there for what it said.
    """

    name: str
    number: int
    is_desk: bool
    platform: str
    prefecture: str = ""
    searchable: bool = True

    @property
    def tenant(self) -> str:
        """Its workspace or tenant."""
        return f"T{self.number}" if self.platform == "slack" else f"tenant-{self.number}"

    @property
    def channel(self) -> str:
        """Its channel."""
        return f"C{self.number}" if self.platform == "slack" else f"19:side-{self.number}@thread.tacv2"

    @property
    def people(self) -> tuple[str, str]:
        """Who sits there."""
        kind = "U" if self.platform == "slack" else "person-"
        return f"{kind}{self.number}0", f"{kind}{self.number}1"

    @property
    def raw(self) -> tuple[str, ...]:
        """What a desk's people write and must never leave it; the last is only known to be so to who wrote it."""
        number = f"{self.number:04}"
        return (f"090-{number}-5678", f"soudan{number}@example.jp", f"うたごえ{number}") if self.is_desk else ()


def sides_of(desks: int) -> list[Side]:
    """Every bureau with a prefecture, and so many desks.

    Each pair of platforms meets, and in half of Teams nobody can look back.
    """
    directory = load()
    homes = {
        bureau.id: next(p.name for p in directory.prefectures if directory.bureau_for(p.name) == bureau)
        for bureau in directory.bureaus
        if bureau.prefectures
    }
    count = len(homes)
    bureaus = [_side(name, at, at, is_desk=False) for at, name in enumerate(homes)]
    return bureaus + [
        _side(f"desk{at}", count + at, at + at // count, is_desk=True, prefecture=list(homes.values())[at % count])
        for at in range(desks)
    ]


def _side(name: str, number: int, turn: int, *, is_desk: bool, prefecture: str = "") -> Side:
    platform = ("slack", "teams")[turn % 2]
    return Side(name, number, is_desk, platform, prefecture, searchable=platform == "slack" or turn % 4 == 1)


@dataclass
class Town:
    """All of them, and the doubles.

    Args:
        sides: who there is.
        slack: the double.
        teams: the double.
        shown: what people were shown in answer to a press or a form, with whose they are.
    """

    sides: Sequence[Side]
    slack: SlackDouble = field(default_factory=SlackDouble)
    teams: TeamsDouble = field(default_factory=TeamsDouble)
    shown: list[tuple[Side, str]] = field(default_factory=list)
    _activities: dict[str, Activities] = field(default_factory=dict)
    _contents: dict[int, tuple[int, str]] = field(default_factory=dict)

    def environment(self, folder: Path, data: Path, database: str) -> Mapping[str, str]:
        """Settings of a process that serves them all.

        Args:
            folder: where the file of registrations is written.
            data: data folder with an index.
            database: its address.
        """
        tables = [
            f'[[registration]]\napp_id = "app-{one.number}"\napp_password = "password"\ntenant_id = "{one.tenant}"\n'
            for one in self.sides
            if one.platform == "teams"
        ]
        file = folder / "registrations.toml"
        file.write_text("\n".join(tables), encoding="utf-8")
        settings = {
            "data_dir": str(data),
            "database_url": database,
            "public_url": "https://madoguchi.example",
            "slack_signing_secret": SECRET,
            "slack_client_id": "1.2",
            "slack_client_secret": "client secret",
            "slack_api_url": self.slack.api_url,
            "teams_registrations": str(file),
            **{f"teams_{name}": str(value) for name, value in self.teams.addresses.items()},
        }
        return {f"MADOGUCHI_{name.upper()}": value for name, value in settings.items()}

    def seat(self, side: Side, who: int, to: Servings, looks_at: Callable[[str], bool]) -> SlackSeat | TeamsSeat:
        """Where somebody sits.

        Args:
            side: whose they are.
            who: which of the two.
            to: how the assistant is reached.
            looks_at: which messages they press buttons of, by all of its content.
        """
        person = side.people[who]
        if side.platform == "slack":
            return SlackSeat(
                self.slack, to.sender, side.tenant, side.channel, person, lambda one: looks_at(self.content(one))
            )
        made = self._activities[side.name]
        return TeamsSeat(self.teams, to.endpoint, made, side.channel, person, lambda one: looks_at(self.content(one)))

    async def moves_in(self, store: SqlStore, to: Servings) -> None:
        """Everybody joins, by a code in their channel; the second of each side is enrolled."""
        until, codes = datetime(2099, 1, 1, tzinfo=UTC), {}
        async with store() as work:
            for side in self.sides:
                desk, bureau = (side.name, "") if side.is_desk else ("", side.name)
                role = Role.COUNSELLOR if side.is_desk else Role.COORDINATOR
                if side.is_desk:
                    await work.desks.put(Desk(id=desk, name=f"窓口{side.number}", prefecture=side.prefecture))
                codes[side.name] = new_code(random.Random(side.number))
                invitation = Invitation(role=role, desk=desk, bureau=bureau, until=until)
                await work.desks.invite(codes[side.name], invitation)
                colleague = Person(platform=side.platform, tenant=side.tenant, id=side.people[1])
                await work.desks.enrol(Member(person=colleague, role=role, desk=desk, bureau=bureau))
            await work.commit()
        for side in self.sides:
            if side.platform == "slack":
                await install(to.all[0].address, self.slack, side.tenant)
            else:
                self._registers(side)
            await self.seat(side, 0, to, lambda _: True).says(f"登録 {codes[side.name]}")
        await soon(lambda: all(self.stands(side) for side in self.sides))

    def _registers(self, side: Side) -> None:
        registration = self.teams.register(f"app-{side.number}", tenant_id=side.tenant)
        group = f"group-{side.number}"
        self._activities[side.name] = self.teams.activities(registration, team=f"team-{side.number}", group=group)
        if side.searchable:
            self.teams.graph.groups.add(group)

    def stands(self, side: Side) -> Sequence[Message | Landed]:
        """What stands in a side's channel."""
        if side.platform == "slack":
            return self.slack.messages(side.channel)
        return self.teams.conversations.said_in(side.channel)

    def content(self, message: Message | Landed) -> str:
        """All that a message holds: its thread, then its words and what its buttons carry, a line each."""
        edits, known = self._contents.get(id(message), (-1, ""))
        if edits != message.edits:
            shown: object = message.blocks if isinstance(message, Message) else message.activity
            known = f"{message.thread}\n{all_words(shown)}"
            self._contents[id(message)] = message.edits, known
        return known

    def everything_shown(self) -> Iterator[tuple[Side | None, str]]:
        """All that ever came to anybody, by side; None where it came to nobody known."""
        yield from self.shown
        of_token = {grant.token: grant.tenant for grant in self.slack.state.grants.values()}
        of_tenant = {side.tenant: side for side in self.sides}
        for call in self.slack.state.calls:
            yield of_tenant.get(of_token.get(call.token, "")), all_words(dict(call.arguments))
        for body in self.slack.responses:
            yield None, all_words(body)
        apps = {f"app-{side.number}": side for side in self.sides}
        places = {side.channel: side for side in self.sides}
        places |= {chat: apps[app] for (app, _), chat in self.teams.conversations.chats.items()}
        for landed in self.teams.landed:
            for activity in (*landed.earlier, landed.activity):
                yield places.get(landed.conversation), all_words(activity)


@asynccontextmanager
async def town_of(desks: int) -> AsyncIterator[Town]:
    """A town with both doubles open."""
    town = Town(sides_of(desks))
    async with town.slack, town.teams:
        yield town
