"""A question in the practice place, from the page's form to the answer in its thread, through all that is real."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import ClientSession
from bs4 import BeautifulSoup, Tag

from adapters.console.rooms.rendering import new_id
from bot import talk
from tests.adapters.console.practice import knowledge
from tests.adapters.console.whole import whole


async def seen(web: ClientSession, address: str, selector: str, count: int = 1) -> list[Tag]:
    """Elements of the page, as soon as there are that many."""
    while True:
        async with web.get(f"{address}rooms") as reply:
            found = BeautifulSoup(await reply.text(), "lxml").select(selector)
        if len(found) >= count:
            return list(found)
        await asyncio.sleep(0.05)


async def test_a_question_is_answered_in_its_thread_and_the_form_asks_again(tmp_path: Path) -> None:
    async with asyncio.timeout(30), whole(tmp_path, knowledge()) as address, ClientSession() as web:
        headers = {"Origin": address.rstrip("/"), "Accept": "application/json"}

        async def send(what: str, **fields: str) -> dict[str, object]:
            form = {"id": new_id(), "spot": "channel", "thread": "", **fields}
            async with web.post(f"{address}rooms/city/{what}", data=form, headers=headers) as reply:
                assert reply.status == 200
                answered: dict[str, object] = await reply.json()
                return answered

        assert len(await seen(web, address, "#city-channel .message .post")) == 1  # it greets

        message = new_id()
        await send("say", id=message, text="@まどぐち 在留カードをなくした")
        (citation,) = await seen(web, address, f"#city-{message} [data-replies] .citation")
        assert "14日以内" in citation.text
        buttons = await seen(web, address, f"#city-{message} [data-replies] [data-press]", 2)
        press = next(button for button in buttons if talk.ASK_AGAIN in button.text)
        fields = {str(one["name"]): str(one["value"]) for one in press.select("input")}

        opened = BeautifulSoup(str((await send("press", **fields))["dialog"]), "lxml")
        form = {
            str(one["name"]): str(one.get("value") or one.text)
            for one in opened.select("input, textarea")
            if one.get("type") != "checkbox"
        }
        assert form["field.question"] == "在留カードをなくした"
        assert opened.select("select[name='field.prefecture'] option[selected]")[0].text == "東京都"
        await send("submit", **form, **{"field.prefecture": "長野県"})
        await seen(web, address, f"#city-{message} [data-replies] .citation", 2)

        home = await web.get(f"{address}rooms/city/home", headers=headers)
        assert "○○市 外国人相談窓口（練習）" in str(await home.json())
