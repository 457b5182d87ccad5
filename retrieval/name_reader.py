"""The learned reader: a linear-chain conditional random field that tells from the sentence what is a name.

Rules know shapes and tables; of みのり in みのりを辞めた only the sentence tells that it is a workplace. The model
comes with the program; `python -m tools.learning` makes it from marked texts. It was chosen over GiNZA's recogniser,
which takes 670 MB and finds less (`bot.anonymise`), and over a neural one, which would need PyTorch while serving.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.names import Names
from retrieval.name_features import features_by_block
from retrieval.names import Word

#: Labels of characters: no part of anything, the first of something (with its kind behind), a further one.
OUTSIDE, BEGIN, INSIDE = "O", "B-", "I-"

#: The model that comes with the program.
MODEL = Path(__file__).parent / "models" / "names.crfsuite"


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that identifies, as the learned reader sees it.

    Args:
        kind: what it is, a word of the model's: "name", "employer" …
        start: its first character.
        end: one past its last.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a text.

    Args:
        guesses: what identifies, in order.
        inside: for each character of the text the probability that it belongs to something that identifies.
    """

    guesses: list[Guess]
    inside: list[float]


class NameReader:
    """Reads texts with a model; threads may share it.

    Args:
        path: the model.
    """

    def __init__(self, path: Path = MODEL) -> None:
        self._path = path
        # A tagger holds the text that it reads: each thread has its own.
        self._of_thread = threading.local()

    def read(self, text: str, words: Sequence[Word], marks: Sequence[str], names: Names, least: float) -> Reading:
        """Reads a text.

        Args:
            text: folded text.
            words: its words, without gaps.
            marks: for each character what rules said of it already, "" for nothing.
            names: tables of names.
            least: each character of a guess belongs to something with at least this probability.
        """
        guesses: list[Guess] = []
        inside = [0.0] * len(text)
        for start, seen in features_by_block(text, words, marks, names):
            tagger = self._tagger()
            likely = tagger.tag(seen)
            labels = [label for label in tagger.labels() if label != OUTSIDE]
            within = [1 - tagger.marginal(OUTSIDE, position) for position in range(len(seen))]
            inside[start : start + len(seen)] = within
            for first, end in _stretches(within, likely, least):
                sums = {label: sum(tagger.marginal(label, at) for at in range(first, end)) for label in labels}
                guesses.append(Guess(_kind(sums), start + first, start + end))
        return Reading(guesses, inside)

    def _tagger(self) -> Any:  # noqa: ANN401 - pycrfsuite has no types
        if not hasattr(self._of_thread, "tagger"):
            import pycrfsuite

            self._of_thread.tagger = pycrfsuite.Tagger()
            self._of_thread.tagger.open(str(self._path))
        return self._of_thread.tagger


@cache
def own() -> NameReader:
    """The reader with the model that comes with the program."""
    return NameReader()


def _stretches(inside: Sequence[float], likely: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Where something stands; what begins right behind something else is cut off there."""
    start, begun = 0, False
    for position, probability in enumerate([*inside, 0.0]):
        if probability < least:
            if start < position:
                yield start, position
            start, begun = position + 1, False
        elif likely[position].startswith(BEGIN):
            if begun:
                yield start, position
                start = position
            begun = True


def _kind(sums: Mapping[str, float]) -> str:
    """The kind that most speaks for."""
    kinds: dict[str, float] = {}
    for label, total in sums.items():
        kind = label.removeprefix(BEGIN).removeprefix(INSIDE)
        kinds[kind] = kinds.get(kind, 0.0) + total
    return max(kinds, key=lambda kind: kinds[kind])
