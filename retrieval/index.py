"""The index: passages analysed, as lists of words and as vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus import lexicon, situations
from corpus.model import Corpus, Passage
from retrieval.analyser import Token
from retrieval.letters import Letters
from retrieval.lexical import Forms
from retrieval.meaning import Matrix, Space, unit, weighted_means
from retrieval.nearest import Nearest
from retrieval.postings import Postings
from retrieval.table import Kind, Table, Vocabulary, analyse
from retrieval.words import WordVectors

#: What a word counts in a heading, in the headings above it, and in a sentence.
KIND_WEIGHTS = (2.0, 2.0, 1.0)
#: What the headings above count in the meaning of a heading, and a heading in that of its sentences.
PATH_SHARE = 1.0
SETTING_SHARE = 0.0
BOILERPLATE_WEIGHT = 0.1
#: A sentence of fewer content words has no meaning of its own.
_SHORTEST_SPAN = 2


@dataclass(frozen=True, slots=True)
class Index:
    """Everything a search needs.

    Args:
        corpus: sources and the passages indexed, current ones only; the place is the number.
        vocabulary, table: the passages as terms.
        forms, words: lexicon and word vectors.
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
        progress: Callable[[int], None] | None = None,
    ) -> Index:
        """Analyses and indexes the current passages of a corpus."""
        kept = Corpus(corpus.sources, corpus.current)
        vocabulary = Vocabulary([], [], [])
        table = analyse(kept.passages, vocabulary, row_in(words), progress)
        return cls.assemble(kept, vocabulary, table, Forms.of(lexicon.load(), situations.load()), words)

    @classmethod
    def assemble(cls, corpus: Corpus, vocabulary: Vocabulary, table: Table, forms: Forms, words: WordVectors) -> Index:
        """Makes lists and vectors out of passages already analysed."""
        count = len(corpus.passages)
        boilerplate = table.boilerplate(count)
        span_weight = np.array(KIND_WEIGHTS, np.float32)[table.kind]
        span_weight[boilerplate] = BOILERPLATE_WEIGHT
        token_span = table.token_span
        postings = Postings.build(
            table.passage[token_span],
            table.terms,
            span_weight[token_span],
            passage_count=count,
            term_count=len(vocabulary),
        )
        worded = (table.kind == Kind.SENTENCE) & ~boilerplate & (np.diff(table.starts) >= _SHORTEST_SPAN)
        spans = np.flatnonzero((table.kind == Kind.HEADING) | worded)
        vectors = span_vectors(vocabulary, table, forms, words, postings)[spans]
        space = Space.of(vectors)
        nearest = Nearest.build(space.centred(vectors))
        return cls(
            corpus, vocabulary, table, forms, words, postings, Letters.build(corpus.passages), space, nearest, spans
        )


def span_vectors(vocabulary: Vocabulary, table: Table, forms: Forms, words: WordVectors, postings: Postings) -> Matrix:
    """(spans, dimensions) unit vectors of all spans, common part still in."""
    topic = np.array([forms.question_words.get(term, 1.0) for term in vocabulary.terms], np.float32)
    weight = postings.idf * topic
    rows = np.array(vocabulary.rows, np.int32)
    vectors = weighted_means(rows[table.terms], weight[table.terms], table.starts, words.vectors)
    # a heading means what it does under those above it: "費用" under "共同方式" under "広島市"
    heading = np.flatnonzero(table.kind == Kind.HEADING)
    vectors[heading] = unit(vectors[heading] + PATH_SHARE * vectors[heading + 1])
    setting = np.repeat(heading, np.diff(np.append(heading, len(vectors))))
    sentence = table.kind == Kind.SENTENCE
    vectors[sentence] = unit(vectors[sentence] + SETTING_SHARE * vectors[setting[sentence]])
    return vectors


def row_in(words: WordVectors) -> Callable[[Token], int]:
    """How a token finds its word vector: normalised form first, then as written."""
    return lambda token: words.row((token.term, token.surface, token.base))
