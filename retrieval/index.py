"""The index: passages analysed, as lists of words and as vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.model import Corpus, Passage
from retrieval import lexical
from retrieval.analyser import Token
from retrieval.encoders import Analysed, Encoder
from retrieval.letters import Letters
from retrieval.lexical import Forms
from retrieval.meaning import Space
from retrieval.nearest import Nearest
from retrieval.postings import Postings
from retrieval.table import Table, Vocabulary, analyse
from retrieval.words import WordVectors

#: What a word counts in a heading, in the headings above it, and in a sentence.
KIND_WEIGHTS = (2.0, 2.0, 1.0)
BOILERPLATE_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Index:
    """Everything a search needs.

    Args:
        corpus: sources and the passages indexed, current ones only; the place is the number.
        vocabulary, table: the passages as terms.
        forms, words: lexicon and word vectors.
        encoder: what made the vectors.
        postings: words.
        letters: letter pairs.
        space: the common part taken out of every vector.
        nearest: vectors of the spans listed in `spans`.
        spans: (vectors,) span number of each vector, ascending.
    """

    corpus: Corpus
    vocabulary: Vocabulary
    table: Table
    forms: Forms
    words: WordVectors
    encoder: Encoder
    postings: Postings
    letters: Letters
    space: Space
    nearest: Nearest
    spans: npt.NDArray[np.int64]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages by number."""
        return self.corpus.passages

    @classmethod
    def build(
        cls,
        corpus: Corpus,
        words: WordVectors,
        encoder: Encoder,
        progress: Callable[[int], None] | None = None,
    ) -> Index:
        """Analyses and indexes the current passages of a corpus."""
        kept = Corpus(corpus.sources, corpus.current)
        vocabulary = Vocabulary([], [], [])
        table = analyse(kept.passages, vocabulary, row_in(words), progress)
        return cls.assemble(kept, vocabulary, table, lexical.embedded(), words, encoder)

    def updated(self, corpus: Corpus) -> Index:
        """An index of another state of the corpus; passages that stand in both are not analysed again.

        Args:
            corpus: what shall be found from now on.
        """
        wanted = set(corpus.current)
        kept = np.array([passage in wanted for passage in self.passages], np.bool_)
        here = set(self.passages)
        new = [passage for passage in corpus.current if passage not in here]
        stay = [passage for passage, stays in zip(self.passages, kept, strict=True) if stays]
        # a vocabulary of its own, since this index may go on answering; without terms that nothing holds now
        table, vocabulary = self.table.keep(kept).compact(self.vocabulary)
        table = table.joined(analyse(new, vocabulary, row_in(self.words)), len(stay))
        passages = Corpus(corpus.sources, (*stay, *new))
        return Index.assemble(passages, vocabulary, table, self.forms, self.words, self.encoder)

    @classmethod
    def assemble(  # noqa: PLR0913, PLR0917 - the parts of an index
        cls,
        corpus: Corpus,
        vocabulary: Vocabulary,
        table: Table,
        forms: Forms,
        words: WordVectors,
        encoder: Encoder,
    ) -> Index:
        """Makes lists and vectors out of passages already analysed."""
        count = len(corpus.passages)
        span_weight = np.array(KIND_WEIGHTS, np.float32)[table.kind]
        span_weight[table.boilerplate(count)] = BOILERPLATE_WEIGHT
        token_span = table.token_span
        postings = Postings.build(
            table.passage[token_span],
            table.terms,
            span_weight[token_span],
            passage_count=count,
            term_count=len(vocabulary),
        )
        spans, vectors = encoder.spans(Analysed(corpus.passages, vocabulary, table, postings, forms))
        space = Space.of(vectors)
        return cls(
            corpus=corpus,
            vocabulary=vocabulary,
            table=table,
            forms=forms,
            words=words,
            encoder=encoder,
            postings=postings,
            letters=Letters.build(corpus.passages),
            space=space,
            nearest=Nearest.build(space.project(vectors)),
            spans=spans,
        )


def row_in(words: WordVectors) -> Callable[[Token], int]:
    """How a token finds its word vector: normalised form first, then as written."""
    return lambda token: words.row((token.term, token.surface, token.base))
