"""Finds the prefectures that a question speaks of: "札幌の入管" is 北海道.

Whom to call depends on it. A prefecture named in the question counts more than the desk's own: a
consulted person may live elsewhere.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.directory.bureaus import all_bureaus
from corpus.directory.prefectures import all_prefectures

#: Seats of prefectures and designated cities whose name is not their prefecture's; with 市 where the
#: name alone is too short or also means something else.
_CITIES = {
    "北海道": "札幌",
    "岩手県": "盛岡",
    "宮城県": "仙台",
    "茨城県": "水戸",
    "栃木県": "宇都宮",
    "群馬県": "前橋",
    "埼玉県": "さいたま",
    "神奈川県": "横浜 川崎市 相模原",
    "石川県": "金沢",
    "山梨県": "甲府",
    "静岡県": "浜松",
    "愛知県": "名古屋",
    "三重県": "津市",
    "滋賀県": "大津市",
    "大阪府": "堺市",
    "兵庫県": "神戸",
    "島根県": "松江",
    "香川県": "高松",
    "愛媛県": "松山市",
    "福岡県": "北九州",
    "沖縄県": "那覇",
}

#: Bare names that are everyday words too: 大分 (だいぶ), 三重 (さんじゅう).
_AMBIGUOUS = frozenset({"大分", "三重"})


def prefectures_in(text: str) -> tuple[str, ...]:
    """The prefectures that a text names.

    Args:
        text: a question.

    Returns:
        Their full names ("北海道"), each once, in the order in which they are named.
    """
    found = (match.group() for match in _pattern().finditer(text))
    return tuple(dict.fromkeys(_places()[place] for place in found if place not in _AMBIGUOUS))


@cache
def _places() -> dict[str, str]:
    """Full names of prefectures by what people write for them."""
    names = [prefecture.name for prefecture in all_prefectures()]
    return {
        **{re.sub("[都府県]$", "", name): name for name in names},
        **{name: name for name in names},
        **{city: name for name, cities in _CITIES.items() for city in cities.split()},
    }


@cache
def _pattern() -> re.Pattern[str]:
    full = [prefecture.name for prefecture in all_prefectures()]
    short = sorted(_places().keys() - set(full), key=len, reverse=True)
    # A short name within a longer one means another place (沼津市, 河内長野, 北広島), so no kanji may stand
    # before it but the end of a word for time or an office (現在札幌に, 入管横浜支局). Nor is one meant by
    # 石川さん, or by the 東京 of 東京出入国在留管理局横浜支局.
    offices = "|".join(re.escape(bureau.short) for bureau in all_bureaus() if bureau.parent)
    return re.compile(
        f"(?:{'|'.join(full)}|(?:(?<![一-鿿々])|(?<=[在今月日前後局管]))(?:{'|'.join(short)}))"
        f"(?!さん|様|さま|氏|くん|君|ちゃん|先生|(?:出入国在留管理局|入管)(?:{offices}))"
    )
