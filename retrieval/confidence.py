"""How sure it is that the first passages answer, and whether to answer at all.

A score says which passage is better, not whether any is good. What tells is the evidence: how much of
what the question speaks of the first passages hold, whether the fee, the date or the number that is asked
for stands close to those words, how far they stand above chance.

Raw evidence does not carry over from one corpus to another: headings of a handbook say less than those
of a guidebook, and a hundred passages cannot stand as far above chance as a thousand. So it is told in
units of the index itself, measured with questions made from its own sentences. And a broad index is
asked stricter than a narrow one: next to a broad one lie questions that share its words.

The weights are a logistic model, fitted to questions that an index answers and questions that it does
not (others' topics, near misses, and answerable ones whose sections were withheld) over a guidebook, a
handbook and a city's answers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from retrieval.analyser import sentences
from retrieval.index import Index

#: From this confidence on a question counts as answered.
ANSWERED = 0.6

#: Told in units of the index.
_IN_UNITS = ("score", "titled", "words")
_WEIGHTS = {
    "score": 1.8,
    "titled": 0.3,
    "words": 2.35,
    "topics": 1.55,
    "routed_first": 1.0,
    "agree": 2.4,
    "near": 2.5,
    "length": 5.6,
    "far_first": -3.4,
    "missed": -1.35,
}
_BREADTH = -1.6
_INTERCEPT = -7.2

#: Questions made of an index to measure it, and the longest of them in characters.
_PROBES = 40
_PROBE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is measured of one index.

    Args:
        units: by name of the evidence what it is, on average, for a question whose answer is there
            word for word.
        breadth: share of the lexicon's terms that the index holds, 0..1.
    """

    units: dict[str, float]
    breadth: float

    def confidence(self, evidence: dict[str, float]) -> float:
        """0..1 for the evidence of one question (`retrieval.evidence`)."""
        total = _INTERCEPT + _BREADTH * self.breadth
        for name, weight in _WEIGHTS.items():
            total += weight * evidence[name] / self.units.get(name, 1.0)
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def calibrate(index: Index, evidence_for: Callable[[str], dict[str, float] | None]) -> Calibration:
    """Measures an index.

    Args:
        index: at least one passage.
        evidence_for: searches it; None where a question has no content words.
    """
    sums: dict[str, float] = defaultdict(float)
    asked = 0
    for question in _probes(index):
        evidence = evidence_for(question)
        if evidence is not None:
            asked += 1
            for name in _IN_UNITS:
                sums[name] += evidence[name]
    units = {name: max(sums[name] / asked, 0.05) for name in _IN_UNITS} if asked else {}
    return Calibration(units, _breadth(index))


def _probes(index: Index) -> Iterable[str]:
    """The longest of the first sentences of passages spread over the index."""
    step = max(len(index.passages) // _PROBES, 1)
    for passage in index.passages[::step][:_PROBES]:
        ranges = sentences(passage.text)[:3]
        begin, end = max(ranges, key=lambda span: span[1] - span[0], default=(0, 0))
        yield passage.text[begin : min(end, begin + _PROBE_LENGTH)]


def _breadth(index: Index) -> float:
    numbers = [[index.vocabulary.number(term) for term in form] for form in index.forms.written]
    frequencies = index.postings.frequencies
    held = sum(all(number is not None and frequencies[number] for number in form) for form in numbers)
    return held / len(numbers) if numbers else 0.0
