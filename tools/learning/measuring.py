"""How much of what identifies is removed from texts, and how much that is innocent is masked with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tools.learning.marked import INNOCENT, Marked

#: The kinds that have no form of their own; the others are counted together.
SAID = ("name", "address", "employer", "school")
FORMATTED = "formatted"
#: The same, where only what tells the number counts: 記号, 普通 or No. beside its figures may stay.
FIGURES = "figures"
_FIGURES = frozenset("〇零一二三四五六七八九十")
#: Kinds that are words as often as figures.
_IDS = frozenset({"email", "sns", "url"})


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
        for kind in (FORMATTED, FIGURES, *SAID):
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
            written = [i for i in range(place.start, place.end) if one.text[i].isalnum()]
            outcome.removed[counted] += gone.issuperset(written)
            if counted == FORMATTED:
                figures = [i for i in written if one.text[i].isdigit() or one.text[i] in _FIGURES]
                outcome.planted[FIGURES] += 1
                outcome.removed[FIGURES] += gone.issuperset(figures if figures and place.kind not in _IDS else written)
    return outcome
