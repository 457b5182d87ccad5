from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


@pytest.mark.parametrize(
    "address",
    [
        *(
            "東京都新宿区大久保2-3-4",
            "新宿区大久保二丁目三番四号",
            "大久保2-3-4 コーポ桜201号室",
            "百人町2丁目3番4号グリーンハイツ305号室",
        ),
        *(
            "埼玉県川口市芝園町3番1号棟505号室",
            "札幌市北区北24条西5丁目1-1",
            "愛知県西尾市寄住町下田15",
            "コーポ三浦202",
            "新宿区大久保",
        ),
        *(
            "2-3-4 Okubo, Shinjuku-ku, Tokyo",
            "Room 203, Sunny Heights, 5-6-7 Honcho, Kawaguchi-shi, Saitama",
            "大久保２丁目\n１２ー７",
        ),
    ],
)
def test_an_address_goes_as_a_whole(address: str) -> None:
    text = f"住所は{address}です"
    found = ruled(text)
    assert found == [(Kind.ADDRESS, address)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "新宿区に住んでいる",
            "東京都と大阪府",
            "広島県安芸郡海田町",
            "横浜市中区の中国人学校",
            "大久保駅の近く",
            "I live in Kawaguchi.",
        ),
        *("サッカーは日本2-1韓国", "表2-1と図3-4", "三丁目の角"),
    ],
)
def test_a_municipality_alone_stays(text: str) -> None:
    assert ruled(text) == []
