"""What stands out in a passage: the sentences that answer, and telephone numbers, fees, dates, numbers.

A counsellor reads with a client in front of them: the eye must land on the sentence and on the figure.
The text itself is never changed, only cut into pieces that say how they should look.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from operator import itemgetter


class Figure(StrEnum):
    """What kind of figure a piece is."""

    PHONE = "phone"
    FEE = "fee"
    DATE = "date"  # dates and times of day
    NUMBER = "number"  # a number with its unit: periods, ages, persons, shares


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a passage's text that looks the same throughout.

    Args:
        text: the run, as it stands in the passage.
        answering: True inside a sentence that answers the question.
        figure: kind of figure, or None for ordinary text.
    """

    text: str
    answering: bool = False
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces that are all inside answering sentences, or all outside.

    Args:
        answering: which of the two.
        pieces: the pieces.
    """

    answering: bool
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The run's text."""
        return "".join(piece.text for piece in self.pieces)


_DIGIT = "[0-9０-９]"
_DASH = "[-‐‑–−－]"
#: Bounded, and begun at its first digit only: a page of digits is not to be read anew from each of them.
_NUMBER = rf"{_DIGIT}++(?:[,，]{_DIGIT}{{3}}){{0,6}}(?:[.．]{_DIGIT}++)?"
_FIRST = rf"(?<!{_DIGIT})"
_CLOCK = rf"(?:午前|午後)?{_DIGIT}{{1,2}}(?:[:：]{_DIGIT}{{2}}|時(?!間)(?:{_DIGIT}{{1,2}}分|半)?)"
_RANGE = r"\s?(?:[-‐–−－~〜～]|から)\s?"
_MONTH_DAY = rf"{_DIGIT}{{1,2}}月(?:{_DIGIT}{{1,2}}日|[上中下]旬|末)?(?!額|給|収)"
_UNITS = (
    "か月|カ月|ヶ月|ヵ月|ケ月|箇月|か年|年間|年|日間|日|週間|週|時間|分間|分|歳|才|人|名|件|回|通|枚"
    "|か国語|カ国語|ヶ国語|か国|カ国|言語|か所|カ所|ヶ所|箇所|世帯|団体|倍|割|パーセント|[%％]"
)
_BOUND = "以上|以下|以内|以降|未満|を超え|前|後|ごと"

# Order matters: at one place the first that fits wins, so "2026年4月1日" is a date and not the number "2026年".
_FIGURES = re.compile(
    # 03-5363-3013, 0570（011）000, +81-3-5363-3013; the short ones only where nothing else can be meant
    rf"(?P<phone>(?<![0-9０-９-])(?:[+＋]{_DIGIT}{{1,3}}{_DASH}{_DIGIT}{{1,4}}|[0０]{_DIGIT}{{1,4}})"
    rf"(?:{_DASH}{_DIGIT}{{1,6}}|[(（]{_DIGIT}{{1,4}}[)）]{_DIGIT}{{3,4}}){{1,3}}(?!{_DIGIT})"
    rf"|[#＃]{_DIGIT}{{4}}(?!{_DIGIT})"
    r"|(?<![0-9０-９.,])(?:11[089]|171|18[89]|１１[０８９]|１７１|１８[８９])(?:番(?![地号])|(?=」)))"
    rf"|(?P<fee>{_FIRST}{_NUMBER}(?:[億万千百](?:{_NUMBER})?){{0,8}}円|無料)"
    rf"|(?P<date>(?:(?:令和|平成|昭和)(?:元|{_DIGIT}{{1,2}})|(?<!{_DIGIT}){_DIGIT}{{4}})年度?(?:{_MONTH_DAY})?"
    rf"|(?<!{_DIGIT}){_DIGIT}{{4}}[-/.]{_DIGIT}{{1,2}}[-/.]{_DIGIT}{{1,2}}(?!{_DIGIT})"
    rf"|(?<!{_DIGIT}){_MONTH_DAY}"
    rf"|(?<!{_DIGIT}){_CLOCK}(?:{_RANGE}(?:翌)?{_CLOCK})?)"
    rf"|(?P<number>{_FIRST}{_DIGIT}++分の{_DIGIT}++|{_FIRST}{_NUMBER}(?:{_UNITS})(?:{_BOUND})?)"
)

#: Digits of a Japanese telephone number, 9 (old area codes) to 12 (+81 …); fewer is a date or a code.
_PHONE_DIGITS = range(9, 13)


def pieces(text: str, answering: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """Cuts a passage's text into pieces to show.

    Args:
        text: text of the passage.
        answering: (start, end) ranges of the sentences that answer, as `retrieval.finding.Found` gives them.

    Returns:
        Pieces whose texts joined are `text`.
    """
    figures = list(_figures(text))
    bounds = [bound for span in answering for bound in span]
    bounds += [bound for start, end, _ in figures for bound in (start, end)]
    cuts = sorted({0, len(text), *bounds})
    return tuple(
        Piece(
            text[start:end],
            answering=any(left <= start and end <= right for left, right in answering),
            figure=_figure_at(start, figures),
        )
        for start, end in pairwise(cuts)
    )


def runs(cut: Sequence[Piece]) -> Iterator[Run]:
    """Groups pieces, so that an answering sentence is one marked element.

    Args:
        cut: pieces of one passage.

    Yields:
        Runs whose pieces, one after the other, are `cut`.
    """
    for answering, group in groupby(cut, key=lambda piece: piece.answering):
        yield Run(answering, tuple(group))


def dialled(text: str) -> str:
    """The telephone number as a telephone takes it, for a `tel:` link.

    Args:
        text: a telephone number as printed, half or full width, or a piece that holds one ("110番").

    Returns:
        Digits with a leading "+" or "#" where printed; "" where there is no number.
    """
    folded = unicodedata.normalize("NFKC", text)
    return "".join(re.findall(r"^[+#]|[0-9]", folded.strip()))


def _figure_at(place: int, figures: Sequence[tuple[int, int, Figure]]) -> Figure | None:
    """The figure that covers a place; figures stand in order, so that long texts with many take no longer than few."""
    before = bisect_right(figures, place, key=itemgetter(0)) - 1
    return figures[before][2] if before >= 0 and place < figures[before][1] else None


def _figures(text: str) -> Iterator[tuple[int, int, Figure]]:
    for match in _FIGURES.finditer(text):
        figure = Figure(match.lastgroup or "")
        digits = len(re.findall(_DIGIT, match.group()))
        is_short = match.group()[0] in "#＃1１"
        if figure is Figure.PHONE and not is_short and digits not in _PHONE_DIGITS:
            continue
        yield match.start(), match.end(), figure
