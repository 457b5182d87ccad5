"""The assistant as it is served, beside a double of Slack: from a question to its answer, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from adapters.app import assembled
from adapters.settings import Settings
from adapters.slack.app import EVENTS_PATH
from tests.adapters.slack.scene import SECRET, soon
from tests.dialogs.town import knowledge
from tests.doubles.slack import Fault, Sender, SlackDouble, payloads

QUESTION = "在留カードをなくしました。どうすればいいですか"


@dataclass
class Served:
    slack: SlackDouble
    sender: Sender


@asynccontextmanager
async def served(slack: SlackDouble, data_dir: Path) -> AsyncIterator[Served]:
    settings = Settings(
        data_dir=data_dir,
        console="off",
        slack_bot_token=slack.install("T1"),
        slack_signing_secret=SECRET,
        slack_app_token="xapp-1",
        slack_api_url=slack.api_url,
    )
    async with assembled(settings, knowledge(), only_loopback=True) as app:
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with Sender(f"http://127.0.0.1:{runner.addresses[0][1]}{EVENTS_PATH}", SECRET) as sender:
                yield Served(slack, sender)
        finally:
            await runner.cleanup()


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


async def test_a_question_is_answered_in_its_thread(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path) as here:
        mention = payloads.mention("T1", "C1", QUESTION)
        await here.sender.event(mention)
        await here.sender.event(payloads.twin(mention))
        await soon(lambda: slack.messages("C1"))
        await here.sender.event(mention, retry=1)
    [answer] = slack.messages("C1")
    assert answer.thread == mention["event"]["ts"]
    assert "14日以内" in answer.words


async def test_a_follow_up_needs_no_mention(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path) as here:
        mention = payloads.mention("T1", "C1", QUESTION)
        thread = mention["event"]["ts"]
        await here.sender.event(mention)
        await soon(lambda: slack.messages("C1"))
        await here.sender.event(payloads.message("T1", "C1", "手数料はいくらですか", thread=thread))
        await soon(lambda: len(slack.messages("C1", thread)) == 2)


async def test_the_same_by_socket(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path):
        await slack.socket.connected()
        await (await slack.socket.send(payloads.message("T1", "DU1", QUESTION)))
        await soon(lambda: slack.messages("DU1"))
    assert "14日以内" in slack.messages("DU1")[0].words


async def test_a_command_is_answered_to_who_asked_alone(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path) as here:
        await here.sender.command(payloads.command("T1", "C1", QUESTION))
        await soon(lambda: slack.whispers("U1"))
    assert slack.messages("C1") == []


async def test_a_button_opens_the_form_that_asks_again(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path) as here:
        await here.sender.event(payloads.mention("T1", "C1", QUESTION))
        await soon(lambda: slack.messages("C1"))
        [answer] = slack.messages("C1")
        button = next(e for block in answer.blocks if block["type"] == "actions" for e in block["elements"])
        press = payloads.press("T1", "C1", answer.ts, button["action_id"], button.get("value", ""))
        press["container"]["thread_ts"] = answer.thread
        await here.sender.interaction(press)
        await soon(lambda: slack.calls("views.open"))
        view = slack.calls("views.open")[0].arguments["view"]
        sent = payloads.submission("T1", view, {"question": "児童手当の申請はどこにしますか"})
        assert (await here.sender.interaction(sent)).status == 200
        await soon(lambda: len(slack.messages("C1", answer.thread)) == 2)
    assert "児童手当" in slack.messages("C1")[-1].words


async def test_the_home_opens(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path) as here:
        await here.sender.event(payloads.home_opened("T1"))
        await soon(lambda: slack.calls("views.publish"))


async def test_what_was_acknowledged_is_answered_by_the_next_process(slack: SlackDouble, tmp_path: Path) -> None:
    async with served(slack, tmp_path) as here:
        slack.faults.next("chat.postMessage", Fault(error="service_unavailable"), times=1000)
        assert (await here.sender.event(payloads.mention("T1", "C1", QUESTION))).status == 200
    assert slack.messages("C1") == []
    slack.faults.clear()
    async with served(slack, tmp_path):
        await soon(lambda: slack.messages("C1"))


async def test_an_answer_that_landed_without_a_word_is_not_said_twice(slack: SlackDouble, tmp_path: Path) -> None:
    slack.faults.next("chat.postMessage", Fault(drops=True, lands=True))
    async with served(slack, tmp_path) as here:
        await here.sender.event(payloads.mention("T1", "C1", QUESTION))
        await soon(lambda: slack.calls("conversations.replies"))
        await asyncio.sleep(0.05)
    assert len(slack.messages("C1")) == 1


async def test_slack_asks_to_wait_and_is_obeyed(slack: SlackDouble, tmp_path: Path) -> None:
    slack.faults.next("chat.postMessage", Fault(status=429, error="ratelimited", retry_after=1))
    async with served(slack, tmp_path) as here:
        await here.sender.event(payloads.mention("T1", "C1", QUESTION))
        await soon(lambda: slack.messages("C1"))
    assert len(slack.messages("C1")) == 1
