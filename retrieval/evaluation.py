"""How good the answers are, measured on questions whose answers are known.

`madoguchi evaluate` prints what stands here; the metrics of rankings are those of information
retrieval (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, chapter 8).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from corpus.model import PASSAGE_LIMIT, Passage
from retrieval.finding import Findings

#: What a counsellor reads before giving up: an answer is right when one of so many passages is.
READ = 3
#: How many passages are looked at.
_LOOKED_AT = 5

#: A passage bears the evidence when it shares so much of an answer's runs of so many characters.
_SHINGLE = 8
_SHARED = 0.5

#: Bins of equal width over confidence, as usual for the expected calibration error (Guo et al., 2017).
_BINS = 10


class Finder(Protocol):
    """Finds passages; `retrieval.engine.Engine` is one."""

    def find(self, question: str, limit: int = 10) -> Findings:
        """The best passages for a question, and whether they answer it."""


def recall_at(ranking: Sequence[str], relevant: Collection[str], limit: int) -> float:
    """Share of the relevant documents among the first ones; 0 where none is relevant.

    Args:
        ranking: ids, best first.
        relevant: ids that answer or help.
        limit: how many are looked at.
    """
    return len(set(relevant) & set(ranking[:limit])) / len(set(relevant)) if relevant else 0.0


def hit_at(ranking: Sequence[str], relevant: Collection[str], limit: int) -> float:
    """1 where a relevant document is among the first ones, else 0; arguments as of `recall_at`."""
    return float(not set(relevant).isdisjoint(ranking[:limit]))


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, float], limit: int) -> float:
    """Normalised discounted cumulative gain, linear in the grade, discounted by log2 of the rank + 1.

    Args:
        ranking: ids, best first, each once.
        grades: what each relevant document is worth.
        limit: how many are looked at.

    Returns:
        0..1; 1 for the best possible order, 0 where nothing is relevant.
    """
    ideal = _gain(sorted(grades.values(), reverse=True)[:limit])
    return _gain([grades.get(one, 0.0) for one in ranking[:limit]]) / ideal if ideal else 0.0


def _gain(grades: Iterable[float]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what answers it.

    Args:
        question: as typed.
        kind: what sort of question it is, "" where the file does not say.
        sections: ids of the sections that answer.
        answers: texts of passages that answer.
    """

    question: str
    kind: str = ""
    sections: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Labelled:
        """Reads a line of a labelled file.

        Args:
            entry: "question", "section_id" or "answers" (a list, empty where nothing answers), perhaps "kind".

        Raises:
            ValueError: something is missing or is no text; one line fit for a user.
        """
        if not isinstance(entry.get("question"), str):
            raise ValueError('"question" が文字列ではありません')
        if "section_id" not in entry and "answers" not in entry:
            raise ValueError('"section_id" も "answers" もありません')
        return cls(
            question=entry["question"],
            kind=str(entry.get("kind", "")),
            sections=_texts(entry, "section_id"),
            answers=_texts(entry, "answers"),
        )

    @property
    def answerable(self) -> bool:
        """Whether anything answers it."""
        return bool(self.sections or self.answers)

    def answered_by(self, passage: Passage) -> bool:
        """Whether a passage stands in a section that answers or bears the evidence."""
        return passage.section_id in self.sections or any(bears(passage.text, answer) for answer in self.answers)


def _texts(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = entry.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f'"{name}" が文字列の並びではありません')
    return tuple(value)


def bears(text: str, answer: str) -> bool:
    """Whether a passage says what an answer says.

    Args:
        text: of the passage; its first `PASSAGE_LIMIT` characters count.
        answer: reference text.

    Returns:
        True where it holds at least half of the answer's runs of eight characters, or the answer half
        of its own; white space and width make no difference.
    """
    held, wanted = _shingles(text[:PASSAGE_LIMIT]), _shingles(answer)
    shared = len(held & wanted)
    return shared > 0 and shared >= _SHARED * min(len(held), len(wanted))


def _shingles(text: str) -> set[str]:
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
    return {squeezed[i : i + _SHINGLE] for i in range(max(len(squeezed) - _SHINGLE + 1, 1))} - {""}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question got.

    Args:
        kind: of the question.
        answerable: whether anything answers it.
        answered: whether it was answered.
        confidence: 0..1.
        place: of the first passage that is right, counted from 0; None where none of the first five is.
    """

    kind: str
    answerable: bool
    answered: bool
    confidence: float
    place: int | None

    @property
    def right(self) -> bool:
        """Whether a right passage is among those read."""
        return self.place is not None and self.place < READ


@dataclass(frozen=True, slots=True)
class Score:
    """How good a set of questions was answered. Shares are 0..1, None where there is nothing to share.

    Args:
        answerable: how many questions something answers.
        first: share of them whose first passage is right.
        within_three: share with a right passage among the first three.
        within_five: share with one among the first five.
        answered: share that was answered.
        right: of all answers given, unanswerable questions included, the share right within three.
        unanswerable: how many questions nothing answers.
        wrongly_answered: how many of those were answered all the same.
        calibration_error: by how much confidence and the share right within three differ (ECE, 10 bins).
    """

    answerable: int
    first: float | None
    within_three: float | None
    within_five: float | None
    answered: float | None
    right: float | None
    unanswerable: int
    wrongly_answered: int
    calibration_error: float | None

    @classmethod
    def of(cls, outcomes: Collection[Outcome]) -> Score:
        """Counts outcomes."""
        some = [one for one in outcomes if one.answerable]
        none = [one for one in outcomes if not one.answerable]
        return cls(
            answerable=len(some),
            first=_share(one.place == 0 for one in some),
            within_three=_share(one.right for one in some),
            within_five=_share(one.place is not None for one in some),
            answered=_share(one.answered for one in some),
            right=_share(one.right for one in outcomes if one.answered),
            unanswerable=len(none),
            wrongly_answered=sum(one.answered for one in none),
            calibration_error=_calibration_error(outcomes),
        )


def _share(values: Iterable[bool]) -> float | None:
    counted = list(values)
    return sum(counted) / len(counted) if counted else None


def _calibration_error(outcomes: Collection[Outcome]) -> float | None:
    if not outcomes:
        return None
    bins: dict[int, list[Outcome]] = {}
    for one in outcomes:
        bins.setdefault(min(int(one.confidence * _BINS), _BINS - 1), []).append(one)
    apart = (abs(sum(one.confidence - one.right for one in members)) for members in bins.values())
    return sum(apart) / len(outcomes)


@dataclass(frozen=True, slots=True)
class Report:
    """How good a labelled file was answered.

    Args:
        total: all questions.
        by_kind: the same by kind of question, in the order of the file.
    """

    total: Score
    by_kind: dict[str, Score]

    def table(self) -> str:
        """The figures as lines of plain text, fit to be shown; the kind stands last, for it may be long."""
        rows = [(self.total, "全体"), *((score, kind) for kind, score in self.by_kind.items() if kind)]
        head = "".join(" " * (_COLUMN - 2 * len(name)) + name for name in _HEAD)
        lines = ["".join(cell.rjust(_COLUMN) for cell in _cells(score)) + f"  {kind}" for score, kind in rows]
        return "\n".join((f"{head}  種類", *lines, *_LEGEND))


#: Columns of a terminal for each figure, and their names: full-width characters only, two columns each.
_COLUMN = 10
_HEAD = ("問い", "１位", "３位内", "５位内", "回答", "正答", "答なし", "誤回答", "較正誤差")
_LEGEND = (
    "",
    "問い: 資料に答えがある問いの数。１位・３位内・５位内: そのうち、正しい箇所がその順位までに出た割合。",
    "回答: 答えがある問いのうち、回答した割合。正答: 回答したもの全体のうち、３位までに正しい箇所がある割合。",
    "答なし: 資料に答えがない問いの数。誤回答: そのうち、回答してしまった数。較正誤差: 確からしさと正答の割合との差。",
)


def _cells(score: Score) -> list[str]:
    shares = (score.first, score.within_three, score.within_five, score.answered, score.right)
    counts = (score.unanswerable, score.wrongly_answered)
    return [
        str(score.answerable),
        *map(_figure, shares),
        *map(str, counts),
        _figure(score.calibration_error),
    ]


def _figure(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def evaluate(finder: Finder, questions: Iterable[Labelled]) -> Report:
    """Asks every question and counts what comes.

    Args:
        finder: what is measured.
        questions: with what answers them.
    """
    outcomes = [_asked(finder, question) for question in questions]
    kinds = dict.fromkeys(one.kind for one in outcomes)
    return Report(
        total=Score.of(outcomes),
        by_kind={kind: Score.of([one for one in outcomes if one.kind == kind]) for kind in kinds},
    )


def _asked(finder: Finder, question: Labelled) -> Outcome:
    findings = finder.find(question.question, _LOOKED_AT)
    right = (place for place, one in enumerate(findings.found) if question.answered_by(one.passage))
    return Outcome(question.kind, question.answerable, findings.answered, findings.confidence, next(right, None))
