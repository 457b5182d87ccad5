"""What was referred and answered before stands beside the answer, for those who may see it and nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import sheet_talk as words
from bot.composing import ASK_AGAIN
from bot.desks import Audience, Channel, Member, Role
from bot.incoming import Pressed, Way
from bot.referrals import Entry, Intake, Referral, State, Step
from tests.bot.referral_samples import referral
from tests.dialogs.desks import HAKATA, SHINJUKU, enrol
from tests.dialogs.talk import Talk, form_of, text_of

QUESTION = "火星の小学校に転校させたい"
REPLY = "火星には小学校がありません。黄色い用紙で届け出ます。"


async def kept(talk: Talk, number: int = 1, step: Step = Step.REPLY, **more: object) -> Referral:
    """A referral of 新宿 that Tokyo resolved."""
    told = replace(referral(State.RESOLVED), id=f"{number:032x}", desk=SHINJUKU.id, official=REPLY, result="転校した")
    told = replace(told, intake=Intake(question="火星の小学校に転校できますか"), **more)  # type: ignore[arg-type]
    async with talk.store() as work:
        told = await work.referrals.add(told)
        entry = Entry(referral=told.id, step=step, at=talk.clock(), by_bureau=step is Step.REPLY, text=told.official)
        await work.referrals.tell(entry)
        await work.commit()
    return told


async def linked(
    talk: Talk, channel: str, *, desk: str = "", bureau: str = "", audience: Audience = Audience.THREAD
) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(channel), desk=desk, bureau=bureau, audience=audience))
        await work.commit()


async def enrolled(talk: Talk, name: str, role: Role, desk: str = "", bureau: str = "") -> None:
    async with talk.store() as work:
        await work.desks.enrol(Member(person=talk.person(name), role=role, desk=desk, bureau=bureau))
        await work.commit()


async def answered(
    talk: Talk, name: str, *, channel: str = "相談", way: Way = Way.MENTION, text: str = QUESTION
) -> str:
    await talk.says(name, text, channel=channel, way=way)
    (said,) = talk.heard
    return text_of(said.post.blocks)


async def test_the_desk_finds_it_with_number_day_and_grade(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await linked(talk, "相談", desk=SHINJUKU.id)
    await kept(talk)
    text = await answered(talk, "佐藤")
    assert f"{words.EARLIER}\n【公式回答】照会 1（2026年11月20日に解決）" in text
    assert REPLY in text
    assert "転校した" in text


async def test_other_questions_do_not_find_it(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await kept(talk)
    text = await answered(talk, "田中", way=Way.DIRECT, text="在留カードをなくした")
    assert words.EARLIER not in text


async def test_what_the_desk_wrote_down_is_no_official_answer(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await kept(talk, step=Step.RECORD, by_hand=True)
    text = await answered(talk, "田中", way=Way.DIRECT)
    assert words.RECORDED in text
    assert "【公式回答】" not in text


async def test_once_reopened_it_is_gone(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    told = await kept(talk)
    assert REPLY in await answered(talk, "田中", way=Way.DIRECT)
    async with talk.store() as work:
        await work.referrals.change(replace(told, version=2, state=State.TAKEN))
        await work.commit()
    assert REPLY not in await answered(talk, "田中", way=Way.DIRECT)


@pytest.mark.parametrize("channel", ["desk", "bureau"])
async def test_in_a_channel_its_desk_or_bureau_decides_whoever_asks(talk: Talk, channel: str) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await enrol(talk, HAKATA, "鈴木")
    await kept(talk)
    await linked(talk, "desk", desk=SHINJUKU.id)
    await linked(talk, "bureau", bureau="tokyo")
    assert REPLY in await answered(talk, "鈴木", channel=channel)


@pytest.mark.parametrize("channel", ["hakata", "fukuoka", "nobody"])
async def test_elsewhere_nobody_sees_it_not_even_beside_somebody_who_might(talk: Talk, channel: str) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await enrol(talk, HAKATA, "鈴木")
    await kept(talk)
    await linked(talk, "hakata", desk=HAKATA.id)
    await linked(talk, "fukuoka", bureau="fukuoka")
    for name in ("田中", "鈴木", "通行人"):
        assert REPLY not in await answered(talk, name, channel=channel)


async def test_alone_with_the_assistant_the_persons_own_side_counts(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await enrol(talk, HAKATA, "鈴木")
    await enrolled(talk, "東京の担当官", Role.COORDINATOR, bureau="tokyo")
    await enrolled(talk, "福岡の担当官", Role.COORDINATOR, bureau="fukuoka")
    await enrolled(talk, "管理者", Role.ADMINISTRATOR, desk=SHINJUKU.id)
    await enrolled(talk, "本庁", Role.AGENCY, bureau="tokyo")
    await kept(talk)
    for name in ("田中", "東京の担当官"):
        assert REPLY in await answered(talk, name, way=Way.DIRECT)
    for name in ("鈴木", "福岡の担当官", "管理者", "本庁", "通行人"):
        assert REPLY not in await answered(talk, name, way=Way.DIRECT)


async def asked_by_form(talk: Talk, name: str, channel: str) -> str:
    place = talk.place(channel)
    pressed = Pressed(
        keys=(f"press/{name}/{channel}",), place=place, person=talk.person(name), action=ASK_AGAIN, at=talk.clock()
    )
    await talk.fills(name, form_of(await talk.happens(pressed)), place, question=QUESTION)
    (said,) = talk.heard
    return text_of(said.post.blocks)


async def test_the_answer_to_a_form_shows_it_where_the_same_question_would(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await enrol(talk, HAKATA, "鈴木")
    await kept(talk)
    await linked(talk, "aside", audience=Audience.ASKER)
    assert REPLY in await asked_by_form(talk, "田中", "D-田中")
    assert REPLY in await asked_by_form(talk, "田中", "aside")
    assert REPLY not in await asked_by_form(talk, "田中", "nobody")  # others read along
    for name in ("鈴木", "通行人"):
        assert REPLY not in await asked_by_form(talk, name, f"D-{name}")


async def test_a_bureau_does_not_find_what_was_never_sent_to_it(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await enrolled(talk, "東京の担当官", Role.COORDINATOR, bureau="tokyo")
    await kept(talk, step=Step.RECORD, by_hand=True)
    assert REPLY not in await answered(talk, "東京の担当官", way=Way.DIRECT)


async def test_an_answer_that_only_the_asker_sees_is_still_the_channels(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await kept(talk)
    await linked(talk, "hakata", desk=HAKATA.id, audience=Audience.ASKER)
    assert REPLY not in await answered(talk, "田中", channel="hakata")
    await linked(talk, "nobody", audience=Audience.ASKER)
    assert REPLY in await answered(talk, "田中", channel="nobody")


async def test_two_at_most_the_best_first(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    for number in (1, 2, 3):
        await kept(talk, number)
    text = await answered(talk, "田中", way=Way.DIRECT)
    assert text.count("【公式回答】") == 2
