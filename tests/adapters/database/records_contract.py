"""What every store's desks, exchanges and audit must do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from bot.deliveries import DeliveryState
from bot.desks import Audience, Channel, Desk, DeskKind, Invitation, Listening, Member, Role
from bot.places import Person
from bot.ports import Exchange, Outcome, Store
from tests.adapters.database.events import LATER, NOW, PLACE, POST, SATO, exchange

JST = timezone(timedelta(hours=9))
SHINJUKU = Desk(id="13-shinjuku", name="新宿区 外国人相談窓口", prefecture="東京都", municipalities=("13104",))
SENDAI = Desk(
    id="04-sendai",
    name="仙台多文化共生センター",
    prefecture="宮城県",
    municipalities=("041009", "042111"),
    kind=DeskKind.JOINT,
    languages=("en", "zh-Hans", "ne"),
    hours="平日 9:00–17:00",
    contact="022-000-0000",
)


async def redeemed(store: Store, code: str, now: datetime = NOW) -> Invitation | None:
    async with store() as work:
        invitation = await work.desks.redeem(code, now)
        await work.commit()
        return invitation


async def invited(store: Store, code: str, invitation: Invitation) -> None:
    async with store() as work:
        await work.desks.invite(code, invitation)
        await work.commit()


class RecordsContract:
    async def test_a_desk_is_replaced_whole(self, store: Store) -> None:
        moved = replace(SENDAI, municipalities=("041009",), languages=(), kind=DeskKind.OUTSOURCED, hours="")
        async with store() as work:
            for desk in (SHINJUKU, SENDAI, moved):
                await work.desks.put(desk)
            await work.commit()
        async with store() as work:
            assert list(await work.desks.desks()) == [moved, SHINJUKU]
            assert await work.desks.desk("13-shinjuku") == SHINJUKU
            assert await work.desks.desk("99-nowhere") is None

    async def test_a_channel_has_defaults_until_it_is_set(self, store: Store) -> None:
        rules = Channel(
            place=PLACE.in_channel(),
            desk="13-shinjuku",
            listening=Listening.QUESTIONS,
            audience=Audience.ASKER,
            language="vi",
        )
        async with store() as work:
            assert await work.desks.channel(PLACE) == Channel(place=PLACE.in_channel())
            await work.desks.set_channel(replace(rules, language=""))
            await work.desks.set_channel(rules)
            assert await work.desks.channel(PLACE.privately(SATO)) == rules
            assert await work.desks.channel(replace(PLACE, tenant="T2")) == Channel(
                place=replace(PLACE, tenant="T2").in_channel()
            )
            assert list(await work.desks.channels("13-shinjuku")) == [rules]
            assert list(await work.desks.channels("04-sendai")) == []

    async def test_a_channels_name_is_kept_for_itself(self, store: Store) -> None:
        here = Channel(place=PLACE.in_channel(), desk="13-shinjuku")
        of_bureau, gone, nobodys = (replace(here, place=replace(here.place, channel=id_)) for id_ in ("C2", "C3", "C4"))
        async with store() as work:
            for channel in (here, replace(of_bureau, desk="", bureau="tokyo"), replace(gone, gone=True)):
                await work.desks.set_channel(channel)
            await work.desks.set_channel(replace(nobodys, desk=""))
            await work.desks.name_channel(PLACE, "#相談")
            await work.desks.name_channel(replace(PLACE, channel="C9"), "#どこでもない")
            await work.desks.set_channel(replace(here, language="vi"))
            assert await work.desks.channel(PLACE) == replace(here, language="vi", name="#相談")
            assert [(one.place.channel, one.name) for one in await work.desks.linked()] == [("C1", "#相談"), ("C2", "")]
            assert await work.desks.channel(replace(PLACE, channel="C9")) == Channel(
                place=replace(PLACE, channel="C9").in_channel()
            )

    async def test_leaving_a_channel_ends_what_is_owed_there(self, store: Store) -> None:
        elsewhere = replace(PLACE, channel="C2")
        async with store() as work:
            await work.desks.set_channel(Channel(place=elsewhere.in_channel(), desk="13-shinjuku"))
            owed = [await work.outbox.owe(place, POST, NOW) for place in (PLACE, PLACE.in_channel(), elsewhere)]
            assert await work.desks.leave("slack", "T1", "C1", NOW) == 2
            deliveries = [await work.outbox.delivery(one) for one in owed]
            assert [one and one.state for one in deliveries] == [
                DeliveryState.GONE,
                DeliveryState.GONE,
                DeliveryState.WAITING,
            ]
            assert (await work.desks.channel(PLACE)).gone
            assert not (await work.desks.channel(elsewhere)).gone

    async def test_leaving_a_workspace_ends_all_of_it_and_keeps_the_rules(self, store: Store) -> None:
        rules = Channel(place=PLACE.in_channel(), desk="13-shinjuku", listening=Listening.SILENT)
        stranger = replace(PLACE, tenant="T2")
        async with store() as work:
            await work.desks.set_channel(rules)
            for place in (PLACE, stranger):
                await work.outbox.owe(place, POST, NOW)
            assert await work.desks.leave("slack", "T1", "", NOW) == 1
            assert await work.desks.leave("slack", "T1", "", NOW) == 0
            assert await work.desks.channel(PLACE) == replace(rules, gone=True)
            assert dict(await work.outbox.counts()) == {"gone": 1, "waiting": 1}

    async def test_a_member_is_what_was_said_last(self, store: Store) -> None:
        async with store() as work:
            assert await work.desks.member(SATO) is None
            await work.desks.enrol(Member(person=SATO, role=Role.COUNSELLOR, desk="13-shinjuku"))
            await work.desks.enrol(Member(person=SATO, role=Role.COORDINATOR, bureau="tokyo"))
            assert await work.desks.member(SATO) == Member(person=SATO, role=Role.COORDINATOR, bureau="tokyo")
            assert await work.desks.member(Person(platform="teams", tenant="T1", id="U1")) is None

    async def test_members_are_listed_until_they_leave(self, store: Store) -> None:
        of_desk = Member(person=SATO, role=Role.COUNSELLOR, desk="13-shinjuku", since=NOW)
        same_id = replace(of_desk, person=replace(SATO, tenant="T2"))
        of_bureau = Member(person=replace(SATO, id="U9"), role=Role.COORDINATOR, bureau="tokyo")
        async with store() as work:
            for one in (same_id, of_desk, of_bureau):
                await work.desks.enrol(one)
            assert list(await work.desks.members()) == [of_bureau, of_desk, same_id]
            await work.desks.dismiss(SATO)
            await work.desks.dismiss(SATO)  # who left has left
            assert list(await work.desks.members()) == [of_bureau, same_id]
            assert await work.desks.member(SATO) is None

    async def test_an_invitation_ends_with_its_uses(self, store: Store) -> None:
        invitation = Invitation(role=Role.COUNSELLOR, desk="13-shinjuku", until=LATER, uses=2)
        await invited(store, "ABCD-EFGH", invitation)
        assert await redeemed(store, "ABCD-EFGH") == replace(invitation, uses=1)
        assert await redeemed(store, " ａｂｃｄ efgh ") == replace(invitation, uses=0)
        assert await redeemed(store, "ABCD-EFGH") is None
        assert await redeemed(store, "ABCD-EFGI") is None

    async def test_an_invitation_ends_with_its_time(self, store: Store) -> None:
        invitation = Invitation(role=Role.COORDINATOR, bureau="tokyo", until=LATER, uses=9)
        await invited(store, "ABCD", invitation)
        assert await redeemed(store, "ABCD", LATER + timedelta(microseconds=1)) is None
        assert await redeemed(store, "ABCD", LATER) == replace(invitation, uses=8)

    async def test_an_invitation_that_was_not_committed_is_not_used(self, store: Store) -> None:
        await invited(store, "ABCD", Invitation(role=Role.AGENCY, until=LATER))
        async with store() as work:
            assert await work.desks.redeem("ABCD", NOW) is not None
        assert await redeemed(store, "ABCD") is not None

    async def test_of_many_who_redeem_at_once_one_is_let_in(self, store: Store, other: Store) -> None:
        await invited(store, "ABCD", Invitation(role=Role.AGENCY, until=LATER))
        outcomes = await asyncio.gather(*(redeemed((store, other)[i % 2], "ABCD") for i in range(8)))
        assert len([one for one in outcomes if one is not None]) == 1

    async def test_a_time_keeps_its_zone(self, store: Store) -> None:
        tokyo = datetime(2026, 11, 20, 0, 30, 0, 123456, JST)
        async with store() as work:
            await work.exchanges.record(exchange("a" * 32, at=tokyo))
            await work.commit()
        async with store() as work:
            told = await work.exchanges.exchange("a" * 32)
            assert told is not None
            assert told.at == tokyo
            assert told.at.utcoffset() is not None
            assert told == exchange("a" * 32, at=tokyo)
            assert await work.exchanges.exchange("b" * 32) is None

    async def test_a_thread_tells_its_latest_first(self, store: Store) -> None:
        hidden = PLACE.privately(Person(platform="slack", tenant="T1", id="U2"))
        async with store() as work:
            for minute, place in enumerate((PLACE, PLACE.in_channel(), PLACE, hidden, PLACE, PLACE.privately(SATO))):
                await work.exchanges.record(exchange(f"{minute}" * 32, place, at=NOW + timedelta(minutes=minute)))
            assert await ids(work.exchanges.in_thread(PLACE)) == "420"
            assert await ids(work.exchanges.in_thread(PLACE, 2)) == "42"
            assert await ids(work.exchanges.in_thread(PLACE.privately(SATO))) == "5420"
            assert await ids(work.exchanges.in_thread(PLACE.in_channel())) == "1"

    async def test_a_desk_sees_what_found_no_answer(self, store: Store) -> None:
        ends = [Outcome.BROKEN, Outcome.NOT_FOUND, Outcome.ANSWERED, Outcome.NOT_FOUND]
        async with store() as work:
            for minute, outcome in enumerate(ends):
                at = NOW + timedelta(minutes=minute)
                await work.exchanges.record(exchange(f"{minute}" * 32, PLACE, outcome, at))
            await work.exchanges.record(exchange("9" * 32, PLACE, Outcome.NOT_FOUND, NOW, "04-sendai"))
            assert await ids(work.exchanges.open_of("13-shinjuku", NOW)) == "013"
            assert await ids(work.exchanges.open_of("13-shinjuku", NOW + timedelta(minutes=1))) == "13"
            assert await ids(work.exchanges.open_of("13-shinjuku", NOW, 1)) == "0"
            counts: Mapping[str, int] = await work.exchanges.counts("13-shinjuku", NOW)
            assert dict(counts) == {"broken": 1, "not_found": 2, "answered": 1}
            assert dict(await work.exchanges.counts("13-shinjuku", LATER)) == {}

    async def test_what_somebody_did_is_counted(self, store: Store) -> None:
        colleague = replace(SATO, id="U2")
        async with store() as work:
            for what, person, at in (
                ("redeem", SATO, NOW),
                ("redeem", SATO, LATER),
                ("redeem", colleague, LATER),
                ("redeem", None, LATER),
                ("link_channel", SATO, LATER),
            ):
                await work.audit.note(what, person, "C1", at)
            assert await work.audit.count("redeem", SATO, NOW) == 2
            assert await work.audit.count("redeem", SATO, LATER) == 1
            assert await work.audit.count("redeem", colleague, NOW) == 1


async def ids(exchanges: Awaitable[Sequence[Exchange]]) -> str:
    """First digits of their ids, in order."""
    return "".join(one.id[0] for one in await exchanges)
