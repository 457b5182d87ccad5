from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from adapters.sheets import sheet_pdf
from bot.referrals import Intake
from bot.referring.sheet import sheet_of
from corpus import directory
from tests.bot.referral_samples import DESK, INTAKE, SENT, referral

TOKYO = directory.load().bureau_for("長野県")


def pages(intake: Intake = INTAKE) -> list[str]:
    """The text of each page, without spaces and line ends."""
    with pdfplumber.open(BytesIO(sheet_pdf(sheet_of(referral(intake=intake), DESK, TOKYO, SENT)))) as file:
        return ["".join(page.extract_text().split()) for page in file.pages]


def test_an_ordinary_sheet_has_two_pages_with_all_that_is_asked() -> None:
    found = pages()
    assert len(found) <= 2
    text = "".join(found)
    for part in ("引継票", "旅券も手元にないとき", TOKYO.contact.phone, "技能実習", "第8版", "回答者（部署）"):
        assert part in text
    for number, page in enumerate(found, start=1):
        assert page.endswith(f"照会12{number}／{len(found)}ページ")


def test_it_is_a4_and_needs_no_font_file() -> None:
    file = sheet_pdf(sheet_of(referral(), DESK, TOKYO, SENT))
    with pdfplumber.open(BytesIO(file)) as opened:
        assert (round(opened.pages[0].width), round(opened.pages[0].height)) == (595, 842)
    assert b"/FontFile" not in file
    assert "旅券".encode("utf-16-be") not in file  # the file's properties say nothing of what is asked
    assert len(file) < 30_000


@pytest.mark.parametrize("line", ["長い", "長い文です。\n", "word "], ids=["one line", "lines", "words"])
def test_whatever_is_asked_stands_there_in_full(line: str) -> None:
    text = line * (3000 // len(line))
    found = "".join(pages(replace(INTAKE, question=text, situation=text, tried=text)))
    word = line.strip()
    assert found.count(word) == 3 * text.count(word)


def test_markup_and_odd_letters_are_letters() -> None:
    odd = replace(INTAKE, question="<b>&amp;太字</b>\x00\x0b\ud800😀\u200b")
    assert "<b>&amp;太字</b>" in "".join(pages(odd))


def test_words_stay_apart() -> None:
    sheet = sheet_of(referral(intake=Intake(question="一\u3000二")), DESK, TOKYO, SENT)
    with pdfplumber.open(BytesIO(sheet_pdf(sheet))) as file:
        assert re.search(r"一\s二", file.pages[0].extract_text())


def test_the_same_sheet_is_the_same_file() -> None:
    sheet = sheet_of(referral(), DESK, TOKYO, SENT)
    assert sheet_pdf(sheet) == sheet_pdf(sheet)
