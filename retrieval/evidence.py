"""What speaks for the first passages answering a question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.model import Passage
from retrieval.closely import Near, Seen
from retrieval.fusion import Ranked
from retrieval.question import Question

#: The passages a counsellor reads.
FIRST = 3


def gather(
    question: Question, ranked: Ranked, seen: Sequence[Seen], near: Sequence[Near], passages: Sequence[Passage]
) -> dict[str, float]:
    """Gathers evidence over the first passages.

    Args:
        question: as read, with at least one word.
        ranked: at least one passage.
        seen: of the first passages, by `retrieval.closely`.
        near: how close each of the first `FIRST` comes to what is asked for.
        passages: the first passages.

    Returns:
        Evidence by name, each value about 0..1: what is seen in the first passage (`…_first`), the best
        that is seen in the first three, how they stand above chance, and how much was asked.
    """
    said = [word for word in question.words if word.said and word.weight > 0]
    sections = [passage.section for passage in passages[:5]]
    return {
        **{f"{name}_first": value for name, value in seen[0].items()},
        **{name: max(one[name] for one in seen[:FIRST]) for name in seen[0]},
        "near": max(one.near for one in near),
        "far_first": near[0].far,
        "missed": min(one.missed for one in near),
        "score": float(ranked.score[0]) / 20,
        "words": float(ranked.words[0]) / 10,
        "agree": sum(section == sections[0] for section in sections) / len(sections),
        "length": float(np.log1p(len(said))) / 4,
    }
