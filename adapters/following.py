"""Knowledge that follows the documents while a server answers from it.

A number withdrawn on the command line must not stay on a page that has been open since the morning. The
library is looked at every few seconds; what changed is taken in beside the knowledge in use and replaces
it in one step, so that questions go on being answered. Where that fails, the old one stays and says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from adapters.basis import Basis
from adapters.knowledge import Knowledge, Tell, library_of, saved
from adapters.settings import Settings
from bot import sentences
from bot.answer import Answer
from bot.ask import Finder
from corpus import directory
from corpus.directory import Directory
from corpus.errors import CorpusError
from corpus.model import Corpus, Source
from retrieval.engine import Engine
from retrieval.errors import RetrievalError

#: Seconds between two looks; a look reads one small file.
EVERY = 3.0

#: So many times longer is the pause after a failure, which may have cost the work of a whole index.
_PATIENCE = 10


class Following:
    """Answers questions over the embedded corpus and the library as they are now.

    Args:
        engine: over both, as `adapters.knowledge.own_engine` opens it.
        settings: where the library and the index lie.
        tell: hears in a line what was taken in, and what could not be; may be called from any thread.
    """

    def __init__(self, engine: Engine, settings: Settings, tell: Tell) -> None:
        self._engine = engine
        self._knowledge = Knowledge(engine, directory.load())
        self._library = library_of(settings)
        self._index = settings.data_dir / "index"
        self._tell = tell
        self._told = ""
        self.notice = ""  #: what must be said on every page meanwhile, or ""

    @property
    def sources(self) -> Sequence[Source]:
        """The editions that can be cited."""
        return self._knowledge.sources

    @property
    def directory(self) -> Directory:
        """Knows whom to call."""
        return self._knowledge.directory

    def answer(self, question: str, *, prefecture: str | None = None, language: str | None = None) -> Answer:
        """Answers one question, as `Knowledge.answer` does; may be called from any thread."""
        return self._knowledge.answer(question, prefecture=prefecture, language=language)

    def over(self, corpus: Corpus) -> Finder:
        """What searches another corpus by the same measure, as `Knowledge.over` does."""
        return self._knowledge.over(corpus)

    @asynccontextmanager
    async def following(self, every: float = EVERY) -> AsyncIterator[None]:
        """Follows the documents while the context lasts; at its end nothing is left running.

        Args:
            every: seconds between two looks.
        """
        stopped = asyncio.Event()
        task = asyncio.create_task(self._follow(stopped, every))
        try:
            yield
        finally:
            stopped.set()
            await task  # an index that is being taken in is not abandoned half way

    async def _follow(self, stopped: asyncio.Event, every: float) -> None:
        while not stopped.is_set():
            await asyncio.to_thread(self.look)
            pause = every * _PATIENCE if self.notice else every
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), pause)

    def look(self) -> None:
        """Takes in what changed in the library since the last look, if anything did. Blocks meanwhile."""
        try:
            before = Basis.read(self._engine.fingerprint)
            basis = replace(before, library=self._library.fingerprint())
            if basis != before:
                self.notice = self.notice or sentences.TAKING_IN
                self._take_in(basis)
        except Exception as error:  # whatever it is, questions go on being answered
            self._keep(error)
        else:
            self.notice = self._told = ""

    def _take_in(self, basis: Basis) -> None:
        engine = self._engine.updated(self._library.corpus(), str(basis))
        self._engine, self._knowledge = engine, Knowledge(engine, self.directory)
        self._tell(sentences.TAKEN_IN)
        saved(engine, self._index, self._tell)

    def _keep(self, error: Exception) -> None:
        """Goes on with the old knowledge; the same failure is told once."""
        self.notice = sentences.OUTDATED
        is_ours = isinstance(error, CorpusError | RetrievalError)
        reason = str(error) if is_ours else type(error).__name__  # another's text may have several lines
        if reason != self._told:
            self._told = reason
            self._tell(f"資料の変更を取り込めないので、変わる前の内容で答えています。{reason}")
