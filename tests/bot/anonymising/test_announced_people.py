from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


def found(text: str, kind: Kind) -> list[str]:
    return [written for one, written in ruled(text) if one is kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("指導員の三輪教授が同席。", ["三輪"]),
        ("鶴田税理士によれば確定申告が要る。", ["鶴田"]),
        ("会議：乾係長と話す。", ["乾"]),
        ("孫（そん）様より電話。", ["孫", "そん"]),
        ("代表者 児島 英二 様", ["児島 英二"]),
        ("グエンティトゥイ（27）が来所。", ["グエンティトゥイ"]),
        ("お世話になっております。光洋ビルドの浅羽です。", ["浅羽"]),
        ("証人は川端とネハです。", ["川端", "ネハ"]),
        ("出生届：子 アユーブ・ハッサン・ユスフ", ["アユーブ・ハッサン・ユスフ"]),
    ],
)
def test_what_stands_beside_a_name_tells_that_it_is_one(text: str, names: list[str]) -> None:
    assert found(text, Kind.NAME) == names


@pytest.mark.parametrize(
    "text",
    [
        "福祉係長が話す。",
        "市民課長に聞く。",
        "石川県の職員。",
        "コンテナ（20個）を運ぶ。",
        "マイカー通勤。",
        "グループ（5人）で話す。",
    ],
)
def test_titles_and_figures_make_no_name_of_a_word(text: str) -> None:
    assert found(text, Kind.NAME) == []
