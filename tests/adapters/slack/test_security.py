from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from adapters.slack.app import EVENTS_PATH
from adapters.slack.config import SlackConfig
from adapters.slack.requests import LONGEST
from tests.adapters.slack.scene import SECRET, Scene, scene
from tests.doubles.slack import SlackDouble, payloads
from tests.doubles.slack.sender import signature

PLANTED = "渋谷区の山田花子さんの在留カード番号AB12345678CD"
BODY = json.dumps(payloads.mention("T1", "C1", PLANTED), ensure_ascii=False).encode()

#: The environment of somebody who tries out other Slack apps on the same machine.
ENVIRONMENT = {
    "SLACK_BOT_TOKEN": "xoxb-of-another-app",
    "SLACK_SIGNING_SECRET": "of-another-app",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "of-another-app",
    "SLACK_APP_TOKEN": "xapp-of-another-app",
    "SLACK_VERIFICATION_TOKEN": "of-another-app",
    "SLACK_SCOPES": "admin",
    "SLACK_REDIRECT_URI": "https://elsewhere.example",
    "SLACK_INSTALL_PATH": "/elsewhere",
}


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with SlackDouble() as slack, scene(slack) as one:
        yield one


def unsigned() -> dict[str, str]:
    return {"X-Slack-Signature": "", "X-Slack-Request-Timestamp": ""}


#: Made when a test runs: a time ahead would be the present by the end of a long run.
BAD: dict[str, Callable[[], dict[str, str]]] = {
    "unsigned": unsigned,
    "signed with another secret": lambda: signature("another secret", BODY),
    "signature of another body": lambda: signature(SECRET, b"{}"),
    "stale": lambda: signature(SECRET, BODY, time.time() - 400),
    "from the future": lambda: signature(SECRET, BODY, time.time() + 400),
    "no number as time": lambda: {**signature(SECRET, BODY), "X-Slack-Request-Timestamp": "now"},
    "a time beyond all numbers": lambda: {**signature(SECRET, BODY), "X-Slack-Request-Timestamp": "9" * 400},
    "no text as signature": lambda: {**signature(SECRET, BODY), "X-Slack-Signature": "v0=é"},
}


@pytest.mark.parametrize("headers", BAD.values(), ids=BAD.keys())
async def test_what_slack_did_not_sign_now_is_refused(here: Scene, headers: Callable[[], dict[str, str]]) -> None:
    answer = await here.sender.raw(BODY, headers=headers())
    assert answer.status == 401
    assert here.ears.heard == []


async def test_without_any_header_it_is_refused(here: Scene) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{here.url}{EVENTS_PATH}", data=BODY) as answer,
    ):
        assert answer.status == 401
    assert here.ears.heard == []


async def test_a_replay_within_five_minutes_does_no_work(here: Scene) -> None:
    headers = signature(SECRET, BODY, time.time() - 200)
    for _ in range(3):
        assert (await here.sender.raw(BODY, headers=headers)).status == 200
    assert here.ears.questions == [PLANTED]


@pytest.mark.parametrize("size", [LONGEST + 1, 5 * 1024 * 1024])
@pytest.mark.parametrize("told", [True, False], ids=["length told", "in chunks"])
async def test_what_is_too_long_is_refused(here: Scene, size: int, told: bool) -> None:
    body = b'{"text": "' + b"x" * size + b'"}'

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    sent = io.BytesIO(body) if told else chunks()
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{here.url}{EVENTS_PATH}", data=sent, headers=signature(SECRET, body)) as answer,
    ):
        assert answer.status == 413
    assert here.ears.heard == []


UNREADABLE = {
    "cut off": payloads.malformed(),
    "no JSON": b"{,}",
    "no object": b"[]",
    "a number": b"5",
    "too deep": b'{"a":' + b"[" * 200_000,
    "no text": b'{"text": "\xff\xfe"}',
    "strange user": b'{"user": 5}',
    "strange authorizations": b'{"authorizations": {"a": 1}}',
    "an event that is none": b'{"type": "event_callback", "event": null}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_what_cannot_be_read_is_refused(here: Scene, body: bytes) -> None:
    answer = await here.sender.raw(body)
    # What is no text at all cannot even be signed.
    assert answer.status in ({400, 401} if body == UNREADABLE["no text"] else {400})
    assert here.ears.heard == []


@pytest.mark.parametrize("body", [b"payload=%7B%22type%22%3A", b"payload=[]"])
async def test_a_form_that_cannot_be_read_is_refused(here: Scene, body: bytes) -> None:
    answer = await here.sender.raw(body, "application/x-www-form-urlencoded")
    assert answer.status == 400
    assert here.ears.heard == []


@pytest.mark.parametrize("body", [b"", b"{}", b'{"type": "event_callback"}', b'{"type": "tomorrow", "team_id": "T1"}'])
async def test_what_says_nothing_does_no_work(here: Scene, body: bytes) -> None:
    assert (await here.sender.raw(body)).status < 500
    assert here.ears.heard == []


async def test_no_log_holds_what_people_wrote(here: Scene, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await here.sender.raw(BODY)
        await here.sender.raw(BODY, headers=unsigned())
        await here.sender.raw(BODY[:-5])
        here.ears.error = RuntimeError("broken")
        await here.sender.event(payloads.mention("T1", "C1", PLANTED))
        await here.sender.event(payloads.mention("T9", "C1", PLANTED))
        await here.sender.command(payloads.command("T1", "C1", PLANTED))
        await here.sender.event(payloads.event("T1", {"type": "reaction_added", "user": PLANTED}))
    assert here.ears.questions == [PLANTED]
    assert caplog.records
    assert [record.name for record in caplog.records if "花子" in record.getMessage()] == []
    assert "花子" not in caplog.text


async def test_the_environment_switches_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    async with SlackDouble() as slack, scene(slack) as here:
        slack.install("T9")
        assert (await here.sender.event(payloads.mention("T1", "C1", "質問です"))).status == 200
        # Nobody is let in by another app's secrets, nor answered with its token.
        assert (await here.sender.raw(BODY, headers=signature("of-another-app", BODY))).status == 401
        assert (await here.sender.event(payloads.mention("T9", "C1", "質問です"))).status == 200
        assert here.ears.questions == ["質問です"]
        assert {call.token for call in slack.state.calls} == {slack.install("T1")}
        assert slack.socket.connections == 0
        async with aiohttp.ClientSession() as session:
            for path in ("/slack/install", "/slack/oauth_redirect", "/elsewhere"):
                async with session.get(f"{here.url}{path}") as answer:
                    assert answer.status == 404


async def test_without_a_signing_secret_nothing_is_taken_over_http() -> None:
    async with SlackDouble() as slack:
        config = SlackConfig(bot_token=slack.install("T1"), api_url=slack.api_url)
        async with scene(slack, config) as here:
            assert (await here.sender.event(payloads.mention("T1", "C1", "質問です"))).status == 404
            assert here.ears.heard == []


def test_no_secret_is_shown_with_the_configuration() -> None:
    config = SlackConfig(signing_secret="s1", bot_token="s2", app_token="s3", client_id="c", client_secret="s4")
    assert not any(f"s{i}" in repr(config) for i in range(1, 5))
