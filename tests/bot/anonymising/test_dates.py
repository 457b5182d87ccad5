from __future__ import annotations

import re

import pytest

from bot.anonymising.dates import FULL, number, year


@pytest.mark.parametrize(
    ("written", "western"),
    [
        ("1990年4月3日", 1990),
        ("西暦2002年12月1日", 2002),
        ("昭和63年1月7日", 1988),
        ("昭和六十三年一月七日", 1988),
        ("平九・七・一五", 1997),
        ("令和元年5月1日", 2019),
        ("R7.5.6", 2025),
        ("れいわ7ねん 9がつ 14か", 2025),
        ("一九九八年七月三十日", 1998),
        ("昭和57年の7月7日", 1982),
        ("12 de março de 1990", 1990),
        ("23 de maio de 1993", 1993),
        ("12 Mei 1996", 1996),
        ("3 tháng 4 năm 1998", 1998),
        ("2003, 14th November", 2003),
        ("Showa 11, 4 December", 1936),
        ("12-Oct-1999", 1999),
    ],
)
def test_a_whole_date_tells_its_year(written: str, western: int) -> None:
    assert re.fullmatch(FULL, written)
    assert year(written) == western


@pytest.mark.parametrize(("written", "value"), [("二〇二六", 2026), ("二十六", 26), ("十", 10), ("元", 1), ("08", 8)])
def test_kanji_numerals(written: str, value: int) -> None:
    assert number(written) == value
