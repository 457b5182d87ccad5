from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import pytest

from adapters.slack.config import SlackConfig
from adapters.slack.installations import Installations
from adapters.slack.messenger import SlackMessenger
from adapters.slack.web_api import WebApi, proxy_for
from bot import labels
from bot.errors import Gone, MessengerError, Refused, Throttled, Unavailable, Unclear
from bot.places import Person, Place, Receipt
from tests.contracts.messenger import MessengerContract, Trouble, new_delivery, saying
from tests.doubles.slack import Fault, SlackDouble
from tests.fakes_documents import FakeDocuments

HERE = Place(platform="slack", tenant="T1", channel="C1")
ARCHIVED = replace(HERE, channel="CARCHIVED")
SOMEBODY = Person(platform="slack", tenant="T1", id="U1")


@dataclass
class SlackStage:
    slack: SlackDouble
    messenger: SlackMessenger
    place: Place = HERE
    closed: Place = ARCHIVED
    person: Person = SOMEBODY
    looks_back: bool = True
    troubles: frozenset[Trouble] = frozenset(Trouble)

    async def public(self, place: Place) -> Sequence[str]:
        return [message.words for message in self.slack.messages(place.channel)]

    async def private(self, person: Person) -> Sequence[str]:
        seen = [*self.slack.whispers(person.id), *self.slack.messages(f"D{person.id}")]
        return [message.words for message in seen]

    async def meet(self, trouble: Trouble) -> None:
        self.slack.faults.next(
            "*",
            {
                Trouble.THROTTLED: Fault(status=429, error="ratelimited", retry_after=7),
                Trouble.UNAVAILABLE: Fault(error="service_unavailable"),
                Trouble.UNCLEAR: Fault(drops=True, lands=True),
                Trouble.REFUSED: Fault(error="invalid_blocks"),
            }[trouble],
        )


@pytest.fixture
async def stage() -> AsyncIterator[SlackStage]:
    async with SlackDouble() as slack:
        slack.state.archived.add("CARCHIVED")
        api = WebApi(slack.api_url)
        config = SlackConfig(bot_token=slack.install("T1"), app_token="xapp-1", api_url=slack.api_url)
        messenger = SlackMessenger(api, Installations(config, api, None, None), FakeDocuments())
        # Whose token it is, is asked once; troubles are meant for what comes after.
        await messenger.find(HERE, new_delivery())
        yield SlackStage(slack, messenger)
        await api.close()


class TestSlackMessenger(MessengerContract):
    pass


ANSWERS = [
    (Fault(status=429, retry_after=30), Throttled),
    (Fault(error="ratelimited"), Throttled),
    (Fault(error="internal_error"), Unclear),
    (Fault(error="fatal_error"), Unclear),
    (Fault(status=500), Unclear),
    (Fault(status=503), Unclear),
    (Fault(status=200), Unclear),  # a page in between, of a proxy say
    (Fault(drops=True), Unclear),
    (Fault(error="service_unavailable", status=503), Unavailable),
    (Fault(error="invalid_auth"), Unavailable),
    (Fault(error="token_expired"), Unavailable),
    (Fault(error="channel_not_found"), Gone),
    (Fault(error="is_archived"), Gone),
    (Fault(error="account_inactive"), Gone),
    (Fault(error="user_disabled"), Gone),
    (Fault(error="token_revoked"), Gone),
    (Fault(error="not_in_channel"), Gone),
    (Fault(error="msg_too_long"), Refused),
    (Fault(error="invalid_blocks"), Refused),
    (Fault(error="an_error_of_tomorrow"), Refused),
]


@pytest.mark.parametrize(("fault", "expected"), ANSWERS, ids=lambda value: str(getattr(value, "error", "")) or None)
async def test_what_slack_answers_becomes_an_error(
    stage: SlackStage, fault: Fault, expected: type[MessengerError]
) -> None:
    stage.slack.faults.next("chat.postMessage", fault)
    with pytest.raises(MessengerError) as caught:
        await stage.messenger.post(HERE, saying("言葉"), new_delivery())
    assert type(caught.value) is expected
    if isinstance(caught.value, Throttled):
        assert caught.value.retry_after == fault.retry_after


async def test_nothing_landed_where_no_connection_was_made() -> None:
    slack = SlackDouble()
    async with slack:
        config = SlackConfig(bot_token=slack.install("T1"), api_url=slack.api_url)
    api = WebApi(slack.api_url)
    messenger = SlackMessenger(api, Installations(config, api, None, None), FakeDocuments())
    with pytest.raises(Unavailable):
        await messenger.post(HERE, saying("言葉"), new_delivery())
    async with slack:
        await messenger.post(HERE, saying("言葉"), new_delivery())
        assert len(slack.messages("C1")) == 1
        await api.close()


async def test_a_post_carries_its_delivery_and_unfolds_no_links(stage: SlackStage) -> None:
    delivery = new_delivery()
    await stage.messenger.post(HERE, saying("言葉"), delivery)
    [call] = stage.slack.calls("chat.postMessage")
    assert call.arguments["metadata"] == {"event_type": "madoguchi_delivery", "event_payload": {"delivery": delivery}}
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert "thread_ts" not in call.arguments


async def test_the_double_takes_no_more_than_slack_does(stage: SlackStage) -> None:
    stage.slack.limits.channel = 1.0
    stage.slack.limits.workspace = 2
    await stage.messenger.post(HERE, saying("ひとつめ"), new_delivery())
    with pytest.raises(Throttled) as channel:
        await stage.messenger.post(HERE, saying("ふたつめ"), new_delivery())
    await stage.messenger.post(replace(HERE, channel="C2"), saying("となり"), new_delivery())
    with pytest.raises(Throttled) as workspace:
        await stage.messenger.post(replace(HERE, channel="C3"), saying("みっつめ"), new_delivery())
    assert (channel.value.retry_after, workspace.value.retry_after) == (1, 60)
    assert stage.slack.limits.refused == 2


async def test_a_message_is_found_beyond_the_first_page(stage: SlackStage) -> None:
    first = await stage.messenger.post(HERE, saying("親"), new_delivery())
    thread, delivery = replace(HERE, thread=first.message), new_delivery()
    for _ in range(20):  # Slack gives fifteen at a time to some apps
        await stage.messenger.post(thread, saying("ほか"), new_delivery())
    landed = await stage.messenger.post(thread, saying("返事"), delivery)
    found = await stage.messenger.find(thread, delivery)
    assert found is not None
    assert found.message == landed.message


async def test_what_lies_too_far_back_is_not_said_to_be_missing(stage: SlackStage) -> None:
    for _ in range(80):
        await stage.messenger.post(HERE, saying("ほか"), new_delivery())
    with pytest.raises(Refused):
        await stage.messenger.find(HERE, new_delivery())


async def test_a_message_to_somebody_stands_in_the_conversation_with_them(stage: SlackStage) -> None:
    delivery = new_delivery()
    receipt = await stage.messenger.post(replace(HERE, channel="U1"), saying("はじめまして"), delivery)
    assert receipt.place.channel == "DU1"
    assert await stage.messenger.find(replace(HERE, channel="U1"), delivery) == receipt
    await stage.messenger.edit(receipt, saying("あらためて"))
    assert "あらためて" in stage.slack.messages("DU1")[0].words


async def test_a_thread_with_somebody_is_told_by_their_conversation(stage: SlackStage) -> None:
    first = await stage.messenger.post(SOMEBODY.own_conversation, saying("親"), new_delivery())
    thread, delivery = replace(SOMEBODY.own_conversation, thread=first.message), new_delivery()
    landed = await stage.messenger.post(thread, saying("返事"), delivery)
    assert landed.place == replace(HERE, channel="DU1", thread=first.message)
    assert stage.slack.calls("chat.postMessage")[-1].arguments["channel"] == "DU1"
    assert await stage.messenger.find(thread, delivery) == landed


async def test_where_the_assistant_is_no_member_a_private_answer_comes_directly(stage: SlackStage) -> None:
    stage.slack.state.no_member.add("C1")
    receipt = await stage.messenger.post(replace(HERE, only_to="U1"), saying("答え"), new_delivery())
    [message] = stage.slack.messages("DU1")
    assert labels.ONLY_YOU in message.words
    assert "答え" in message.words
    assert (receipt.place.channel, receipt.place.only_to) == ("DU1", "")
    assert stage.slack.messages("C1") == []


async def test_what_one_person_alone_sees_cannot_be_edited(stage: SlackStage) -> None:
    with pytest.raises(Refused):
        await stage.messenger.edit(Receipt(replace(HERE, only_to="U1"), ""), saying("言葉"))


async def test_a_workspace_without_the_app_is_gone(stage: SlackStage) -> None:
    with pytest.raises(Gone):
        await stage.messenger.post(replace(HERE, tenant="T2"), saying("言葉"), new_delivery())


async def test_looking_in_vain_is_never_unclear(stage: SlackStage) -> None:
    stage.slack.faults.next("conversations.history", Fault(status=500))
    with pytest.raises(Unavailable):
        await stage.messenger.find(HERE, new_delivery())


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://slack.com/api/", "http://proxy.example:8080"),
        ("wss://wss-primary.slack.com/link", "http://proxy.example:8080"),
        ("http://127.0.0.1:8000/api/", None),
        ("https://slack.internal.example/api/", None),
    ],
)
def test_the_environment_tells_the_proxy(monkeypatch: pytest.MonkeyPatch, url: str, proxy: str | None) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,internal.example")
    assert proxy_for(url) == proxy


async def test_calls_go_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SlackDouble() as slack:
        monkeypatch.setenv("HTTP_PROXY", slack.url)  # what a proxy is asked for it can answer itself
        monkeypatch.delenv("NO_PROXY", raising=False)
        api = WebApi("http://slack.invalid/api/")
        try:
            assert (await api.client(slack.install("T1")).auth_test())["team_id"] == "T1"
        finally:
            await api.close()


async def test_a_channel_is_called_what_slack_calls_it(stage: SlackStage) -> None:
    stage.slack.state.names |= {"C1": "外国人相談", "G1": "mpdm-tanaka--sato-1"}
    assert await stage.messenger.channel_name(replace(HERE, channel="C1")) == "#外国人相談"
    assert await stage.messenger.channel_name(replace(HERE, channel="G1")) == ""
    with pytest.raises(Gone):
        await stage.messenger.channel_name(replace(HERE, channel="C2"))
