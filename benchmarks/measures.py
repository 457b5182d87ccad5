"""How good rankings are, and how long they took."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from retrieval.evaluation import hit_at, ndcg_at, recall_at

#: How far down a ranking is looked.
DEPTH = 10
#: The grade of a document that answers; 1 is merely related.
ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over questions, 0..1.

    Args:
        recall: share of the graded documents, whatever their grade, among the first ten.
        ndcg: normalised discounted cumulative gain of the first ten, gain linear in the grade
            (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002).
        hit: share of questions whose first document answers, of those that any document answers.
    """

    recall: float
    ndcg: float
    hit: float


def quality(rankings: Mapping[str, Sequence[str]], grades: Mapping[str, Mapping[str, int]]) -> Quality:
    """Judges rankings.

    Args:
        rankings: question id → document ids, best first; every question has a graded document.
        grades: question id → document id → grade, 1 or more.

    Returns:
        The means; a hit is 0 where no question can be answered.
    """
    answers = {
        question: {document for document, grade in grades[question].items() if grade == ANSWERS}
        for question in rankings
    }
    hits = [hit_at(rankings[question], answering, 1) for question, answering in answers.items() if answering]
    return Quality(
        recall=fmean(recall_at(found, grades[question], DEPTH) for question, found in rankings.items()),
        ndcg=fmean(ndcg_at(found, grades[question], DEPTH) for question, found in rankings.items()),
        hit=fmean(hits) if hits else 0.0,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of all values does not exceed (nearest rank).

    Args:
        values: at least one.
        share: above 0, at most 1.
    """
    return sorted(values)[math.ceil(share * len(values)) - 1]
