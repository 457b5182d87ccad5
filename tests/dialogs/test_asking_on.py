from __future__ import annotations

from bot.incoming import Way
from tests.dialogs.talk import Talk, text_of

TOGETHER = "前の質問（「在留カードをなくした」）とあわせて調べました。"


async def test_a_thread_goes_on_without_a_mention(talk: Talk) -> None:
    thread = await talk.says("田中", "在留カードをなくした")
    await talk.says("田中", "手数料は？", way=Way.THREAD, thread=thread)
    talk.hears(TOGETHER, "手数料は無料です", thread=thread)
    await talk.says("佐藤", "子どもの場合は", way=Way.THREAD, thread=thread)
    talk.hears(TOGETHER, "16歳未満の子どもの場合は親が", thread=thread)


async def test_talk_among_colleagues_in_that_thread_is_left_alone(talk: Talk) -> None:
    thread = await talk.says("田中", "在留カードをなくした")
    for text in (
        "了解です",
        "なるほど、そうなんですね",
        "窓口に電話しておきます",
        "佐藤さん、これ案内しましたか？",
        "👍",
    ):
        await talk.says("田中", text, way=Way.THREAD, thread=thread)
        talk.hears_nothing()


async def test_threads_of_others_are_none_of_its_business(talk: Talk) -> None:
    await talk.says("田中", "在留カードをなくした")
    await talk.says("佐藤", "手数料はいくらですか？", way=Way.THREAD, thread="another")
    talk.hears_nothing()


async def test_a_new_question_in_the_same_thread_is_searched_alone(talk: Talk) -> None:
    thread = await talk.says("田中", "在留カードをなくした")
    await talk.says("田中", "子どもが生まれたら、市区町村に何を出しますか", way=Way.THREAD, thread=thread)
    post = talk.hears("出生届を出します", thread=thread)
    assert "あわせて" not in text_of(post.blocks)


async def test_a_question_after_the_next_still_knows_what_it_is_about(talk: Talk) -> None:
    thread = await talk.says("田中", "在留カードをなくした")
    await talk.says("田中", "手数料は？", way=Way.THREAD, thread=thread)
    await talk.says("田中", "何日以内ですか", way=Way.THREAD, thread=thread)
    talk.hears(TOGETHER, "14日以内に入管", thread=thread)


async def test_a_direct_conversation_goes_on_for_an_hour(talk: Talk) -> None:
    await talk.says("田中", "在留カードをなくした", way=Way.DIRECT)
    talk.passes(minutes=50)
    await talk.says("田中", "手数料は？", way=Way.DIRECT)
    talk.hears(TOGETHER, "手数料は無料です")
    talk.passes(minutes=70)
    await talk.says("田中", "子どもの場合は", way=Way.DIRECT)
    assert "あわせて" not in text_of(talk.heard[0].post.blocks)


async def test_a_command_has_no_part_in_what_others_ask_there(talk: Talk) -> None:
    await talk.says("田中", "在留カードをなくした", way=Way.COMMAND)
    await talk.says("佐藤", "手数料は？", way=Way.COMMAND)
    assert "あわせて" not in text_of(talk.hears("手数料", only="佐藤").blocks)
