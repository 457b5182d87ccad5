"""Requests end as Teams wants them to: stored and acknowledged, or answered in the body."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from adapters.teams.app import HOME
from adapters.teams.config import TeamsConfig
from adapters.teams.forms import render_form
from bot import labels
from bot.answer import Citation
from bot.errors import StoreUnavailable
from bot.highlight import Piece
from bot.incoming import Asked, Joined, Opened, Pressed, Searched, Submitted, Way
from bot.posts import Button, Buttons, Form, Post, Text, TextInput
from bot.reactions import Correct, Reaction, Replace, Results, ShowForm, ShowHome, Whisper
from corpus.model import Grade
from tests.adapters.teams.served import MemoryAddresses, Received, Served, serving
from tests.contracts.messenger import saying
from tests.doubles.teams import Fault, TeamsDouble
from tests.doubles.teams.activities import Activities, Activity

FORM = Form(name="ask", title="条件を変える", submit="調べる", inputs=(TextInput(name="question", label="質問"),))
CITATION = Citation(
    rank=1,
    score=1.0,
    pieces=(Piece("在留カードをなくしたときは14日以内に届け出ます。"),),
    grade=Grade.GUIDE,
    source="guidebook",
    title="ガイドブック",
    publisher="入管庁",
    edition="第8版",
    section_id="1.2",
    section=("在留カード",),
    page=4,
    url="https://www.example.jp/guide.pdf",
)


@dataclass
class Scene:
    """A bot in one tenant."""

    teams: TeamsDouble
    made: Activities
    bot: Served
    received: Received

    async def send(self, activity: Activity, reaction: Reaction | None = None) -> tuple[int, Any]:
        self.received.reaction = reaction
        return await self.teams.deliver(self.bot.endpoint, activity)

    async def answer(self, activity: Activity, reaction: Reaction | None = None) -> Any:  # noqa: ANN401 - JSON
        status, body = await self.send(activity, reaction)
        assert status == 200
        return body


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with TeamsDouble() as teams:
        registration, received = teams.register("app-1"), Received()
        config = TeamsConfig((registration,), **teams.addresses)
        async with serving(config, received, MemoryAddresses(), tries=(0.0, 0.0)) as bot:
            yield Scene(teams, teams.activities(registration), bot, received)


async def test_words_are_stored_and_acknowledged_without_an_answer(scene: Scene) -> None:
    assert await scene.answer(scene.made.mention("在留カードをなくしました")) is None
    assert await scene.answer(scene.made.personal("在留カードをなくしました")) is None
    assert await scene.answer(scene.made.group_chat("在留カードをなくしました")) is None
    assert await scene.answer(scene.made.added()) is None
    *asked, joined = scene.received.seen
    assert [one.way for one in asked if isinstance(one, Asked)] == [Way.MENTION, Way.DIRECT, Way.MENTION]
    assert [one.text for one in asked if isinstance(one, Asked)] == ["在留カードをなくしました"] * 3
    assert isinstance(joined, Joined)
    assert not scene.teams.landed


async def test_what_means_nothing_is_acknowledged(scene: Scene) -> None:
    assert await scene.answer(scene.made.personal("") | {"type": "typing"}) is None
    assert await scene.answer(scene.made.personal("直した") | {"type": "messageUpdate"}) is None
    assert not scene.received.seen


async def test_activities_with_parts_that_nobody_knows_are_taken(scene: Scene) -> None:
    """The SDK's successor breaks on unknown entities; a bot that answers 500 to them is cut off."""
    new = {"entities": [{"type": "ProductInfo", "id": 1}, "odd", None], "members": 3, "locale": {"a": []}}
    assert await scene.answer(scene.made.personal("在留カードをなくしました") | new) is None
    assert len(scene.received.seen) == 1


async def test_a_press_shows_the_card_in_its_new_state(scene: Scene) -> None:
    body = await scene.answer(scene.made.press("confirm", "v"), Replace(saying("確認しました")))
    assert body["statusCode"] == 200
    assert body["type"] == "application/vnd.microsoft.card.adaptive"
    assert "確認しました" in json.dumps(body["value"], ensure_ascii=False)
    (pressed,) = scene.received.seen
    assert isinstance(pressed, Pressed)
    assert (pressed.action, pressed.value) == ("confirm", "v")
    assert pressed.message is not None
    assert pressed.message.message == "1690000000000"


async def test_a_card_that_is_looked_at_is_refreshed(scene: Scene) -> None:
    for _ in range(2):
        body = await scene.answer(scene.made.press("look", trigger="automatic"), Replace(saying("いまの状態")))
        assert "いまの状態" in json.dumps(body["value"], ensure_ascii=False)
    assert len({one.keys for one in scene.received.seen if isinstance(one, Pressed)}) == 2
    assert not scene.teams.landed  # the card changes for who looks at it, not for everybody


@pytest.mark.parametrize("reaction", [None, Whisper("保存しました。")])
async def test_a_press_is_answered_in_words(scene: Scene, reaction: Whisper | None) -> None:
    body = await scene.answer(scene.made.press("save"), reaction)
    words = reaction.text if reaction else ""
    assert body == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}


async def test_a_press_that_cannot_open_a_form_offers_it(scene: Scene) -> None:
    body = await scene.answer(scene.made.press("ask_again", "v"), ShowForm(FORM))
    (action,) = body["value"]["body"][-1]["actions"]
    assert (action["type"], action["title"]) == ("Action.Submit", FORM.title)
    assert action["data"] == {"msteams": {"type": "task/fetch"}, "action": "ask_again", "value": "v"}


async def test_a_dialog_opens_comes_back_with_its_faults_and_closes(scene: Scene) -> None:
    opened = await scene.answer(scene.made.fetch("ask_again", "v"), ShowForm(FORM))
    assert opened == render_form(FORM)
    (send,) = opened["task"]["value"]["card"]["content"]["actions"]
    sent = {"data": send["data"] | {"question": "費用は？"}}
    again = await scene.answer(scene.made.invoke("task/submit", sent), Correct({"question": "短すぎます。"}))
    shown = json.dumps(again, ensure_ascii=False)
    assert "短すぎます。" in shown
    assert "費用は？" in shown
    assert await scene.answer(scene.made.invoke("task/submit", sent)) is None
    assert await scene.answer(scene.made.invoke("task/submit", sent), Whisper("保存しました。")) == {
        "task": {"type": "message", "value": "保存しました。"}
    }
    submitted = scene.received.seen[1]
    assert isinstance(submitted, Submitted)
    assert submitted.values == {"question": ("費用は？",)}


async def test_a_dialog_that_does_not_open_says_something(scene: Scene) -> None:
    assert await scene.answer(scene.made.fetch("unknown")) == {"task": {"type": "message", "value": labels.TRY_AGAIN}}
    body = await scene.answer(scene.made.fetch("home"), ShowHome(saying("窓口のようす")))
    assert "窓口のようす" in json.dumps(body["task"]["value"]["card"], ensure_ascii=False)


async def test_a_search_lists_what_was_found(scene: Scene) -> None:
    found = await scene.answer(scene.made.query("在留カード"), Results((CITATION,)))
    assert found["composeExtension"]["type"] == "result"
    assert len(found["composeExtension"]["attachments"]) == 1
    nothing = await scene.answer(scene.made.query("ない言葉"), Results(()))
    assert nothing["composeExtension"]["type"] == "message"
    broken = await scene.answer(scene.made.query("在留カード"))
    assert broken == {"composeExtension": {"type": "message", "text": labels.TRY_AGAIN}}
    assert [one.text for one in scene.received.seen if isinstance(one, Searched)] == [
        "在留カード",
        "ない言葉",
        "在留カード",
    ]


async def test_the_action_on_a_message_opens_a_form(scene: Scene) -> None:
    message = {"id": "17", "body": {"contentType": "text", "content": "在留カードをなくしました"}}
    value = {"commandId": "look_up", "messagePayload": message}
    body = await scene.answer(scene.made.invoke("composeExtension/fetchTask", value), ShowForm(FORM))
    assert body == render_form(FORM)
    (pressed,) = scene.received.seen
    assert isinstance(pressed, Pressed)
    assert (pressed.action, pressed.value) == ("look_up", "在留カードをなくしました")


async def test_an_unknown_invoke_is_told_so_and_an_unreadable_one_in_words(scene: Scene) -> None:
    assert await scene.send(scene.made.invoke("signin/verifyState", {})) == (501, None)
    body = await scene.answer(scene.made.invoke("adaptiveCard/action", {"action": "odd"}))
    assert body["value"] == labels.TRY_AGAIN
    assert not scene.received.seen


async def test_the_home_is_shown_in_the_personal_chat(scene: Scene) -> None:
    assert await scene.answer(scene.made.personal(HOME), ShowHome(saying("窓口のようす"))) is None
    assert isinstance(scene.received.seen[0], Opened)
    (landed,) = scene.teams.landed
    assert landed.conversation == "a:app-1-person-1"
    assert "窓口のようす" in json.dumps(landed.activity, ensure_ascii=False)


@pytest.mark.parametrize(
    ("reaction", "shown"),
    [
        (Whisper("保存しました。"), "保存しました。"),
        (ShowForm(FORM), FORM.title),
        (
            ShowHome(Post(blocks=(Text("窓口のようす"), Buttons((Button(action="a", label="設定"),))), summary="s")),
            "設定",
        ),
    ],
)
async def test_a_button_of_an_old_client_is_answered_by_a_message(scene: Scene, reaction: Reaction, shown: str) -> None:
    pressed = scene.made.personal("") | {"value": {"action": "save", "value": "v"}, "text": None}
    assert await scene.answer(pressed, reaction) is None
    assert shown in json.dumps(scene.teams.landed[0].activity, ensure_ascii=False)


async def test_a_button_of_an_old_client_changes_its_card(scene: Scene) -> None:
    await scene.answer(scene.made.personal(HOME), ShowHome(saying("前の状態")))
    (landed,) = scene.teams.landed
    pressed = scene.made.personal("") | {"value": {"action": "save"}, "text": None, "replyToId": landed.id}
    await scene.answer(pressed, Replace(saying("次の状態")))
    assert "次の状態" in json.dumps(landed.activity, ensure_ascii=False)
    assert len(scene.teams.landed) == 1


async def test_a_reaction_that_cannot_be_shown_is_owed_to_nobody(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.teams.conversations.faults.append(Fault(403, "MessageWritesBlocked"))
    with caplog.at_level(logging.WARNING):
        assert await scene.answer(scene.made.personal(HOME), ShowHome(saying("窓口のようす"))) is None
    (record,) = caplog.records
    assert record.__dict__["reason"] == "403 MessageWritesBlocked"
    assert not scene.teams.landed


async def test_a_short_outage_of_the_store_is_waited_out(scene: Scene) -> None:
    scene.received.faults = [StoreUnavailable("locked"), StoreUnavailable("locked")]
    assert await scene.answer(scene.made.personal("在留カードをなくしました")) is None
    assert len(scene.received.seen) == 1


async def test_a_longer_one_is_told_and_nothing_counts_as_taken(scene: Scene) -> None:
    scene.received.faults = [StoreUnavailable("locked") for _ in range(3)]
    activity = scene.made.personal("在留カードをなくしました")
    assert await scene.send(activity) == (503, None)
    assert not scene.received.seen
    assert await scene.answer(activity) is None
    assert len(scene.received.seen) == 1


async def test_somebody_who_waits_is_told_at_once(scene: Scene) -> None:
    scene.received.faults = [StoreUnavailable("locked")]
    assert await scene.send(scene.made.press("save")) == (503, None)


async def test_while_nobody_can_tell_who_sends_teams_is_asked_to_come_back(scene: Scene) -> None:
    scene.teams.issuer.broken = 500
    assert await scene.send(scene.made.personal("在留カードをなくしました")) == (503, None)
    assert not scene.received.seen
