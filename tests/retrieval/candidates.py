"""Candidates and what is seen in them, laid out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.model import Passage
from retrieval.closely import Seen
from retrieval.fusion import Ranked

#: What close reading sees in a passage that holds nothing of the question.
NOTHING: Seen = {
    "covered": 0.0,
    "exact": 0.0,
    "nouns": 0.0,
    "topics": 0.0,
    "topic_missed": 0.0,
    "titled": 0.0,
    "kind_missed": 0.0,
    "pairs": 0.0,
    "routed": 0.0,
}


def seen(**values: float) -> Seen:
    """What is seen in a passage; what is not named is nothing."""
    return {**NOTHING, **values}


def ranked(scores: Sequence[float], **readings: Sequence[float]) -> Ranked:
    """Candidates 0, 1, … with their fused scores, best first; readings not named are 0."""
    nothing = np.zeros(len(scores), np.float32)
    named = {name: np.array(values, np.float32) for name, values in readings.items()}
    arrays = {"words": nothing, "meaning": nothing, "heading": nothing, "letters": nothing, **named}
    return Ranked(np.arange(len(scores)), np.array(scores, np.float32), **arrays)


def passage(number: int, section: str = "", *, source: str = "s", unconfirmed: bool = False) -> Passage:
    """A passage of a section; each has one of its own where none is named."""
    return Passage(id=str(number), source=source, text="", section=(section or f"節{number}",), unconfirmed=unconfirmed)
