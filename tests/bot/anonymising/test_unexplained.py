from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymising.finding import by_rules
from bot.anonymising.folding import fold
from bot.anonymising.unexplained import find


def suspected(text: str) -> list[str]:
    folded = fold(text).text
    return [folded[span.start : span.end] for span in by_rules(folded).suspects]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("紙には 6 0 1 7 － 2 2 8 4 1 5 とある", "6 0 1 7 - 2 2 8 4 1 5"),
        ("付箋に 71820-4493 と", "71820-4493"),
        ("札の XK-77120 を", "XK-77120"),
        ("SIM は 8981 1000 2277 1840 336", "8981 1000 2277 1840 336"),
        ("書いてあったのは toshi0505 だけ", "toshi0505"),
        ("hanihani_03 という人", "hanihani_03"),
    ],
)
def test_what_nothing_explains_is_suspected(text: str, number: str) -> None:
    assert suspected(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "家賃は 52000円",
        "時給 1,140円で月 185000 円",
        "2026年11月20日 10:30",
        "2025-05-30 16:44",
        "2026/4/1-2027/3/31",
        "20260401",
        "¥45000",
        "PR437 便",
        "#8008",
        "保険者番号 06130447",
        "血圧 148/92",
        "12345人",
        "民法1028条",
        "COVID19",
        "e-mail",
        "www.moj.go.jp",
        "10:30:45:00",
    ],
)
def test_amounts_dates_and_numbers_for_all_are_not(text: str) -> None:
    assert suspected(text) == []


def test_what_a_rule_has_spoken_for_is_not_suspected_again() -> None:
    document = by_rules("電話 090-1234-5678")
    assert document.suspects == list(find(document)) == []


@given(st.text(st.sampled_from("0123456789-/. 年月AXz_円の\n"), max_size=60))
def test_suspects_lie_inside_and_nothing_has_spoken_for_them(text: str) -> None:
    document = by_rules(text)
    for span in document.suspects:
        assert 0 <= span.start < span.end <= len(text)
        assert document.is_free(span.start, span.end)
