"""A referral as a person plays it in Chromium, the desk and the bureau side by side. Screenshots stay in artefacts/."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pdfplumber
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, async_playwright, expect

from bot import labels
from bot import referral_talk as words
from bot.referrals import State, Step
from tests.adapters.console.test_browser_rooms import room, shoot
from tests.adapters.test_browser import ARTEFACTS, FLAGS, overflow
from tests.seats.town import Town

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromiumがないので画面の試験を省きます", allow_module_level=True)

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "旅券もないとき、在留カードの再交付の申請に何を持って行けばよいですか。"


@pytest_asyncio.fixture(loop_scope="module")
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    """The rooms at the size of a wide screen; whatever the page complains of fails the test."""
    complaints: list[str] = []
    async with Town(tmp_path, console=True) as town, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = await browser.new_page(locale="ja-JP", viewport={"width": 1400, "height": 1000})
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        await opened.goto(f"{town.address}rooms")
        yield opened
        await browser.close()
    assert not complaints


async def dialog(page: Page, name: str, button: str) -> Locator:
    """Presses the newest button of a room, and waits for the dialog."""
    await room(page, name).get_by_role("button", name=button, exact=True).last.click()
    shown = page.get_by_role("dialog")
    await expect(shown).to_be_visible()
    return shown


async def test_a_referral_is_played_from_both_sides(page: Page) -> None:
    city, bureau = room(page, "city"), room(page, "bureau")
    box = city.get_by_role("tabpanel").locator("> form textarea")
    await box.fill("@まどぐち 在留カードをなくした")
    await box.press("Enter")
    await expect(city).to_contain_text("14日以内")

    form = await dialog(page, "city", words.REFER)
    await form.get_by_label(words.QUESTION).fill(QUESTION)
    await form.get_by_label(words.SITUATION).fill("グエン・ヴァン・アンさんが寮で盗難にあった。電話は090-1234-5678。")
    await form.get_by_label(words.SIT_IN).check()
    await shoot(page, "referral-form")
    await form.locator("button[type=submit]").click()
    preview = page.get_by_role("dialog", name=words.PREVIEW_TITLE)
    await expect(preview).to_contain_text(QUESTION)
    await expect(preview.locator("blockquote").nth(1)).not_to_contain_text("090")
    await shoot(page, "referral-preview")
    await preview.locator("button[type=submit]").click()
    await expect(bureau).to_contain_text(QUESTION)
    await expect(city).to_contain_text(words.STATES[State.SENT])

    await bureau.get_by_role("button", name=words.STEPS[Step.TAKE]).click()
    await expect(city).to_contain_text(words.STATES[State.TAKEN])
    reply = await dialog(page, "bureau", words.STEPS[Step.REPLY])
    await reply.locator("textarea").first.fill("理由書と写真1枚を持って来てください。旅券がなくても申請できます。")
    await shoot(page, "referral-reply")
    await reply.locator("button[type=submit]").click()
    await expect(page.get_by_role("dialog")).to_contain_text("このとおり伝わります")
    await page.get_by_role("dialog").locator("button[type=submit]").click()
    await expect(city).to_contain_text(words.OFFICIAL)
    await shoot(page, "referral")

    await page.set_viewport_size({"width": 360, "height": 740})
    assert await overflow(page) == 0
    await shoot(page, "referral-phone")


async def test_the_sheet_is_a_link_away(page: Page) -> None:
    city = room(page, "city")
    box = city.get_by_role("tabpanel").locator("> form textarea")
    await box.fill("@まどぐち 在留カードをなくした")
    await box.press("Enter")
    await expect(city).to_contain_text("14日以内")
    form = await dialog(page, "city", words.REFER)
    await form.get_by_label(words.QUESTION).fill(QUESTION)
    await form.get_by_label(words.PREFECTURE).select_option("北海道")
    await form.locator("button[type=submit]").click()
    preview = page.get_by_role("dialog", name=words.PREVIEW_TITLE)
    await preview.locator("button[type=submit]").click()
    await expect(city).to_contain_text("札幌出入国在留管理局")
    await expect(city).to_contain_text(labels.OPEN_FILE)
    await shoot(page, "referral-by-hand")
    async with page.expect_download() as coming:
        await city.get_by_role("link", name=labels.OPEN_FILE).first.click()
    download = await coming.value
    assert download.suggested_filename == "referral-1.pdf"
    await download.save_as(ARTEFACTS / "referral.pdf")
    with pdfplumber.open(ARTEFACTS / "referral.pdf") as file:
        assert "引継票" in file.pages[0].extract_text()
