"""Forms and buttons keep to what `bot.posts` promises the platforms, whatever the channel is called."""

from __future__ import annotations

import pytest

from bot.ask_form import LOOK_UP
from bot.channel_rules import SETTINGS, settings_button
from bot.composing import ASK_AGAIN
from bot.desks import Listening
from bot.help import help_post, welcome_post
from bot.home import home_of
from bot.incoming import Pressed
from bot.places import Place
from bot.posts import ChoiceInput, Form, Input, TextInput
from bot.reactions import Whisper
from tests.dialogs.desks import SHINJUKU, enrol, given, invite
from tests.dialogs.talk import Talk, buttons, form_of

#: As long as Teams' conversation ids get.
PLACE = Place(platform="teams", tenant="t" * 36, channel="19:" + "x" * 300 + "@thread.tacv2", thread="1")


def _keeps_to_limits(one: Input) -> None:
    match one:
        case TextInput():
            assert len(one.value) <= one.limit <= 3000
        case ChoiceInput():
            values = [choice.value for choice in one.choices]
            assert len(values) == len(set(values)) <= 100
            assert all(len(choice.value) > 0 and 0 < len(choice.label) <= 75 for choice in one.choices)
            assert set(one.value) <= set(values)


@pytest.mark.parametrize("action", [ASK_AGAIN, LOOK_UP, SETTINGS])
@pytest.mark.parametrize("value", ["", "長い文章。" * 700, "[]", "7", '["slack", "T1", "相談", false]', "\x00"])
async def test_whatever_a_button_carries_a_form_opens_within_its_limits(talk: Talk, action: str, value: str) -> None:
    pressed = Pressed(
        keys=("press",), place=talk.place(), person=talk.person("田中"), action=action, value=value, at=talk.clock()
    )
    form = form_of(await talk.happens(pressed))
    assert max(len(form.title), len(form.submit)) <= 24
    for one in form.inputs:
        _keeps_to_limits(one)


async def test_the_settings_form_carries_its_channel_however_long_its_name(talk: Talk) -> None:
    button = settings_button(PLACE, direct=False)
    assert len(button.value) <= 1000
    pressed = Pressed(
        keys=("press",),
        place=PLACE.in_channel(),
        person=talk.person("田中"),
        action=button.action,
        value=button.value,
        at=talk.clock(),
    )
    form = form_of(await talk.happens(pressed))
    assert form.state == button.value
    assert len(form.state) <= 2000


async def test_every_button_has_a_label_that_fits(talk: Talk) -> None:
    await invite(talk, "ACDEFGHJKM", SHINJUKU)
    await talk.says("田中", "登録 ACDEFGHJKM")
    async with talk.store() as work:
        home = await home_of(work, talk.person("田中"), talk.clock(), helped=True)
    posts = [home, *(make(PLACE, direct=direct) for make in (help_post, welcome_post) for direct in (True, False))]
    shown = [button for post in posts for button in buttons(post.blocks)]
    assert len(shown) >= 8
    assert all(0 < len(button.label) <= 30 and len(button.value) <= 1000 for button in shown)


async def test_a_form_that_nobody_knows_is_answered(talk: Talk) -> None:
    form = Form(name="dance", title="", submit="", inputs=())
    assert isinstance(await talk.fills("田中", form, talk.place()), Whisper)
    talk.hears_nothing()


async def test_a_damaged_state_sets_the_channel_that_the_form_was_sent_from(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    form = Form(name=SETTINGS, title="", submit="", inputs=(), state="{")
    await talk.fills("田中", form, talk.place(), listening="silent")
    assert (await given(talk)).listening is Listening.SILENT
