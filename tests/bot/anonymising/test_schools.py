from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


def found(text: str, kind: Kind) -> list[str]:
    return [written for one, written in ruled(text) if one is kind]


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("学校は川口市立飯仲東中です。", "川口市立飯仲東中"),
        ("市立天満中学校夜間学級に通いたい。", "市立天満中学校夜間学級"),
        ("青葉小に通学している。", "青葉小"),
        ("来週埼玉県立大宮商業の説明会に行く。", "埼玉県立大宮商業"),
        ("名城言語文化学院、週20時間", "名城言語文化学院"),
        ("セントアンズ・インターナショナルに入れたい。", "セントアンズ・インターナショナル"),
    ],
)
def test_a_school_is_masked(text: str, school: str) -> None:
    assert found(text, Kind.SCHOOL) == [school]


@pytest.mark.parametrize(
    "text",
    ["市立小学校と県立高校の違い。", "勤務中に通院する。", "市立図書館に行く。", "最小に行く。", "夜間中学に通う。"],
)
def test_kinds_of_school_stay(text: str) -> None:
    assert found(text, Kind.SCHOOL) == []
