"""Speaking first, to one person, after a restart, where Teams moved, and looking back through Graph."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.database.addresses import Addresses
from adapters.database.engine import open_database
from adapters.teams.config import Registration, TeamsConfig
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.rendering import delivery_mark
from bot import labels
from bot.errors import Gone, Refused, Throttled, Unavailable
from bot.places import Place, Receipt
from bot.posts import Button, Post, Text
from tests.adapters.teams.served import MemoryAddresses, Received, Served, serving
from tests.contracts.messenger import new_delivery, saying
from tests.doubles.teams import Fault, TeamsDouble
from tests.doubles.teams.activities import Activities

GENERAL = "19:general@thread.tacv2"


@dataclass
class Scene:
    """A bot that was spoken to by nobody yet."""

    teams: TeamsDouble
    registration: Registration
    bot: Served
    addresses: MemoryAddresses

    @property
    def messenger(self) -> TeamsMessenger:
        return self.bot.platform.messenger

    def activities(self, group: str = "group-1") -> Activities:
        return self.teams.activities(self.registration, group=group)

    async def hears(self, activity: dict[str, object]) -> None:
        assert (await self.teams.deliver(self.bot.endpoint, activity))[0] == 200

    def place(self, channel: str = GENERAL, thread: str = "", only_to: str = "") -> Place:
        return Place(platform="teams", tenant="tenant-1", channel=channel, thread=thread, only_to=only_to)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with TeamsDouble() as teams:
        registration, addresses = teams.register("app-1"), MemoryAddresses()
        teams.graph.groups.add("group-1")
        async with serving(TeamsConfig((registration,), **teams.addresses), Received(), addresses) as bot:
            yield Scene(teams, registration, bot, addresses)


async def test_nobody_is_spoken_to_who_was_never_heard_of(scene: Scene) -> None:
    with pytest.raises(Gone, match="ever heard"):
        await scene.messenger.post(scene.place(), saying("はじめまして"), new_delivery())
    for channel in (GENERAL, ""):
        with pytest.raises(Gone, match="ever heard"):
            await scene.messenger.post(scene.place(channel, only_to="person-1"), saying("はじめまして"), new_delivery())


async def test_somebody_is_spoken_to_as_soon_as_anybody_of_their_tenant_was_heard_of(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    await scene.messenger.post(scene.place("", only_to="person-9"), saying("はじめまして"), new_delivery())
    (chat,) = scene.teams.conversations.chats.values()
    (landed,) = scene.teams.conversations.said_in(chat)
    assert labels.ONLY_YOU not in text(landed.activity)


async def test_the_bot_speaks_first_where_it_was_added(scene: Scene) -> None:
    await scene.hears(scene.activities().added(chosen="19:chosen@thread.tacv2"))
    for channel in (GENERAL, "19:chosen@thread.tacv2"):
        receipt = await scene.messenger.post(scene.place(channel), saying("はじめまして"), new_delivery())
        assert scene.teams.conversations.said_in(channel)[0].id == receipt.message


async def test_what_is_for_one_person_goes_to_their_own_chat_and_says_so(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    for thread in ("", "17"):  # chats know no threads
        place = scene.place(thread=thread, only_to="person-1")
        await scene.messenger.post(place, saying("あなただけに"), new_delivery())
    assert not scene.teams.conversations.said_in(GENERAL)
    (chat,) = scene.teams.conversations.chats.values()
    assert [labels.ONLY_YOU in text(one.activity) for one in scene.teams.conversations.said_in(chat)] == [True, True]
    assert {one.thread for one in scene.teams.landed} == {""}
    assert scene.teams.conversations.requests == 3  # the chat was opened once


async def test_in_their_own_chat_nothing_needs_to_be_said_about_it(scene: Scene) -> None:
    await scene.hears(scene.activities().personal("こんにちは"))
    chat = "a:app-1-person-1"
    receipt = await scene.messenger.post(scene.place(chat, only_to="person-1"), saying("返事"), new_delivery())
    (landed,) = scene.teams.conversations.said_in(chat)
    assert labels.ONLY_YOU not in text(landed.activity)
    await scene.messenger.edit(receipt, saying("直した返事"))
    assert "直した返事" in text(landed.activity)


async def test_a_card_that_refreshes_does_so_still_after_an_edit(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    post = Post(blocks=(Text("状態"),), summary="状態", refresh=Button(action="look", label="更新", value="v"))
    receipt = await scene.messenger.post(scene.place(), post, new_delivery())
    await scene.messenger.edit(receipt, post)
    (landed,) = scene.teams.landed
    assert landed.edits == 1
    assert landed.activity["attachments"][0]["content"]["refresh"]["action"]["verb"] == "look"


async def test_a_message_that_was_deleted_cannot_be_edited(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    receipt = await scene.messenger.post(scene.place(), saying("消える言葉"), new_delivery())
    scene.teams.landed.clear()
    with pytest.raises(Refused, match="no more"):
        await scene.messenger.edit(receipt, saying("遅い直し"))
    with pytest.raises(Refused, match="without telling its id"):
        await scene.messenger.edit(Receipt(scene.place(), ""), saying("直し"))


async def test_a_chat_that_cannot_be_opened_surely_holds_nothing(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    scene.teams.conversations.faults.append(Fault(500, lands=True))
    with pytest.raises(Unavailable):
        await scene.messenger.post(scene.place(only_to="person-1"), saying("あなただけに"), new_delivery())


async def test_where_the_bot_was_blocked_the_place_is_gone(scene: Scene) -> None:
    await scene.hears(scene.activities().personal("こんにちは"))
    chat = "a:app-1-person-1"
    scene.teams.conversations.closed[chat] = Fault(403, "MessageWritesBlocked")
    with pytest.raises(Gone, match="MessageWritesBlocked"):
        await scene.messenger.post(scene.place(chat), saying("もしもし"), new_delivery())


async def test_a_service_that_moved_is_followed(scene: Scene) -> None:
    made = scene.activities()
    await scene.hears(made.mention("こんにちは"))
    written = scene.addresses.written
    await scene.hears(made.mention("もう一度"))
    assert scene.addresses.written == written  # what is known is not written again
    made.service_url = f"{scene.teams.issuer.url}/elsewhere/"
    await scene.hears(made.mention("引っ越しました"))
    with pytest.raises(Gone):  # the double has nothing there
        await scene.messenger.post(scene.place(), saying("新しい住所へ"), new_delivery())
    made.service_url = scene.teams.service_url
    await scene.hears(made.mention("戻りました"))
    assert await scene.messenger.post(scene.place(), saying("前の住所へ"), new_delivery())


async def test_after_a_restart_the_bot_still_knows_where_to_speak(tmp_path: Path) -> None:
    async with TeamsDouble() as teams:
        registration = teams.register("app-1")
        config = TeamsConfig((registration,), **teams.addresses)
        place = Place(platform="teams", tenant="tenant-1", channel=GENERAL)
        async with stored(tmp_path) as addresses, serving(config, Received(), addresses) as bot:
            await teams.deliver(bot.endpoint, teams.activities(registration).mention("こんにちは"))
        async with stored(tmp_path) as addresses, serving(config, Received(), addresses) as bot:
            await bot.platform.messenger.post(place, saying("先に話します"), new_delivery())
            await bot.platform.messenger.post(
                Place(platform="teams", tenant="tenant-1", channel=GENERAL, only_to="person-1"),
                saying("あなただけに"),
                new_delivery(),
            )
        assert len(teams.landed) == 2


async def test_two_registrations_each_speak_in_their_own_tenant() -> None:
    async with TeamsDouble() as teams:
        ours, theirs = teams.register("app-1"), teams.register("app-2", "other", "tenant-2")
        received = Received()
        async with serving(TeamsConfig((ours, theirs), **teams.addresses), received, MemoryAddresses()) as bot:
            for registration in (ours, theirs):
                activity = teams.activities(registration).mention("こんにちは")
                assert (await teams.deliver(bot.endpoint, activity))[0] == 200
            crossed = teams.activities(Registration("app-1", "", "tenant-2")).mention("こんにちは")
            assert (await teams.deliver(bot.endpoint, crossed))[0] == 401
            for tenant in ("tenant-1", "tenant-2"):
                place = Place(platform="teams", tenant=tenant, channel=GENERAL)
                await bot.platform.messenger.post(place, saying(tenant), new_delivery())
            assert [one.person.tenant for one in received.seen] == ["tenant-1", "tenant-2"]  # type: ignore[union-attr]
            assert {grant.app_id for grant in teams.issuer.grants.values()} == {"app-1", "app-2"}


async def test_a_registration_that_is_no_longer_configured_speaks_no_more() -> None:
    async with TeamsDouble() as teams:
        addresses, old = MemoryAddresses(), teams.register("app-1")
        async with serving(TeamsConfig((old,), **teams.addresses), Received(), addresses) as bot:
            await teams.deliver(bot.endpoint, teams.activities(old).mention("こんにちは"))
        new = TeamsConfig((teams.register("app-2"),), **teams.addresses)
        async with serving(new, Received(), addresses) as bot:
            with pytest.raises(Gone, match="no longer configured"):
                place = Place(platform="teams", tenant="tenant-1", channel=GENERAL)
                await bot.platform.messenger.post(place, saying("もしもし"), new_delivery())


@pytest.mark.parametrize("told", [True, False], ids=["told by activities", "asked for"])
async def test_the_team_s_group_is_known_or_asked_for(scene: Scene, told: bool) -> None:
    scene.teams.connector.groups["19:team@thread.tacv2"] = "group-1"
    await scene.hears(scene.activities(group="group-1" if told else "").mention("こんにちは", thread="17"))
    delivery = new_delivery()
    landed = await scene.messenger.post(scene.place(thread="17"), saying("返事"), delivery)
    for _ in range(2):
        assert await scene.messenger.find(scene.place(thread="17"), delivery) == landed
    assert await scene.messenger.find(scene.place(thread="17"), new_delivery()) is None


async def test_chats_are_looked_through_where_graph_allows_it(scene: Scene) -> None:
    made, delivery = scene.activities(), new_delivery()
    await scene.hears(made.personal("こんにちは"))
    await scene.hears(made.group_chat("こんにちは"))
    for chat in ("a:app-1-person-1", "19:chat@thread.v2"):
        landed = await scene.messenger.post(scene.place(chat), saying("返事"), delivery)
        if chat.startswith("a:"):
            with pytest.raises(Refused):  # Graph knows no such chat until an administrator allows it
                await scene.messenger.find(scene.place(chat), delivery)
            scene.teams.graph.chats["19:person-1_app-1@unq.gbl.spaces"] = chat
        assert await scene.messenger.find(scene.place(chat), delivery) == landed


@pytest.mark.parametrize(
    ("broken", "kind"), [(429, Throttled), (500, Unavailable), (503, Unavailable), (401, Refused), (404, Refused)]
)
async def test_whether_a_message_landed_cannot_always_be_told(scene: Scene, broken: int, kind: type[Exception]) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    scene.teams.graph.broken = broken
    with pytest.raises(kind):
        await scene.messenger.find(scene.place(), new_delivery())


async def test_without_consent_nobody_can_look(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    scene.teams.graph.allowed = False
    with pytest.raises(Refused, match="lets nobody look"):
        await scene.messenger.find(scene.place(), new_delivery())


async def test_what_stands_further_back_is_found_too_but_not_without_end(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは", thread="17"))
    delivery = new_delivery()
    landed = await scene.messenger.post(scene.place(thread="17"), saying("埋もれる返事"), delivery)
    for _ in range(60):
        scene.teams.conversations.land(GENERAL, "17", {"text": "雑談"})
    assert await scene.messenger.find(scene.place(thread="17"), delivery) == landed
    for _ in range(200):
        scene.teams.conversations.land(GENERAL, "17", {"text": "雑談"})
    with pytest.raises(Refused, match="too many"):
        await scene.messenger.find(scene.place(thread="17"), delivery)


async def test_a_token_goes_to_graph_alone(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは", thread="17"))
    for _ in range(60):
        scene.teams.conversations.land(GENERAL, "17", {"text": "雑談"})
    scene.teams.graph.elsewhere = "http://127.0.0.1:9/graph/next"
    with pytest.raises(Refused):
        await scene.messenger.find(scene.place(thread="17"), new_delivery())


async def test_whose_chat_or_team_it_is_must_be_known_to_look(scene: Scene) -> None:
    await scene.hears(scene.activities(group="").mention("こんにちは"))
    scene.teams.conversations.faults.append(Fault(500))
    with pytest.raises(Unavailable):
        await scene.messenger.find(scene.place(), new_delivery())
    with pytest.raises(Refused, match="which team"):
        await scene.messenger.find(scene.place(), new_delivery())
    known = scene.addresses.kept[f"teams/tenant-1/{GENERAL}"]
    scene.addresses.kept["teams/tenant-1/a:chat"] = {**known, "kind": "personal"}
    with pytest.raises(Refused, match="whose chat"):
        await scene.messenger.find(scene.place("a:chat"), new_delivery())


async def test_a_message_is_ours_and_carries_its_mark(scene: Scene) -> None:
    await scene.hears(scene.activities().mention("こんにちは"))
    delivery = new_delivery()
    for thread in ("", "17"):
        await scene.messenger.post(scene.place(thread=thread), saying("印"), delivery)
        assert delivery_mark(delivery) in text(scene.teams.landed[-1].activity)
        assert scene.teams.landed[-1].activity["from"] == {"id": "28:app-1"}


def text(activity: dict[str, object]) -> str:
    return json.dumps(activity["attachments"], ensure_ascii=False)


@asynccontextmanager
async def stored(folder: Path) -> AsyncIterator[Addresses]:
    """The real table, in a file that a restart finds again."""
    database = await open_database(f"sqlite:///{folder / 'bot.sqlite3'}")
    try:
        yield Addresses(database)
    finally:
        await database.close()
