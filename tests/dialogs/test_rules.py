from __future__ import annotations

from dataclasses import replace

from bot import talk as words
from bot.desks import Audience, Channel, Listening, Member, Role
from bot.incoming import Submitted, Way
from bot.reactions import Correct, Whisper
from tests.dialogs.desks import SHINJUKU, audited, enrol, given
from tests.dialogs.talk import Talk, form_of

ASKED = "在留カードをなくした人は、どこで再交付を申請しますか"


async def _rule(talk: Talk, **values: object) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(replace(Channel(place=talk.place()), **values))  # type: ignore[arg-type]
        await work.commit()


async def test_at_first_only_who_is_addressed_answers(talk: Talk) -> None:
    await talk.says("田中", ASKED, way=Way.OVERHEARD)
    talk.hears_nothing()


async def test_where_the_rule_says_so_every_question_is_answered(talk: Talk) -> None:
    await _rule(talk, listening=Listening.QUESTIONS)
    thread = await talk.says("田中", ASKED, way=Way.OVERHEARD)
    talk.hears("14日以内に入管", thread=thread)
    await talk.says("田中", "在留カードの再交付の案内をしました", way=Way.OVERHEARD)
    talk.hears_nothing()


async def test_a_silent_channel_tells_only_who_asks(talk: Talk) -> None:
    await _rule(talk, listening=Listening.SILENT)
    await talk.says("田中", ASKED)
    talk.hears(words.SILENT, "[設定]", only="田中")
    await talk.says("田中", "ヘルプ")
    talk.hears(words.HELP, only="田中")
    await talk.says("田中", ASKED, way=Way.OVERHEARD)
    talk.hears_nothing()
    await talk.says("田中", "手数料は？", way=Way.THREAD, thread="1")
    talk.hears_nothing()
    await talk.says("田中", ASKED, way=Way.DIRECT)
    talk.hears("14日以内に入管")


async def test_an_answer_for_the_asker_alone(talk: Talk) -> None:
    await _rule(talk, audience=Audience.ASKER)
    thread = await talk.says("田中", "在留カードをなくした")
    talk.hears("14日以内に入管", only="田中", thread=thread)
    await talk.says("田中", "手数料は？", way=Way.THREAD, thread=thread)
    talk.hears("手数料は無料", "あわせて", only="田中", thread=thread)
    # What only 田中 saw is no talk that 佐藤 could go on with.
    await talk.says("佐藤", "手数料は？", way=Way.THREAD, thread=thread)
    talk.hears_nothing()


async def test_the_rules_are_set_with_a_form(talk: Talk) -> None:
    await talk.says("田中", "設定")
    talk.hears(words.SETTINGS_INVITE, only="田中")
    form = form_of(await talk.presses("田中", words.SETTINGS))
    assert {one.name: one.value for one in form.inputs} == {
        "listening": ("mentions",),
        "audience": ("thread",),
        "language": ("ja",),
    }
    reaction = await talk.fills("田中", form, talk.place(), listening="questions", language="vi")
    assert isinstance(reaction, Whisper)
    assert words.LISTENING[Listening.QUESTIONS] in reaction.text
    assert await given(talk) == Channel(place=talk.place(), listening=Listening.QUESTIONS, language="vi")
    assert await audited(talk, "set_channel", "田中") == 1
    await talk.says("佐藤", ASKED, way=Way.OVERHEARD)
    talk.hears("14日以内に入管")


async def test_only_a_desks_own_people_set_its_channels(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await _rule(talk, desk=SHINJUKU.id)
    await talk.says("佐藤", "設定")
    assert await talk.presses("佐藤", words.SETTINGS) == Whisper(words.MAY_NOT_SET)
    form = form_of(await talk.presses("田中", words.SETTINGS))
    # A form that somebody hands on, or that outlived a membership, is no permission.
    assert await talk.fills("佐藤", form, talk.place(), listening="silent") == Whisper(words.MAY_NOT_SET)
    assert (await given(talk)).listening is Listening.MENTIONS
    await talk.fills("田中", form, talk.place(), listening="silent")
    assert (await given(talk)).listening is Listening.SILENT
    async with talk.store() as work:
        await work.desks.enrol(Member(person=talk.person("管理者"), role=Role.ADMINISTRATOR))
        await work.commit()
    await talk.fills("管理者", form, talk.place(), listening="mentions")
    assert (await given(talk)).listening is Listening.MENTIONS


async def test_in_a_direct_conversation_only_the_language_is_set(talk: Talk) -> None:
    await talk.says("田中", "設定", way=Way.DIRECT)
    form = form_of(await talk.presses("田中", words.SETTINGS))
    assert [one.name for one in form.inputs] == ["language"]
    assert await talk.fills("田中", form, talk.place("D-田中"), language="ne") == Whisper(words.SAVED)
    async with talk.store() as work:
        assert (await work.desks.channel(talk.place("D-田中"))).language == "ne"


async def test_values_that_no_form_offers_are_refused(talk: Talk) -> None:
    await talk.says("田中", "設定")
    form = form_of(await talk.presses("田中", words.SETTINGS))
    reaction = await talk.fills("田中", form, talk.place(), listening="everything", language="tlh")
    assert reaction == Correct({"listening": words.NO_SUCH_CHOICE, "language": words.NO_SUCH_CHOICE})
    assert await given(talk) == Channel(place=talk.place())


async def test_a_channel_of_another_workspace_cannot_be_set(talk: Talk) -> None:
    await talk.happens(
        Submitted(
            keys=("form/1",),
            place=talk.place(),
            person=talk.person("田中"),
            form="settings",
            at=talk.clock(),
            values={"listening": ("silent",)},
            state='["slack", "T2", "相談", false]',
        )
    )
    async with talk.store() as work:
        foreign = await work.desks.channel(replace(talk.place(), tenant="T2"))
    assert foreign.listening is Listening.MENTIONS
    assert (await given(talk)).listening is Listening.SILENT
