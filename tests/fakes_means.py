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

    def mask(
        self, texts: Sequence[str], further: Sequence[str] = (), kept: Sequence[str] = (), own: int = 1
    ) -> Sequence[Masked]:
        """Masks them, and those that the author adds; not in their own texts those to be kept."""
        named = [(word, f"人物{chr(ord('A') + number)}") for number, word in enumerate((*self.words, *further))]
        theirs = len(texts) - own
        staying = {word for word in kept if word not in further and not any(word in text for text in texts[:theirs])}
        own_named = [(word, label) for word, label in named if word not in staying]
        return [self._masked(text, named if number < theirs else own_named, kept) for number, text in enumerate(texts)]

    def _masked(self, text: str, named: Sequence[tuple[str, str]], kept: Sequence[str]) -> Masked:
        hidden = tuple(word for word in kept if word in text and any(one in word for one, _ in named))
        found = any(word in text for word, _ in named)
        for word, label in named:
            text = text.replace(word, label)
        return Masked(text, ("人物",) if found else (), hidden)


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
