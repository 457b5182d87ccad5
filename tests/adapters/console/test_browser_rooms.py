"""The practice place as a person meets it in Chromium: roles side by side, keyboard, phone, dark."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from adapters.console.app import make_app, running
from adapters.console.rooms.people import BY_ID, Spot
from adapters.console.rooms.platform import ConsolePlatform
from adapters.console.rooms.rendering import new_id
from adapters.database.console import ConsoleMessages
from adapters.database.engine import open_database
from adapters.database.store import SqlStore
from bot.composing import answer_post
from bot.incoming import Asked, Incoming, Opened, Pressed, Submitted
from bot.places import Receipt
from bot.posts import Choice, ChoiceInput, Form, Text, TextInput
from bot.reactions import Correct, Prompts, Reaction, Replace, ShowForm, ShowHome, Whisper
from tests.adapters.console.practice import knowledge, now, saying
from tests.adapters.test_browser import ARTEFACTS, CONTRAST, FLAGS, overflow

CHROMIUM = shutil.which("chromium")

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "@まどぐち 在留カードをなくした"
FORM = Form(
    name="ask_again",
    title="条件を変えて調べる",
    submit="調べる",
    inputs=(
        TextInput(
            name="question", label="質問", value="在留カードをなくした", lines=True, hint="短く書くと、正確に探せます。"
        ),
        ChoiceInput(
            name="prefecture",
            label="都道府県",
            choices=(Choice("13", "東京都"), Choice("20", "長野県")),
            required=False,
        ),
    ),
    blocks=(Text("質問や条件を変えて、もう一度調べます。"),),
)


@dataclass
class Counter:
    """An assistant that answers from one passage, and opens a form that wants short questions."""

    platform: ConsolePlatform | None = None
    heard: list[Incoming] = field(default_factory=list)

    async def receive(self, incoming: Incoming) -> Reaction | None:  # noqa: PLR0911
        self.heard.append(incoming)
        assert self.platform
        match incoming:
            case Asked():
                answer = knowledge().answer(incoming.text, prefecture="東京都")
                await self.platform.messenger.post(incoming.place, answer_post(answer, "x"), new_id())
            case Pressed(action="ask_again" | "look_up"):
                return ShowForm(FORM)
            case Submitted() if len(incoming.values.get("question", ("",))[0]) > 10:
                return Correct({"question": "10文字までで書いてください。"})
            case Submitted():
                answer = knowledge().answer(incoming.values["question"][0])
                await self.platform.messenger.post(incoming.place, answer_post(answer, "x", quoted=True), new_id())
                return Whisper("調べました。")
            case Opened(pane=True):
                return Prompts("例をえらんで聞けます。", ("在留カードをなくした", "引っこしの手続"))
            case Opened():
                return ShowHome(saying("○○市 外国人相談窓口（練習）のホーム"))
            case Pressed(action="confirm"):
                return Replace(saying("確認しました"))
        return None


@dataclass(frozen=True)
class Served:
    address: str
    assistant: Counter
    platform: ConsolePlatform


@pytest_asyncio.fixture(loop_scope="module")
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    database = await open_database(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    assistant = Counter()
    platform = ConsolePlatform(assistant.receive, ConsoleMessages(database), SqlStore(database), languages={}, now=now)
    assistant.platform = platform
    async with running(make_app(knowledge(), rooms=platform), "127.0.0.1", 0) as address:
        yield Served(address, assistant, platform)
    await database.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, served: Served) -> AsyncIterator[Page]:
    """The rooms at the size of a desk's screen; whatever the page complains of fails the test."""
    context = await browser.new_context(
        base_url=served.address, locale="ja-JP", viewport={"width": 1400, "height": 1000}
    )
    opened = await context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    await opened.goto("/rooms")
    yield opened
    await context.close()
    assert not complaints


def room(page: Page, name: str) -> Locator:
    return page.locator(f"#room-{name}")


async def asks(page: Page, name: str, text: str = QUESTION) -> None:
    box = room(page, name).get_by_role("tabpanel").locator("> form textarea")
    await box.fill(text)
    await box.press("Enter")
    await expect(box).to_have_value("")


async def shoot(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    await page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


async def test_two_roles_ask_side_by_side_and_hear_without_reloading(page: Page) -> None:
    for name in ("city", "association"):
        await asks(page, name)
        await expect(room(page, name).locator(".citation")).to_contain_text("14日以内")
    await expect(room(page, "city").locator(".message")).to_have_count(2)
    await expect(page.get_by_role("status").first).to_contain_text("資料に次のように書かれています")
    await shoot(page, "rooms")


async def test_a_button_opens_a_form_that_says_what_is_wrong_and_then_answers(page: Page) -> None:
    await asks(page, "city")
    await room(page, "city").get_by_role("button", name="条件を変えて調べる").click()
    dialog = page.get_by_role("dialog", name="条件を変えて調べる")
    # A preview is read from its beginning, on a phone too.
    await expect(dialog.get_by_role("heading")).to_be_focused()
    await dialog.get_by_label("質問").fill("在留カードをなくしたときはどうするか")
    await dialog.get_by_role("button", name="調べる").click()
    await expect(dialog.get_by_role("alert")).to_have_text("10文字までで書いてください。")
    await expect(dialog.get_by_label("質問")).to_be_focused()
    await shoot(page, "rooms-form")
    await dialog.get_by_label("質問").fill("在留カードをなくした")
    await dialog.get_by_role("button", name="調べる").click()
    await expect(dialog).to_have_count(0)
    await expect(room(page, "city").locator("[data-replies] .citation")).to_have_count(2)
    await expect(room(page, "city").locator(".whisper")).to_have_text("調べました。")
    await expect(room(page, "association").locator(".whisper")).to_have_count(0)


async def test_a_thread_goes_on_without_a_mention(page: Page, served: Served) -> None:
    await asks(page, "city")
    await room(page, "city").get_by_text("返信する").click()
    reply = room(page, "city").get_by_role("textbox", name=re.compile("^返信"))
    await reply.fill("在留カードは郵送でもいいですか")
    await reply.press("Enter")
    await expect(room(page, "city").locator("[data-replies] .words")).to_have_text("在留カードは郵送でもいいですか")
    heard = [one for one in served.assistant.heard if isinstance(one, Asked)]
    assert heard[1].place.thread == heard[0].message


async def test_another_window_and_another_process_are_heard_and_edits_replace(page: Page, served: Served) -> None:
    channel = BY_ID["bureau"].place(Spot.CHANNEL)
    receipt = await served.platform.messenger.post(channel, saying("照会が届きました"), new_id())
    await expect(room(page, "bureau")).to_contain_text("照会が届きました")
    await served.platform.messenger.edit(Receipt(channel, receipt.message), saying("照会に回答しました"))
    await expect(room(page, "bureau")).to_contain_text("照会に回答しました")
    await expect(room(page, "bureau")).not_to_contain_text("照会が届きました")
    await expect(room(page, "bureau").locator(".message")).to_have_count(1)


async def test_tabs_by_keyboard_home_prompts_and_search(page: Page) -> None:
    tabs = room(page, "city").get_by_role("tab")
    await tabs.first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(room(page, "city").get_by_role("tab", name="アシスタント")).to_be_focused()
    await room(page, "city").get_by_role("button", name="在留カードをなくした").click()
    await expect(room(page, "city").locator("[data-panel=direct] .citation")).to_be_visible()
    await expect(room(page, "city").locator(".prompts")).to_have_count(0)
    await shoot(page, "rooms-direct")
    await tabs.nth(1).focus()
    await page.keyboard.press("ArrowRight")
    await expect(room(page, "city").get_by_role("tabpanel")).to_contain_text("のホーム")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(tabs.first).to_be_focused()


async def test_what_arrives_in_a_hidden_tab_is_marked(page: Page, served: Served) -> None:
    await served.platform.messenger.post(BY_ID["agency"].place(Spot.DIRECT), saying("お知らせ"), new_id())
    tab = room(page, "agency").get_by_role("tab", name="アシスタント")
    await expect(tab).to_have_attribute("data-unread", "")
    await tab.click()
    await expect(tab).not_to_have_attribute("data-unread", "")
    await expect(room(page, "agency").get_by_role("tabpanel")).to_contain_text("お知らせ")


async def test_a_page_catches_up_with_what_came_while_it_was_not_seen(page: Page, served: Served) -> None:
    await page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true})")
    away = "(away) => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
    await page.evaluate(away, True)
    await served.platform.messenger.post(BY_ID["agency"].place(Spot.CHANNEL), saying("留守中の知らせ"), new_id())
    await page.evaluate(away, False)
    await expect(room(page, "agency")).to_contain_text("留守中の知らせ")


async def test_it_can_be_read_without_script(browser: Browser, served: Served) -> None:
    await served.platform.messenger.post(BY_ID["city"].place(Spot.DIRECT), saying("読めますか"), new_id())
    context = await browser.new_context(base_url=served.address, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/rooms")
    await expect(page.get_by_text("読めますか")).to_be_visible()
    box = room(page, "city").locator("[data-panel=channel] > form textarea")
    await box.fill("@まどぐち 在留カードをなくした")
    await room(page, "city").locator("[data-panel=channel] > form button").click()
    await expect(room(page, "city").locator(".citation")).to_contain_text("14日以内")
    await room(page, "city").get_by_role("button", name="条件を変えて調べる").click()
    await expect(page.get_by_label("質問")).to_have_value("在留カードをなくした")
    await page.get_by_role("button", name="調べる").click()
    await expect(page.get_by_text("調べました。")).to_be_visible()
    await context.close()


async def test_a_phone_shows_rooms_below_one_another_without_scrolling_sideways(page: Page) -> None:
    await asks(page, "city")
    await expect(room(page, "city").locator(".citation")).to_be_visible()
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await overflow(page) == 0
    tops = [await page.locator(".room").nth(i).evaluate("(room) => room.offsetTop") for i in range(4)]
    assert tops == sorted(set(tops))
    await shoot(page, "rooms-phone")


async def test_letters_stand_out_enough_in_light_and_dark(page: Page) -> None:
    await asks(page, "city")
    await expect(room(page, "city").locator(".citation")).to_be_visible()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await page.evaluate(CONTRAST) == []
        await shoot(page, f"rooms-{scheme}")


async def test_when_the_program_stops_the_page_says_so_and_goes_on_when_it_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'again.sqlite3'}")
    messages, store = ConsoleMessages(database), SqlStore(database)
    assistant = Counter()

    def platform() -> ConsolePlatform:
        assistant.platform = ConsolePlatform(assistant.receive, messages, store, languages={}, now=now)
        return assistant.platform

    page = await browser.new_page()
    async with running(make_app(knowledge(), rooms=platform()), "127.0.0.1", 0) as address, ClientSession() as web:
        await page.goto(f"{address}rooms")
        async with web.get(address) as reply:
            assert reply.status == 200
    await expect(page.get_by_role("alert")).to_contain_text("つながりません")
    port = int(address.rstrip("/").rpartition(":")[2])
    async with running(make_app(knowledge(), rooms=platform()), "127.0.0.1", port):
        assert assistant.platform
        await assistant.platform.messenger.post(BY_ID["city"].place(Spot.CHANNEL), saying("ただいま"), new_id())
        await expect(page.locator("#room-city")).to_contain_text("ただいま")
        await expect(page.locator("[data-trouble]")).to_be_hidden()
        await page.close()
    await database.close()
