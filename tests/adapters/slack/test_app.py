from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.slack.forms import render_form
from adapters.slack.needs import subscriptions
from bot import labels
from bot.errors import StoreUnavailable
from bot.incoming import Asked, Left, Opened, Pressed, Submitted, Way
from bot.places import Place
from bot.posts import Button, Buttons, Form, Post, Text, TextInput
from bot.reactions import Correct, Prompts, Reaction, Replace, ShowForm, ShowHome, Whisper
from tests.adapters.slack.scene import Scene, scene, soon
from tests.doubles.slack import Fault, SlackDouble, payloads
from tests.doubles.slack.sender import Answer

FORM = Form(name="ask_again", title="条件", submit="調べる", inputs=(TextInput(name="question", label="質問"),))
POST = Post(blocks=(Text("新しい状態"), Buttons((Button(action="go", label="進む"),))), summary="新しい状態")


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with SlackDouble() as slack, scene(slack) as one:
        yield one


async def test_a_mention_is_received_once_though_slack_tells_it_twice(here: Scene) -> None:
    mention = payloads.mention("T1", "C1", "在留カードをなくしました")
    assert (await here.sender.event(mention)).status == 200
    assert (await here.sender.event(payloads.twin(mention))).status == 200
    assert (await here.sender.event(mention, retry=1)).status == 200
    assert here.ears.questions == ["在留カードをなくしました"]


async def test_events_out_of_order_are_all_received(here: Scene) -> None:
    texts = [f"質問{i}はどうしますか" for i in range(5)]
    sent = [payloads.mention("T1", "C1", text) for text in texts]
    for payload in reversed(sent):
        await here.sender.event(payload)
    assert here.ears.questions == texts[::-1]


async def test_own_messages_are_not_received(here: Scene) -> None:
    own = payloads.message("T1", "C1", "資料では次のとおりです", user=payloads.BOT)
    theirs = payloads.message("T1", "C1", "これは質問ですか")
    theirs["event"]["bot_id"] = "BBOT"
    for payload in (own, theirs):
        assert (await here.sender.event(payload)).status == 200
    assert here.ears.heard == []


async def test_slack_proves_the_address(here: Scene) -> None:
    answer = await here.sender.event({"type": "url_verification", "challenge": "abc", "token": "x"})
    assert (answer.status, answer.json) == (200, {"challenge": "abc"})


async def test_what_is_not_stored_is_not_acknowledged_and_comes_again(here: Scene) -> None:
    here.ears.error = StoreUnavailable("database: locked")
    mention = payloads.mention("T1", "C1", "在留カードをなくしました")
    assert (await here.sender.event(mention)).status == 503
    here.ears.error = None
    assert (await here.sender.deliver(mention)).status == 200
    assert here.ears.questions == ["在留カードをなくしました"]


async def test_where_slack_cannot_be_asked_whose_token_it_is_the_event_comes_again(here: Scene) -> None:
    here.slack.faults.next("auth.test", Fault(status=500))
    mention = payloads.mention("T1", "C1", "質問です")
    assert (await here.sender.event(mention)).status == 503
    assert (await here.sender.event(mention)).status == 200
    assert here.ears.questions == ["質問です"]


async def test_a_bug_is_not_acknowledged(here: Scene) -> None:
    here.ears.error = RuntimeError("秘密の言葉")
    answer = await here.sender.event(payloads.mention("T1", "C1", "秘密の言葉"))
    assert (answer.status, answer.body) == (500, "")


async def test_a_workspace_that_is_not_ours_is_neither_heard_nor_answered(here: Scene) -> None:
    answer = await here.sender.event(payloads.mention("T9", "C1", "在留カードをなくしました"))
    assert (answer.status, answer.body) == (200, "")
    assert here.ears.heard == []


async def test_a_command_says_that_it_was_heard(here: Scene) -> None:
    answer = await here.sender.command(payloads.command("T1", "C1", "住民票はどこですか"))
    assert answer.json == {"response_type": "ephemeral", "text": labels.SEARCHING}
    [asked] = here.ears.heard
    assert isinstance(asked, Asked)
    assert (asked.way, asked.text) == (Way.COMMAND, "住民票はどこですか")


async def test_a_command_may_be_answered_at_once(here: Scene) -> None:
    here.ears.reaction = Whisper("登録しました。")
    answer = await here.sender.command(payloads.command("T1", "C1", "登録 ABCDEFGHJK"))
    assert answer.json["text"] == "登録しました。"


async def test_a_press_opens_a_form_and_what_is_sent_comes_back_with_its_place(here: Scene) -> None:
    here.ears.reaction = ShowForm(FORM)
    press = payloads.press("T1", "C1", "1.000001", "ask_again", "在留カード", response_url=here.slack.response_url)
    assert (await here.sender.interaction(press)).status == 200
    await soon(lambda: here.slack.calls("views.open"))
    [opened] = here.slack.calls("views.open")
    assert opened.arguments["trigger_id"] == press["trigger_id"]

    here.ears.reaction = None
    sent = payloads.submission("T1", opened.arguments["view"], {"question": "再交付の手続き"})
    answer = await here.sender.interaction(sent)
    assert (answer.status, answer.body) == (200, "")
    pressed, submitted = here.ears.heard
    assert isinstance(pressed, Pressed)
    assert isinstance(submitted, Submitted)
    assert submitted.place == pressed.place
    assert submitted.values == {"question": ("再交付の手続き",)}


async def test_faults_stand_at_their_fields(here: Scene) -> None:
    assert (await submitted(here, Correct({"question": "質問を入れてください。"}))).json == {
        "response_action": "errors",
        "errors": {"question": "質問を入れてください。"},
    }


async def test_a_word_after_a_form_takes_its_place(here: Scene) -> None:
    answer = await submitted(here, Whisper("設定しました。"))
    assert answer.json["response_action"] == "update"
    assert "設定しました。" in str(answer.json["view"])
    assert "submit" not in answer.json["view"]


async def test_a_form_may_follow_a_form(here: Scene) -> None:
    answer = await submitted(here, ShowForm(FORM))
    assert (answer.json["response_action"], answer.json["view"]["callback_id"]) == ("update", "ask_again")


async def test_a_form_is_not_lost_when_something_breaks(here: Scene) -> None:
    here.ears.error = StoreUnavailable("database: locked")
    answer = await submitted(here, None)
    assert answer.json["response_action"] == "push"
    assert labels.TRY_AGAIN in str(answer.json["view"])


async def test_a_press_that_breaks_is_told_to_who_pressed(here: Scene) -> None:
    here.ears.error = StoreUnavailable("database: locked")
    assert (await here.sender.interaction(pressed_at(here))).status == 200
    await soon(lambda: here.slack.responses)
    [told] = here.slack.responses
    assert (told["response_type"], told["replace_original"], told["text"]) == ("ephemeral", False, labels.TRY_AGAIN)


async def test_a_command_that_breaks_is_told(here: Scene) -> None:
    here.ears.error = StoreUnavailable("database: locked")
    answer = await here.sender.command(payloads.command("T1", "C1", "質問です"))
    assert (answer.status, answer.json["text"]) == (200, labels.TRY_AGAIN)


async def test_a_form_that_could_not_be_opened_in_time_is_told(here: Scene) -> None:
    here.ears.reaction = ShowForm(FORM)
    press = payloads.press("T1", "C1", "1.1", "ask_again", response_url=here.slack.response_url, trigger_id="expired.1")
    await here.sender.interaction(press)
    await soon(lambda: here.slack.responses)
    assert here.slack.responses[0]["text"] == labels.TRY_AGAIN


async def test_a_whisper_stays_in_its_thread(here: Scene) -> None:
    here.ears.reaction = Whisper("ここでは使えません。")
    press = pressed_at(here)
    press["container"]["thread_ts"] = "1.000000"
    await here.sender.interaction(press)
    await soon(lambda: here.slack.responses)
    assert here.slack.responses[0]["thread_ts"] == "1.000000"


async def test_a_message_takes_its_new_state(here: Scene) -> None:
    here.ears.reaction = Replace(POST)
    token = here.slack.install("T1")
    landed = here.slack.methods.call("chat.postMessage", {"channel": "C1", "text": "前の状態"}, token)
    await here.sender.interaction(payloads.press("T1", "C1", landed["ts"], "go"))
    await soon(lambda: here.slack.calls("chat.update"))
    assert "新しい状態" in here.slack.messages("C1")[0].words


async def test_a_message_for_one_person_takes_its_new_state_too(here: Scene) -> None:
    here.ears.reaction = Replace(POST)
    await here.sender.interaction(
        payloads.press("T1", "C1", "1.1", "go", response_url=here.slack.response_url, ephemeral=True)
    )
    await soon(lambda: here.slack.responses)
    assert here.slack.responses[0]["replace_original"] is True
    assert here.slack.calls("chat.update") == []


async def test_the_action_on_a_message_opens_a_form(here: Scene) -> None:
    here.ears.reaction = ShowForm(FORM)
    await here.sender.interaction(payloads.shortcut("T1", "C1", "退去時の敷金は戻りますか"))
    await soon(lambda: here.slack.calls("views.open"))
    [looked_up] = here.ears.heard
    assert isinstance(looked_up, Pressed)
    assert (looked_up.action, looked_up.value) == ("look_up", "退去時の敷金は戻りますか")


async def test_the_home_is_shown_and_its_buttons_work(here: Scene) -> None:
    here.ears.reaction = ShowHome(POST)
    await here.sender.event(payloads.home_opened("T1", "U1"))
    await soon(lambda: here.slack.calls("views.publish"))
    [published] = here.slack.calls("views.publish")
    assert published.arguments["user_id"] == "U1"

    here.ears.reaction = Whisper("窓口に登録されていません。")
    await here.sender.interaction(payloads.press_in_home("T1", published.arguments["view"], "go"))
    await soon(lambda: here.slack.calls("views.open"))
    assert "窓口に登録されていません。" in str(here.slack.calls("views.open")[0].arguments["view"])


@pytest.mark.parametrize("thread", ["", "1.000009"])
async def test_the_agent_pane_has_prompts(here: Scene, thread: str) -> None:
    here.ears.reaction = Prompts("何を調べますか", tuple(f"例{i}" for i in range(6)))
    opened = payloads.pane_opened("T1", "U1", thread) if thread else payloads.home_opened("T1", "U1", "messages")
    await here.sender.event(opened)
    await soon(lambda: here.slack.calls("assistant.threads.setSuggestedPrompts"))
    [call] = here.slack.calls("assistant.threads.setSuggestedPrompts")
    assert [one["message"] for one in call.arguments["prompts"]] == ["例0", "例1", "例2", "例3"]
    assert call.arguments.get("thread_ts", "") == thread
    assert isinstance(here.ears.heard[0], Opened)


async def test_the_agent_pane_shows_that_an_answer_is_under_way(here: Scene) -> None:
    await here.sender.event(payloads.message("T1", "DU1", "在留カードをなくしました", thread="1.000009"))
    await soon(lambda: here.slack.calls("assistant.threads.setStatus"))
    [call] = here.slack.calls("assistant.threads.setStatus")
    assert (call.arguments["channel_id"], call.arguments["thread_ts"]) == ("DU1", "1.000009")
    assert call.arguments["status"] == labels.SEARCHING


async def test_the_acknowledgement_does_not_wait_for_what_is_shown(here: Scene) -> None:
    here.ears.reaction = ShowHome(POST)
    here.slack.faults.next("views.publish", Fault(hangs=0.5, error="fatal_error", lands=True))
    assert (await here.sender.event(payloads.home_opened("T1"))).status == 200
    assert here.slack.calls("views.publish") == []
    await soon(lambda: here.slack.calls("views.publish"))


async def test_every_event_of_the_manifest_is_received(here: Scene) -> None:
    bodies: dict[str, payloads.Json] = {
        "app_home_opened": {"user": "U1", "channel": "DU1", "tab": "home"},
        "app_mention": {"user": "U1", "channel": "C1", "text": "<@UBOT> 質問です", "ts": "1.1"},
        "member_joined_channel": {"user": "UBOT", "channel": "C1", "inviter": "U1"},
        "member_left_channel": {"user": "UBOT", "channel": "C1"},
        "tokens_revoked": {"tokens": {"bot": ["UBOT"]}},
        "app_uninstalled": {},
    }
    for name in subscriptions():
        kind, _, where = name.partition(".")
        body: payloads.Json = {"type": kind, "channel": "C1", **bodies.get(kind, {})}
        if kind == "message":
            channel = "D1" if where == "im" else "C1"
            body |= {"user": "U1", "channel": channel, "channel_type": where, "text": "質問ですか"}
            body["ts"] = payloads.ts()
        count = len(here.ears.heard)
        assert (await here.sender.event(payloads.event("T1", body))).status == 200, name
        assert len(here.ears.heard) == count + 1, name
    left = [one for one in here.ears.heard if isinstance(one, Left)]
    assert {one.channel for one in left} == {"C1", ""}


def pressed_at(here: Scene) -> payloads.Json:
    return payloads.press("T1", "C1", "1.000001", "go", response_url=here.slack.response_url)


async def submitted(here: Scene, reaction: Reaction | None) -> Answer:
    """Sends a form; the answer is what `receive` brought about."""
    view = render_form(FORM, Place(platform="slack", tenant="T1", channel="C1"))
    here.ears.reaction = reaction
    return await here.sender.interaction(payloads.submission("T1", view, {"question": "質問"}))
