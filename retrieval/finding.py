"""What a search hands over: passages with scores, and whether they answer at all."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Passage


@dataclass(frozen=True, slots=True)
class Found:
    """One passage, as good as the search thinks it is.

    Args:
        passage: the passage.
        score: greater is better; comparable only within one `Findings`.
        answering: (start, end) character ranges of `passage.text`: the sentences that answer best,
            in reading order, never overlapping; empty where none stands out.
    """

    passage: Passage
    score: float
    answering: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """The outcome of one search.

    Args:
        found: best first; present also when `answered` is False (the nearest that there is).
        confidence: 0..1, calibrated: of answers given with confidence c, about a share c is right.
        answered: whether the first passages answer the question; decided from `confidence`.
    """

    found: tuple[Found, ...]
    confidence: float
    answered: bool
