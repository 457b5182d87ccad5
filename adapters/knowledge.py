"""What the program knows: the engine over the embedded corpus and the library, and the directory.

The index lies in the data directory beside the library. It is built when it is missing, and again when
the documents have changed since or its files are damaged; nobody has to think of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock

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
        # SudachiPy's tokenizer is one for the process and not made for two threads at once; a search
        # takes milliseconds, so they wait for each other.
        self._lock = Lock()

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
        with self._lock:
            return ask(
                question,
                self.engine,
                self.directory,
                prefecture=prefecture,
                language=language,
                alignment=self._alignment if language else None,
            )

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
    """Opens the index over the embedded corpus and the library; builds it where that is needed.

    Args:
        settings: where the data lie.
        tell: hears why an index is built.
        progress: hears how far it is.

    Returns:
        What answers over all that is known.

    Raises:
        LibraryError: the library is damaged.
        IndexUnusable: no index can be built, since the word vectors are missing.
    """
    folder = settings.data_dir / "index"
    library = library_of(settings)
    fingerprint = _fingerprint(library, settings.model)
    try:
        if storage.fingerprint_of(folder) == fingerprint:
            engine = Engine.load(folder)
            if engine.model != settings.model:
                tell(
                    f"文の埋め込みモデル {settings.model} を前に読み込めなかったので、組み込みの検索で答えます。"
                    f"もう一度試すには {folder} を消してください。"
                )
            return Knowledge(engine, directory.load())
        tell("資料が変わったので、索引を作り直します。")
    except ModelUnavailable as error:
        tell(str(error))
        settings = settings.model_copy(update={"model": ""})
    except IndexUnusable as error:
        is_first = not folder.exists()
        tell("はじめに索引を作ります（1分ほどかかります）。" if is_first else f"{error} いま作り直します。")
    engine = build(library.corpus(), settings, tell, fingerprint=fingerprint, progress=progress)
    try:
        engine.save(folder)
    except OSError as error:
        tell(f"{folder}: 索引を保存できないので、次も作り直します（{error.strerror}）。")
    return Knowledge(engine, directory.load())


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


def _fingerprint(library: Library, model: str) -> str:
    """Tells whether an index holds what is known now: the embedded data, the library, the vectors' model."""
    digest = hashlib.sha256(f"{model}\n{library.fingerprint()}\n".encode())
    for file in _data_files(resources.files("corpus") / "data"):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _data_files(folder: Traversable) -> list[Traversable]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    inner = (file for entry in entries if entry.is_dir() for file in _data_files(entry))
    return [entry for entry in entries if entry.is_file()] + list(inner)
