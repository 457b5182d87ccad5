"""What every store's inbox must do."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.incoming import Incoming, Joined, Left, Pressed, Submitted
from bot.places import Receipt
from bot.ports import Kept, Store
from tests.adapters.database.events import LATER, NOW, PLACE, SATO, SOON, asked


async def claimed(store: Store, *keys: str) -> bool:
    async with store() as work:
        new = await work.inbox.claim(keys, NOW)
        await work.commit()
        return new


async def kept(store: Store, *events: Incoming) -> None:
    for event in events:
        async with store() as work:
            await work.inbox.keep(event, NOW)
            await work.commit()


async def taken(store: Store, worker: str = "w1", now: datetime = NOW) -> Kept | None:
    async with store() as work:
        one = await work.inbox.take(worker, now, now + timedelta(seconds=30))
        await work.commit()
        return one


async def ended(store: Store, one: Kept) -> bool:
    async with store() as work:
        ours = await work.inbox.done(one)
        if ours:
            await work.commit()
        return ours


class InboxContract:
    async def test_an_id_is_claimed_once(self, store: Store) -> None:
        assert await claimed(store, "E1", "M1")
        assert not await claimed(store, "E1", "M1")

    async def test_claims_hold_together(self, store: Store) -> None:
        assert await claimed(store, "E1", "M1")
        assert not await claimed(store, "E2", "M1")
        assert await claimed(store, "E2")

    async def test_an_id_named_twice_is_one(self, store: Store) -> None:
        assert await claimed(store, "E1", "E1")
        assert await claimed(store)

    async def test_what_follows_a_refused_claim_counts(self, store: Store) -> None:
        await claimed(store, "E1")
        async with store() as work:
            assert not await work.inbox.claim(("E1", "E2"), NOW)
            assert await work.inbox.claim(("E3",), NOW)
            await work.commit()
        assert not await claimed(store, "E3")

    async def test_a_claim_that_was_undone_is_free(self, store: Store) -> None:
        async with store() as work:
            assert await work.inbox.claim(("E1",), NOW)
        assert await claimed(store, "E1")

    async def test_of_many_at_once_one_wins(self, store: Store, other: Store) -> None:
        tries = [claimed((store, other)[i % 2], *(("E1", "M1") if i % 3 else ("M1", "E1"))) for i in range(12)]
        assert sorted(await asyncio.gather(*tries)) == [False] * 11 + [True]

    async def test_events_come_in_the_order_of_arrival(self, store: Store) -> None:
        await kept(store, asked("E1", "C1"), asked("E2", "C2"), asked("E3", "C3"))
        events = [await taken(store) for _ in range(4)]
        assert [one and one.incoming for one in events] == [
            asked("E1", "C1"),
            asked("E2", "C2"),
            asked("E3", "C3"),
            None,
        ]

    async def test_every_kind_comes_back_as_it_was(self, store: Store) -> None:
        events: list[Incoming] = [
            asked(text="「はい」\n\U0001f600 <b> \0 \x7f"),
            Pressed(keys=("P",), place=PLACE, person=SATO, at=NOW, action="confirm", message=Receipt(PLACE, "1.2")),
            Submitted(keys=("S",), place=PLACE, person=SATO, at=NOW, form="link", values={"days": ("月", "火")}),
            Joined(keys=("J",), place=PLACE, person=SATO, at=NOW, direct=True),
            Joined(keys=("K",), place=PLACE, at=NOW),
            Left(keys=("L",), platform="slack", tenant="T1", channel="C1", at=NOW),
            Left(keys=("L2",), platform="slack", tenant="T1", at=NOW),
        ]
        for event in events:
            await kept(store, event)
            one = await taken(store)
            assert one is not None
            assert one.incoming == event
            assert await ended(store, one)

    async def test_half_an_emoji_does_not_stop_a_question(self, store: Store) -> None:
        await kept(store, asked(text="届は\ud83dいつまで"))
        one = await taken(store)
        assert one is not None
        assert one.incoming == asked(text="届は\ufffdいつまで")

    async def test_one_lane_is_one_hand(self, store: Store, other: Store) -> None:
        await kept(store, asked("E1"), asked("E2"))
        first = await taken(store)
        assert first is not None
        assert await taken(other, "w2") is None
        assert await ended(store, first)
        second = await taken(other, "w2")
        assert second is not None
        assert second.incoming == asked("E2")

    async def test_leaving_a_channel_waits_for_what_was_asked_there(self, store: Store) -> None:
        left = Left(keys=("L",), platform="slack", tenant="T1", channel="C1", at=NOW)
        await kept(store, asked("E1"), left)
        assert await taken(store) is not None
        assert await taken(store) is None

    async def test_a_lease_that_ran_out_frees_the_event(self, store: Store, other: Store) -> None:
        await kept(store, asked())
        first = await taken(store)
        assert await taken(other, "w2", now=SOON - timedelta(seconds=1)) is None
        again = await taken(other, "w2", now=SOON)
        assert first is not None
        assert again == Kept(id=first.id, incoming=first.incoming, attempts=2)

    async def test_who_lost_the_lease_ends_nothing(self, store: Store, other: Store) -> None:
        await kept(store, asked())
        first = await taken(store)
        again = await taken(other, "w2", now=SOON)
        assert first is not None
        assert again is not None
        assert not await ended(store, first)
        async with store() as work:
            await work.inbox.later(first, LATER, "too slow")
            await work.commit()
        assert await ended(other, again)
        assert not await ended(other, again)

    async def test_the_number_of_an_ended_event_does_not_come_back(self, store: Store) -> None:
        await kept(store, asked("E1"))
        first = await taken(store)
        assert first is not None
        assert await ended(store, first)
        await kept(store, asked("E2"))
        assert await taken(store) is not None
        assert not await ended(store, first)

    async def test_an_event_put_back_keeps_its_lane_waiting(self, store: Store) -> None:
        await kept(store, asked("E1"), asked("E2"))
        first = await taken(store)
        assert first is not None
        async with store() as work:
            await work.inbox.later(first, SOON, "index")
            await work.commit()
        assert not await ended(store, first)
        assert await taken(store) is None
        again = await taken(store, now=SOON)
        assert again is not None
        assert (again.id, again.attempts) == (first.id, 2)

    async def test_a_taking_that_was_undone_did_not_happen(self, store: Store) -> None:
        await kept(store, asked())
        async with store() as work:
            assert await work.inbox.take("w1", NOW, SOON) is not None
        one = await taken(store, "w2")
        assert one is not None
        assert one.attempts == 1

    async def test_many_workers_keep_each_lane_in_order(self, store: Store, other: Store) -> None:
        lanes = {f"C{i}": [f"E{i}.{j}" for j in range(5)] for i in range(3)}
        await kept(store, *(asked(lanes[lane][j], lane) for j in range(5) for lane in lanes))
        done: dict[str, list[str]] = {lane: [] for lane in lanes}
        in_hand: set[str] = set()

        async def work_off(mine: Store, worker: str) -> None:
            while sum(map(len, done.values())) < 15:
                one = await taken(mine, worker)
                if one is None:
                    await asyncio.sleep(0.005)
                    continue
                assert not isinstance(one.incoming, Left)
                lane = one.incoming.place.channel
                assert lane not in in_hand
                in_hand.add(lane)
                await asyncio.sleep(0)
                done[lane].append(one.incoming.place.thread)
                in_hand.remove(lane)
                assert await ended(mine, one)

        await asyncio.gather(*(work_off((store, other)[i % 2], f"w{i}") for i in range(4)))
        assert done == lanes
