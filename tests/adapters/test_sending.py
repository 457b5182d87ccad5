"""What becomes of a delivery: it lands, waits, is looked for, is tried again, or ends with a reason."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from adapters.database.deliveries import deliveries
from bot.deliveries import DeliveryState
from bot.errors import Gone, MessengerError, Refused, Throttled, Unavailable, Unclear
from bot.places import Person, Place
from tests.adapters.sending_room import CHANNEL, THREAD, Room, database, room

__all__ = ["database", "room"]

HOUR = 3600.0


async def test_what_is_owed_is_said_once_and_its_receipt_kept(room: Room) -> None:
    delivery = await room.owe("こんにちは")
    assert await room.sender().drain() == 1
    assert await room.sender().drain() == 0
    assert room.said() == ["こんにちは"]
    kept = await room.delivery(delivery)
    assert (kept.state, kept.attempts, kept.receipt) == (DeliveryState.SENT, 1, room.platform.said[0].receipt)


async def test_a_channel_hears_everything_in_order(room: Room) -> None:
    texts = [f"第{i}回" for i in range(6)]
    for i, text in enumerate(texts):
        await room.owe(text, (CHANNEL, THREAD)[i % 2])
    await room.sender().drain()
    assert room.said() == texts


async def test_a_platform_that_nobody_speaks_on_here_waits(room: Room) -> None:
    elsewhere = Place(platform="other", tenant="t", channel="c")
    delivery = await room.owe("いつか", elsewhere)
    assert await room.sender().drain() == 0
    assert await room.queue.next_due(["fake"]) is None
    assert (await room.delivery(delivery)).state is DeliveryState.WAITING


async def test_throttled_is_never_final_and_no_failure(room: Room) -> None:
    delivery = await room.owe("待たされる")
    room.meets(*[Throttled("busy", HOUR)] * 12)
    for _ in range(12):
        assert await room.sender().drain() == 1
        assert (await room.delivery(delivery)).state is DeliveryState.THROTTLED
        room.clock.go_on(HOUR - 1)
        assert await room.sender().drain() == 0
        room.clock.go_on(1)
    await room.sender().drain()
    assert room.said() == ["待たされる"]


async def test_a_pause_holds_for_the_whole_workspace_and_no_other(room: Room) -> None:
    await room.owe("待たされる")
    room.meets(Throttled("busy", 30))
    await room.sender().drain()
    await room.owe("同じ部屋")
    await room.owe("隣の部屋", Place(platform="fake", tenant="t", channel="d"))
    await room.owe("別の会社", Place(platform="fake", tenant="u", channel="c"))
    await room.sender().drain()
    assert room.said() == ["別の会社"]
    room.clock.go_on(30)
    await room.sender().drain()
    assert sorted(room.said()[1:]) == sorted(["待たされる", "同じ部屋", "隣の部屋"])


@pytest.mark.parametrize("told", [None, -5.0, 10.0**9])
async def test_a_pause_that_makes_no_sense_still_ends(room: Room, told: float | None) -> None:
    await room.owe("待たされる")
    room.meets(Throttled("busy", told))
    await room.sender().drain()
    room.clock.go_on(24 * HOUR)
    await room.sender().drain()
    assert room.said() == ["待たされる"]


async def test_a_platform_that_is_away_is_waited_for(room: Room) -> None:
    delivery = await room.owe("届くまで")
    room.meets(*[Unavailable("down")] * 3)
    for wait in (1, 2, 4):
        await room.sender().drain()
        kept = await room.delivery(delivery)
        assert (kept.state, kept.unclear, kept.reason) == (DeliveryState.WAITING, False, "down")
        assert (kept.due - room.clock()).total_seconds() == wait
        room.clock.go_on(wait)
    await room.sender().drain()
    assert room.said() == ["届くまで"]


async def test_it_is_given_up_after_a_day_and_not_before_and_can_be_brought_back(room: Room) -> None:
    delivery = await room.owe("届かない")
    # The first failure, one a minute before the day is over, and, since tries count too, all but one of the rest.
    for wait in (24 * HOUR - 60, 60, *[HOUR] * 6):
        room.meets(Unavailable("down"))
        await room.sender().drain()
        assert (await room.delivery(delivery)).state is DeliveryState.WAITING
        room.clock.go_on(wait)
    room.meets(Unavailable("down"), Unavailable("down"))
    await room.sender().drain()
    room.clock.go_on(HOUR)
    await room.sender().drain()
    kept = await room.delivery(delivery)
    assert (kept.state, kept.reason) == (DeliveryState.FAILED, "given up after 10 failures: down")
    async with room.store() as work:
        assert [one.id for one in await work.outbox.dead()] == [delivery]
        assert await work.outbox.counts() == {"failed": 1}
    assert await room.retry(delivery)
    assert not await room.retry(delivery)
    await room.sender().drain()
    assert room.said() == ["届かない"]


@pytest.mark.parametrize(
    ("error", "state"), [(Refused("malformed"), DeliveryState.FAILED), (Gone("archived"), DeliveryState.GONE)]
)
async def test_what_will_never_be_taken_ends_with_a_reason(
    room: Room, error: MessengerError, state: DeliveryState
) -> None:
    delivery = await room.owe("だめ")
    await room.owe("次")
    room.meets(error)
    await room.sender().drain()
    kept = await room.delivery(delivery)
    assert (kept.state, kept.reason) == (state, error.reason)
    assert room.said() == ["次"]


async def test_what_landed_without_an_answer_is_found_and_not_said_again(room: Room) -> None:
    delivery = await room.owe("届いていた")
    room.meets(Unclear("no answer"), lands=True)
    await room.sender().drain()
    assert (await room.delivery(delivery)).unclear
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["届いていた"]
    assert (await room.delivery(delivery)).receipt == room.platform.said[0].receipt


async def test_what_did_not_land_is_said_after_it_was_looked_for(room: Room) -> None:
    await room.owe("届かなかった")
    room.meets(Unclear("no answer"))
    await room.sender().drain()
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["届かなかった"]


@pytest.mark.parametrize("error", [Throttled("busy", 5), Unavailable("down"), Unclear("no answer"), OSError("broke")])
async def test_while_nobody_can_look_nothing_is_said_again(room: Room, error: Exception) -> None:
    delivery = await room.owe("届いていた")
    room.meets(Unclear("no answer"), lands=True)
    await room.sender().drain()
    room.clock.go_on(60)
    room.meets(error)  # type: ignore[arg-type]  # whatever a library may raise
    await room.sender().drain()
    assert (await room.delivery(delivery)).unclear
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["届いていた"]


async def test_what_nobody_can_look_for_is_said_again_rarely_and_not_for_ever(room: Room) -> None:
    delivery = await room.owe("あなただけに", THREAD.privately(Person(platform="fake", tenant="t", id="p")))
    began = room.clock()
    while (kept := await room.delivery(delivery)).state is DeliveryState.WAITING:
        room.meets(Unclear("no answer"), lands=True)
        room.clock.time = max(kept.due, room.clock())
        await room.sender().drain()
    assert kept.state is DeliveryState.FAILED
    assert kept.unclear
    assert (room.clock() - began).total_seconds() >= HOUR
    assert 2 <= len(room.said()) <= 10


async def test_a_messenger_that_breaks_harms_nothing_else(room: Room) -> None:
    delivery = await room.owe("壊れる")
    await room.owe("別の話", THREAD)
    room.meets(KeyError("壊れる"))  # type: ignore[arg-type]  # a fault of ours
    await room.sender().drain()
    assert room.said() == ["別の話"]
    kept = await room.delivery(delivery)
    assert (kept.state, kept.unclear, kept.reason) == (DeliveryState.WAITING, True, "KeyError")
    room.clock.go_on(60)
    await room.sender().drain()
    assert room.said() == ["別の話", "壊れる"]


async def test_one_thread_waits_for_its_own_head_only(room: Room) -> None:
    await room.owe("つまずく", THREAD)
    await room.owe("その次", THREAD)
    await room.owe("別の話")
    room.meets(Unavailable("down"))
    await room.sender().drain()
    assert room.said() == ["別の話"]
    room.clock.go_on(1)
    await room.sender().drain()
    assert room.said() == ["別の話", "つまずく", "その次"]


async def test_an_edit_waits_for_what_it_edits_and_changes_that(room: Room) -> None:
    first = await room.owe("前の状態")
    edit = await room.owe("次の状態", THREAD, edits=first)
    again = await room.owe("最後の状態", THREAD, edits=edit)
    room.meets(Unavailable("down"))
    await room.sender().drain()
    assert room.said() == []
    room.clock.go_on(1)
    await room.sender().drain()
    assert room.said() == ["最後の状態"]
    kept = await room.delivery(again)
    assert (kept.state, kept.receipt) == (DeliveryState.SENT, room.platform.said[0].receipt)


async def test_an_edit_that_may_have_landed_is_simply_repeated(room: Room) -> None:
    first = await room.owe("前の状態")
    await room.sender().drain()
    edit = await room.owe("次の状態", edits=first)
    room.meets(Unclear("no answer"), lands=True)
    await room.sender().drain()
    assert not (await room.delivery(edit)).unclear
    room.clock.go_on(3)
    await room.sender().drain()  # it may still land, and would then stand in place of what follows
    assert (await room.delivery(edit)).state is DeliveryState.WAITING
    room.clock.go_on(1)
    await room.sender().drain()
    assert ((await room.delivery(edit)).state, room.said()) == (DeliveryState.SENT, ["次の状態"])


async def test_an_edit_of_what_never_landed_dies_and_says_why(room: Room) -> None:
    first = await room.owe("前の状態")
    edit = await room.owe("次の状態", edits=first)
    await room.owe("別の話")
    room.meets(Refused("malformed"))
    await room.sender().drain()
    kept = await room.delivery(edit)
    assert (kept.state, kept.reason) == (DeliveryState.FAILED, "what it edits never landed")
    assert room.said() == ["別の話"]


async def test_a_post_that_cannot_be_read_ends_and_holds_up_nothing(room: Room) -> None:
    delivery = await room.owe("読めない")
    await room.owe("次")
    async with room.database.begin() as connection:
        await connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(post='{"blocks": 1}'))
    await room.sender().drain()
    kept = await room.delivery(delivery)
    assert (kept.state, kept.reason) == (DeliveryState.FAILED, "its post cannot be read by this version")
    assert room.said() == ["次"]
