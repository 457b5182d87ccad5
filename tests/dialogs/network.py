"""A desk and a bureau that are both on the network, a referral between them, and what each of them does with it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from bot.desks import Channel, Member, Role
from bot.incoming import Pressed
from bot.means import Means
from bot.office_hours import JAPAN
from bot.posts import Post
from bot.reactions import Reaction
from bot.referrals import Intake, Referral, Shift, State, Step, Turn
from bot.referring.deadlines import tick
from bot.referring.relay import Change, advance
from tests.dialogs.desks import SHINJUKU, enrol
from tests.dialogs.talk import Talk, buttons, text_of
from tests.dialogs.town import knowledge
from tests.fakes_means import means_of

#: The desk's channel and thread, and the bureau's channel.
DESK, THREAD, BUREAU = "相談", "1", "東京局"
COUNSELLOR = "田中"
COORDINATORS = ("佐藤", "加藤", "伊藤")

_NUMBERS = itertools.count(1)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """A moment in Japan."""
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


def means(talk: Talk) -> Means:
    """What use cases work with in this talk."""
    return means_of(talk.store, knowledge(), talk.clock)


async def open_network(talk: Talk) -> None:
    """A desk with a counsellor, a bureau with coordinators, a channel of each."""
    await enrol(talk, SHINJUKU, COUNSELLOR)
    for name in COORDINATORS:
        await coordinate(talk, name)
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(DESK), desk=SHINJUKU.id))
        await work.desks.set_channel(Channel(place=talk.place(BUREAU), bureau="tokyo"))
        await work.commit()


async def coordinate(talk: Talk, name: str, bureau: str = "tokyo") -> None:
    """Makes somebody a bureau's coordinator."""
    async with talk.store() as work:
        await work.desks.enrol(Member(person=talk.person(name), role=Role.COORDINATOR, bureau=bureau))
        await work.commit()


async def on_roster(talk: Talk, name: str, turn: Turn, since: str, until: str) -> None:
    """Puts somebody on the roster, with their name."""
    shift = Shift(
        id=f"{next(_NUMBERS):032x}",
        bureau="tokyo",
        person=talk.person(name),
        turn=turn,
        since=since,
        until=until,
        name=name,
    )
    async with talk.store() as work:
        await work.roster.put(shift)
        await work.commit()


async def refer(talk: Talk, question: str = "更新の申請に必要な書類は？", *, by_when: str = "") -> Referral:
    """The counsellor sends a referral; its cards stand on both sides."""
    now = talk.clock()
    draft = Referral(
        id=f"{next(_NUMBERS):032x}",
        number=0,
        version=1,
        state=State.DRAFTED,
        desk=SHINJUKU.id,
        author=talk.person(COUNSELLOR),
        place=talk.place(DESK, THREAD),
        prefecture="東京都",
        bureau="tokyo",
        intake=Intake(question=question, by_when=by_when),
        made=now,
        changed=now,
    )
    async with talk.store() as work:
        kept = await work.referrals.add(draft)
        await work.commit()
    return await does(talk, kept, Step.SEND, COUNSELLOR)


async def does(talk: Talk, referral: Referral, step: Step, name: str, text: str = "") -> Referral:
    """Somebody does a step, whatever form led to it."""
    change = Change(step=step, by=talk.person(name), text=text, intake=referral.intake)
    standing = await stands(talk, referral)
    async with talk.store() as work:
        done = await advance(work, means(talk), standing, change)
        assert done is not None
        await work.commit()
    await talk.settles()
    return done


async def stands(talk: Talk, referral: Referral) -> Referral:
    """The referral as it stands."""
    async with talk.store() as work:
        found = await work.referrals.referral(referral.id)
    assert found is not None
    return found


async def time_is(talk: Talk, moment: datetime) -> int:
    """It becomes this time, and the clock is looked at. Returns how many referrals somebody was reminded of."""
    talk.clock.time = moment.astimezone(UTC)
    count = await tick(means(talk))
    await talk.settles()
    return count


async def presses(talk: Talk, name: str, label: str, channel: str = BUREAU) -> Reaction | None:
    """Somebody presses a button of the latest post in a channel that has it."""
    said = next(
        said
        for said in reversed(talk.platform.said)
        if said.receipt.place.channel == channel and label in {one.label for one in buttons(said.post.blocks)}
    )
    button = next(one for one in buttons(said.post.blocks) if one.label == label)
    return await talk.happens(
        Pressed(
            keys=(f"press/{next(_NUMBERS)}",),
            place=said.receipt.place,
            person=talk.person(name),
            action=button.action,
            value=button.value,
            at=talk.clock(),
            message=said.receipt,
        )
    )


def told(talk: Talk, name: str) -> list[str]:
    """What somebody was just told in their own conversation."""
    own = talk.person(name).own_conversation
    return [text_of(said.post.blocks) for said in talk.heard if said.receipt.place == own]


def in_channel(talk: Talk, channel: str) -> list[str]:
    """What was just said in a channel, threads included."""
    return [text_of(said.post.blocks) for said in talk.heard if said.receipt.place.channel == channel]


def card(talk: Talk, channel: str) -> Post:
    """The first post of a channel: the card, as it stands now."""
    return next(said.post for said in talk.platform.said if said.receipt.place.channel == channel)
