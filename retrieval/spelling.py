"""Words that an index does not hold, by their sound: kana, misspellings, missing long vowels.

Works on the vocabulary, not on the passages, so that its cost does not grow with the corpus.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from retrieval.analyser import Token, katakana
from retrieval.table import Vocabulary

#: Two words are spelt alike from this share of common letter pairs (Dice) on.
_ALIKE = 0.6
#: A kana run is searched for words of at least this many letters; shorter ones are found by chance.
_SHORTEST_IN_KANA = 3
_MOST = 4

_KANA = re.compile(r"[ぁ-ゖァ-ヺー]{4,}")


class Spelling:
    """Finds terms of a vocabulary by how they sound or are spelt.

    Args:
        vocabulary: the terms.
        frequencies: passages each stands in; terms that stand in none are left out.
    """

    def __init__(self, vocabulary: Vocabulary, frequencies: Sequence[int]) -> None:
        self._terms = vocabulary.terms
        self._pairs: dict[str, list[int]] = defaultdict(list)
        self._sizes: dict[int, int] = {}
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        for number, (term, reading, frequency) in enumerate(
            zip(vocabulary.terms, vocabulary.readings, frequencies, strict=True)
        ):
            if not frequency:
                continue
            sound = reading or katakana(term)
            if len(sound) >= _SHORTEST_IN_KANA:
                self._by_sound[sound].append(number)
            spelt = katakana(term)
            if len(spelt) >= _SHORTEST_IN_KANA:
                pairs = _pairs(spelt)
                self._sizes[number] = len(pairs)
                for pair in pairs:
                    self._pairs[pair].append(number)
        self._frequencies = frequencies
        self._longest = max(map(len, self._by_sound), default=0)

    def like(self, term: str) -> list[tuple[int, float]]:
        """Terms spelt like one that the index does not hold.

        Returns:
            (term number, likeness from `_ALIKE` to 1), best first, a few at most.
        """
        pairs = _pairs(katakana(term))
        common = Counter(number for pair in pairs for number in self._pairs.get(pair, ()))
        alike = [
            (number, likeness)
            for number, shared in common.items()
            if (likeness := 2 * shared / (len(pairs) + self._sizes[number])) >= _ALIKE
        ]
        # Ties go by number: pairs come from a set, whose order is another in each process.
        return sorted(alike, key=lambda found: (-found[1], found[0]))[:_MOST]

    def homophones(self, token: Token) -> tuple[int, ...]:
        """Terms that sound like a word but are written otherwise: what a slip of kana conversion means."""
        sound = token.reading or katakana(token.term)
        return tuple(number for number in self._by_sound.get(sound, ()) if self._terms[number] != token.term)

    def sounding(self, sound: str) -> list[str]:
        """Terms of a sound in katakana, the most frequent first."""
        numbers = sorted(self._by_sound.get(sound, ()), key=lambda number: -self._frequencies[number])
        return [self._terms[number] for number in numbers]

    def heard(self, text: str, within: Container[int] = ()) -> list[tuple[int, ...]]:
        """Words that stand in the kana runs of a text, as they sound.

        Args:
            text: folded; kanji in it are passed over.
            within: places in the text where no word can begin.

        Returns:
            For each place the terms that sound like the longest match, without overlaps.
        """
        found: list[tuple[int, ...]] = []
        for run in _KANA.finditer(text):
            sound = katakana(run[0])
            at = 0
            while at < len(sound):
                if run.start() + at in within:
                    at += 1
                    continue
                for end in range(min(len(sound), at + self._longest), at + _SHORTEST_IN_KANA - 1, -1):
                    numbers = self._by_sound.get(sound[at:end])
                    if numbers:
                        found.append(tuple(numbers))
                        at = end
                        break
                else:
                    at += 1
        return found


def _pairs(spelt: str) -> set[str]:
    edged = f"^{spelt}$"
    return {edged[i : i + 2] for i in range(len(edged) - 1)}
