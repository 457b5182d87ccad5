from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from adapters.console.app import make_app, running
from adapters.console.rooms.people import BY_ID, ROOMS, Spot
from adapters.console.rooms.preparing import prepare
from adapters.console.rooms.rendering import new_id
from adapters.database.store import SqlStore
from bot.desks import Role
from bot.errors import StoreUnavailable
from bot.incoming import Asked, Joined, Opened, Pressed, Searched, Submitted, Way
from bot.posts import Form, TextInput
from bot.reactions import Correct, Prompts, Replace, Results, ShowForm, ShowHome, Whisper
from bot.urgent import urgent_help
from tests.adapters.console.practice import Practice, knowledge, practice, saying

CHANNEL = BY_ID["city"].place(Spot.CHANNEL)
FORM = Form(name="ask", title="調べ直す", submit="調べる", inputs=(TextInput(name="question", label="質問"),))


@pytest.fixture
async def rooms(tmp_path: Path) -> AsyncIterator[Practice]:
    async with practice(tmp_path) as served:
        yield served


async def shown(rooms: Practice) -> BeautifulSoup:
    async with rooms.web.get(f"{rooms.address}rooms") as reply:
        assert reply.status == 200
        assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
        return BeautifulSoup(await reply.text(), "lxml")


async def test_four_roles_stand_side_by_side_and_it_is_said_to_be_practice(rooms: Practice) -> None:
    page = await shown(rooms)
    assert [room["data-room"] for room in page.select(".room")] == [room.id for room in ROOMS]
    assert "練習の場所" in page.text
    assert not page.select("[style], style, script:not([src]), [onclick]")
    assert len({tag["id"] for tag in page.select("[id]")}) == len(page.select("[id]"))
    async with rooms.web.get(rooms.address) as reply:
        assert 'href="/rooms"' in await reply.text()


async def test_without_rooms_nothing_leads_there(rooms: Practice) -> None:
    async with running(make_app(knowledge()), "127.0.0.1", 0) as address:
        async with rooms.web.get(address) as reply:
            assert "/rooms" not in await reply.text()
        async with rooms.web.get(f"{address}rooms") as reply:
            assert reply.status == 404


async def test_what_is_said_stands_there_and_is_heard(rooms: Practice) -> None:
    status, reply = await rooms.sends("say", text="@まどぐち 在留カードをなくしました")
    assert status == 200
    (asked,) = rooms.assistant.heard
    assert isinstance(asked, Asked)
    assert (asked.way, asked.text) == (Way.MENTION, "在留カードをなくしました")
    await rooms.says(asked.place, "届け出てください")
    page = await shown(rooms)
    message = page.select(f"#city-{asked.message}")[0]
    assert "@まどぐち 在留カードをなくしました" in message.text
    assert "届け出てください" in message.select("[data-replies]")[0].text
    assert isinstance(reply["message"], dict)
    assert reply["message"]["id"] == asked.message


async def test_a_message_that_could_not_be_kept_is_told_and_counts_once_when_it_is_sent_again(rooms: Practice) -> None:
    rooms.assistant.broken.append(StoreUnavailable("database: full"))
    message = new_id()
    status, reply = await rooms.sends("say", id=message, text="質問")
    assert status == 503
    assert "もう一度" in str(reply["trouble"])
    for _ in range(2):
        assert (await rooms.sends("say", id=message, text="質問"))[0] == 200
    first, second = rooms.assistant.heard
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    assert first.keys == second.keys
    assert len(await rooms.messages.latest(CHANNEL.channel, 10)) == 1


async def test_reactions_are_shown_at_once(rooms: Practice) -> None:
    citations = knowledge().answer("在留カードをなくした").citations
    for reaction, name, part in (
        (ShowForm(FORM), "dialog", "調べ直す"),
        (Whisper("あなたに"), "whisper", "あなたに"),
        (ShowHome(saying("ホームです")), "home", "ホームです"),
        (Prompts("どうぞ", ("例の質問",)), "prompts", "例の質問"),
        (Results(citations), "results", "在留カードの紛失"),
        (Results(()), "results", "見つかりませんでした"),
        (Results((), urgent_help("殴られた", knowledge().directory)), "results", "tel:110"),
        (Results(citations, notice="資料が古いです。"), "results", "資料が古いです。"),
        (None, "", ""),
    ):
        if reaction:
            rooms.assistant.reactions.append(reaction)
        status, reply = await rooms.sends("press", action="a")
        assert status == 200
        assert set(reply) == {"id", name} - {""}
        assert part in str(reply.get(name, ""))


async def test_faults_are_told_by_field(rooms: Practice) -> None:
    rooms.assistant.reactions.append(Correct({"question": "短く書いてください。"}))
    fields = {"form": "ask", "state": "s", "field.question": "長い質問"}
    _, reply = await rooms.sends("submit", **fields)
    assert reply["faults"] == {"question": "短く書いてください。"}
    (submitted,) = rooms.assistant.heard
    assert isinstance(submitted, Submitted)
    assert submitted.values == {"question": ("長い質問",)}


async def test_a_pressed_message_is_replaced_where_it_stands(rooms: Practice) -> None:
    message = await rooms.says(CHANNEL, "前の状態")
    rooms.assistant.reactions.append(Replace(saying("次の状態")))
    await rooms.sends("press", action="confirm", message=message, thread=message)
    (pressed,) = rooms.assistant.heard
    assert isinstance(pressed, Pressed)
    assert pressed.message is not None
    assert pressed.message.message == message
    text = (await shown(rooms)).select(f"#city-{message}")[0].text
    assert "次の状態" in text
    assert "前の状態" not in text


async def test_home_prompts_and_search_are_asked_for(rooms: Practice) -> None:
    for what in ("home", "prompts"):
        rooms.assistant.reactions.append(Whisper("見本"))
        async with rooms.web.get(f"{rooms.address}rooms/city/{what}") as reply:
            assert "見本" in await reply.text()
    await rooms.sends("search", text="在留")
    kinds = [type(one) for one in rooms.assistant.heard]
    assert kinds == [Opened, Opened, Searched]


async def test_without_script_a_question_a_press_and_a_form_lead_to_pages(rooms: Practice) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    asked = {"id": new_id(), "spot": "channel", "thread": "", "text": "在留カードは？"}
    async with rooms.web.post(f"{rooms.address}rooms/city/say", data=asked, headers=headers) as reply:
        assert reply.url.path == "/rooms"
        assert "在留カードは？" in await reply.text()
    rooms.assistant.reactions += [ShowForm(FORM), Correct({"question": "短く。"})]
    press = {"id": new_id(), "spot": "channel", "thread": "", "action": "a"}
    async with rooms.web.post(f"{rooms.address}rooms/city/press", data=press, headers=headers) as reply:
        assert BeautifulSoup(await reply.text(), "lxml").select_one("dialog[open] textarea, dialog[open] input")
    sent = {"id": new_id(), "spot": "channel", "thread": "", "form": "ask", "field.question": "長い"}
    async with rooms.web.post(f"{rooms.address}rooms/city/submit", data=sent, headers=headers) as reply:
        assert "短く。" in await reply.text()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://attacker.example"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Host": "attacker.example"}, 421),
        ({"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": "192.0.2.1"}, 421),
        ({"Sec-Fetch-Site": "same-origin", "Forwarded": "for=192.0.2.1"}, 421),
    ],
)
@pytest.mark.parametrize("only_loopback", [True, False])
async def test_only_its_own_page_on_this_machine_may_write(
    rooms: Practice, headers: dict[str, str], status: int, only_loopback: bool
) -> None:
    form = {"id": new_id(), "spot": "channel", "thread": "", "text": "よそから"}
    app = make_app(knowledge(), rooms=rooms.platform, only_loopback=only_loopback)
    async with (
        running(app, "127.0.0.1", 0) as address,
        rooms.web.post(f"{address}rooms/city/say", data=form, headers=headers) as reply,
    ):
        assert reply.status == status
    assert rooms.assistant.heard == []
    assert await rooms.messages.revision() == 0


async def test_a_proxy_that_says_nothing_of_itself_is_known_by_its_old_protocol(rooms: Practice) -> None:
    host, port = rooms.address.removeprefix("http://").rstrip("/").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /rooms HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode())
    assert b" 421 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("path", ["nowhere/home", "nowhere/prompts"])
async def test_a_room_that_nobody_knows_leads_back(rooms: Practice, path: str) -> None:
    async with rooms.web.get(f"{rooms.address}rooms/{path}") as reply:
        assert reply.status == 404


async def test_what_no_page_sends_is_refused_in_words(rooms: Practice) -> None:
    status, reply = await rooms.sends("say", text="", thread="x")
    assert status == 400
    assert "受け取れませんでした" in str(reply["trouble"])
    assert rooms.assistant.heard == []


async def test_example_desks_are_put_in_once_and_what_was_changed_stays(rooms: Practice) -> None:
    store = SqlStore(rooms.database)
    await prepare(store)
    person = BY_ID["city"].person
    async with store() as work:
        desk = await work.desks.desk("practice:city")
        assert desk is not None
        await work.desks.put(replace(desk, name="名前を変えた窓口"))
        assert (await work.desks.channel(CHANNEL)).desk == "practice:city"
        member = await work.desks.member(person)
        assert member is not None
        await work.desks.enrol(replace(member, role=Role.ADMINISTRATOR, desk=""))
        await work.commit()
    await prepare(store)
    async with store() as work:
        assert {desk.id: desk.name for desk in await work.desks.desks()}["practice:city"] == "名前を変えた窓口"
        member = await work.desks.member(person)
        assert member is not None
        assert member.role is Role.ADMINISTRATOR
        coordinator = await work.desks.member(BY_ID["bureau"].person)
        assert coordinator is not None
        assert (coordinator.role, coordinator.bureau) == (Role.COORDINATOR, "practice:tokyo")


async def test_the_assistant_is_told_of_rooms_where_nothing_was_said(rooms: Practice) -> None:
    await rooms.says(CHANNEL, "もう話している")
    await rooms.platform.start()
    told = [one for one in rooms.assistant.heard if isinstance(one, Joined)]
    assert len(told) == len(rooms.assistant.heard) == 2 * len(ROOMS) - 1
    assert CHANNEL not in [one.place for one in told]
    assert {one.keys for one in told if one.direct} == {(f"console/joined/direct-{room.id}",) for room in ROOMS}
