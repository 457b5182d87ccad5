from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack.config import SlackConfig
from bot import labels
from bot.errors import StoreUnavailable
from bot.posts import Form, TextInput
from bot.reactions import Correct, ShowForm
from tests.adapters.slack.scene import Ears, Scene, scene, soon
from tests.doubles.slack import Fault, SlackDouble, payloads


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


@pytest.fixture
async def here(slack: SlackDouble) -> AsyncIterator[Scene]:
    async with scene(slack, by_socket(slack)) as one:
        await slack.socket.connected()
        yield one


def by_socket(slack: SlackDouble) -> SlackConfig:
    return SlackConfig(bot_token=slack.install("T1"), app_token="xapp-1", api_url=slack.api_url)


async def test_an_event_is_received_and_acknowledged(here: Scene) -> None:
    acknowledged = await here.slack.socket.send(payloads.mention("T1", "C1", "在留カードをなくしました"))
    assert set(await acknowledged) == {"envelope_id"}
    assert here.ears.questions == ["在留カードをなくしました"]


async def test_what_is_not_stored_is_not_acknowledged_and_comes_again(here: Scene) -> None:
    here.ears.error = StoreUnavailable("database: locked")
    mention = payloads.mention("T1", "C1", "質問です")
    first = await here.slack.socket.send(mention)
    other = await here.slack.socket.send(payloads.home_opened("T9"), kind="events_api")
    await other  # what came later is through
    assert not first.done()
    here.ears.error = None
    await (await here.slack.socket.send(mention, retry=1))
    assert here.ears.questions == ["質問です"]


async def test_commands_and_forms_are_answered_in_the_acknowledgement(here: Scene) -> None:
    sent = await here.slack.socket.send({**payloads.command("T1", "C1", "質問です")}, kind="slash_commands")
    assert (await sent)["payload"] == {"response_type": "ephemeral", "text": labels.SEARCHING}

    here.ears.reaction = ShowForm(Form(name="f", title="題", submit="送る", inputs=(TextInput(name="q", label="欄"),)))
    await (await here.slack.socket.send(payloads.press("T1", "C1", "1.1", "go"), kind="interactive"))
    await soon(lambda: here.slack.calls("views.open"))
    view = here.slack.calls("views.open")[0].arguments["view"]

    here.ears.reaction = Correct({"q": "入力してください。"})
    sent = await here.slack.socket.send(payloads.submission("T1", view, {"q": "x"}), kind="interactive")
    assert (await sent)["payload"]["response_action"] == "errors"


async def test_a_new_connection_stands_before_slack_closes_the_old_one(here: Scene) -> None:
    socket = here.slack.socket
    old = socket.open[0]
    await socket.say_disconnect()
    await socket.connected(2)
    assert len(socket.open) == 2
    await old.close()
    await (await socket.send(payloads.mention("T1", "C1", "つながっていますか")))
    assert here.ears.questions == ["つながっていますか"]


async def test_a_lost_connection_is_made_anew(here: Scene) -> None:
    socket = here.slack.socket
    for connections in (2, 3):
        await socket.close()
        await socket.connected(connections)
    await (await socket.send(payloads.mention("T1", "C1", "つながっていますか")))
    assert here.ears.questions == ["つながっていますか"]


async def test_what_was_sent_into_a_lost_connection_comes_again_and_counts_once(here: Scene) -> None:
    socket, mention = here.slack.socket, payloads.mention("T1", "C1", "質問です")
    await (await socket.send(mention))
    await socket.close()
    await socket.connected(2)
    await (await socket.send(mention, retry=1))
    assert here.ears.questions == ["質問です"]


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(drops=True), Fault(error="ratelimited", status=429)])
async def test_slack_may_be_away_for_a_while(slack: SlackDouble, fault: Fault) -> None:
    slack.faults.next("apps.connections.open", fault, times=3)
    async with scene(slack, by_socket(slack)) as here:
        await slack.socket.connected()
        await (await slack.socket.send(payloads.mention("T1", "C1", "質問です")))
        assert here.ears.questions == ["質問です"]


async def test_slack_may_be_away_when_it_starts(slack: SlackDouble) -> None:
    config = by_socket(slack)
    await slack.close()
    async with scene(slack, config):
        await slack.open()
        await slack.socket.connected()


async def test_each_connection_that_fails_or_does_not_last_is_waited_after(slack: SlackDouble) -> None:
    waits: list[float] = []

    def random() -> float:
        waits.append(0.0)
        return 0.0

    slack.faults.next("apps.connections.open", Fault(status=500), times=4)
    async with scene(slack, by_socket(slack), random=random):
        await slack.socket.connected()
        assert len(waits) == 4
        await slack.socket.close()
        await slack.socket.connected(2)
        assert len(waits) == 5


async def test_what_is_in_hand_is_acknowledged_before_it_stops(slack: SlackDouble) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Ears):
        async def receive(self, incoming: object) -> None:
            begun.set()
            await go_on.wait()

    async with scene(slack, by_socket(slack), ears=Slow()) as here:
        await slack.socket.connected()
        acknowledged = await slack.socket.send(payloads.mention("T1", "C1", "質問です"))
        await begun.wait()
        stopping = asyncio.create_task(here.platform.stop())
        await asyncio.sleep(0)
        go_on.set()
        await acknowledged
        await stopping


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        "5",
        "[" * 10_000 + "]" * 10_000,
        '{"type": "events_api", "envelope_id": "e", "payload": null}',
        '{"type": ["hello"], "envelope_id": "e", "payload": {"event": 5}}',
    ],
)
async def test_a_message_that_cannot_be_read_does_not_end_the_connection(here: Scene, text: str) -> None:
    await here.slack.socket.open[0].send_str(text)
    await (await here.slack.socket.send(payloads.mention("T1", "C1", "つながっていますか")))
    assert here.ears.questions == ["つながっていますか"]
    assert here.slack.socket.connections == 1
