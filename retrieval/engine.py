"""Questions in, passages out: the whole of retrieval behind one class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.model import Corpus
from retrieval import storage
from retrieval.closely import CloseReader, Seen
from retrieval.confidence import ANSWERED, Calibration
from retrieval.evidence import evidence
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
        return cls(index, Calibration(0.0, {}), fingerprint)

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
        ranked, seen = self._read_closely(read, self._fusion.rank(read))
        found = tuple(self._found(ranked, place) for place in range(min(limit, len(ranked.passages))))
        passages = [self._index.passages[int(number)] for number in ranked.passages[:READ]]
        confidence = self._calibration.confidence(evidence(read, ranked, seen, passages))
        return Findings(found, confidence, confidence >= ANSWERED)

    def _read_closely(self, question: Question, ranked: Ranked) -> tuple[Ranked, list[Seen]]:
        numbers = ranked.passages[:READ].tolist()
        seen = self._close_reader.read(question, numbers)
        return rerank(ranked, seen, [self._index.passages[number] for number in numbers])

    def _found(self, ranked: Ranked, place: int) -> Found:
        table = self._index.table
        span = int(ranked.best_span[place])
        begin, end = int(table.begin[span]), int(table.end[span])
        return Found(
            passage=self._index.passages[int(ranked.passages[place])],
            score=float(ranked.score[place]),
            answering=((begin, end),) if end > begin else (),
        )
