"""What the commands of `madoguchi corpus` share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import click

from adapters.commands.common import Failure
from corpus.errors import CorpusError
from corpus.library import Library


class HasDataDir(Protocol):
    """What these commands need of the settings."""

    @property
    def data_dir(self) -> Path:
        """Folder of the library and the downloads."""


json_option = click.option("--json", "as_json", is_flag=True, help="結果をJSONで出力します。")


def data_dir_of(ctx: click.Context) -> Path:
    """The user's data folder, from the settings in the context."""
    settings: HasDataDir = ctx.obj
    return settings.data_dir


def library_of(ctx: click.Context) -> Library:
    """The user's library."""
    return Library(data_dir_of(ctx) / "library")


def downloads_of(ctx: click.Context) -> Path:
    """Where fetched PDFs lie."""
    return data_dir_of(ctx) / "official"


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turns what can go wrong with documents, library and disk into one line and exit code 1."""
    try:
        yield
    except CorpusError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{error.filename or 'ファイル'}: 読み書きできません（{error.strerror}）。") from error
