"""Labels: 人物A, 人物B, 会社A, in the order in which things appear; none that stands in the text already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count, product
from string import ascii_uppercase

from bot.anonymising.kinds import LABELS, Kind


def letters() -> Iterator[str]:
    """A to Z, AA to ZZ, and on."""
    for size in count(1):
        yield from ("".join(one) for one in product(ascii_uppercase, repeat=size))


class Labels:
    """Gives each thing its label.

    Args:
        taken: labels that the text has already, and that would be mistaken for it.
    """

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = taken
        self._letters: dict[Kind, Iterator[str]] = {}
        self._given: dict[int, str] = {}

    def of(self, kind: Kind, thing: int) -> str:
        """The label of a thing, the same each time.

        Args:
            kind: what it is.
            thing: its number, as `bot.anonymising.same` gives it.
        """
        if thing not in self._given:
            free = self._letters.setdefault(kind, letters())
            self._given[thing] = next(label for letter in free if (label := LABELS[kind] + letter) not in self._taken)
        return self._given[thing]
