"""A person at the command line, for tests of `madoguchi corpus`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from adapters.commands.corpus import corpus
from corpus.library import Library


@dataclass(frozen=True)
class Desk:
    """A person at the command line."""

    data_dir: Path

    def types(self, *words: str | Path) -> Result:
        result = CliRunner().invoke(corpus, [str(word) for word in words], obj=self)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    @property
    def library(self) -> Library:
        return Library(self.data_dir / "library")
