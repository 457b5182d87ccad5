from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import bureau_talk as words
from bot import referral_talk
from bot.desks import Member, Role
from bot.incoming import Pressed
from bot.reactions import Reaction, ShowHome, Whisper
from bot.referrals import Referral, State, Step
from bot.referring.calling import OPEN_REFERRAL
from tests.dialogs.desks import HAKATA, enrol
from tests.dialogs.network import COUNSELLOR, at, coordinate, does, open_network, refer, time_is, told
from tests.dialogs.talk import Talk, a_talk, text_of


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with a_talk(tmp_path) as talk:
        talk.clock.time = at(11, 20, 10)
        await open_network(talk)
        yield talk


async def home(talk: Talk, name: str) -> str:
    reaction = await talk.opens_home(name)
    assert isinstance(reaction, ShowHome)
    return text_of(reaction.post.blocks)


async def opens(talk: Talk, name: str, referral: Referral) -> Reaction | None:
    return await talk.happens(
        Pressed(
            keys=(f"open/{name}/{talk.woken}",),
            place=talk.place(f"D-{name}"),
            person=talk.person(name),
            action=OPEN_REFERRAL,
            value=referral.id,
            at=talk.clock(),
        )
    )


async def test_both_sides_see_what_is_open_the_oldest_first_and_what_comes_next(talk: Talk) -> None:
    old, new = await refer(talk, "一つ目の質問"), await refer(talk, "二つ目の質問")
    await does(talk, new, Step.TAKE, "佐藤")
    for name in (COUNSELLOR, "佐藤", "加藤"):
        seen = await home(talk, name)
        assert seen.index("一つ目の質問") < seen.index("二つ目の質問")
        assert words.open_counts(2, 0) in seen
        assert f"{referral_talk.STATES[State.SENT]}　期限 11月26日 10:00　次：{words.NEXT_STEPS[State.SENT]}" in seen
        assert words.NEXT_STEPS[State.TAKEN] in seen
        assert (f"{words.MINE}照会 {new.number}" in seen) is (name == "佐藤")
        assert f"[{words.open_referral(old.number)}]" in seen
    assert "新宿の窓口" in await home(talk, "佐藤")


async def test_what_is_overdue_is_marked_and_counted(talk: Talk) -> None:
    await refer(talk, by_when="2026-11-20")
    await refer(talk)
    await time_is(talk, at(11, 24, 9))
    seen = await home(talk, "佐藤")
    assert words.open_counts(2, 1) in seen
    assert seen.count(words.OVERDUE) == 1


async def test_what_is_done_is_shown_no_more(talk: Talk) -> None:
    referral = await refer(talk, "特別な事情")
    await does(talk, referral, Step.WITHDRAW, COUNSELLOR)
    for name in (COUNSELLOR, "佐藤"):
        assert words.open_counts(0, 0) in await home(talk, name)
        assert "特別な事情" not in await home(talk, name)


async def test_others_see_nothing(talk: Talk) -> None:
    referral = await refer(talk, "特別な質問")
    await coordinate(talk, "大阪", "osaka")
    await enrol(talk, HAKATA, "鈴木")
    async with talk.store() as work:
        for role in (Role.AGENCY, Role.ADMINISTRATOR):
            planted = Member(person=talk.person(role), role=role, desk="13-shinjuku", bureau="tokyo")
            await work.desks.enrol(planted)
        await work.desks.enrol(
            Member(person=talk.person("他"), role=Role.COORDINATOR, desk="13-shinjuku", bureau="osaka")
        )
        await work.commit()
    for name in ("大阪", "鈴木", Role.AGENCY, Role.ADMINISTRATOR, "他", "だれか"):
        assert "特別な質問" not in await home(talk, name)
        assert await opens(talk, name, referral) == Whisper(words.NOT_YOURS)
        talk.hears_nothing()


async def test_not_more_than_twenty_are_shown_and_the_rest_is_counted(talk: Talk) -> None:
    sent = [await refer(talk) for _ in range(22)]
    seen = await home(talk, "佐藤")
    assert words.open_counts(22, 0) in seen
    assert words.more_open(2, 20) in seen
    assert f"[{words.open_referral(sent[19].number)}]" in seen
    assert f"[{words.open_referral(sent[20].number)}]" not in seen


async def test_from_the_home_a_card_of_ones_own_is_opened_for_ones_own_side(talk: Talk) -> None:
    referral = await refer(talk)
    assert await opens(talk, "佐藤", referral) == Whisper(words.card_sent(referral.number))
    (card,) = told(talk, "佐藤")
    assert f"[{referral_talk.STEPS[Step.TAKE]}]" in card
    assert await opens(talk, COUNSELLOR, referral) == Whisper(words.card_sent(referral.number))
    (card,) = told(talk, COUNSELLOR)
    assert f"[{referral_talk.STEPS[Step.WITHDRAW]}]" in card


async def test_a_referral_that_is_none_is_nobodys(talk: Talk) -> None:
    referral = await refer(talk)
    for value in ("", "x", referral.id[:-1]):
        pressed = Pressed(
            keys=(f"forged/{value}",),
            place=talk.place(),
            person=talk.person("佐藤"),
            action=OPEN_REFERRAL,
            value=value,
            at=talk.clock(),
        )
        assert await talk.happens(pressed) == Whisper(words.NOT_YOURS)
