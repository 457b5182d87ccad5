"""One score out of four readings of the index.

Words (soft BM25), meaning (the best sentence's vector), heading (its vector) and letters measure
different things on different scales. Each is told in standard deviations above what a passage of this
corpus gets for this question by chance, and the four are added. Such a convex fusion of z-scores beats
rank fusion where one reading is weaker (Bruch, Gai and Ingber, "An Analysis of Fusion Functions for
Hybrid Retrieval", 2023).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from corpus.model import Corpus
from retrieval.index import Index
from retrieval.nearest import Compared, Spans
from retrieval.question import Question
from retrieval.ranges import places_of

Vector = npt.NDArray[np.float32]

#: What each reading counts beside words. Flat around these values on a municipal benchmark.
MEANING, HEADING, LETTERS = 1.0, 0.6, 0.3
#: Taken off for every year that a source is older than the newest, and at most: of two that say the same
#: the newer is read first.
YEAR, OLDEST = 0.15, 1.0

#: Where hardly any passage gets anything, deviations are no measure; they end here.
_HIGHEST = 20.0

#: Candidates: this many passages by words, and those of this many spans by meaning.
_BY_WORDS = 150
_SPANS_BY_MEANING = 150
#: Passages that tell what is got by chance.
_BACKGROUND = 160
#: Of the candidates, the first whose letters are compared too, and the sample of the background for it.
_CLOSELY = 40
_SAMPLE = 32


@dataclass(frozen=True, slots=True)
class _Chance:
    """What a passage gets by chance."""

    mean: float
    deviation: float

    def scaled(self, by: float) -> _Chance:
        return _Chance(self.mean * by, self.deviation * by)


#: What was seen of three corpora, for an index of a few passages which cannot tell by itself; it
#: counts as much as this many passages. Words: share of the question's weight.
_PRIOR = 24
_WORDS = _Chance(0.17, 0.085)
_MEANING = _Chance(0.11, 0.115)
_HEADING = _Chance(0.11, 0.11)
_LETTERS = _Chance(0.005, 0.009)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates of one question, best first.

    Args:
        passages: (n,) passage numbers.
        score: (n,) fused.
        words, meaning, heading, letters: (n,) the readings, in standard deviations.
    """

    passages: npt.NDArray[np.int64]
    score: Vector
    words: Vector
    meaning: Vector
    heading: Vector
    letters: Vector

    def ordered(self, order: npt.NDArray[np.int64], score: Vector) -> Ranked:
        """The same candidates in another order.

        Args:
            order: (n,) which stands at each place.
            score: (n,) new scores, in the old order.
        """
        arrays = {name.name: getattr(self, name.name)[order] for name in fields(self)}
        return Ranked(**(arrays | {"score": score[order]}))


class Fusion:
    """Ranks the passages of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        count = len(index.passages)
        step = max(count // _BACKGROUND, 1)
        self._background = np.arange(0, count, step, dtype=np.int64)[:_BACKGROUND]
        self._sample = self._background[:: max(len(self._background) // _SAMPLE, 1)][:_SAMPLE]
        #: first vector of each passage; every passage has its heading's, so none is without
        self._first = np.searchsorted(index.table.passage[index.spans], np.arange(count + 1))
        rows, starts = self._rows(self._background)
        self._chance = index.nearest.vectors(rows), starts
        self._age = _ages(index.corpus)

    def meaning(self, question: Question) -> Compared:
        """The meaning of a question, beside that of every span."""
        return self._index.nearest.compare(self._index.space.project(self._index.encoder.question(question)))

    def rank(self, question: Question, meant: Compared) -> Ranked:
        """Scores the passages that words or meaning bring up.

        Args:
            question: as read, with at least one word.
            meant: its meaning, of `meaning`; a model takes long to make it, so it is made once.
        """
        index = self._index
        words = index.postings.score((word.weight, word.alternatives) for word in question.words)
        candidates = self._candidates(words, meant)
        rows, starts = self._rows(candidates)
        meaning, heading = _readings(meant.cosines(rows), starts)
        by_chance, starts = self._chance
        meaning_by_chance, heading_by_chance = _readings(by_chance @ meant.vector[0], starts)
        said = sum(word.weight for word in question.words)
        words_z = _above(words[candidates], words, _WORDS.scaled(said))
        meaning_z = _above(meaning, meaning_by_chance, _MEANING)
        heading_z = _above(heading, heading_by_chance, _HEADING)
        score = words_z + MEANING * meaning_z + HEADING * heading_z - self._age[candidates]
        close = np.argsort(-score, kind="stable")[:_CLOSELY]
        candidates, score = candidates[close], score[close]
        letters = index.letters.score(question.text, np.concatenate((candidates, self._sample)))
        n = len(candidates)
        letters_z = _above(letters[:n], letters[n:], _LETTERS)
        score = score + LETTERS * letters_z
        ranked = Ranked(candidates, score, words_z[close], meaning_z[close], heading_z[close], letters_z)
        return ranked.ordered(np.lexsort((candidates, -score)), score)

    def _candidates(self, words: Vector, meant: Compared) -> npt.NDArray[np.int64]:
        index = self._index
        most = min(_BY_WORDS, len(words))
        by_words = np.argpartition(-words, most - 1)[:most] if most else np.zeros(0, np.int64)
        by_meaning = index.table.passage[index.spans[meant.nearest(_SPANS_BY_MEANING)]]
        return np.union1d(by_words[words[by_words] > 0], by_meaning).astype(np.int64)

    def _rows(self, passages: npt.NDArray[np.int64]) -> tuple[Spans, Spans]:
        """The vectors of some passages, one behind the other, and where each passage's begin: its heading's."""
        first, after = self._first[passages], self._first[passages + 1]
        return places_of(first, after - first)


def _ages(corpus: Corpus) -> Vector:
    """(passages,) what is taken off each for the age of its source; nothing where its date is not known."""
    years = {key: int(source.date[:4]) for key, source in corpus.sources.items() if source.date[:4].isdecimal()}
    newest = max(years.values(), default=0)
    behind = [newest - years.get(passage.source, newest) for passage in corpus.passages]
    ages: Vector = np.minimum(np.array(behind, np.float32) * YEAR, OLDEST).astype(np.float32)
    return ages


def _readings(cosines: Vector, starts: Spans) -> tuple[Vector, Vector]:
    """Cosine of the best span and of the heading of passages."""
    return np.maximum.reduceat(cosines, starts), cosines[starts]


def _above(reading: Vector, got_by_chance: Vector, prior: _Chance) -> Vector:
    """A reading in standard deviations above what is got by chance."""
    seen = len(got_by_chance)
    total = seen + _PRIOR
    mean = (seen * float(got_by_chance.mean()) + _PRIOR * prior.mean) / total
    deviation = math.sqrt((seen * float(got_by_chance.var()) + _PRIOR * prior.deviation**2) / total)
    above: Vector = np.minimum((reading - mean) / max(deviation, 1e-6), _HIGHEST).astype(np.float32)
    return above
