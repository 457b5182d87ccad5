"""The local page as a person meets it in Chromium: keyboard, phone, enlarged. Screenshots stay in artefacts/."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, async_playwright, expect

from adapters.console.app import make_app, running
from adapters.knowledge import open_own
from adapters.settings import Settings

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip(
        "Chromiumがないので画面の試験を省きます: apt-get install chromium fonts-noto-cjk", allow_module_level=True
    )

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NEWBORN = "子どもが生まれたら、どんな手続が必要ですか"
LOST_CARD = "在留カードをなくしたときは、どうすればいいですか"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(own_settings: Settings) -> AsyncIterator[str]:
    knowledge = open_own(own_settings, lambda _line: None)
    async with running(make_app(knowledge), "127.0.0.1", 0) as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """A page at the size of a desk's screen; whatever it asks for elsewhere, or complains of, fails the test."""
    context = await browser.new_context(base_url=address, locale="ja-JP", viewport={"width": 1280, "height": 900})
    opened = await context.new_page()
    complaints: list[str] = []
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(address):
            elsewhere.append(request.url)

    opened.on("request", note)
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    await context.close()
    assert not complaints
    assert not elsewhere


async def shoot(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    await page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


async def overflow(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    return int(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


async def test_a_question_is_asked_and_answered(page: Page) -> None:
    await page.goto("/")
    await shoot(page, "home")
    await page.get_by_label("質問", exact=True).fill(NEWBORN)
    await page.get_by_role("button", name="調べる").click()
    citation = page.locator(".citation").first
    await expect(citation).to_contain_text("出生届")
    await expect(citation.locator("mark").first).to_be_visible()
    await expect(citation.locator(".source")).to_contain_text("生活・就労ガイドブック 第8版")
    await expect(page.get_by_role("heading", name="連絡先")).to_be_visible()
    await expect(page).to_have_title(re.compile("^資料に、?.+ ｜ まどぐち$"))
    await shoot(page, "answer")


async def test_everything_by_keyboard(page: Page) -> None:
    await page.goto("/")
    box = page.get_by_label("質問", exact=True)
    await expect(box).to_be_focused()
    await page.keyboard.type("在留カード")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("なくした")
    await expect(box).to_have_value("在留カード\nなくした")
    await page.keyboard.press("Enter")
    await expect(page.locator(".citation").first).to_be_visible()
    await expect(page.get_by_role("status")).to_contain_text("資料に")
    for _ in range(5):
        await page.keyboard.press("Tab")
    await expect(box).not_to_be_focused()
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await page.keyboard.press("/")
    await expect(box).to_be_focused()
    await expect(box).to_have_value("在留カード\nなくした")


async def test_enter_belongs_to_the_input_method_while_a_word_is_converted(page: Page) -> None:
    await page.goto("/")
    box = page.get_by_label("質問", exact=True)
    await box.fill("ざいりゅうかーど")
    await box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(page.get_by_role("status")).to_have_text("")
    await expect(page.get_by_role("heading", name="質問の例")).to_be_visible()


async def test_back_leads_to_the_question_before(page: Page) -> None:
    await page.goto("/")
    box = page.get_by_label("質問", exact=True)
    await page.get_by_label("都道府県").select_option("北海道")
    for question, found in (("在留カードをなくした", "資料に次のように"), ("相対性理論の数式", "見当たりません")):
        await box.fill(question)
        await box.press("Enter")
        await expect(page.locator("#answer-heading")).to_contain_text(found)
    await page.get_by_label("都道府県").select_option("沖縄県")
    await page.go_back()
    await expect(box).to_have_value("在留カードをなくした")
    await expect(page.get_by_label("都道府県")).to_have_value("北海道")
    await expect(page.locator(".citation").first).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="質問の例")).to_be_visible()
    await expect(box).to_have_value("")
    await page.go_forward()
    await expect(page.locator(".citation").first).to_be_visible()


async def test_a_reload_and_the_way_back_from_a_document_keep_the_answer(page: Page, address: str) -> None:
    await page.goto("/")
    box = page.get_by_label("質問", exact=True)
    await box.fill(LOST_CARD)
    await box.press("Enter")
    citation = page.locator(".citation").first
    await expect(citation).to_be_visible()
    await page.reload()
    await expect(citation).to_be_visible()
    await expect(box).to_have_value(LOST_CARD)
    await page.goto(f"{address}?prefecture=北海道")  # leaves the page as a link to a document does
    await page.go_back()
    await expect(citation).to_be_visible()
    await expect(box).to_have_value(LOST_CARD)


async def test_a_question_stands_in_no_address_and_no_title(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto("/")
    for question in (LOST_CARD, "夫の暴力"):
        await page.get_by_label("質問", exact=True).fill(question)
        await page.get_by_role("button", name="調べる").click()
        await expect(page.locator("#answer-heading")).to_contain_text("資料に")
        await expect(page).to_have_url(address)
        assert question not in await page.title()
    assert not [url for url in asked if "?" in url]


async def test_an_example_is_a_link_and_the_form_goes_on_from_it(page: Page) -> None:
    await page.goto("/")
    async with page.expect_navigation():
        await page.get_by_role("link", name=NEWBORN).click()
    box = page.get_by_label("質問", exact=True)
    await expect(box).to_have_value(NEWBORN)
    await box.fill(LOST_CARD)
    await box.press("Enter")
    await expect(page.locator(".citation").first).to_contain_text("在留カード")
    await page.go_back()
    await expect(box).to_have_value(NEWBORN)


async def test_it_works_without_script(browser: Browser, address: str) -> None:
    context = await browser.new_context(base_url=address, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("質問", exact=True).fill(LOST_CARD)
    await page.get_by_label("都道府県").select_option("北海道")
    await page.get_by_role("button", name="調べる").click()
    await expect(page.locator(".citation").first).to_contain_text("在留カード")
    await expect(page.get_by_label("都道府県")).to_have_value("北海道")
    await expect(page.get_by_role("heading", name="連絡先（北海道）")).to_be_visible()
    await expect(page).to_have_url(address)
    assert LOST_CARD not in await page.title()
    await page.reload()  # a browser without script sends the form again
    await expect(page.locator(".citation").first).to_contain_text("在留カード")
    await context.close()


async def test_a_phone_shows_all_of_it_without_scrolling_sideways(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    for name, path in (("phone-home", "/"), ("phone-answer", f"/?q={LOST_CARD}"), ("phone-urgent", "/?q=夫の暴力")):
        await page.goto(path)
        assert await overflow(page) == 0
        await shoot(page, name)


async def test_enlarged_to_200_percent_nothing_is_cut_off(page: Page) -> None:
    await page.goto(f"/?q={LOST_CARD}")
    await page.set_viewport_size({"width": 640, "height": 450})  # what is left of 1280 x 900 at 200 %
    assert await overflow(page) == 0
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.evaluate("document.documentElement.style.fontSize = '200%'")  # only the letters enlarged
    assert await overflow(page) == 0
    await shoot(page, "zoom-200")


async def test_on_paper_the_answer_stands_with_its_addresses(page: Page) -> None:
    await page.goto(f"/?q={LOST_CARD}")
    await page.emulate_media(media="print", color_scheme="dark")
    await expect(page.get_by_role("button", name="調べる")).to_be_hidden()
    await expect(page.get_by_role("button", name="出典つきでコピー").first).to_be_hidden()
    link = page.locator(".citation .links a").first
    printed = await link.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert str(await link.get_attribute("href")) in printed
    assert await page.evaluate(CONTRAST) == []
    await shoot(page, "print")


async def test_not_found_says_so_and_whom_to_call(page: Page) -> None:
    await page.goto("/?q=相対性理論の数式を教えてください&prefecture=東京都")
    await expect(page.get_by_role("heading", name="資料には見当たりません。")).to_be_visible()
    await expect(page.locator(".next-step")).to_contain_text("東京出入国在留管理局")
    await expect(page.locator(".whom a.phone").first).to_have_attribute("href", "tel:0353633025")
    await shoot(page, "not-found")


async def test_danger_is_shown_first(page: Page) -> None:
    await page.goto("/?q=夫に殴られています")
    urgent = page.locator(".urgent")
    await expect(urgent.locator("a.phone").first).to_have_text("110番")
    await expect(urgent).to_be_in_viewport()
    await shoot(page, "urgent")


async def test_a_passage_is_copied_with_its_source(page: Page) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"/?q={LOST_CARD}")
    await page.get_by_role("button", name="出典つきでコピー").first.click()
    await expect(page.get_by_role("button", name="コピーしました")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "生活・就労ガイドブック 第8版" in copied
    assert "http" in copied


async def test_letters_stand_out_enough_in_light_and_dark(page: Page) -> None:
    """Every colour of text keeps a contrast of 4.5 : 1 to what it stands on (WCAG 2.2, 1.4.3)."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.goto(f"/?q={LOST_CARD}、夫の暴力")
        poor = await page.evaluate(CONTRAST)
        assert poor == []
        await shoot(page, f"answer-{scheme}")


CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    if (!element.checkVisibility()) continue;
    const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) poor.add(`${element.tagName}.${element.className}`);
  }
  return [...poor];
}"""
