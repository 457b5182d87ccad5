"""Who can be played in the practice place: rooms, persons and their roles, as data.

The desks and the bureau are examples, with ids to practise with (`bot.practice`): what is written here reaches nobody
real, and nothing real is seen here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.desks import Channel, Desk, DeskKind, Member, Role
from bot.places import Person, Place
from bot.practice import practised

PLATFORM = "console"
TENANT = "console"


class Look(StrEnum):
    """Which platform a room resembles."""

    SLACK = "slack"
    TEAMS = "teams"


class Spot(StrEnum):
    """The two conversations of a room."""

    CHANNEL = "channel"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one role sees: its channel, its direct conversation with the assistant, its home.

    Args:
        id: as it stands in addresses (`[a-z]+`).
        name: name of the role, as shown.
        where: whose role it is, as shown.
        look: which platform it resembles.
        channel_name: name of the channel, as shown.
        role: what the person is.
        desk: the desk, for a counsellor.
        bureau: id of the bureau, for a coordinator.
    """

    id: str
    name: str
    where: str
    look: Look
    channel_name: str
    role: Role
    desk: Desk | None = None
    bureau: str = ""

    @property
    def person(self) -> Person:
        """Who is played here."""
        return Person(platform=PLATFORM, tenant=TENANT, id=f"person-{self.id}")

    def place(self, spot: Spot) -> Place:
        """One of its two conversations."""
        return Place(platform=PLATFORM, tenant=TENANT, channel=f"{spot.value}-{self.id}")

    @property
    def member(self) -> Member:
        """What the person is to the assistant."""
        return Member(person=self.person, role=self.role, desk=self.desk.id if self.desk else "", bureau=self.bureau)

    @property
    def channel(self) -> Channel:
        """What holds in the channel at first."""
        return Channel(place=self.place(Spot.CHANNEL), desk=self.desk.id if self.desk else "", bureau=self.bureau)


ROOMS = (
    Room(
        id="city",
        name="相談員",
        where="○○市（東京都）の窓口",
        look=Look.SLACK,
        channel_name="外国人相談",
        role=Role.COUNSELLOR,
        desk=Desk(
            id=practised("city"),
            name="○○市 外国人相談窓口（練習）",
            prefecture="東京都",
            languages=("en", "zh-Hans", "vi"),
            hours="月曜日から金曜日 9時から17時",
        ),
    ),
    Room(
        id="association",
        name="相談員",
        where="△△国際交流協会（長野県）の窓口",
        look=Look.TEAMS,
        channel_name="相談チーム",
        role=Role.COUNSELLOR,
        desk=Desk(
            id=practised("association"),
            name="△△国際交流協会 相談窓口（練習）",
            prefecture="長野県",
            kind=DeskKind.OUTSOURCED,
            languages=("pt", "en"),
            hours="火曜日から土曜日 10時から18時",
        ),
    ),
    # The bureau that answers for both desks, so that a question of either can be referred to it.
    Room(
        id="bureau",
        name="受入環境調整担当官",
        where="東京出入国在留管理局",
        look=Look.TEAMS,
        channel_name="窓口からの照会",
        role=Role.COORDINATOR,
        bureau=practised("tokyo"),
    ),
    Room(
        id="agency",
        name="入管庁の担当者",
        where="出入国在留管理庁",
        look=Look.TEAMS,
        channel_name="窓口への連絡",
        role=Role.AGENCY,
    ),
)

BY_ID = {room.id: room for room in ROOMS}

#: Every conversation there is, with the room and the spot that show it.
SPOTS = {room.place(spot).channel: (room, spot) for room in ROOMS for spot in Spot}
