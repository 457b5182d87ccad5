"""What stands under a message that is yet to land: it waits for its thread, keeps its order, and holds up nobody."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from adapters.database.taking import Taken
from bot.deliveries import DeliveryState
from bot.errors import Refused, Throttled, Unavailable
from bot.places import Person, Receipt
from tests.adapters.sending_room import CHANNEL, THREAD, Room, database, room, saying

__all__ = ["database", "room"]

SENT, FAILED = DeliveryState.SENT, DeliveryState.FAILED
LOST = "what it stands under never landed"


async def taken(room: Room) -> Taken:
    """The one delivery that a worker takes."""
    now = room.clock()
    [one] = await room.queue.take("w", ["fake"], now, now + timedelta(seconds=40), 1)
    return one


async def test_what_stands_under_a_message_lands_in_its_thread(room: Room) -> None:
    async with room.store() as work:
        card = await work.outbox.owe(CHANNEL, saying("照会"), room.clock())
        reply = await work.outbox.owe(CHANNEL, saying("追記"), room.clock(), under=card)
        await work.commit()
    assert (await room.delivery(reply)).under == card
    await room.sender().drain()
    assert (room.said(), room.replies(card)) == (["照会", "追記"], ["追記"])
    kept = await room.delivery(reply)
    assert (kept.place, kept.under) == (replace(CHANNEL, thread="m1"), "")
    assert (await room.delivery(await room.owe("のちほど", under=card))).place.thread == "m1"


async def test_what_stands_under_a_reply_stands_in_the_thread_of_that(room: Room) -> None:
    reply = await room.owe("返事", THREAD)
    await room.owe("その次", under=reply)
    await room.owe("チャネルの話")
    room.meets(Unavailable("down"))
    await room.sender().drain()
    assert room.said() == ["チャネルの話"]
    room.clock.go_on(1)
    await room.sender().drain()
    assert [one.receipt.place for one in room.platform.said] == [CHANNEL, THREAD, THREAD]


async def test_it_waits_and_holds_up_nobody(room: Room) -> None:
    card = await room.owe("照会")
    await room.owe("追記", under=card)
    await room.owe("別の話", THREAD)
    room.meets(Unavailable("down"))
    await room.sender().drain()
    assert room.said() == ["別の話"]
    room.clock.go_on(1)
    await room.sender().drain()
    assert room.said() == ["別の話", "照会", "追記"]


async def test_its_own_trouble_is_only_its_threads(room: Room) -> None:
    card = await room.owe("照会")
    await room.owe("ひとつめ", under=card)
    await room.owe("ふたつめ", under=card)
    receipt = await room.platform.post(CHANNEL, saying("照会"), card)
    await room.queue.sent(await taken(room), receipt, room.clock())
    room.meets(Unavailable("down"))
    await room.owe("別の話")
    await room.owe("スレッドでの話", replace(CHANNEL, thread=receipt.message))
    await room.sender().drain()
    assert room.said() == ["照会", "別の話"]
    room.clock.go_on(1)
    await room.sender().drain()
    assert room.replies(card) == ["ひとつめ", "ふたつめ", "スレッドでの話"]


async def test_it_dies_with_what_it_stands_under(room: Room) -> None:
    card = await room.owe("照会")
    replies = [await room.owe(text, under=card) for text in ("ひとつめ", "ふたつめ")]
    await room.owe("別の話")
    room.meets(Refused("malformed"))
    await room.sender().drain()
    kept = [await room.delivery(one) for one in replies]
    assert [(one.state, one.reason) for one in kept] == [(FAILED, LOST), (FAILED, LOST)]
    assert room.said() == ["別の話"]


async def test_what_died_with_it_comes_back_after_it(room: Room) -> None:
    card = await room.owe("照会")
    replies = [await room.owe(text, under=card) for text in ("ひとつめ", "ふたつめ")]
    room.meets(Refused("malformed"))
    await room.sender().drain()
    assert await room.retry(replies[0])
    await room.sender().drain()
    assert (await room.delivery(replies[0])).reason == LOST
    assert await room.retry(replies[0])
    assert await room.retry(card)
    await room.sender().drain()
    assert await room.retry(replies[1])
    await room.sender().drain()
    assert room.replies(card) == ["ひとつめ", "ふたつめ"]


async def test_beside_a_message_whose_id_nobody_knows_it_stands_in_the_channel(room: Room) -> None:
    card = await room.owe("照会")
    await room.owe("追記", under=card)
    await room.queue.sent(await taken(room), Receipt(CHANNEL, ""), room.clock())
    await room.owe("のちほど", under=card)
    await room.sender().drain()
    assert [(one.post.summary, one.receipt.place) for one in room.platform.said] == [
        ("追記", CHANNEL),
        ("のちほど", CHANNEL),
    ]


async def test_an_edit_of_what_waits_waits_with_it(room: Room) -> None:
    card = await room.owe("照会")
    reply = await room.owe("前の状態", under=card)
    edit = await room.owe("次の状態", edits=reply)
    after = await room.owe("その次", under=card)
    await room.owe("別の話", THREAD)
    room.meets(Throttled("busy", 7))
    await room.sender().drain()
    assert room.said() == []
    room.clock.go_on(7)
    await room.sender().drain()
    assert room.replies(card) == ["次の状態", "その次"]
    assert [(await room.delivery(one)).place.thread for one in (edit, after)] == ["m1", "m1"]
    await room.owe("最後の状態", edits=reply)
    await room.sender().drain()
    assert room.replies(card) == ["最後の状態", "その次"]


async def test_an_edit_of_what_died_dies_too(room: Room) -> None:
    card = await room.owe("照会")
    edit = await room.owe("次の状態", edits=await room.owe("前の状態", under=card))
    room.meets(Refused("malformed"))
    await room.sender().drain()
    assert ((await room.delivery(edit)).state, room.said()) == (FAILED, [])


async def test_a_worker_that_died_after_the_first_message_leaves_a_thread(room: Room) -> None:
    card = await room.owe("照会")
    reply = await room.owe("追記", under=card)
    await taken(room)
    await room.platform.post(CHANNEL, saying("照会"), card)
    await room.sender().drain()
    assert (await room.delivery(reply)).under == card
    room.clock.go_on(60)
    await room.sender().drain()
    assert (room.said(), room.replies(card)) == (["照会", "追記"], ["追記"])


async def test_a_late_result_begins_nothing(room: Room) -> None:
    card = await room.owe("照会")
    reply = await room.owe("追記", under=card)
    late = await taken(room)
    room.clock.go_on(60)
    again = await taken(room)
    elsewhere = await room.platform.post(CHANNEL, saying("照会"), "0" * 32)
    assert not await room.queue.sent(late, elsewhere, room.clock())
    assert (await room.delivery(reply)).under == card
    stands = await room.platform.post(CHANNEL, saying("照会"), card)
    assert await room.queue.sent(again, stands, room.clock())
    assert (await room.delivery(reply)).place.thread == stands.message


async def test_it_ends_where_the_assistant_was_removed(room: Room) -> None:
    await room.owe("追記", under=await room.owe("照会"))
    async with room.store() as work:
        assert await work.desks.leave("fake", "t", "c", room.clock()) == 2
        await work.commit()
    await room.sender().drain()
    assert room.said() == []


async def test_what_becomes_owed_while_the_first_lands_misses_nothing(room: Room) -> None:
    card = await room.owe("照会")
    first = await taken(room)
    receipt = await room.platform.post(CHANNEL, saying("照会"), card)
    async with room.store() as work:
        reply = await work.outbox.owe(CHANNEL, saying("追記"), room.clock(), under=card)
        landing = asyncio.create_task(room.queue.sent(first, receipt, room.clock()))
        await asyncio.sleep(0.1)  # it must wait for this unit of work, or it would not see what is owed here
        await work.commit()
    assert await landing
    await room.sender().drain()
    assert ((await room.delivery(reply)).state, room.replies(card)) == (SENT, ["追記"])


async def test_a_thread_in_somebodys_own_conversation(room: Room) -> None:
    own = Person(platform="fake", tenant="t", id="p").own_conversation
    card = await room.owe("お知らせ", own)
    await room.owe("続き", own, under=card)
    await room.owe("チャネルの話")
    await room.sender().drain()
    assert room.replies(card) == ["続き"]
    assert {one.receipt.place.in_channel() for one in room.platform.said} == {own.in_channel(), CHANNEL}
