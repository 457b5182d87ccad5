"""What every messenger keeps to: Slack's, Teams', the console's and the fake one.

A test module of a platform subclasses `MessengerContract` as `Test…` and gives the fixture `stage`.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from typing import Protocol

import pytest

from bot import labels
from bot.errors import Gone, MessengerError, Refused, Throttled, Unavailable, Unclear
from bot.places import Person, Place, Receipt
from bot.ports import Messenger
from bot.posts import Post, Text
from tests.fakes_documents import TITLE, handing_over


class Trouble(Enum):
    """What the next request to the platform meets, and the error that it must become."""

    THROTTLED = Throttled  # turned away, asked to come back after 7 seconds
    UNAVAILABLE = Unavailable  # surely not taken: no connection, or a plain "not now"
    UNCLEAR = Unclear  # taken, but the answer never arrives
    REFUSED = Refused  # never to be taken as it is


class Stage(Protocol):
    """A messenger and the double of the platform that it speaks to.

    Args:
        messenger: what is tried.
        place: a channel where the assistant may post.
        closed: a channel of the same platform that is no more.
        person: somebody who is in `place`.
        looks_back: whether `find` can tell of a message that everybody sees.
        troubles: what the platform can be made to meet.
    """

    messenger: Messenger
    place: Place
    closed: Place
    person: Person
    looks_back: bool
    troubles: frozenset[Trouble]

    async def public(self, place: Place) -> Sequence[str]:
        """All messages that everybody in a channel sees, threads included, oldest first; markup may stay."""

    async def private(self, person: Person) -> Sequence[str]:
        """All messages that this person alone sees, those of their own conversation included, oldest first."""

    async def meet(self, trouble: Trouble) -> None:
        """Makes the next request to the platform meet a trouble; the one after it goes well again."""


def saying(text: str) -> Post:
    """A post that says one thing."""
    return Post(blocks=(Text(text),), summary=text)


def new_delivery() -> str:
    """A delivery id."""
    return uuid.uuid4().hex


def times(text: str, messages: Sequence[str]) -> int:
    return sum(text in message for message in messages)


class MessengerContract:
    async def test_a_post_lands_once_where_its_receipt_says(self, stage: Stage) -> None:
        receipt = await stage.messenger.post(stage.place, saying("はじめの言葉"), new_delivery())
        assert receipt.message
        assert (receipt.place.platform, receipt.place.lane) == (stage.place.platform, stage.place.lane)
        assert times("はじめの言葉", await stage.public(stage.place)) == 1

    async def test_posts_stand_in_the_order_in_which_they_were_sent(self, stage: Stage) -> None:
        receipts = [await stage.messenger.post(stage.place, saying(f"第{i}回"), new_delivery()) for i in range(3)]
        assert len({receipt.message for receipt in receipts}) == 3
        seen = [text for text in await stage.public(stage.place) if "第" in text]
        assert [f"第{i}回" in text for i, text in enumerate(seen)] == [True] * 3

    async def test_a_reply_stands_in_its_thread(self, stage: Stage) -> None:
        first = await stage.messenger.post(stage.place, saying("親"), new_delivery())
        thread = Place(
            platform=stage.place.platform, tenant=stage.place.tenant, channel=stage.place.channel, thread=first.message
        )
        reply = await stage.messenger.post(thread, saying("返事"), new_delivery())
        assert reply.place.thread == first.message
        assert times("返事", await stage.public(stage.place)) == 1

    async def test_an_edit_replaces_what_stood_there(self, stage: Stage) -> None:
        receipt = await stage.messenger.post(stage.place, saying("前の状態"), new_delivery())
        await stage.messenger.edit(receipt, saying("次の状態"))
        seen = await stage.public(stage.place)
        assert (times("前の状態", seen), times("次の状態", seen)) == (0, 1)

    async def test_editing_twice_does_no_harm(self, stage: Stage) -> None:
        receipt = await stage.messenger.post(stage.place, saying("前の状態"), new_delivery())
        for _ in range(2):
            await stage.messenger.edit(receipt, saying("次の状態"))
        assert times("次の状態", await stage.public(stage.place)) == 1

    async def test_what_landed_is_found_and_can_be_edited_there(self, stage: Stage) -> None:
        delivery = new_delivery()
        await stage.messenger.post(stage.place, saying("ほかの言葉"), new_delivery())
        landed = await stage.messenger.post(stage.place, saying("探される言葉"), delivery)
        found = await looked_for(stage, stage.place, delivery)
        if found is not None:
            assert found.message == landed.message
            await stage.messenger.edit(found, saying("見つかった言葉"))
            assert times("見つかった言葉", await stage.public(stage.place)) == 1

    async def test_what_landed_in_a_thread_is_found(self, stage: Stage) -> None:
        first = await stage.messenger.post(stage.place, saying("親"), new_delivery())
        delivery = new_delivery()
        thread = Place(
            platform=stage.place.platform, tenant=stage.place.tenant, channel=stage.place.channel, thread=first.message
        )
        landed = await stage.messenger.post(thread, saying("返事"), delivery)
        found = await looked_for(stage, thread, delivery)
        assert found is None or found.message == landed.message

    async def test_what_did_not_land_is_not_found(self, stage: Stage) -> None:
        await stage.messenger.post(stage.place, saying("ほかの言葉"), new_delivery())
        if stage.looks_back:
            assert await stage.messenger.find(stage.place, new_delivery()) is None

    async def test_what_one_person_shall_see_nobody_else_sees(self, stage: Stage) -> None:
        place = stage.place.privately(stage.person)
        await stage.messenger.post(place, saying("あなただけに"), new_delivery())
        assert times("あなただけに", await stage.public(stage.place)) == 0
        assert times("あなただけに", await stage.private(stage.person)) == 1

    async def test_a_private_post_is_never_said_to_be_missing(self, stage: Stage) -> None:
        """None means "surely not landed"; where nobody can look, that must not be said."""
        place, delivery = stage.place.privately(stage.person), new_delivery()
        await stage.messenger.post(place, saying("あなただけに"), delivery)
        with suppress(Refused):
            assert await stage.messenger.find(place, delivery) is not None

    async def test_a_post_to_somebodys_own_conversation_stands_there_alone(self, stage: Stage) -> None:
        await stage.messenger.post(stage.person.own_conversation, saying("直接の言葉"), new_delivery())
        assert times("直接の言葉", await stage.public(stage.place)) == 0
        private = await stage.private(stage.person)
        assert times("直接の言葉", private) == 1
        assert times(labels.ONLY_YOU, private) == 0

    async def test_a_post_to_somebodys_own_conversation_is_found_and_can_be_edited(self, stage: Stage) -> None:
        place, delivery = stage.person.own_conversation, new_delivery()
        await stage.messenger.post(place, saying("ほかの言葉"), new_delivery())
        landed = await stage.messenger.post(place, saying("前の状態"), delivery)
        assert landed.message
        receipts = [landed]
        with suppress(Refused):  # where nobody can look
            found = await stage.messenger.find(place, delivery)
            assert found is not None
            assert found.message == landed.message
            receipts.append(found)
        for receipt in receipts:
            await stage.messenger.edit(receipt, saying("次の状態"))
        private = await stage.private(stage.person)
        assert [times(words, private) for words in ("ほかの言葉", "前の状態", "次の状態")] == [1, 0, 1]
        assert times(labels.ONLY_YOU, private) == 0

    async def test_a_thread_in_somebodys_own_conversation_stays_there(self, stage: Stage) -> None:
        place = stage.person.own_conversation
        first = await stage.messenger.post(place, saying("親"), new_delivery())
        reply = await stage.messenger.post(replace(place, thread=first.message), saying("返事"), new_delivery())
        await stage.messenger.edit(reply, saying("直した返事"))
        private = [text for text in await stage.private(stage.person) if "親" in text or "返事" in text]
        assert ["直した返事" in text for text in private] == [False, True]
        assert times("返事", await stage.public(stage.place)) == 0

    async def test_a_channel_that_is_no_more_is_told(self, stage: Stage) -> None:
        with pytest.raises(Gone):
            await stage.messenger.post(stage.closed, saying("どこへ"), new_delivery())

    @pytest.mark.parametrize("trouble", Trouble)
    async def test_a_trouble_becomes_its_error_and_passes(self, stage: Stage, trouble: Trouble) -> None:
        if trouble not in stage.troubles:
            pytest.skip("this platform knows no such trouble")
        await stage.meet(trouble)
        with pytest.raises(trouble.value) as caught:
            await stage.messenger.post(stage.place, saying("難しい言葉"), new_delivery())
        assert "難しい言葉" not in f"{caught.value} {caught.value.reason}"
        landed = 1 if trouble is Trouble.UNCLEAR else 0
        assert times("難しい言葉", await stage.public(stage.place)) == landed
        await stage.messenger.post(stage.place, saying("次の言葉"), new_delivery())
        assert times("次の言葉", await stage.public(stage.place)) == 1

    async def test_a_platform_that_asks_to_wait_is_heard(self, stage: Stage) -> None:
        if Trouble.THROTTLED not in stage.troubles:
            pytest.skip("this platform never asks to wait")
        await stage.meet(Trouble.THROTTLED)
        with pytest.raises(Throttled) as caught:
            await stage.messenger.post(stage.place, saying("急ぐ言葉"), new_delivery())
        assert caught.value.retry_after == 7

    async def test_what_landed_without_an_answer_is_found(self, stage: Stage) -> None:
        if Trouble.UNCLEAR not in stage.troubles or not stage.looks_back:
            pytest.skip("this platform always answers, or lets nobody look")
        delivery = new_delivery()
        await stage.meet(Trouble.UNCLEAR)
        with pytest.raises(Unclear):
            await stage.messenger.post(stage.place, saying("届いた言葉"), delivery)
        assert await stage.messenger.find(stage.place, delivery) is not None

    async def test_a_document_stands_once_in_its_thread_and_is_found_there(self, stage: Stage) -> None:
        first = await stage.messenger.post(stage.place, saying("親"), new_delivery())
        thread, delivery = replace(stage.place, thread=first.message), new_delivery()
        await stage.messenger.post(thread, handing_over("0" * 32), new_delivery())
        landed = await stage.messenger.post(thread, handing_over("1" * 32), delivery)
        assert landed.place.thread == first.message
        assert times(TITLE, await stage.public(stage.place)) == 2
        found = await looked_for(stage, thread, delivery)
        assert found is None or (found.place.thread == first.message and found.message)
        if stage.looks_back:
            assert await stage.messenger.find(thread, new_delivery()) is None

    async def test_a_document_whose_answer_was_lost_is_found_or_surely_did_not_land(self, stage: Stage) -> None:
        if Trouble.UNCLEAR not in stage.troubles or not stage.looks_back:
            pytest.skip("this platform always answers, or lets nobody look")
        delivery = new_delivery()
        await stage.meet(Trouble.UNCLEAR)
        with pytest.raises(MessengerError) as caught:
            await stage.messenger.post(stage.place, handing_over("0" * 32), delivery)
        assert type(caught.value) in {Unclear, Unavailable}
        found = await stage.messenger.find(stage.place, delivery)
        assert (found is not None) == isinstance(caught.value, Unclear)
        assert times(TITLE, await stage.public(stage.place)) == (1 if found else 0)

    async def test_a_document_to_one_person_alone_is_seen_by_nobody_else(self, stage: Stage) -> None:
        await stage.messenger.post(stage.place.privately(stage.person), handing_over("0" * 32), new_delivery())
        assert times(TITLE, await stage.public(stage.place)) == 0
        assert times(TITLE, await stage.private(stage.person)) == 1

    @pytest.mark.parametrize("trouble", [Trouble.THROTTLED, Trouble.UNAVAILABLE])
    async def test_an_edit_meets_the_same_troubles(self, stage: Stage, trouble: Trouble) -> None:
        if trouble not in stage.troubles:
            pytest.skip("this platform knows no such trouble")
        receipt = await stage.messenger.post(stage.place, saying("前の状態"), new_delivery())
        await stage.meet(trouble)
        with pytest.raises(MessengerError) as caught:
            await stage.messenger.edit(receipt, saying("次の状態"))
        assert type(caught.value) is trouble.value


async def looked_for(stage: Stage, place: Place, delivery: str) -> Receipt | None:
    """A message that landed; None where the platform lets nobody look, which `find` then says plainly."""
    if stage.looks_back:
        found = await stage.messenger.find(place, delivery)
        assert found is not None
        return found
    with pytest.raises(Refused):
        await stage.messenger.find(place, delivery)
    return None
