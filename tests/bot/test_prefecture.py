from __future__ import annotations

import pytest

from bot.prefecture import prefectures_in
from corpus import directory


@pytest.mark.parametrize(
    ("text", "prefectures"),
    [
        ("札幌の入管の電話番号は", ("北海道",)),
        ("東京都に住んでいます", ("東京都",)),
        ("京都で働く人", ("京都府",)),
        ("名古屋入管はどこ", ("愛知県",)),
        ("神奈川の相談者", ("神奈川県",)),
        ("横浜から那覇に引っ越す", ("神奈川県", "沖縄県")),
        ("石川さんが困っています", ()),
        ("石川さんは富山県の人です", ("富山県",)),
        ("東京出入国在留管理局横浜支局の電話", ("神奈川県",)),
        ("大分待たされました", ()),
        ("大分県の窓口", ("大分県",)),
        ("在留カードをなくした", ()),
        ("沼津市と河内長野市と北広島市と東松山市", ()),
        ("津市に住んでいます", ("三重県",)),
        ("現在札幌に住む人", ("北海道",)),
    ],
)
def test_prefectures_named_in_a_question(text: str, prefectures: tuple[str, ...]) -> None:
    assert prefectures_in(text) == prefectures


def test_every_prefecture_is_found_by_its_full_name() -> None:
    names = [prefecture.name for prefecture in directory.load().prefectures]
    assert [prefectures_in(f"{name}の窓口") for name in names] == [(name,) for name in names]
