"""Where a question asks, and for what kind of thing: the story around it only tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.analyser import Token, sentences
from retrieval.asked import COUNT

Range = tuple[int, int]

_ENDS_ASKING = re.compile(
    r"(?:[?？]|か[。.!！]?|(?:教え|おしえ)て\w{0,6}[。.]?|(?:ください|下さい|くだ\w{1,3}|お願い\w{0,6})[。.]?"
    r"|(?:たい|欲しい|ほしい|べき)\w{0,10}[。.]?|っけ[。.]?|かな[。.]?|聞かれ\w{0,6}[。.]?)$"
)
#: A cue that asks by itself; any other asks only where the next stands behind it.
_INTERROGATIVE = re.compile(r"何|幾|いく[らつ]|いつ|ど[こちなのれう]|誰|だれ|たい$|教え")
_SOUGHT = re.compile(
    r"\s{0,2}(?:[とや・、]\s{0,2}[^ぁ-ん\s。?？][^。?？]{0,8}?)?"  # 開設時間と休みの日を教えて
    r"(?:は|って|を|が|も|とか|について)?(?:[、\s]|今|だいたい|およそ){0,3}"
    r"(?:$|[?？。\n]|いくら|幾ら|いつ|何|なん|なに|ど[このれう]|教え|おしえ|知[りら]|聞[きか]|くだ|下さい|お願|あ[りる]|わか|分か|で[しす])"
)
#: What is counted; of single letters only those that count, for others are slips: 何会 for 何回.
_UNIT = re.compile(r"[一-龠ァ-ヺー]{2,}|[枚件個通冊点問台本袋社校部室泊票段課軒戸組頁]")
#: Kinds that say less than any other asked for beside them: どこ in 最寄り駅はどこ.
_GENERAL = ("place", "document", "date", "duration")
#: Not counted, or a kind of their own (askedfor.tsv).
_OF_ITS_OWN = frozenset("時処故曜語者番日月年週歳才事人名回度円割国方") | {"曜日", "時間", "週間", "言語", "国語"}


def asking(text: str) -> list[Range]:
    """Character ranges of the sentences that ask; of all where none can be told from the others.

    Of several lines that ask the last counts: in a talk the ones before were answered already.

    Args:
        text: folded.
    """
    ranges = sentences(text)
    asks = [(begin, end) for begin, end in ranges if _ENDS_ASKING.search(text[begin:end])]
    if not asks:
        return ranges
    line = text.rfind("\n", 0, asks[-1][0]) + 1
    return [one for one in asks if one[0] >= line]


def stands_in(ranges: Iterable[Range], place: int) -> bool:
    """Whether a place in a text lies in one of its ranges."""
    return any(begin <= place < end for begin, end in ranges)


def kinds(
    text: str, asks: Sequence[Range], found: Sequence[Token], cued: Iterable[tuple[int, int, str]]
) -> frozenset[str]:
    """Kinds of thing asked for, and not only spoken of: 給料 in 給料はいくら, not in 給料をもらえない.

    Args:
        text: folded.
        asks: the sentences that ask.
        found: the content words of the text.
        cued: for what may ask (askedfor.tsv) the first and one past the last of its words, and the kind.

    Returns:
        Values of askedfor.tsv, and one for whatever else is counted: "count:分野" for 何分野.
    """
    asked = {
        kind
        for first, after, kind in cued
        if stands_in(asks, found[first].start) and _sought(text, found[first].start, found[after - 1].end)
    }
    asked |= {
        f"{COUNT}{unit.surface}"
        for what, unit in pairwise(found)
        if what.surface == "何" and what.end == unit.start and stands_in(asks, what.start) and _is_counted(unit.surface)
    }
    for general in _GENERAL:
        if len(asked) > 1:
            asked.discard(general)
    return frozenset(asked)


def _is_counted(unit: str) -> bool:
    return unit not in _OF_ITS_OWN and _UNIT.fullmatch(unit) is not None


def _sought(text: str, begin: int, end: int) -> bool:
    return bool(_INTERROGATIVE.search(text[begin:end]) or _SOUGHT.match(text, end))
