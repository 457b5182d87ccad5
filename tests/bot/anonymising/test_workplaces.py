from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


def found(text: str, kind: Kind) -> list[str]:
    return [written for one, written in ruled(text) if one is kind]


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("派遣会社はヒューマンアシストです。", "ヒューマンアシスト"),
        ("勤め先は「やきとり大吉 三軒茶屋」、時給1200円", "やきとり大吉 三軒茶屋"),
        ("ファミリーマート栄三丁目店でバイト中。", "ファミリーマート栄三丁目店"),
        ("すし処 浜やで火傷した。", "すし処 浜や"),
        ("ニセコ・グランドリゾートで住み込み。", "ニセコ・グランドリゾート"),
        ("農事組合法人あかぎでレタスを収穫。", "農事組合法人あかぎ"),
        ("アジア人材支援協同組合の神崎さん", "アジア人材支援協同組合"),
        ("デリシャス厨房という弁当屋で働く。", "デリシャス厨房"),
        ("今の会社（ソレイユ・コスメ）は残業が多い。", "ソレイユ・コスメ"),
        ("夫は八幡電炉に20年勤めている。", "八幡電炉"),
        ("会社はTOKAI AUTO PARTSです", "TOKAI AUTO PARTS"),
    ],
)
def test_where_somebody_works_is_masked(text: str, employer: str) -> None:
    assert found(text, Kind.EMPLOYER) == [employer]


@pytest.mark.parametrize(
    "text",
    [
        "スーパーやコンビニ、居酒屋で働く留学生が多い。",
        "会社は「お金がない」と言った。",
        "店長は「明日から来るな」と言った。",
        "セブンイレブンで支払う。",
        "派遣会社の担当者と話す。",
        "グループホームとデイサービスの違い",
        "建設現場で働く。",
    ],
)
def test_kinds_of_work_and_what_is_said_there_stay(text: str) -> None:
    assert found(text, Kind.EMPLOYER) == []
