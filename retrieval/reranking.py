"""The order of the first passages, by close reading.

A linear model over the readings of `retrieval.fusion` and what `retrieval.closely` sees. Its weights
were fitted once, listwise and strongly regularised, to three unlike sets together (citizens' questions
to a city, counsellors' questions over the guidebook and over the handbook), so that they hold no word
of any of them. What words, meaning and letters have in excess in the fused score is taken back here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from corpus.model import Passage
from retrieval.closely import Seen
from retrieval.fusion import Ranked

#: Passages read closely; the rest keep their order behind them.
READ = 24

#: What each thing seen adds to the fused score.
SEEN = {"titled": 2.4, "nouns": 1.5, "pairs": 1.5, "exact": 0.85, "topics": 0.55, "kind_missed": -1.8, "routed": 1.5}
#: What each reading takes off it, per standard deviation.
WORDS, MEANING, LETTERS = -0.33, -0.44, -0.12
#: Taken off what may only be shown as unconfirmed: between equals the sure passage is first.
UNCONFIRMED = 0.4
#: Taken off a passage for each one of the same section before it (two at most): whoever asks on reads
#: another section sooner than a third piece of the same.
SAME_SECTION = 1.5
_SAME_MOST = 2


def rerank(ranked: Ranked, seen: Sequence[Seen], passages: Sequence[Passage]) -> tuple[Ranked, list[Seen]]:
    """Puts the first passages in the order that close reading suggests.

    Args:
        ranked: by the fused score.
        seen: of the first passages, in that order.
        passages: the first passages, in that order.

    Returns:
        The same candidates and what was seen of the first, both in the new order; scores fall along it.
    """
    read = len(seen)
    score = ranked.score.copy()
    score[:read] += WORDS * ranked.words[:read] + MEANING * ranked.meaning[:read] + LETTERS * ranked.letters[:read]
    for place, (one, passage) in enumerate(zip(seen, passages, strict=True)):
        score[place] += sum(weight * one[name] for name, weight in SEEN.items()) - UNCONFIRMED * passage.unconfirmed
    order = _varied(score, passages)
    if read < len(score):
        # those not read stay behind those read, whatever the scale of the weights
        lowest = score[:read].min()
        score[read:] = np.minimum(score[read:] + min(0.0, float(lowest - score[read:].max())), lowest)
    ranked = ranked.ordered(np.array([*order, *range(read, len(score))], np.int64), score)
    return ranked, [seen[place] for place in order]


def _varied(score: np.typing.NDArray[np.float32], passages: Sequence[Passage]) -> list[int]:
    """The order of the passages read, best first; `score` is lowered to fall along it."""
    section = [(passage.source, passage.section) for passage in passages]
    worth: list[float] = score[: len(passages)].tolist()
    before = Counter[tuple[str, tuple[str, ...]]]()
    left = list(range(len(passages)))
    order: list[int] = []
    while left:
        place = max(left, key=worth.__getitem__)
        left.remove(place)
        order.append(place)
        score[place] = worth[place]
        if before[section[place]] < _SAME_MOST:
            before[section[place]] += 1
            for other in left:
                if section[other] == section[place]:
                    worth[other] -= SAME_SECTION
    return order
