"""Whether the first passages answer at all, and how sure that is.

A score says which passage is better, not whether any is good. What tells is read off the best
passages: how much of what the question speaks of they hold, whether they hold the kind of thing that
is asked for, and how far they stand above chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

#: From this confidence on a question counts as answered.
ANSWERED = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of the evidence.

    Args:
        intercept: added.
        weights: by name of the evidence.
    """

    intercept: float
    weights: dict[str, float]

    def confidence(self, evidence: dict[str, float]) -> float:
        """0..1 for the evidence of one question; evidence of another name counts nothing."""
        total = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in evidence.items())
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
