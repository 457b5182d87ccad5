"""How much of what identifies is removed from texts, and how much that is innocent is masked with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tools.learning.marked import INNOCENT, Marked

#: The kinds that have no form of their own; the others are counted together.
SAID = ("name", "address", "employer", "school")
FORMATTED = "formatted"


@dataclass
class Outcome:
    """What became of texts.

    Args:
        planted: by kind, how much there was.
        removed: by kind, how much of it was removed to its last letter or digit.
        innocent: how many words must stay.
        masked: how many of them lost at least one character.
    """

    planted: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    innocent: int = 0
    masked: int = 0

    def recall(self, kind: str) -> float:
        """Share of a kind that was removed, between 0 and 1."""
        return self.removed[kind] / self.planted[kind]

    def lines(self) -> Iterator[str]:
        """The figures, a line each."""
        for kind in (FORMATTED, *SAID):
            if self.planted[kind]:
                yield f"{kind:10} {self.removed[kind]:5} of {self.planted[kind]:5}  {self.recall(kind):.3f}"
        yield f"{'innocent':10} {self.masked:5} of {self.innocent:5}  {self.masked / max(1, self.innocent):.3f} masked"


def measure(texts: Iterable[Marked], removed: Callable[[str], Iterable[tuple[int, int]]]) -> Outcome:
    """Counts what is removed.

    Args:
        texts: marked texts.
        removed: what takes identifiers out: a text → the ranges that are gone.
    """
    outcome = Outcome()
    for one in texts:
        gone: set[int] = set()
        for start, end in removed(one.text):
            gone.update(range(start, end))
        for place in one.places:
            if place.kind == INNOCENT:
                outcome.innocent += 1
                outcome.masked += any(i in gone for i in range(place.start, place.end))
                continue
            counted = place.kind if place.kind in SAID else FORMATTED
            outcome.planted[counted] += 1
            outcome.removed[counted] += all(i in gone for i in range(place.start, place.end) if one.text[i].isalnum())
    return outcome
