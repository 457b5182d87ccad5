from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


def found(text: str, kind: Kind) -> list[str]:
    return [written for one, written in ruled(text) if one is kind]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("株式会社さくら工業の寮", "株式会社さくら工業"),
        ("㈱アサヒ精工に勤務", "㈱アサヒ精工"),
        ("ジャパンフレッシュ株式会社に登録", "ジャパンフレッシュ株式会社"),
        ("レストランヒマラヤで働く", "レストランヒマラヤ"),
        ("焼肉きんぐでバイト", "焼肉きんぐ"),
        ("やまと建設工業の社長", "やまと建設工業"),
        ("勤務先：マルハチ水産", "マルハチ水産"),
        ("NPO法人アジアの風で活動", "NPO法人アジアの風"),
        ("くら寿司 新宿店でアルバイト", "くら寿司 新宿店"),
        ("I work at Sakura Foods Co., Ltd. now", "Sakura Foods Co., Ltd."),
    ],
)
def test_employers(text: str, name: str) -> None:
    assert found(text, Kind.EMPLOYER) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新宿区立大久保小学校の3年生", "新宿区立大久保小学校"),
        ("わかくさこども園に通う", "わかくさこども園"),
        ("中央工学校附属日本語学校の学生", "中央工学校附属日本語学校"),
        ("太陽の子幼稚園", "太陽の子幼稚園"),
        ("goes to Minami Elementary School", "Minami Elementary School"),
    ],
)
def test_schools(text: str, name: str) -> None:
    assert found(text, Kind.SCHOOL) == [name]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "建設会社で働く。食品工場に勤務。コンビニでアルバイト。農家の手伝い",
            "株式会社を設立したい",
            "監理団体と登録支援機関、派遣会社",
        ),
        *(
            "夜間中学、日本語学校、公立小学校、定時制高校、認可保育所",
            "ハローワーク新宿と法テラス東京、東京出入国在留管理局、川口市役所",
        ),
        *("マイナンバーカード、スーパービジョン", "Japanese Language School, Elementary School"),
    ],
)
def test_kinds_of_work_and_school_and_public_bodies_stay(text: str) -> None:
    assert ruled(text) == []
