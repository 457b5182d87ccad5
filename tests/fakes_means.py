"""What use cases work with, as far as a test does not care: a gate that masks given words, the real holidays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.holidays import JapaneseHolidays
from adapters.resolved import ResolvedSearch
from bot.means import Means
from bot.ports import Answerer, Store
from bot.referral_ports import Gate, Masked
from tests.fakes import BigramFinder


@dataclass(frozen=True)
class WordGate:
    """Masks words: each gets the same label in all texts of a story."""

    words: tuple[str, ...] = ("グエン", "090-1234-5678")

    def mask(self, texts: Sequence[str], further: Sequence[str] = ()) -> Sequence[Masked]:
        """Masks them, and those that the author adds."""
        named = [(word, f"人物{chr(ord('A') + number)}") for number, word in enumerate((*self.words, *further))]
        return [self._masked(text, named) for text in texts]

    def _masked(self, text: str, named: Sequence[tuple[str, str]]) -> Masked:
        found = any(word in text for word, _ in named)
        for word, label in named:
            text = text.replace(word, label)
        return Masked(text, ("人物",) if found else ())


def means_of(store: Store, answerer: Answerer, now: Callable[[], datetime], gate: Gate | None = None) -> Means:
    """Means over a store, with the fakes of this module for the rest."""
    return Means(
        store=store,
        answerer=answerer,
        gate=gate or WordGate(),
        now=now,
        holidays=JapaneseHolidays(),
        resolved=ResolvedSearch(lambda corpus: BigramFinder(corpus, answers_from=0.3)),
        off_loop=asyncio.to_thread,
    )
