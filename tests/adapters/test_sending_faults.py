"""Processes that die, hang, meet each other or lose the database: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from adapters.database.taking import Taken
from adapters.pacing_limits import LIMITS
from adapters.sending import Sender, Timing
from bot.deliveries import DeliveryState
from bot.pacing import Limit, Limits
from bot.places import Place, Receipt
from bot.posts import Post
from tests.adapters.sending_room import CHANNEL, THREAD, Room, database, room
from tests.fakes_messenger import FakeMessenger, Fault

__all__ = ["database", "room"]

QUICK = Timing(limit=5.0, lease=10.0, settle=0.0, poll=0.02)


async def take(room: Room, worker: str = "zombie", seconds: float = 40) -> Sequence[Taken]:
    """What a worker takes before it is killed, or held up."""
    now = room.clock()
    return await room.queue.take(worker, ["fake"], now, now + timedelta(seconds=seconds), 16)


@asynccontextmanager
async def running(*senders: Sender) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        for sender in senders:
            group.create_task(sender.run())
        yield
        for sender in senders:
            sender.stop()


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110 - what it waits for stands in a database
            await asyncio.sleep(0.005)


async def until(room: Room, count: int) -> None:
    """Waits until so many posts stand on the platform."""

    async def so_many() -> bool:
        return len(room.said()) >= count

    await eventually(so_many)


async def said(room: Room, taken: Taken) -> Receipt:
    assert taken.delivery.post
    return await room.platform.post(taken.delivery.place, taken.delivery.post, taken.delivery.id)


class Slow(FakeMessenger):
    """Says nothing before it is let."""

    def __init__(self, room: Room) -> None:
        super().__init__(said=room.platform.said)
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        self.begun.set()
        await self.go_on.wait()
        return await super().post(place, post, delivery)


async def test_killed_after_saying_and_before_writing_it_is_not_said_twice(room: Room) -> None:
    delivery = await room.owe("一度だけ")
    (taken,) = await take(room)
    await said(room, taken)
    assert await room.sender().drain() == 0
    room.clock.go_on(40)
    assert await room.sender().drain() == 1
    assert room.said() == ["一度だけ"]
    kept = await room.delivery(delivery)
    assert (kept.state, kept.attempts, kept.receipt) == (DeliveryState.SENT, 2, room.platform.said[0].receipt)


async def test_killed_before_saying_it_is_said_by_the_next(room: Room) -> None:
    await room.owe("一度だけ")
    await take(room)
    room.clock.go_on(40)
    await room.sender().drain()
    assert room.said() == ["一度だけ"]


async def test_a_zombie_overwrites_nothing(room: Room) -> None:
    delivery = await room.owe("一度だけ")
    (zombies,) = await take(room)
    room.clock.go_on(40)
    await room.sender("heir").drain()
    kept = await room.delivery(delivery)
    now, later = room.clock(), room.clock() + timedelta(hours=1)
    assert not await room.queue.sent(zombies, room.platform.said[0].receipt, now)
    assert not await room.queue.throttled(zombies, now, "busy", unclear=True)
    assert not await room.queue.later(zombies, later, "down", now, unclear=True)
    assert not await room.queue.failed(zombies, "refused", now, unclear=False)
    assert not await room.queue.gone(zombies, "archived", now)
    assert await room.queue.extend([zombies], later) == set()
    assert await room.delivery(delivery) == kept


async def test_a_zombie_ends_nothing_that_another_has_in_hand(room: Room) -> None:
    await room.owe("一度だけ")
    (zombies,) = await take(room)
    room.clock.go_on(40)
    (heirs,) = await take(room, "heir")
    assert not await room.queue.failed(zombies, "refused", room.clock(), unclear=False)
    assert await room.queue.sent(heirs, await said(room, heirs), room.clock())


async def test_a_zombie_frees_no_lane_that_another_holds(room: Room) -> None:
    await room.owe("先", THREAD)
    (zombies,) = await take(room)
    room.clock.go_on(40)
    (heirs,) = await take(room, "heir")
    await room.owe("次")
    await room.queue.sent(zombies, await said(room, zombies), room.clock())
    assert await take(room, "third") == ()
    await room.queue.sent(heirs, await said(room, heirs), room.clock())
    assert len(await take(room, "third")) == 1


async def test_a_worker_that_was_held_up_after_taking_says_nothing(room: Room) -> None:
    await room.owe("一度だけ")
    held = room.sender("held")
    taken = await held._take(16)  # as a process does that the machine then stops
    room.clock.go_on(60)
    await room.sender("heir").drain()
    for one in taken:
        await held._send(one)
    assert room.said() == ["一度だけ"]


async def test_a_lease_is_extended_while_its_holder_lives(room: Room) -> None:
    await room.owe("長い話")
    (taken,) = await take(room)
    room.clock.go_on(30)
    assert await room.queue.extend([taken], room.clock() + timedelta(seconds=40)) == {taken.delivery.id}
    room.clock.go_on(30)
    assert await take(room, "heir") == ()
    assert await room.queue.next_due(["fake"]) == room.clock() + timedelta(seconds=10)


async def test_several_workers_say_each_thing_once_and_in_order(room: Room) -> None:
    channels = [Place(platform="fake", tenant="t", channel=f"c{i}") for i in range(6)]
    for i in range(60):
        await room.owe(f"{i:02}", channels[i % 6])
    async with running(*(room.sender(f"w{i}", QUICK) for i in range(3))):
        await until(room, 60)
    assert sorted(room.said()) == [f"{i:02}" for i in range(60)]
    for i, place in enumerate(channels):
        here = [one.post.summary for one in room.platform.said if one.receipt.place == place]
        assert here == [f"{j:02}" for j in range(i, 60, 6)]


async def test_an_orderly_stop_lets_what_is_in_hand_end_and_keeps_the_rest(room: Room) -> None:
    for i in range(4):
        await room.owe(f"{i}", THREAD)
    slow = Slow(room)
    sender = Sender(room.queue, {"fake": slow}, worker="w", now=room.clock, random=lambda: 1.0, timing=QUICK)
    async with asyncio.TaskGroup() as group:
        group.create_task(sender.run())
        await slow.begun.wait()
        sender.stop()
        slow.go_on.set()
    assert room.said() == ["0"]
    async with room.store() as work:
        assert await work.outbox.counts() == {"sent": 1, "waiting": 3}


async def test_a_stop_that_cannot_wait_leaves_what_hangs_to_be_looked_for(room: Room) -> None:
    delivery = await room.owe("届いていた")
    room.platform.faults.append(Fault(None, lands=True))
    sender = room.sender("w", QUICK)
    async with asyncio.TaskGroup() as group:
        group.create_task(sender.run())
        await until(room, 1)
        sender.stop(grace=0)
    kept = await room.delivery(delivery)
    assert (kept.state, kept.unclear) == (DeliveryState.WAITING, True)
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["届いていた"]


async def test_a_request_that_never_ends_is_let_go(room: Room) -> None:
    await room.owe("止まった")
    room.platform.faults.append(Fault(None))
    await room.sender(timing=Timing(limit=0.01, lease=10)).drain()
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["止まった"]


async def test_a_database_that_goes_while_something_is_said_loses_nothing(room: Room) -> None:
    delivery = await room.owe("書けなかった")
    slow = Slow(room)
    sender = Sender(room.queue, {"fake": slow}, worker="w", now=room.clock, random=lambda: 1.0, timing=QUICK)
    async with running(sender):
        await slow.begun.wait()
        room.database.lost = True
        slow.go_on.set()
        await until(room, 1)
        await asyncio.sleep(0.1)  # several rounds that cannot reach it
        room.database.lost = False

        async def written() -> bool:
            return (await room.delivery(delivery)).state is DeliveryState.SENT

        await eventually(written)
    assert room.said() == ["書けなかった"]


async def test_a_stop_without_a_database_ends_and_what_was_said_is_found_later(room: Room) -> None:
    delivery = await room.owe("書けなかった")
    slow = Slow(room)
    sender = Sender(room.queue, {"fake": slow}, worker="w", now=room.clock, random=lambda: 1.0, timing=QUICK)
    async with asyncio.TaskGroup() as group:
        group.create_task(sender.run())
        await slow.begun.wait()
        room.database.lost = True
        slow.go_on.set()
        await until(room, 1)
        sender.stop(grace=0.05)
    room.database.lost = False
    assert (await room.delivery(delivery)).state is DeliveryState.SENDING
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["書けなかった"]


async def test_the_pace_of_a_channel_is_reserved_before_sending(room: Room) -> None:
    paced = Room(room.database, {"fake": LIMITS["slack"]})
    for text in ("一", "二"):
        await paced.owe(text)
    await paced.owe("隣", Place(platform="fake", tenant="t", channel="d"))
    await paced.sender().drain()
    assert sorted(paced.said()) == ["一", "隣"]
    assert await paced.queue.next_due(["fake"]) == paced.clock() + timedelta(seconds=1)
    paced.clock.go_on(1)
    await paced.sender().drain()
    assert len(paced.said()) == 3


async def test_the_pace_of_a_workspace_holds_over_all_its_channels(room: Room) -> None:
    paced = Room(room.database, {"fake": Limits(workspace=(Limit(3, 10, burst=3),))})
    times: list[datetime] = []
    for i in range(9):
        await paced.owe(f"{i}", Place(platform="fake", tenant="t", channel=f"c{i}"))
    while (due := await paced.queue.next_due(["fake"])) is not None:
        paced.clock.time = max(due, paced.clock())
        times += [paced.clock()] * await paced.sender().drain()
    assert len(paced.said()) == 9
    assert all(b - a >= timedelta(seconds=10) for a, b in zip(times, times[3:], strict=False))


async def test_what_ended_long_ago_is_erased_and_stays_counted(room: Room) -> None:
    old = await room.owe("昔の話")
    await room.sender().drain()
    room.clock.go_on(3600)
    await room.owe("今の話")
    await room.sender().drain()
    waiting = await room.owe("これから")
    assert await room.queue.erase(room.clock()) == 1
    assert (await room.delivery(old)).post is None
    assert (await room.delivery(waiting)).post is not None
    async with room.store() as work:
        assert await work.outbox.counts() == {"sent": 2, "waiting": 1}


async def test_a_dead_one_whose_text_was_erased_stays_dead(room: Room) -> None:
    delivery = await room.owe("消えた話")
    room.platform.gone.add(CHANNEL.lane)
    await room.sender().drain()
    await room.queue.erase(room.clock() + timedelta(seconds=1))
    assert not await room.retry(delivery)
    assert (await room.delivery(delivery)).state is DeliveryState.GONE


async def test_what_was_owed_to_a_place_that_was_left_ends(room: Room) -> None:
    here = await room.owe("ここ")
    there = await room.owe("あちら", Place(platform="fake", tenant="t", channel="d"))
    async with room.store() as work:
        assert await work.desks.leave("fake", "t", "c", room.clock()) == 1
        await work.commit()
    assert (await room.delivery(here)).state is DeliveryState.GONE
    await room.sender().drain()
    assert (await room.delivery(there)).state is DeliveryState.SENT
    assert room.said() == ["あちら"]
