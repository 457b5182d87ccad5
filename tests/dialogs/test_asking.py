from __future__ import annotations

from dataclasses import replace

from bot import sentences
from bot import talk as words
from bot.incoming import Asked, Way
from bot.posts import Cited, Contacts, Quote, Text, Tone
from bot.reactions import Correct
from tests.dialogs.talk import Talk, form_of, text_of


async def test_a_counsellor_asks_in_a_channel_and_is_answered_in_the_thread(talk: Talk) -> None:
    thread = await talk.says("田中", "在留カードをなくしました")
    post = talk.hears(
        "14日以内に入管で再交付", "生活・就労ガイドブック 第8版 ch01.1-3 p.4", "[条件を変えて調べる]", thread=thread
    )
    assert isinstance(post.blocks[0], Text)
    assert "在留カード" not in post.summary


async def test_what_the_documents_do_not_say_is_said_plainly(talk: Talk) -> None:
    await talk.says("田中", "火星の小学校に転校させたい")
    post = talk.hears(sentences.HEADLINE_NOT_FOUND, "FRESC", "0570-011000", "近い内容の箇所（答えではありません）")
    assert not any(isinstance(block, Cited) for block in post.blocks)


async def test_who_may_be_in_danger_reads_first_whom_to_call(talk: Talk) -> None:
    await talk.says("田中", "夫の暴力から逃げてきた人がいます。どこに電話すればいいですか")
    post = talk.hears("110番", "DV相談プラス")
    first, second = post.blocks[:2]
    assert isinstance(first, Text)
    assert first.tone is Tone.URGENT
    assert isinstance(second, Contacts)
    assert second.contacts[0].number == "110"


async def test_a_direct_message_and_a_command_are_answered(talk: Talk) -> None:
    await talk.says("田中", "在留カードをなくした", way=Way.DIRECT)
    talk.hears("14日以内に入管")
    await talk.says("田中", "在留カードをなくした", way=Way.COMMAND)
    post = talk.hears("14日以内に入管", only="田中")
    assert Quote("在留カードをなくした") in post.blocks  # nobody else saw what was typed


async def test_nothing_asked_is_help(talk: Talk) -> None:
    for text in ("", "ヘルプ", "使い方", "help", "こんにちは", "？", "登録"):
        await talk.says("田中", text)
        talk.hears(words.HELP, words.NEVER)
    await talk.says("田中", "ヘルプ", way=Way.COMMAND)
    talk.hears(words.HELP, only="田中")


async def test_thanks_are_returned_to_who_addresses_the_assistant(talk: Talk) -> None:
    thread = await talk.says("田中", "在留カードをなくした")
    await talk.says("田中", "ありがとうございました！", thread=thread)
    talk.hears(words.YOU_ARE_WELCOME)
    await talk.says("田中", "ありがとうございました！", thread=thread, way=Way.THREAD)
    talk.hears_nothing()


async def test_the_same_message_told_twice_is_answered_once(talk: Talk) -> None:
    event = Asked(
        keys=("event/1", "message/1"),
        place=talk.place(thread="1"),
        person=talk.person("田中"),
        text="在留カードをなくした",
        way=Way.MENTION,
        at=talk.clock(),
    )
    await talk.happens(event)
    talk.hears("14日以内")
    await talk.happens(event)
    talk.hears_nothing()
    # The platform tells of one message in two events.
    await talk.happens(replace(event, keys=("event/2", "message/1"), way=Way.OVERHEARD))
    talk.hears_nothing()


async def test_asking_again_with_another_prefecture(talk: Talk) -> None:
    thread = await talk.says("田中", "火星の小学校に転校させたい")
    place = talk.heard[0].receipt.place
    form = form_of(await talk.presses("田中", words.ASK_AGAIN))
    assert form.inputs[0].value == "火星の小学校に転校させたい"
    await talk.fills("田中", form, place, question="金星の小学校に転校させたい", prefecture="福岡県", language="vi")
    post = talk.hears("福岡出入国在留管理局", "092-717-7595", thread=thread)
    assert Quote("金星の小学校に転校させたい") in post.blocks


async def test_a_form_without_a_question_is_corrected_and_can_be_sent_again(talk: Talk) -> None:
    await talk.says("田中", "在留カードをなくした")
    place = talk.heard[0].receipt.place
    form = form_of(await talk.presses("田中", words.ASK_AGAIN))
    reaction = await talk.fills("田中", form, place, question="  ")
    assert reaction == Correct({"question": words.QUESTION_MISSING})
    talk.hears_nothing()
    await talk.fills("田中", form, place)
    talk.hears("14日以内に入管")


async def test_no_notice_is_left_out(talk: Talk) -> None:
    await talk.says("田中", "在留カードをなくした" + "ので、" * 900)
    assert sentences.SHORTENED in text_of(talk.heard[0].post.blocks)
