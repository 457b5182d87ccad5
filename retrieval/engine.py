"""Questions in, passages out: the whole of retrieval behind one class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.model import Corpus
from retrieval import storage
from retrieval.answering import Marker
from retrieval.closely import CloseReader, Reading
from retrieval.confidence import ANSWERED, Calibration, calibrate
from retrieval.encoders import encoder_for
from retrieval.evidence import FIRST, gather
from retrieval.finding import Findings, Found
from retrieval.fusion import Fusion, Ranked
from retrieval.index import Index
from retrieval.nearest import Compared
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
        self._marker = Marker(index)

    @property
    def model(self) -> str:
        """The sentence-transformers model in use; "" for the embedded default."""
        return self._index.encoder.model

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
        model: str = "",
        fingerprint: str = "",
        progress: Callable[[int], None] | None = None,
    ) -> Engine:
        """Indexes the current passages of a corpus.

        Args:
            corpus: superseded passages in it are left out.
            words: word vectors; GiNZA's where None (`WordVectors.cached` spares reading them again).
            model: name of a sentence-transformers model in place of the embedded default "".
            fingerprint: kept with the index.
            progress: called with the number of passages analysed.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        words = words or WordVectors.of_ginza()
        index = Index.build(corpus, words, encoder_for(model, words), progress)
        return cls._measured(index, fingerprint)

    def updated(self, corpus: Corpus, fingerprint: str = "") -> Engine:
        """An engine over another state of the corpus; what stands in both is not analysed again.

        Args:
            corpus: superseded passages in it are left out.
            fingerprint: kept with the index.
        """
        return self._measured(self._index.updated(corpus), fingerprint)

    @classmethod
    def _measured(cls, index: Index, fingerprint: str) -> Engine:
        engine = cls(index, Calibration({}, 0.0), fingerprint)
        engine._calibration = calibrate(index, engine._evidence_for)
        return engine

    def save(self, folder: Path) -> None:
        """Writes the index; it takes the place of an older one in whole or not at all."""
        storage.save(self._index, self._calibration, folder, self.fingerprint)

    @classmethod
    def load(cls, folder: Path) -> Engine:
        """Reads an index.

        Raises:
            IndexUnusable: it cannot be used; one line that says what to do.
            ModelUnavailable: it was made with a model that cannot be loaded now.
        """
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
        reading = self._close_reader.ask(read)
        meant = self._fusion.meaning(read)
        ranked, evidence = self._ranked(read, meant, reading)
        numbers = ranked.passages[:limit].tolist()
        marked = self._marker.mark(reading, meant, numbers)
        found = tuple(
            Found(passage=self._index.passages[number], score=score, answering=answering)
            for number, score, answering in zip(numbers, ranked.score[:limit].tolist(), marked, strict=True)
        )
        confidence = self._calibration.confidence(evidence)
        return Findings(found, confidence, confidence >= ANSWERED)

    def _ranked(self, question: Question, meant: Compared, reading: Reading) -> tuple[Ranked, dict[str, float]]:
        """The candidates in their last order, and what speaks for the first of them."""
        ranked = self._fusion.rank(question, meant)
        numbers = ranked.passages[:READ].tolist()
        seen = reading.seen(numbers)
        ranked, seen = rerank(ranked, seen, [self._index.passages[number] for number in numbers])
        first = ranked.passages[:READ].tolist()
        near = [reading.near(number) for number in first[:FIRST]]
        return ranked, gather(question, ranked, seen, near, [self._index.passages[number] for number in first])

    def _evidence_for(self, question: str) -> dict[str, float] | None:
        read = self._reader.read(question)
        if not read.words:
            return None
        return self._ranked(read, self._fusion.meaning(read), self._close_reader.ask(read))[1]
