"""Places, people and events for the tests of stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.incoming import Asked, Way
from bot.places import Person, Place
from bot.ports import Exchange, Outcome
from bot.posts import Post, Text

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=30)
LATER = NOW + timedelta(minutes=5)
PLACE = Place(platform="slack", tenant="T1", channel="C1", thread="1.1")
SATO = Person(platform="slack", tenant="T1", id="U1")
POST = Post(blocks=(Text("資料に次のように書かれています。"),), summary="回答です。")


def asked(key: str = "E1", channel: str = "C1", text: str = "在留カードをなくしました") -> Asked:
    place = Place(platform="slack", tenant="T1", channel=channel, thread=key)
    return Asked(keys=(key,), place=place, person=SATO, text=text, way=Way.MENTION, at=NOW, message=key)


def exchange(
    id_: str, place: Place = PLACE, outcome: Outcome = Outcome.ANSWERED, at: datetime = NOW, desk: str = "13-shinjuku"
) -> Exchange:
    return Exchange(
        id=id_,
        place=place,
        person=SATO,
        question="在留カードをなくしました",
        outcome=outcome,
        at=at,
        desk=desk,
        sections=("1.2", "1.3"),
        delivery="d" * 32,
    )
