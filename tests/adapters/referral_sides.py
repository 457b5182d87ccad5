"""Two desks and two bureaus: where they are met, who belongs to them, and what each of them was shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.desks import Channel, Role
from bot.places import Person, Place, Receipt
from bot.posts import Button, ChoiceInput, DateInput, Post, TextInput
from tests.fakes_messenger import FakeMessenger

TOKEN = re.compile(r"〔[a-z0-9-]+〕")

#: What the desks' people write about and must never leave their side.
RAW = {"minato": "ミナトタロウ", "naniwa": "ナニワハナコ"}

QUESTION = "在留カードをなくした人の相談です"


@dataclass(frozen=True)
class Side:
    """A desk or a bureau: where it is met, and who belongs to it."""

    name: str
    role: Role
    prefecture: str
    channel: Place
    people: tuple[Person, ...]

    @property
    def is_desk(self) -> bool:
        return self.role is Role.COUNSELLOR


def _side(name: str, role: Role, prefecture: str, platform: str) -> Side:
    tenant = f"tenant-{name}"
    people = tuple(Person(platform=platform, tenant=tenant, id=f"{name}-{number}") for number in (1, 2))
    return Side(name, role, prefecture, Place(platform=platform, tenant=tenant, channel=f"channel-{name}"), people)


SIDES = (
    _side("minato", Role.COUNSELLOR, "東京都", "slack"),
    _side("naniwa", Role.COUNSELLOR, "大阪府", "teams"),
    _side("tokyo", Role.COORDINATOR, "東京都", "teams"),
    _side("osaka", Role.COORDINATOR, "大阪府", "slack"),
)
DESKS, BUREAUS = SIDES[:2], SIDES[2:]
PEOPLE = {person: side for side in SIDES for person in side.people}


@dataclass(frozen=True)
class Shown:
    """Something that a side was shown: in its channel, in somebody's own conversation, or as a reaction."""

    side: Side
    text: str


@dataclass(frozen=True)
class Offered:
    """A button as it once stood somewhere; it may be out of date when it is pressed."""

    side: Side
    place: Place
    message: Receipt | None
    button: Button


@dataclass
class Recording(FakeMessenger):
    """A platform that remembers all that ever stood on it."""

    shown: list[tuple[Receipt, Post]] = field(default_factory=list)

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        receipt = await super().post(place, post, delivery)
        self.shown.append((receipt, post))
        return receipt

    async def edit(self, receipt: Receipt, post: Post) -> None:
        await super().edit(receipt, post)
        self.shown.append((receipt, post))


def side_of(place: Place) -> Side:
    """Who reads what stands at a place."""
    name = place.tenant.removeprefix("tenant-")
    return next(side for side in SIDES if side.name == name)


def filled(one: TextInput | ChoiceInput | DateInput, token: str, side: Side, anew: bool) -> tuple[str, ...]:
    """What somebody enters: into texts a token, and on a desk's side a name; else (or not `anew`) what stood there."""
    match one:
        case TextInput(name="further" | "kept"):
            return (one.value,) if one.value else ()
        case TextInput() if TOKEN.search(one.value) and not anew:
            return (one.value,)
        case TextInput():
            raw = f"{RAW[side.name]}さんが" if side.is_desk else ""
            return (f"{raw}相談した件 {token}"[: one.limit],)
        case ChoiceInput():
            return one.value or ((one.choices[0].value,) if one.required else ())
        case DateInput():
            return (one.value,) if one.value else ()


def linked(side: Side) -> Channel:
    return Channel(place=side.channel, desk=side.name if side.is_desk else "", bureau="" if side.is_desk else side.name)
