"""Telephone numbers, dates, amounts and other numbers of a text, and how two texts differ in them.

When an edition changes, these matter most: a counsellor who read out the old one harms a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Figure(StrEnum):
    """What a number is. The value is what users see."""

    TELEPHONE = "電話"
    DATE = "日付"
    AMOUNT = "金額"
    NUMBER = "数"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that two editions give differently.

    Args:
        kind: what it is.
        old: as the old edition gives it; "" where only the new one has it.
        new: as the new edition gives it; "" where only the old one has it.
    """

    kind: Figure
    old: str
    new: str


# Full NFKC would also turn the list mark ① into a number.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９，．％＃／（）－‐‑–−ー―", "0123456789,.%#/()-------")

# Telephone numbers come as 03-1234-5678, 0570-012345, (03)1234-5678, 0312345678 and #8008.
_TELEPHONE = r"(?<!\d)(?:0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}|0\d{3}-\d{6}|\(0\d{1,4}\)\d{1,4}-\d{4}|0\d{9,10}|#\d{4})(?!\d)"
_DATE = (
    r"(?:(?:令和|平成|昭和)(?:\d+|元)|(?:19|20)\d\d)年(?:度|\d{1,2}月(?:\d{1,2}日)?)?"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}月\d{1,2}日"
)
_AMOUNT = r"\d[\d,.]*+(?:[兆億万千百]+\d[\d,]*+){0,8}[兆億万千百]*円"
_UNIT = r"[かヶケカ]月|[かヶケカ][国所]|週間?|時間|日間|年間|分の\d+|[年月日時分秒歳才割人名回件号条級点問倍台階番%]"
_NUMBER = rf"\d[\d,.]*[兆億万千]*(?:{_UNIT})?"

_FIGURE = re.compile(f"(?P<TELEPHONE>{_TELEPHONE})|(?P<DATE>{_DATE})|(?P<AMOUNT>{_AMOUNT})|(?P<NUMBER>{_NUMBER})")


def figures(text: str) -> Iterator[tuple[Figure, str]]:
    """The figures of a text in reading order.

    Args:
        text: any text; full width digits count as half width.

    Yields:
        What it is, and the figure with its unit in half width, without thousands separators and
        spaces, so that 「８，０００円」 and 「8000円」 are the same.
    """
    plain = re.sub(r"(?<=[\d,]) +(?=[^\W\d_])", "", text.translate(_HALF_WIDTH))
    for match in _FIGURE.finditer(plain):
        yield Figure[str(match.lastgroup)], match[0].replace(",", "").rstrip(".")


def changed_figures(old: str, new: str) -> tuple[FigureChange, ...]:
    """Which figures differ between two versions of a text.

    Args:
        old: the earlier text.
        new: the later text.

    Returns:
        The differences in reading order; a figure and the one that took its place stand together.
    """
    before, after = tuple(figures(old)), tuple(figures(new))
    changes: list[FigureChange] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _paired(list(before[i1:i2]), list(after[j1:j2]))
    return tuple(changes)


def _paired(gone: list[tuple[Figure, str]], come: list[tuple[Figure, str]]) -> Iterator[FigureChange]:
    """Figures of one kind and unit replace one another; what finds no partner stands alone."""
    for kind, old in gone:
        partner = next((f for f in come if f[0] is kind and _unit(f[1]) == _unit(old)), None)
        if partner:
            come.remove(partner)
        yield FigureChange(kind, old, partner[1] if partner else "")
    yield from (FigureChange(kind, "", new) for kind, new in come)


def _unit(figure: str) -> str:
    return re.sub(r"[\d.\-#()]", "", figure)
