"""Which edition holds."""

from __future__ import annotations

import pytest

from corpus.editions import newer, supersede, undecided
from corpus.model import Source
from tests.corpus.editions import current_texts, edition_of


def source(edition: str = "", date: str = "") -> Source:
    return Source(id="guide", title="くらしの手引き", edition=edition, date=date)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (source(date="2024"), source(date="2023-12"), True),
        (source(date="2023-12"), source(date="2024"), False),
        (source(date="2024-07-01"), source(date="2024-07-01"), False),
        (source("第8版"), source("第7版"), True),
        (source("第10版"), source("第9版"), True),
        (source("令和6年度", "2024"), source("第8版", "2024-07"), None),
        (source("春の版"), source("秋の版"), None),
    ],
)
def test_dates_decide_then_the_numbers_of_editions(one: Source, other: Source, expected: bool | None) -> None:
    assert newer(one, other) is expected


def test_an_older_edition_gives_way_whole() -> None:
    old = edition_of({"1 住所": "14日以内", "2 ごみ": "朝8時まで"}, date="2021")
    new = edition_of({"1 住所": "30日以内"}, date="2024")
    assert current_texts(supersede(new + old)) == ["30日以内"]


def test_editions_in_different_languages_stand_side_by_side() -> None:
    japanese = edition_of({"1 住所": "14日以内"}, date="2024")
    english = edition_of({"1 Address": "within 14 days"}, date="2021", language="en")
    assert current_texts(supersede(japanese + english)) == ["14日以内", "within 14 days"]


def test_official_text_replaces_a_summary_section_by_section() -> None:
    summary = edition_of(
        {"ch01.1 カード": "要約1", "ch01.2 届出": "要約2"}, edition="第8版（要約）", date="2026-02", official=False
    )
    official = edition_of({"ch01.1 カード": "本文1"}, edition="第8版", date="2026-02-26")
    assert current_texts(supersede(summary + official)) == ["要約2", "本文1"]


def test_a_part_of_the_document_replaces_its_sections_of_the_summary() -> None:
    summary = edition_of({"ch04 出産": "要約4", "ch05 教育": "要約5"}, date="2026-02-26", official=False)
    chapter = edition_of({"ch04 出産": "本文4"}, id="guide-ch04", date="2026-02-26")
    assert current_texts(supersede(summary + chapter)) == ["要約5", "本文4"]


def test_text_of_a_section_beneath_or_of_the_undivided_one_above_covers_it() -> None:
    summary = edition_of(
        {"ch01.1 カード": "要約", "ch02.1-1 住所": "要約", "ch03.1 働く": "残る"}, date="2026", official=False
    )
    # Chapter 3 is divided, and its section 1 is not among what is there.
    official = edition_of(
        {"ch01.1-2 届出": "本文", "ch02 役所": "本文", "ch03 仕事": "前書き", "ch03.2 規則": "本文"},
        date="2027",
        id="guide-all",
    )
    assert [t for t in current_texts(supersede(summary + official)) if t in {"要約", "残る"}] == ["残る"]


def test_a_section_number_that_begins_alike_is_another_section() -> None:
    summary = edition_of({"ch01.10 その他": "要約"}, date="2026", official=False)
    official = edition_of({"ch01.1 カード": "本文"}, date="2026", edition="第8版", id="guide-ch01")
    assert current_texts(supersede(summary + official)) == ["要約", "本文"]


def test_official_text_of_an_older_edition_gives_way_to_the_summary_of_the_new_one() -> None:
    summary = edition_of({"ch01.1 カード": "新しい要約"}, date="2026-02-26", official=False)
    official = edition_of({"ch01.1 カード": "古い本文"}, date="2022-03")
    assert current_texts(supersede(summary + official)) == ["新しい要約"]


def test_a_summary_stays_while_the_date_of_the_official_text_is_unknown() -> None:
    summary = edition_of({"ch01.1 カード": "要約"}, edition="第8版", date="2026-02-26", official=False)
    official = edition_of({"ch01.1 カード": "本文"})
    assert current_texts(supersede(summary + official)) == ["要約", "本文"]


def test_editions_that_nothing_puts_in_order_are_named() -> None:
    spring = edition_of({"1 住所": "A"}, edition="春の版")
    autumn = edition_of({"1 住所": "B"}, edition="秋の版")
    dated = edition_of({"1 住所": "C"}, id="other", date="2024") + edition_of({"1 住所": "D"}, id="other", date="2023")
    assert [(a.edition, b.edition) for a, b in undecided(spring + autumn + dated)] == [("春の版", "秋の版")]
