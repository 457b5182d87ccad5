"""What a stranger's own emulator of Slack or Teams would send: only documented things, none of which may end in 500."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.doubles.slack import payloads
from tests.doubles.teams.activities import Activities, Activity
from tests.whole.serving import WORKSPACE, Here, soon, words

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "在留カードをなくしました。どうすればいいですか"
FORM = "application/x-www-form-urlencoded"

Json = dict[str, Any]


def without(payload: Json, *names: str) -> Json:
    """A payload that lacks something."""
    return {name: value for name, value in payload.items() if name not in names}


def event(**more: object) -> Json:
    """A message in a channel, changed."""
    payload = payloads.message(WORKSPACE, "C9", QUESTION)
    return payload | {"event": payload["event"] | more}


def events() -> Iterator[tuple[str, object]]:
    """Bodies of events by what is unusual about them."""
    mention = payloads.mention(WORKSPACE, "C9", QUESTION)
    yield "no JSON object", []
    yield "null", None
    yield "empty object", {}
    yield "unknown type", {"type": "something_new", "team_id": WORKSPACE}
    yield "app_rate_limited", {"type": "app_rate_limited", "team_id": WORKSPACE, "minute_rate_limited": 1, "token": "t"}
    yield "no event", without(mention, "event")
    yield "event null", mention | {"event": None}
    yield "event a text", mention | {"event": "app_mention"}
    yield "no event_id", without(mention, "event_id")
    yield "no team anywhere", without(mention, "team_id", "context_team_id", "authorizations")
    yield "another workspace", payloads.mention("T404", "C9", QUESTION)
    yield "unknown event", event(type="pizza_ordered")
    yield "emoji", {**mention, "event": {"type": "emoji_changed", "subtype": "add"}}
    for subtype in ("message_changed", "message_deleted", "channel_join", "bot_message", "channel_topic", "huddle"):
        yield f"message: {subtype}", event(subtype=subtype)
    yield "files without text", event(subtype="file_share", text="", files=[{"id": "F1"}])
    yield "no user", mention | {"event": without(mention["event"], "user")}
    yield "no text", mention | {"event": without(mention["event"], "text")}
    yield "no ts", mention | {"event": without(mention["event"], "ts")}
    yield "no channel", mention | {"event": without(mention["event"], "channel")}
    yield "text null", event(text=None)
    yield "text a number", event(text=12)
    yield "thread null", event(thread_ts=None)
    yield "times that are none", event(ts="soon", event_ts="soon") | {"event_time": "soon"}
    yield "time beyond calendars", event(ts="9e99") | {"event_time": 10**30}
    yield "authorizations empty", mention | {"authorizations": []}
    yield "authorizations null", mention | {"authorizations": None}
    yield "home without tab", payloads.event(WORKSPACE, {"type": "app_home_opened", "user": "U9"})
    yield "pane without thread", payloads.event(WORKSPACE, {"type": "assistant_thread_started"})
    yield "joined without user", payloads.event(WORKSPACE, {"type": "member_joined_channel", "channel": "C9"})
    yield "left a channel that nobody knows", payloads.event(WORKSPACE, {"type": "channel_left", "channel": "C404"})
    yield "tokens of users", payloads.event(WORKSPACE, {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})


def interactions() -> Iterator[tuple[str, object]]:
    """Payloads of interactions by what is unusual about them."""
    press = payloads.press(WORKSPACE, "C9", "1700000000.000001", "help")
    yield "no JSON object", []
    yield "null", None
    yield "a text", "block_actions"
    yield "empty object", {}
    for kind in ("shortcut", "block_suggestion", "view_closed", "dialog_submission", "interactive_message", "new"):
        yield kind, press | {"type": kind, "callback_id": "elsewhere"}
    yield "no actions", without(press, "actions")
    yield "actions empty", press | {"actions": []}
    yield "no container", without(press, "container")
    yield "no user", without(press, "user")
    yield "team null", press | {"team": None}
    yield "no team", without(press, "team")
    yield "no response_url", without(press, "response_url")
    yield "no trigger", without(press, "trigger_id")
    yield "a menu", press | {"actions": [{"type": "static_select", "action_id": "x", "selected_option": None}]}
    yield "unknown button", payloads.press(WORKSPACE, "C9", "1700000000.000001", "of_another_version")
    yield "form of nobody", payloads.submission(WORKSPACE, {"type": "modal", "callback_id": "x"}, {})
    yield "form with strange origin", payloads.submission(WORKSPACE, {"callback_id": "x", "private_metadata": "[]"}, {})
    yield "shortcut without message", without(payloads.shortcut(WORKSPACE, "C9", QUESTION), "message")


def commands() -> Iterator[tuple[str, Json]]:
    """Form fields of commands by what is unusual about them."""
    command = payloads.command(WORKSPACE, "C9", QUESTION)
    yield "text absent", without(command, "text")
    yield "text empty", command | {"text": ""}
    yield "another command", command | {"command": "/weather"}
    yield "no team", without(command, "team_id")
    yield "no trigger", without(command, "trigger_id")
    yield "no channel", without(command, "channel_id")
    yield "long", command | {"text": QUESTION * 100}


def bodies() -> Iterator[tuple[str, bytes, str]]:
    """Bodies that are neither, with their content type."""
    yield "empty", b"", "application/json"
    yield "empty form", b"", FORM
    yield "half of it", payloads.malformed(), "application/json"
    yield "form without payload", b"a=1", FORM
    yield "payload no JSON", urlencode({"payload": "{"}).encode(), FORM
    yield "deep", b"[" * 100_000, "application/json"
    yield "a number without end", b'{"type":' + b"9" * 5_000 + b"}", "application/json"
    yield "JSON called a form", json.dumps(payloads.mention(WORKSPACE, "C9", QUESTION)).encode(), FORM
    yield "form called JSON", urlencode(payloads.command(WORKSPACE, "C9", "x")).encode(), "application/json"


async def test_nothing_that_slack_may_send_ends_in_an_error(here: Here) -> None:
    ended: dict[str, int] = {}
    for name, body in events():
        ended[f"event: {name}"] = (await here.sender.raw(json.dumps(body).encode())).status
    for name, payload in interactions():
        raw = urlencode({"payload": json.dumps(payload)}).encode()
        ended[f"interaction: {name}"] = (await here.sender.raw(raw, FORM)).status
    for name, fields in commands():
        ended[f"command: {name}"] = (await here.sender.command(fields)).status
    for name, raw, content_type in bodies():
        ended[f"body: {name}"] = (await here.sender.raw(raw, content_type)).status
    assert {name: status for name, status in ended.items() if status not in {200, 400}} == {}


async def test_slack_first_asks_whether_the_address_is_ours(here: Here) -> None:
    asked = {
        "type": "url_verification",
        "token": "t",
        "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
    }
    answer = await here.sender.raw(json.dumps(asked).encode())
    assert answer.status == 200
    assert asked["challenge"] in answer.body
    assert (await here.sender.raw(b"token=t&ssl_check=1", FORM)).status == 200


async def test_slack_events_that_lack_what_is_optional_are_answered(here: Here) -> None:
    mention = payloads.mention(WORKSPACE, "C10", QUESTION)
    bare = {name: mention[name] for name in ("type", "team_id", "event_id", "event")}
    await here.sender.event(bare | {"api_app_id": "A404", "token": "legacy"})
    direct = payloads.message(WORKSPACE, "DU10", QUESTION, user="U10")
    del direct["event"]["channel_type"]
    await here.sender.event(without(direct, "authorizations", "context_team_id", "event_time", "enterprise_id"))
    await soon(lambda: here.slack.messages("C10") and here.slack.messages("DU10"))


@pytest.mark.parametrize("retry", [{"x-slack-retry-num": "one"}, {"x-slack-retry-num": "99", "x-slack-no-retry": "1"}])
async def test_slack_retries_of_any_number_are_taken(here: Here, retry: dict[str, str]) -> None:
    body = json.dumps(payloads.message(WORKSPACE, "C11", "お昼に行ってきます")).encode()
    assert (await here.sender.raw(body, headers=retry)).status == 200


def activities(made: Activities) -> Iterator[tuple[str, Activity]]:
    """Activities by what is unusual about them."""
    yield "no channelData", without(made.mention(QUESTION), "channelData")
    yield "channelData null", made.mention(QUESTION) | {"channelData": None}
    yield "no entities", without(made.mention(QUESTION), "entities")
    yield (
        "entities odd",
        made.mention(QUESTION) | {"entities": [None, "x", {"type": "clientInfo"}, {"type": "mention"}]},
    )
    yield "no locale", without(made.personal(QUESTION), "locale")
    yield "no recipient name", made.personal(QUESTION) | {"recipient": {"id": f"28:{made.app_id}"}}
    yield "no text", without(made.personal(QUESTION), "text")
    yield "text null", made.personal(QUESTION) | {"text": None}
    yield "text empty", made.mention("")
    yield "text a number", made.personal(QUESTION) | {"text": 7}
    yield "no timestamp", without(made.personal("こんにちは"), "timestamp")
    yield "timestamp odd", made.personal("こんにちは") | {"timestamp": "yesterday"}
    yield "no id", without(made.personal("こんにちは"), "id")
    yield "no from", without(made.personal("こんにちは"), "from")
    yield "from a text", made.personal("こんにちは") | {"from": "29:person"}
    yield "no conversation", without(made.personal("こんにちは"), "conversation")
    yield "conversation a text", made.personal("こんにちは") | {"conversation": "19:x"}
    yield "attachments odd", made.personal("こんにちは") | {"attachments": [None, {"contentType": "text/html"}]}
    yield "value a text", made.personal("こんにちは") | {"value": "x"}
    for kind in ("typing", "messageReaction", "messageUpdate", "endOfConversation", "event", "somethingNew"):
        yield kind, without(made.personal("") | {"type": kind}, "text")
    yield "type absent", without(made.personal(""), "type")
    yield "members null", made.added() | {"membersAdded": None}
    yield "members odd", made.added() | {"membersAdded": [None, {"name": "x"}], "membersRemoved": "x"}
    yield "installation", without(made.personal("") | {"type": "installationUpdate", "action": "upgrade"}, "text")
    yield "press without value", without(made.press("help"), "value")
    yield "press odd", made.press("help") | {"value": {"action": "help", "trigger": 1}}
    yield "press of another version", made.press("of_another_version", "x")
    yield "press not under a message", without(made.press("help"), "replyToId")
    yield "dialog without data", made.invoke("task/fetch", {})
    yield "form of nobody", made.invoke("task/submit", {"data": {"madoguchi": {"form": "x", "again": "!"}}})
    yield "query without parameters", made.invoke("composeExtension/query", {"commandId": "search_guidebook"})
    yield "query of another command", made.invoke("composeExtension/query", {"commandId": "x", "parameters": [None]})
    yield "action without message", made.invoke("composeExtension/fetchTask", {"commandId": "look_up"})
    yield "submit odd", made.invoke("composeExtension/submitAction", {"commandId": "look_up", "data": []})


async def test_nothing_that_teams_may_send_ends_in_an_error(here: Here) -> None:
    ended = {name: (await here.tells(activity))[0] for name, activity in activities(here.made)}
    assert {name: status for name, status in ended.items() if status not in {200, 400}} == {}


async def test_teams_unknown_invokes_are_told_so(here: Here) -> None:
    for name in ("config/fetch", "signin/verifyState", "fileConsent/invoke", "tab/fetch", ""):
        assert (await here.tells(here.made.invoke(name, {})))[0] == 501


@pytest.mark.parametrize("slash", ["", "/"])
async def test_teams_service_urls_with_and_without_slash(here: Here, slash: str) -> None:
    asked = here.made.personal(QUESTION, person=f"slash-{len(slash)}")
    asked["serviceUrl"] = asked["serviceUrl"].rstrip("/") + slash
    del asked["conversation"]["tenantId"]
    assert (await here.tells(asked))[0] == 200
    await soon(lambda: here.in_teams(f"a:app-1-slash-{len(slash)}"))


async def test_teams_marks_of_its_editor_are_no_words(here: Here) -> None:
    asked = here.made.personal(QUESTION, person="marked")
    asked |= {"text": f"<div><p>{QUESTION}&nbsp;</p></div>", "textFormat": "xml"}
    await here.tells(asked)
    await soon(lambda: here.in_teams("a:app-1-marked"))
    assert "&lt;p" not in words(here.in_teams("a:app-1-marked")[0])


async def test_after_all_that_everything_works(here: Here) -> None:
    await asyncio.gather(
        here.sender.event(payloads.mention(WORKSPACE, "C12", QUESTION)),
        here.tells(here.made.mention(QUESTION, channel="19:twelve@thread.tacv2")),
    )
    await soon(lambda: here.slack.messages("C12") and here.in_teams("19:twelve@thread.tacv2"))
    assert (await here.get("healthz"))[0] == 200
    assert [line for line in here.server.logged if line["level"] == "error"] == []
