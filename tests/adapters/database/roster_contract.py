"""What every store's rosters must do, and the channels in which a bureau is met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.desks import Channel, Member, Role
from bot.places import Person, Place
from bot.ports import Store
from bot.referrals import Shift, Turn
from tests.adapters.database.events import NOW, SATO
from tests.adapters.database.referral_rows import KATO

DUTY = Shift(
    id="1" * 32,
    bureau="tokyo",
    person=KATO,
    turn=Turn.DUTY,
    since="2026-11-16",
    until="2026-11-20",
    name="加藤",
)
CHANNEL = Channel(place=Place(platform="teams", tenant="tenant-1", channel="19:bureau@thread.tacv2"), bureau="tokyo")


class RosterContract:
    async def test_a_roster_tells_of_a_day_and_what_follows(self, store: Store) -> None:
        deputy = replace(DUTY, id="2" * 32, turn=Turn.DEPUTY, since="2026-11-01", until="2026-12-31", name="")
        absent = replace(DUTY, id="3" * 32, turn=Turn.ABSENT, since="2026-12-28", until="2027-01-04")
        async with store() as work:
            for shift in (absent, DUTY, deputy, replace(DUTY, id="4" * 32, bureau="osaka")):
                await work.roster.put(shift)
            await work.commit()
        async with store() as work:
            of = work.roster.of
            assert list(await of("tokyo", date(2026, 11, 16))) == [deputy, DUTY, absent]
            assert list(await of("tokyo", date(2026, 11, 20))) == [deputy, DUTY, absent]
            assert list(await of("tokyo", date(2026, 11, 21))) == [deputy, absent]
            assert list(await of("tokyo", date(2027, 1, 4))) == [absent]
            assert list(await of("tokyo", date(2027, 1, 5))) == []

    async def test_a_stretch_is_replaced_and_removed(self, store: Store) -> None:
        moved = replace(DUTY, person=SATO, turn=Turn.ABSENT, until="2026-11-18", name="佐藤")
        async with store() as work:
            await work.roster.put(DUTY)
            await work.roster.put(moved)
            assert list(await work.roster.of("tokyo", date(2026, 11, 16))) == [moved]
            assert await work.roster.remove(DUTY.id)
            assert not await work.roster.remove(DUTY.id)
            assert list(await work.roster.of("tokyo", date(2026, 11, 16))) == []

    async def test_who_is_released_is_on_no_roster(self, store: Store) -> None:
        theirs = [replace(DUTY, id="2" * 32, until="2026-12-31"), replace(DUTY, id="3" * 32, bureau="osaka")]
        others = replace(DUTY, id="4" * 32, person=replace(KATO, tenant="tenant-2"))
        async with store() as work:
            for shift in (DUTY, *theirs, others):
                await work.roster.put(shift)
            await work.roster.release(KATO)
            assert list(await work.roster.of("tokyo", date(2026, 11, 16))) == [others]
            assert list(await work.roster.of("osaka", date(2026, 11, 16))) == []

    async def test_a_bureaus_coordinators_are_those_who_are_enrolled(self, store: Store) -> None:
        on_slack = Person(platform="slack", tenant="T1", id="U9")
        async with store() as work:
            for person, role, bureau in (
                (KATO, Role.COORDINATOR, "tokyo"),
                (on_slack, Role.COORDINATOR, "tokyo"),
                (SATO, Role.AGENCY, "tokyo"),
                (replace(KATO, id="elsewhere"), Role.COORDINATOR, "osaka"),
            ):
                await work.desks.enrol(Member(person=person, role=role, bureau=bureau))
            assert list(await work.roster.coordinators("tokyo")) == [on_slack, KATO]
            await work.desks.enrol(Member(person=KATO, role=Role.COORDINATOR, bureau="osaka"))
            assert list(await work.roster.coordinators("tokyo")) == [on_slack]

    async def test_a_bureau_is_met_in_its_channels_while_they_are_there(self, store: Store) -> None:
        second = replace(CHANNEL, place=replace(CHANNEL.place, channel="19:second@thread.tacv2"))
        osaka = replace(CHANNEL, place=replace(CHANNEL.place, channel="19:osaka@thread.tacv2"), bureau="osaka")
        desk = replace(CHANNEL, place=replace(CHANNEL.place, channel="19:desk@thread.tacv2"), bureau="", desk="01-a")
        async with store() as work:
            for channel in (second, osaka, desk, CHANNEL):
                await work.desks.set_channel(channel)
            assert await work.desks.channel(CHANNEL.place) == CHANNEL
            assert list(await work.desks.channels_of_bureau("tokyo")) == [CHANNEL, second]
            await work.desks.leave("teams", "tenant-1", second.place.channel, NOW)
            assert list(await work.desks.channels_of_bureau("tokyo")) == [CHANNEL]
            assert list(await work.desks.channels("01-a")) == [desk]
