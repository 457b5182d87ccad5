"""What people do in Slack and in Teams, over HTTP, with everything real but the platforms."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot import labels, talk
from tests.doubles.slack import Message, payloads
from tests.whole.serving import WORKSPACE, Here, command, soon, words

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "在留カードをなくしました。どうすればいいですか"
FOLLOWING = "いつまでに申請すればいいですか"
DESK = "港町多文化センター"

#: What stands beside a citation: which edition and section of which document.
CITED = "生活・就労ガイドブック"


def buttons(message: Message) -> dict[str, dict[str, Any]]:
    """Buttons of a message by what stands on them."""
    found = [one for block in message.blocks for one in block.get("elements", ()) if one.get("type") == "button"]
    return {button["text"]["text"]: button for button in found}


async def press(here: Here, message: Message, label: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Presses a button under a message, and returns the view that it opened."""
    button = buttons(message)[label]
    opened = len(here.slack.calls("views.open"))
    pressed = payloads.press(
        WORKSPACE, message.channel, message.ts, button["action_id"], button.get("value", ""), **more
    )
    assert (await here.sender.interaction(pressed)).status == 200
    await soon(lambda: len(here.slack.calls("views.open")) > opened)
    view: dict[str, Any] = here.slack.calls("views.open")[-1].arguments["view"]
    return view


async def test_slack_mention_repeat_and_follow_up(here: Here) -> None:
    mention = payloads.mention(WORKSPACE, "C1", QUESTION)
    thread = mention["event"]["ts"]
    answers = await asyncio.gather(
        here.sender.event(mention), here.sender.event(payloads.twin(mention)), here.sender.event(mention, retry=1)
    )
    assert {answer.status for answer in answers} == {200}
    await soon(lambda: here.slack.messages("C1"))
    assert (await here.sender.event(mention, retry=2)).status == 200
    await here.sender.event(payloads.message(WORKSPACE, "C1", FOLLOWING, thread=thread))
    await soon(lambda: len(here.slack.messages("C1")) == 2)
    first, second = here.slack.messages("C1")
    assert (first.thread, second.thread) == (thread, thread)
    assert CITED in first.words
    assert CITED in second.words
    assert talk.searched_together(QUESTION) in second.words


async def test_slack_talk_among_colleagues_is_none_of_ours(here: Here) -> None:
    await here.sender.event(payloads.message(WORKSPACE, "C2", "お昼に行ってきます"))
    await here.sender.event(payloads.mention(WORKSPACE, "C2", QUESTION))
    await soon(lambda: here.slack.messages("C2"))
    assert len(here.slack.messages("C2")) == 1


async def test_slack_direct_message(here: Here) -> None:
    await here.sender.event(payloads.message(WORKSPACE, "DU3", QUESTION, user="U3"))
    await soon(lambda: here.slack.messages("DU3"))
    assert CITED in here.slack.messages("DU3")[0].words


async def test_slack_command(here: Here) -> None:
    answer = await here.sender.command(payloads.command(WORKSPACE, "C4", "ヘルプ", user="U4"))
    assert answer.json["text"] == labels.SEARCHING
    await soon(lambda: here.slack.whispers("U4"))
    (help_,) = here.slack.whispers("U4")
    assert help_.channel == "C4"
    assert talk.HELP_TITLE in help_.words
    assert here.slack.messages("C4") == []


async def test_slack_linking_settings_and_home(here: Here, tmp_path: Path) -> None:
    sheet = tmp_path / "desks.csv"
    sheet.write_text(f"id,name,prefecture,kind\nminato,{DESK},東京都,outsourced\n", encoding="utf-8")
    await command(here.town.settings, "desks", "import", str(sheet))
    code = await command(here.town.settings, "desks", "invite", "minato")
    await here.sender.event(payloads.mention(WORKSPACE, "C5", f"登録 {code}", user="U5"))
    await soon(lambda: here.slack.messages("C5"))
    assert talk.channel_linked(DESK) in here.slack.messages("C5")[0].words

    await here.sender.event(payloads.mention(WORKSPACE, "C5", "設定", user="U5"))
    await soon(lambda: here.slack.whispers("U5"))
    (offered,) = here.slack.whispers("U5")
    view = await press(here, offered, talk.SETTINGS, user="U5", ephemeral=True)
    sent = payloads.submission(WORKSPACE, view, {}, user="U5")
    chosen = {"listening": "questions", "audience": "thread", "language": "ja"}
    sent["view"]["state"]["values"] = {
        name: {name: {"type": "static_select", "selected_option": {"value": value}}} for name, value in chosen.items()
    }
    assert talk.SAVED in str((await here.sender.interaction(sent)).json)
    await here.sender.event(payloads.message(WORKSPACE, "C5", QUESTION, user="U6"))
    await soon(lambda: len(here.slack.messages("C5")) == 2)

    await here.sender.event(payloads.home_opened(WORKSPACE, "U5"))
    await soon(lambda: here.slack.calls("views.publish"))
    home = here.slack.calls("views.publish")[-1].arguments
    assert home["user_id"] == "U5"
    assert DESK in json.dumps(home["view"], ensure_ascii=False)


async def test_slack_button_and_form(here: Here) -> None:
    await here.sender.event(payloads.mention(WORKSPACE, "C7", QUESTION))
    await soon(lambda: here.slack.messages("C7"))
    view = await press(here, here.slack.messages("C7")[0], talk.ASK_AGAIN)
    sent = payloads.submission(WORKSPACE, view, {"question": "児童手当の申請はどこにしますか"})
    assert (await here.sender.interaction(sent)).status == 200
    await soon(lambda: len(here.slack.messages("C7")) == 2)
    assert "児童手当" in here.slack.messages("C7")[1].words


async def test_teams_mention_repeat_and_follow_up(here: Here) -> None:
    asked = here.made.mention(QUESTION, channel="19:one@thread.tacv2")
    for _ in range(2):
        assert (await here.tells(asked))[0] == 200
    await soon(lambda: here.in_teams("19:one@thread.tacv2"))
    following = here.made.mention(FOLLOWING, channel="19:one@thread.tacv2", thread=asked["id"], entities=[])
    following["text"] = FOLLOWING
    await here.tells(asked)
    await here.tells(following)
    await soon(lambda: len(here.in_teams("19:one@thread.tacv2")) == 2)
    first, second = here.in_teams("19:one@thread.tacv2")
    assert (first.thread, second.thread) == (asked["id"], asked["id"])
    assert CITED in words(first)
    assert talk.searched_together(QUESTION) in words(second)


async def test_teams_personal_chat_and_group_chat(here: Here) -> None:
    await here.tells(here.made.personal(QUESTION, person="person-2"))
    await here.tells(here.made.group_chat(QUESTION, chat="19:two@thread.v2"))
    await soon(lambda: here.in_teams("a:app-1-person-2") and here.in_teams("19:two@thread.v2"))
    assert CITED in words(here.in_teams("a:app-1-person-2")[0])
    assert CITED in words(here.in_teams("19:two@thread.v2")[0])


async def test_teams_search_press_and_dialog_are_answered_in_the_body(here: Here) -> None:
    status, found = await here.tells(here.made.query("在留カードをなくしたとき"))
    assert status == 200
    assert CITED in json.dumps(found, ensure_ascii=False)
    status, body = await here.tells(here.made.press("help"))
    assert (status, body["statusCode"]) == (200, 200)
    assert talk.NEVER in json.dumps(body, ensure_ascii=False)
    status, form = await here.tells(here.made.fetch("ask_again"))
    assert (status, form["task"]["value"]["title"]) == (200, talk.ASK_TITLE)
    (send,) = form["task"]["value"]["card"]["content"]["actions"]
    sent = {"data": send["data"] | {"question": "児童手当の申請はどこにしますか"}}
    assert (await here.tells(here.made.invoke("task/submit", sent)))[0] == 200
    await soon(lambda: any("児童手当" in words(one) for one in here.in_teams("19:general@thread.tacv2")))


async def test_teams_welcome(here: Here) -> None:
    await here.tells(here.made.added(channel="19:new@thread.tacv2"))
    await soon(lambda: here.in_teams("19:new@thread.tacv2"))
    assert talk.WELCOME_TITLE in words(here.in_teams("19:new@thread.tacv2")[0])


async def test_the_process_tells_how_it_is(here: Here) -> None:
    status, health = await here.get("healthz")
    assert (status, json.loads(health)["platforms"]) == (200, ["slack", "teams"])
    assert (await here.get("readyz"))[0] == 200
    assert (await here.get(""))[0] == 404  # the practice page is not for the network
    _, metrics = await here.get("metrics")
    assert 'madoguchi_received_total{kind="mention",platform="slack"}' in metrics
    assert {line["level"] for line in here.server.logged} <= {"info"}
