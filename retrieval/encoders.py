"""What turns passages and questions into vectors: GiNZA's word vectors, or any sentence-transformers model.

The embedded default is `WordEncoder`: no network, no transformer, a vector for every sentence. A model
named in the settings takes its place (`TransformerEncoder`) and gives two vectors a passage, for its
headings and for the whole of it; sentence-transformers, and torch with it, is imported only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from corpus.model import Passage
from retrieval.errors import ModelUnavailable
from retrieval.lexical import Forms
from retrieval.meaning import Matrix, mean_of, unit, weighted_means
from retrieval.postings import Postings
from retrieval.question import Question
from retrieval.table import Kind, Table, Vocabulary
from retrieval.words import WordVectors

Spans = npt.NDArray[np.int64]

#: A sentence of fewer content words has no meaning of its own.
_SHORTEST_SPAN = 2

#: Seconds that the hub has to answer before a model counts as unreachable.
_HUB_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Analysed:
    """Passages as an encoder gets them.

    Args:
        passages: by number.
        vocabulary, table, postings, forms: of the index.
    """

    passages: Sequence[Passage]
    vocabulary: Vocabulary
    table: Table
    postings: Postings
    forms: Forms


class Encoder(Protocol):
    """Turns passages and questions into vectors of one space."""

    @property
    def model(self) -> str:
        """Its name in the settings; "" for the embedded default."""

    def spans(self, analysed: Analysed) -> tuple[Spans, Matrix]:
        """The spans that get a vector, ascending, every passage's heading among them; and their unit vectors."""

    def question(self, question: Question) -> Matrix:
        """(1, dimensions) the unit vector of a question, zero where it has none."""


class WordEncoder:
    """The embedded default: weighted means of word vectors.

    Args:
        words: the vectors.
    """

    model = ""

    def __init__(self, words: WordVectors) -> None:
        self._words = words

    def spans(self, analysed: Analysed) -> tuple[Spans, Matrix]:
        """Headings and all sentences but boilerplate."""
        table, vocabulary = analysed.table, analysed.vocabulary
        topic = np.array([analysed.forms.question_words.get(term, 1.0) for term in vocabulary.terms], np.float32)
        weight = analysed.postings.idf * topic
        rows = np.array(vocabulary.rows, np.int32)
        vectors = weighted_means(rows[table.terms], weight[table.terms], table.starts, self._words.vectors)
        # a heading means what it does under those above it: 費用 under 共同方式 under 広島市
        heading = np.flatnonzero(table.kind == Kind.HEADING)
        vectors[heading] = unit(vectors[heading] + vectors[heading + 1])
        worded = (table.kind == Kind.SENTENCE) & (np.diff(table.starts) >= _SHORTEST_SPAN)
        spans = np.flatnonzero((table.kind == Kind.HEADING) | (worded & ~table.boilerplate(len(analysed.passages))))
        return spans, vectors[spans]

    def question(self, question: Question) -> Matrix:
        """The mean of its words and of those the lexicon adds."""
        return mean_of(((word.row, word.weight) for word in question.words), self._words.vectors)


class TransformerEncoder:
    """A sentence-transformers model.

    Args:
        model: its name or folder.

    Raises:
        ModelUnavailable: the library or the model cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        try:
            self._transformer: Any = _load(model)
        except ImportError as error:
            raise ModelUnavailable(
                f"文の埋め込みモデル {model} を使うには sentence-transformers が必要です"
                "（make setup-transformers）。組み込みの検索で続けます。"
            ) from error
        except Exception as error:  # whatever a model's own code may raise
            raise ModelUnavailable(
                f"文の埋め込みモデル {model} を読み込めません（{type(error).__name__}）。組み込みの検索で続けます。"
            ) from error

    def spans(self, analysed: Analysed) -> tuple[Spans, Matrix]:
        """Two a passage: its headings, and all of it (in the place of its path, which every passage has)."""
        table = analysed.table
        heading = np.flatnonzero(table.kind == Kind.HEADING)
        texts: list[str] = []
        spans: list[int] = []
        for span, passage in zip(heading.tolist(), analysed.passages, strict=True):
            above = " ".join(passage.section)
            spans += [span, span + 1]
            texts += [above or passage.text, f"{above}\n{passage.text}"]
        return np.array(spans, np.int64), self._encode(texts)

    def question(self, question: Question) -> Matrix:
        """Of its text, as typed but folded."""
        return self._encode([question.text])

    def _encode(self, texts: list[str]) -> Matrix:
        vectors = self._transformer.encode(texts, convert_to_numpy=True, show_progress_bar=False)
        return unit(np.asarray(vectors, np.float32))


def _load(model: str) -> Any:  # noqa: ANN401 - SentenceTransformer, which only some installations have
    """Loads a model from the disk, or where it is not there from the Hugging Face hub, without a word.

    Left alone, the libraries draw bars, and ask an unreachable hub six times for every file: a minute of
    warnings where one line is enough.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the hub's bars as well
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(model, local_files_only=True)
    except Exception:
        if Path(model).exists():
            raise
    _ask_hub(model)
    return SentenceTransformer(model)


def _ask_hub(model: str) -> None:
    """Asks the hub once; raises what went wrong, unless the hub is there and merely does not know the name."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        HfApi().model_info(model, timeout=_HUB_SECONDS)
    except HfHubHTTPError:
        return  # sentence-transformers knows short names that the hub does not


def encoder_for(model: str, words: WordVectors) -> Encoder:
    """The encoder of a name in the settings.

    Args:
        model: "" for the embedded default.
        words: word vectors, for the default.

    Raises:
        ModelUnavailable: the model cannot be loaded; the text is one line.
    """
    return TransformerEncoder(model) if model else WordEncoder(words)
