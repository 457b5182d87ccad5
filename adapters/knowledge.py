"""What the program knows: the engine over the embedded corpus and the library, and the directory.

The index lies in the data directory beside the library. It is built when it is missing or damaged, and
follows when the documents have changed since; nobody has to think of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from adapters.basis import Basis
from adapters.settings import Settings
from bot.answer import Answer
from bot.ask import Finder, ask
from corpus import directory
from corpus.alignment import Alignment, align
from corpus.directory import Directory
from corpus.library import Library
from corpus.model import Corpus, Source
from retrieval import storage
from retrieval.engine import Engine
from retrieval.errors import IndexUnusable, ModelUnavailable
from retrieval.words import WordVectors

#: Called with one line for the user about what is going on.
Tell = Callable[[str], None]

#: Called with the number of passages indexed so far.
Progress = Callable[[int], None]


class Knowledge:
    """Answers questions over one index.

    Args:
        engine: searches.
        contacts: knows whom to call.
    """

    def __init__(self, engine: Finder, contacts: Directory) -> None:
        self.engine = engine
        self.directory = contacts

    #: An index that is opened once has nothing to say about itself (see `adapters.following`).
    notice = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The editions that can be cited."""
        cited = {passage.source for passage in self.engine.corpus.current}
        return tuple(source for key, source in self.engine.corpus.sources.items() if key in cited)

    def answer(self, question: str, *, prefecture: str | None = None, language: str | None = None) -> Answer:
        """Answers one question; may be called from any thread.

        Args:
            question: whatever was typed.
            prefecture: full name of the desk's prefecture, or None.
            language: BCP-47 code of the resident's language, or None.

        Returns:
            The answer.
        """
        return ask(
            question,
            self.engine,
            self.directory,
            prefecture=prefecture,
            language=language,
            alignment=self._alignment if language else None,
        )

    def over(self, corpus: Corpus) -> Finder:
        """What searches another corpus by the same measure; may be called from any thread.

        Args:
            corpus: what shall be found.
        """
        return self.engine.updated(corpus)

    @cached_property
    def _alignment(self) -> Alignment:
        return align(self.engine.corpus)


def library_of(settings: Settings) -> Library:
    """The library in the data directory."""
    return Library(settings.data_dir / "library")


def open_index(folder: Path) -> Knowledge:
    """Opens an index that `madoguchi index` made.

    Args:
        folder: where it lies.

    Returns:
        What answers over it, and nothing else.

    Raises:
        IndexUnusable: there is none, it is damaged or of another version.
    """
    return Knowledge(Engine.load(folder), directory.load())


def open_own(settings: Settings, tell: Tell, progress: Progress | None = None) -> Knowledge:
    """Opens what answers over the embedded corpus and the library; arguments and errors as for `own_engine`."""
    return Knowledge(own_engine(settings, tell, progress), directory.load())


def own_engine(settings: Settings, tell: Tell, progress: Progress | None = None) -> Engine:
    """Opens the index over the embedded corpus and the library; builds it, or lets it follow, where needed.

    Args:
        settings: where the data lie.
        tell: hears why an index is built.
        progress: hears how far it is.

    Returns:
        What searches all that is known; its fingerprint is a `Basis`.

    Raises:
        LibraryError: the library is damaged.
        IndexUnusable: no index can be built, since the word vectors are missing.
    """
    folder = settings.data_dir / "index"
    library = library_of(settings)
    basis = Basis.now(library, settings.model)
    model = settings.model
    try:
        before = Basis.read(storage.fingerprint_of(folder))
        if before == basis:
            return _loaded(folder, settings, tell)
        tell(f"{basis.changed_since(before)}が変わったので、索引を作り直します。")
        if before == replace(basis, library=before.library):
            engine = Engine.load(folder)
            if engine.model == settings.model:
                return saved(engine.updated(library.corpus(), str(basis)), folder, tell)
    except ModelUnavailable as error:
        tell(str(error))
        model = ""
    except IndexUnusable as error:
        is_first = not folder.exists()
        tell("はじめに索引を作ります（1分ほどかかります）。" if is_first else f"{error.reason}。作り直します。")
    engine = build(
        library.corpus(),
        settings.model_copy(update={"model": model}),
        tell,
        fingerprint=str(basis),
        progress=progress,
    )
    return saved(engine, folder, tell)


def build(
    corpus: Corpus, settings: Settings, tell: Tell, *, fingerprint: str = "", progress: Progress | None = None
) -> Engine:
    """Builds an engine with the model of the settings, or without it where it cannot be loaded.

    Args:
        corpus: what shall be found.
        settings: where the word vectors lie, and the model.
        tell: hears that the model cannot be loaded.
        fingerprint: kept with the index.
        progress: hears how far it is.

    Raises:
        IndexUnusable: the word vectors are missing.
    """
    words = WordVectors.cached(settings.data_dir / "words")
    try:
        return Engine.build(corpus, words=words, model=settings.model, fingerprint=fingerprint, progress=progress)
    except ModelUnavailable as error:
        tell(str(error))
        return Engine.build(corpus, words=words, fingerprint=fingerprint, progress=progress)


def saved(engine: Engine, folder: Path, tell: Tell) -> Engine:
    """Writes an index where that is possible; an engine answers without it as well.

    Args:
        engine: what to write.
        folder: where to.
        tell: hears that it cannot be written.

    Returns:
        The engine.
    """
    try:
        engine.save(folder)
    except OSError as error:
        tell(f"{folder}: 索引を保存できないので、次も作り直します（{error.strerror}）。")
    return engine


def _loaded(folder: Path, settings: Settings, tell: Tell) -> Engine:
    engine = Engine.load(folder)
    if engine.model != settings.model:
        tell(
            f"文の埋め込みモデル {settings.model} を前に読み込めなかったので、組み込みの検索で答えます。"
            f"もう一度試すには {folder} を消してください。"
        )
    return engine
