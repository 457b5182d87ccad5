"""Whether a passage holds the kind of thing a question asks for: a fee, a date, a number to call."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.analyser import fold

#: The end of a number: enough to tell that one stands before its unit, and tried once for each figure, not for all that
#: follow it too.
_NUMBER = r"(?:\d[,.]*+|[一二三四五六七八九十百千]|数)"
_COUNTERS = r"(?:回|人|名|枚|件|個|通|冊|点|問|度|種類|か国|カ国|ヶ国|言語|か所|カ所|箇所|台|本|袋|世帯|団体|分野|つ)"

#: Begins a kind for something counted that has none of its own; the unit follows.
COUNT = "count:"

#: Works on folded text. Kinds that cannot be told by their form (person) are never missed.
_PATTERNS: dict[str, re.Pattern[str]] = {
    "amount": re.compile(
        rf"{_NUMBER}\s*+(?:億|万|千)?\s*+円|無料|有料|かかりません|{_NUMBER}分の{_NUMBER}|{_NUMBER}割|半額|全額|実費"
        # It depends: who asks for a premium is answered by what it goes by.
        r"|(?:所得|収入|給料|給与|年齢|世帯|人数|期間|自治体|市区?町村|年収)[^。]{0,14}(?:に応じ|によ[りっる]|で(?:決ま|異な|変わ|違))"
    ),
    "date": re.compile(
        rf"{_NUMBER}\s*(?:年|月|日|週間|歳)|毎[年月週日]|翌[年月日]|曜|月末|年末|随時|いつでも|すぐ|直ちに|速やかに|[rhs]\d"
    ),
    "time": re.compile(r"\d{1,2}\s*[:：時]|午前|午後|24時間|終日"),
    "duration": re.compile(
        rf"(?<![和成昭rhs\d.]){_NUMBER}\s*(?:[かヶカヵケ箇]月|年(?!度|\s?\d)|週|日(?!付)|時間|分(?!の|野))|無期限|当分"
    ),
    "phone": re.compile(r"\d{2,5}\s*[-－(‐–]\s*\d{1,4}|#\d{4}|(?<!\d)1(?:10|18|19|71|88|89)(?!\d)"),
    "place": re.compile(
        r"役所|役場|窓口|センター|コーナー|[署局所課係会校館園場室省庁院階]|法テラス|ハローワーク|[都道府県市区町村]"
    ),
    "age": re.compile(rf"{_NUMBER}\s*[歳才]|未就学|未満|以上"),
    "people": re.compile(rf"{_NUMBER}\s*(?:人|名)(?!目)"),
    "times": re.compile(rf"{_NUMBER}\s*(?:回|度)(?!目)|毎[日週月年]|[週月年]に?\s*{_NUMBER}"),
    "language": re.compile(rf"(?:英|中国|韓国|[ァ-ヺー]{{2,}})語|{_NUMBER}\s*(?:言語|[かヶカヵケ箇]国語)"),
    "transport": re.compile(r"駅|徒歩|バス|[一-龠]線"),
    "mail": re.compile(r"[\w.+-]@[\w-]"),
    "count": re.compile(rf"{_NUMBER}\s*{_COUNTERS}"),
    "percentage": re.compile(rf"{_NUMBER}\s*(?:[%％]|割|分の)|パーセント|半[分額]|全額"),
    "document": re.compile(r"[書証票帳届券]|カード|パスポート|印鑑|写真|レシート"),
    "website": re.compile(r"https?://|ホームページ|ウェブ|サイト|web|オンライン|アプリ|インターネット"),
}


def holds(kinds: frozenset[str], text: str) -> bool:
    """Whether a text holds at least one of the kinds of thing asked for.

    Args:
        kinds: as `retrieval.asking` tells them; none at all is always held.
        text: a passage, as shown.
    """
    if not kinds:
        return True
    folded = fold(text)
    patterns = [_pattern(kind) for kind in kinds]
    return any(pattern is None or pattern.search(folded) is not None for pattern in patterns)


@lru_cache(maxsize=256)
def _pattern(kind: str) -> re.Pattern[str] | None:
    if kind.startswith(COUNT):
        return re.compile(rf"{_NUMBER}\s*{re.escape(kind.removeprefix(COUNT))}")
    return _PATTERNS.get(kind)


#: Kinds of thing whose answer has a figure in it.
_FIGURES = frozenset({"amount", "date", "time", "duration", "phone", "age", "count", "people", "times", "percentage"})
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千](?:日|月|年|歳|円|割|回|人)")


def figured(kinds: frozenset[str], text: str) -> bool:
    """Whether a figure is asked for and a text has one.

    Args:
        kinds: values of askedfor.tsv.
        text: a sentence, as shown.
    """
    return not kinds.isdisjoint(_FIGURES) and _FIGURE.search(fold(text)) is not None
