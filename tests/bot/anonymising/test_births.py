from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("平成2年4月3日生まれ", "平成2年4月3日"),
        ("生年月日：１９９０／４／３", "１９９０／４／３"),
        ("S50.11.23生", "S50.11.23"),
        ("昭和54（1979）年2月17日生まれ", "昭和54（1979）年2月17日"),
        ("昭和六十三年五月五日に生まれた", "昭和六十三年五月五日"),
        ("born on 3 April 1992", "3 April 1992"),
        ("DOB: April 3, 1990", "April 3, 1990"),
        ("1990年4月3日（36歳）", "1990年4月3日"),
        ("女 1985.07.12", "1985.07.12"),
        ("田中太郎さん。誕生日は7月7日", "7月7日"),
        ("2019年8月1日に大阪で生まれました", "2019年8月1日"),
    ],
)
def test_a_date_of_birth_is_masked(text: str, date: str) -> None:
    found = [written for kind, written in ruled(text) if kind is Kind.BIRTH_DATE]
    assert found == [date]


def test_a_date_in_brackets_behind_a_name_is_one_unless_it_is_too_late() -> None:
    assert ruled("田中太郎（H2.4.3）が来所") == [(Kind.NAME, "田中太郎"), (Kind.BIRTH_DATE, "H2.4.3")]
    assert ruled("田中太郎（2026.4.3）が来所") == [(Kind.NAME, "田中太郎")]
    assert ruled("田中太郎ちゃん（2026.4.3）が来所") == [(Kind.NAME, "田中太郎"), (Kind.BIRTH_DATE, "2026.4.3")]


@pytest.mark.parametrize(
    "text",
    [
        "1961年4月1日以前に生まれた方",
        "2025年5月8日に来日",
        "2026年10月1日に出生届を出した",
        "在留期限は2027年1月31日",
        "令和9年4月1日施行",
    ],
)
def test_other_dates_stay(text: str) -> None:
    assert ruled(text) == []
