"""Questions in, passages out: the whole of retrieval behind one class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.model import Corpus
from retrieval import storage
from retrieval.answering import Marker
from retrieval.closely import CloseReader
from retrieval.confidence import ANSWERED, Calibration, calibrate
from retrieval.evidence import gather
from retrieval.finding import Findings, Found
from retrieval.fusion import Fusion, Ranked
from retrieval.index import Index
from retrieval.question import Question, Reader
from retrieval.reranking import READ, rerank
from retrieval.words import WordVectors


class Engine:
    """Finds passages in one index.

    Args:
        index: what to search.
        calibration: of the confidence.
        fingerprint: tells what the index was built from.
    """

    def __init__(self, index: Index, calibration: Calibration, fingerprint: str = "") -> None:
        self._index = index
        self._calibration = calibration
        self.fingerprint = fingerprint
        self._reader = Reader(index.vocabulary, index.postings, index.words, index.forms)
        self._fusion = Fusion(index)
        self._close_reader = CloseReader(index)
        self._marker = Marker(index, self._close_reader)

    @property
    def corpus(self) -> Corpus:
        """What can be found: sources and current passages."""
        return self._index.corpus

    @classmethod
    def build(
        cls,
        corpus: Corpus,
        *,
        words: WordVectors | None = None,
        fingerprint: str = "",
        progress: Callable[[int], None] | None = None,
    ) -> Engine:
        """Indexes the current passages of a corpus.

        Args:
            corpus: superseded passages in it are left out.
            words: word vectors; GiNZA's where None (`WordVectors.cached` spares reading them again).
            fingerprint: kept with the index.
            progress: called with the number of passages analysed.
        """
        index = Index.build(corpus, words or WordVectors.of_ginza(), progress)
        engine = cls(index, Calibration({}, 0.0), fingerprint)
        engine._calibration = calibrate(index, engine._evidence_for)
        return engine

    def save(self, folder: Path) -> None:
        """Writes the index; it takes the place of an older one in whole or not at all."""
        storage.save(self._index, self._calibration, folder, self.fingerprint)

    @classmethod
    def load(cls, folder: Path) -> Engine:
        """Reads an index. Raises IndexUnusable, one line that says what to do."""
        return cls(*storage.load(folder))

    def find(self, question: str, limit: int = 10) -> Findings:
        """Searches.

        Args:
            question: any text; the empty one finds nothing.
            limit: how many passages at most.
        """
        read = self._reader.read(question)
        if not read.words or not self._index.passages:
            return Findings((), 0.0, False)
        ranked, evidence = self._ranked(read)
        vector = self._fusion.vector(read)
        found = tuple(
            Found(
                passage=self._index.passages[number],
                score=float(score),
                answering=self._marker.mark(read, vector, number),
            )
            for number, score in zip(ranked.passages[:limit].tolist(), ranked.score[:limit], strict=True)
        )
        confidence = self._calibration.confidence(evidence)
        return Findings(found, confidence, confidence >= ANSWERED)

    def _ranked(self, question: Question) -> tuple[Ranked, dict[str, float]]:
        """The candidates in their last order, and what speaks for the first of them."""
        ranked = self._fusion.rank(question)
        numbers = ranked.passages[:READ].tolist()
        seen = self._close_reader.read(question, numbers)
        ranked, seen = rerank(ranked, seen, [self._index.passages[number] for number in numbers])
        first = [self._index.passages[number] for number in ranked.passages[:READ].tolist()]
        return ranked, gather(question, ranked, seen, first)

    def _evidence_for(self, question: str) -> dict[str, float] | None:
        read = self._reader.read(question)
        return self._ranked(read)[1] if read.words else None
