"""The same section in another language, by the document's own numbering and never by guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.alignment import address_of, align, same_edition
from corpus.model import Corpus, Passage, Source
from corpus.reading import read_documents
from tests.corpus.editions import edition_of

JAPANESE = edition_of(
    {
        "ch01.1 在留カード": "カードを受け取ります。",
        "ch01.2 届出": ("14日以内に届け出ます。", "郵送でも届け出られます。"),
        "ch02.1 住所": "住所を届け出ます。",
        "ch02.2 マイナンバー": "12桁の番号です。",
    },
    edition="第8版",
    date="2026-02-26",
)
ENGLISH = edition_of(
    {
        "ch01.1 Residence card": "You receive a card.",
        "ch01.2 Notification": ("Notify within 14 days.", "You may notify by post."),
    },
    edition="8th edition",
    date="2026-07",
    language="en",
)
VIETNAMESE = edition_of(
    {"ch02.2 MyNumber": "Mã số có 12 chữ số."}, edition="Ấn bản lần thứ 8", date="2026-09", language="vi"
)
# Its second chapter has other sections than the Japanese one, though they are counted alike.
EASY = edition_of(
    {
        "ch01.1 「在留カード」について": "カードを もらいます。",
        "ch01.2 引っこしたとき": "役所に 行きます。",
        "ch02.1 住所": "住所を 書きます。",
        "ch02.2 マイナンバー": "12の 数字です。",
        "ch02.3 はんこ": "はんこを 使います。",
    },
    edition="第8版",
    language="ja-x-easy",
)
ALL = JAPANESE + ENGLISH + VIETNAMESE + EASY


def passage_with(text: str, corpus: Corpus = ALL) -> Passage:
    return next(passage for passage in corpus.passages if text in passage.text)


def counterparts(text: str, language: str, corpus: Corpus = ALL) -> list[str]:
    return [found.text for found in align(corpus).counterparts(passage_with(text, corpus), language)]


def test_a_section_is_found_in_the_other_language_with_its_own_page() -> None:
    found = align(ALL).counterparts(passage_with("12桁"), "vi")
    assert [passage.text for passage in found] == ["Mã số có 12 chữ số."]
    assert (passage_with("12桁").page, found[0].page) == (4, 1)


def test_the_whole_section_is_given_in_reading_order() -> None:
    assert counterparts("郵送", "en") == ["Notify within 14 days.", "You may notify by post."]
    assert counterparts("by post", "ja") == ["14日以内に届け出ます。", "郵送でも届け出られます。"]


def test_nothing_where_the_translation_lacks_the_section_or_the_language() -> None:
    assert counterparts("住所を届け出", "en") == []
    assert counterparts("カードを受け取り", "tl") == []
    assert counterparts("カードを受け取り", "ja") == []


def test_language_codes_are_the_same_in_any_case() -> None:
    assert counterparts("カードを受け取り", "EN") == ["You receive a card."]


def test_easy_japanese_aligns_where_structure_and_heading_agree() -> None:
    assert counterparts("カードを受け取り", "ja-x-easy") == ["カードを もらいます。"]
    assert counterparts("カードを もらい", "ja") == ["カードを受け取ります。"]


def test_easy_japanese_does_not_align_by_number_alone() -> None:
    assert counterparts("14日以内に届け", "ja-x-easy") == []  # 届出 and 引っこしたとき share no word
    assert counterparts("12桁", "ja-x-easy") == []  # the chapters are divided differently
    assert counterparts("はんこを 使い", "ja") == []


def test_a_translation_of_another_edition_is_not_offered() -> None:
    older = edition_of({"ch01.1 Card": "An older rule."}, edition="7th edition", date="2024", language="en")
    assert counterparts("カードを受け取り", "en", JAPANESE + older) == []


def test_a_superseded_translation_is_not_offered() -> None:
    gone = Corpus(
        ENGLISH.sources,
        tuple(
            Passage(id=p.id, source=p.source, text=p.text, section_id=p.section_id, superseded_by="withdrawn")
            for p in ENGLISH.passages
        ),
    )
    assert counterparts("カードを受け取り", "en", JAPANESE + gone) == []


def test_another_document_with_the_same_numbers_is_not_a_translation() -> None:
    other = edition_of({"ch01.1 Card": "Something else."}, id="other", edition="8th edition", language="en")
    assert counterparts("カードを受け取り", "en", JAPANESE + other) == []


def test_numbered_headings_align_where_the_trees_agree() -> None:
    japanese = edition_of(
        {" 第1章 入国 > 1 カード": "受け取ります。", " 第1章 入国 > 2 届出": "届け出ます。"}, date="2026"
    )
    english = edition_of(
        {" Chapter 1 Entry > 1. Card": "You receive it.", " Chapter 1 Entry > 2. Notice": "You notify."},
        date="2026",
        language="en",
    )
    assert counterparts("届け出", "en", japanese + english) == ["You notify."]
    shorter = edition_of({" Chapter 1 Entry > 1. Notice": "You notify."}, date="2026", language="en")
    assert counterparts("受け取り", "en", japanese + shorter) == []


@pytest.mark.parametrize(
    ("section_id", "section", "address"),
    [
        ("ch01.2-1", (), (1, 2, 1)),
        ("3.2.1", (), (3, 2, 1)),
        ("annex", ("1 X",), ("annex",)),
        ("", ("第４章 出産", "２ 手当", "（１）児童手当"), (4, 2, 1)),
        ("", ("Chương 4", "2-1 Trợ cấp"), (4, 2, 1)),
        ("", ("1 A", "1.2 B", "1.2.3 C"), (1, 2, 3)),
        ("", ("くらしの手引き", "第4章 出産", "１．手当"), (4, 1)),
        ("", ("第4章", "はじめに"), None),
        ("4.2", ("第4章", "2 手当", "【問合せ先】"), (4, 2)),
        ("ch04.2-1", ("出産・子育て", "手当", "24時間の相談"), (4, 2, 1)),
        # "Chương" was not understood, so the id counts the sections of every chapter from 1.
        ("1", ("Chương 4", "1. Trợ cấp"), (4, 1)),
        ("1", ("Chương 4", "1. Trợ cấp", "Ghi chú"), None),
        ("", ("COVID-19",), None),
        ("", (), None),
    ],
)
def test_an_address_is_read_from_the_id_or_else_from_every_heading(
    section_id: str, section: tuple[str, ...], address: tuple[int | str, ...] | None
) -> None:
    assert address_of(Passage(id="1", source="x", text="x", section_id=section_id, section=section)) == address


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (("第8版", ""), ("第8版", ""), True),
        (("第8版", "2026-02-26"), ("8th edition", "2026-07"), True),
        (("第8版", "2026"), ("7th edition", "2026"), False),
        (("第8版", "2026-02"), ("7th edition", "2024"), False),
        (("令和6年度", "2024"), ("FY2024", "2025-03"), True),
        (("平成31年", ""), ("2019", ""), True),
        (("令和元年", ""), ("2019", ""), True),
        (("春の版", "2024"), ("", "2024-05"), True),
        (("", ""), ("", ""), False),
        (("第8版", ""), ("", "2026"), False),
    ],
)
def test_editions_are_told_by_number_or_date(left: tuple[str, str], right: tuple[str, str], same: bool) -> None:
    sources = [Source(id="guide", title="手引き", edition=edition, date=date) for edition, date in (left, right)]
    assert same_edition(*sources) is same


JAPANESE_FILE = """# くらしの手引き

## 第1章 入国

### 1 在留カード

空港でカードを受け取ります。いつも持っていてください。

### 2 住所の届出

住む場所が決まったら、14日以内に市役所で届け出てください。

## 第2章 医療

### 1 医療保険

保険に入ると、病院で払うお金が少なくなります。
"""
ENGLISH_FILE = """# Living Guide

## Chapter 1 Entry

### 1. Residence card

You receive your card at the airport. Always carry it.

### 2. Notification of address

Notify the city hall of your address within 14 days.

## Chapter 2 Medical care

### 1. Medical insurance

With insurance you pay less at the hospital.
"""
VIETNAMESE_FILE = """# Sách hướng dẫn

## Chương 1 Nhập cảnh

### 1. Thẻ lưu trú

Bạn nhận thẻ tại sân bay. Hãy luôn mang theo thẻ.

### 2. Thông báo địa chỉ

Hãy thông báo địa chỉ cho tòa thị chính trong vòng 14 ngày.

## Chương 2 Y tế

### 1. Bảo hiểm y tế

Nếu có bảo hiểm, bạn trả ít tiền hơn tại bệnh viện.
"""
EASY_FILE = """# くらしの ガイド

## 第1章 日本に 入る

### 1 在留カードの こと

空港で カードを もらいます。いつも 持ちます。

### 2 引っこし

引っこしを したら、市役所に 行きます。

## 第2章 病院

### 1 病気の とき

病気に なったら、病院に 行きます。

### 2 薬

薬は 薬局で 買います。
"""
EDITIONS = {"ja": JAPANESE_FILE, "en": ENGLISH_FILE, "vi": VIETNAMESE_FILE, "ja-x-easy": EASY_FILE}


@pytest.fixture
def read_editions(tmp_path: Path) -> Corpus:
    """Four files of one document in four languages, read as a user's folder is."""
    entries = []
    for language, text in EDITIONS.items():
        (tmp_path / f"{language}.md").write_text(text, encoding="utf-8")
        entries.append(
            f'[[source]]\nfile = "{language}.md"\nid = "living"\ntitle = "くらしの手引き"\n'
            f'edition = "第3版"\ndate = "2026"\nlanguage = "{language}"\n'
        )
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")
    return read_documents([tmp_path]).corpus


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("14日以内", "en", "within 14 days"),
        ("14日以内", "vi", "trong vòng 14 ngày"),
        ("bảo hiểm", "ja", "保険に入ると"),
        ("bảo hiểm", "en", "you pay less"),
        ("空港でカードを", "ja-x-easy", "カードを もらいます"),
    ],
)
def test_real_documents_align(read_editions: Corpus, text: str, language: str, expected: str) -> None:
    (found,) = align(read_editions).counterparts(passage_with(text, read_editions), language)
    assert expected in found.text
    assert read_editions.source_of(found).language == language


@pytest.mark.parametrize("text", ["14日以内", "保険に入ると"])
def test_sections_of_the_easy_document_that_speak_of_other_things_do_not(read_editions: Corpus, text: str) -> None:
    assert align(read_editions).counterparts(passage_with(text, read_editions), "ja-x-easy") == ()
