from __future__ import annotations

import pytest

from bot import bureau_talk as words
from bot.incoming import Pressed
from bot.posts import ChoiceInput, Form
from bot.reactions import Correct, Reaction, ShowHome, Whisper
from bot.referrals import Shift, Turn
from bot.referring.roster import key_of
from bot.referring.roster_form import ROSTER
from tests.dialogs.desks import audited
from tests.dialogs.network import COUNSELLOR, at, coordinate, open_network
from tests.dialogs.talk import Talk, buttons, form_of, text_of


@pytest.fixture(autouse=True)
async def network(talk: Talk) -> None:
    talk.clock.time = at(11, 20, 10)
    await open_network(talk)


async def opens(talk: Talk, name: str) -> Reaction | None:
    """Somebody presses the button of the home."""
    return await talk.happens(
        Pressed(
            keys=(f"press/{name}/{len(talk.platform.said)}/{talk.woken}",),
            place=talk.place(f"D-{name}"),
            person=talk.person(name),
            action=ROSTER,
            at=talk.clock(),
        )
    )


async def fills(talk: Talk, name: str, **values: str) -> Reaction | None:
    return await talk.fills(name, form_of(await opens(talk, name)), talk.place(f"D-{name}"), **values)


async def roster(talk: Talk, bureau: str = "tokyo") -> list[Shift]:
    async with talk.store() as work:
        return list(await work.roster.of(bureau, at(11, 20, 10).date()))


def choices(form: Form, name: str) -> dict[str, str]:
    field = next(one for one in form.inputs if isinstance(one, ChoiceInput) and one.name == name)
    return {choice.label: choice.value for choice in field.choices}


async def test_the_home_of_a_coordinator_has_the_button(talk: Talk) -> None:
    home = await talk.opens_home("佐藤")
    assert isinstance(home, ShowHome)
    assert words.ROSTER in [button.label for button in buttons(home.post.blocks)]
    home = await talk.opens_home(COUNSELLOR)
    assert isinstance(home, ShowHome)
    assert words.ROSTER not in [button.label for button in buttons(home.post.blocks)]


async def test_one_enters_oneself_and_takes_it_away_again(talk: Talk) -> None:
    form = form_of(await opens(talk, "佐藤"))
    assert words.ROSTER_EMPTY in text_of(form.blocks)
    reaction = await fills(talk, "佐藤", called="審査 佐藤", turn="duty", since="2026-11-24", until="2026-11-27")
    line = "審査 佐藤：担当（11月24日〜11月27日）"
    assert reaction == Whisper(words.added(line))
    (shift,) = await roster(talk)
    assert (shift.person, shift.turn, shift.since, shift.until) == (
        talk.person("佐藤"),
        Turn.DUTY,
        "2026-11-24",
        "2026-11-27",
    )
    assert await audited(talk, "add_shift", "佐藤") == 1
    form = form_of(await opens(talk, "加藤"))
    assert line in text_of(form.blocks)
    assert await fills(talk, "加藤", what=choices(form, "what")[words.remove(line)]) == Whisper(words.removed(line))
    assert await roster(talk) == []
    assert await audited(talk, "remove_shift", "加藤") == 1


async def test_for_a_colleague_who_fell_ill_somebody_else_enters_it(talk: Talk) -> None:
    await fills(talk, "佐藤", called="佐藤", turn="duty", until="2026-12-31")
    form = form_of(await opens(talk, "加藤"))
    assert set(choices(form, "who")) == {words.ROSTER_ME, "佐藤"}
    reaction = await fills(talk, "加藤", who=key_of(talk.person("佐藤")), turn="absent")
    assert reaction == Whisper(words.added("佐藤：不在（11月20日）"))
    assert {(shift.person.id, shift.turn) for shift in await roster(talk)} == {
        ("佐藤", Turn.DUTY),
        ("佐藤", Turn.ABSENT),
    }


async def test_nobody_is_renamed_by_somebody_else(talk: Talk) -> None:
    await fills(talk, "佐藤", called="佐藤", until="2026-12-31")
    await fills(talk, "加藤", who=key_of(talk.person("佐藤")), called="あだ名", turn="absent")
    assert {shift.name for shift in await roster(talk)} == {"佐藤"}


async def test_what_is_wrong_is_said_at_each_field(talk: Talk) -> None:
    assert await fills(talk, "佐藤", since="2026-11-27", until="2026-11-24") == Correct(
        {"called": words.ROSTER_NAME_MISSING, "until": words.ROSTER_BACKWARDS}
    )
    assert await fills(talk, "佐藤", called="佐藤", since="2026-11-02", until="2026-11-06") == Correct(
        {"until": words.ROSTER_OVER}
    )
    assert await fills(talk, "佐藤", called="佐藤", since="きょう", until="", turn="king") == Correct(
        {"turn": words.NO_SUCH_TURN, "since": words.NO_DATE, "until": words.NO_DATE}
    )
    assert await fills(talk, "佐藤", called="佐藤", who=key_of(talk.person("他局"))) == Correct(
        {"who": words.NO_SUCH_PERSON}
    )
    assert await roster(talk) == []


async def test_another_bureaus_roster_is_neither_seen_nor_changed(talk: Talk) -> None:
    await fills(talk, "佐藤", called="佐藤", until="2026-12-31")
    (shift,) = await roster(talk)
    await coordinate(talk, "大阪", "osaka")
    form = form_of(await opens(talk, "大阪"))
    assert "佐藤" not in text_of(form.blocks)
    assert set(choices(form, "who")) == {words.ROSTER_ME}
    assert await fills(talk, "大阪", what=shift.id) == Correct({"what": words.SHIFT_IS_GONE})
    assert await fills(talk, "大阪", who=key_of(talk.person("佐藤"))) == Correct({"who": words.NO_SUCH_PERSON})
    assert await roster(talk) == [shift]


async def test_only_coordinators_use_it(talk: Talk) -> None:
    form = form_of(await opens(talk, "佐藤"))
    for name in (COUNSELLOR, "だれか"):
        assert await opens(talk, name) == Whisper(words.NOT_OF_THE_BUREAU)
        assert await talk.fills(name, form, talk.place(), called="x") == Whisper(words.NOT_OF_THE_BUREAU)
    assert await roster(talk) == []
