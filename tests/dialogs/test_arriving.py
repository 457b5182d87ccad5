from __future__ import annotations

from bot import talk as words
from bot.deliveries import DeliveryState
from tests.dialogs.desks import SHINJUKU, given, invite
from tests.dialogs.talk import Talk, text_of


async def test_in_a_channel_it_introduces_itself_once(talk: Talk) -> None:
    await talk.joins()
    post = talk.hears(words.WELCOME, words.WELCOME_CHANNEL, words.WELCOME_LINK, words.NEVER, "[設定]", thread="")
    assert len(text_of(post.blocks)) < 400
    await talk.joins()  # platforms tell of one arrival in several events
    talk.hears_nothing()


async def test_to_one_person_it_says_how_to_ask_without_a_mention(talk: Talk) -> None:
    await talk.joins("D-田中", direct=True)
    talk.hears(words.WELCOME_DIRECT)
    assert words.WELCOME_CHANNEL not in text_of(talk.heard[0].post.blocks)


async def test_where_it_left_nothing_more_is_sent_and_the_rules_wait_for_its_return(talk: Talk) -> None:
    await invite(talk, "ACDEFGHJKM", SHINJUKU)
    await talk.joins()
    await talk.says("田中", "登録 ACDEFGHJKM")
    async with talk.store() as work:
        owed = await work.outbox.owe(talk.place(), talk.heard[0].post, talk.clock())
        await work.commit()
    await talk.leaves()
    talk.hears_nothing()
    async with talk.store() as work:
        delivery = await work.outbox.delivery(owed)
    assert delivery is not None
    assert delivery.state is DeliveryState.GONE
    assert (await given(talk)).gone
    await talk.joins()
    talk.hears(words.WELCOME)
    channel = await given(talk)
    assert (channel.desk, channel.gone) == (SHINJUKU.id, False)


async def test_a_message_from_a_channel_shows_that_it_is_there_again(talk: Talk) -> None:
    await talk.joins()
    await talk.leaves()
    await talk.says("田中", "在留カードをなくした")  # the news of its return was lost
    talk.hears("14日以内")
    assert not (await given(talk)).gone
