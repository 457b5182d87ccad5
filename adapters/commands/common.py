"""What the commands share: failing with one line, progress for who watches, opening what is known."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from adapters.jsonlines import Parse, read_lines
from corpus.files import printable

if TYPE_CHECKING:  # heavy; imported when something is opened
    from adapters.following import Following
    from adapters.knowledge import Knowledge
    from adapters.settings import Settings

T = TypeVar("T")


class Failure(click.ClickException):
    """Ends a command with exit code 1 and one line that says what to do."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the line on standard error."""
        tell(self.message)


class WrongPath(Failure):
    """Wrong usage: what was named is not there, or is none of what the command takes."""

    exit_code = 2


class Existing(click.Path):
    """Parameter type of a file, or of a file or folder, that must be there.

    Args:
        folders: whether a folder will do.
    """

    def __init__(self, *, folders: bool = False) -> None:
        # Whether documents can be read is found out, and told, where they are read.
        super().__init__(exists=True, dir_okay=folders, readable=not folders, path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path; Click's own message would be in English and four lines long.

        Raises:
            WrongPath: it cannot be taken.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise WrongPath(f"{printable(os.fspath(value))}: {_fault(Path(value))}") from error


#: Parameter types of a file, and of a file or folder, that must be there.
FILE, PATH = Existing(), Existing(folders=True)


def _fault(path: Path) -> str:
    if not os.path.lexists(path):
        return "ありません。場所と名前を確かめてください。"
    if path.is_dir():
        return "フォルダーです。ファイルを指定してください。"
    return "読めません。読み取りの許可を確かめてください。"


def tell(line: str) -> None:
    """Prints a line for the person, on standard error, so that output stays fit for scripts."""
    click.echo(line, err=True)


def read_or_tell(path: Path, parse: Parse[T]) -> tuple[list[T], int]:
    """Reads a JSON Lines file; lines that cannot be used are told.

    Args:
        path: the file.
        parse: makes a value of each line's object, as for `adapters.jsonlines.read_lines`.

    Returns:
        The values, and how many lines could not be used.
    """
    values, faults = read_lines(path, parse)
    for fault in faults:
        tell(fault)
    return values, len(faults)


@contextmanager
def progress_bar(unit: str) -> Iterator[Callable[[int], None] | None]:
    """A progress bar, when a person is watching.

    Args:
        unit: what is counted.

    Yields:
        A function that takes the count so far; None where nobody watches.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=unit, leave=False) as bar:
        yield lambda count: bar.update(count - bar.n) and None


def open_knowledge(settings: Settings, index: Path | None) -> Knowledge:
    """What answers: one index where it is given, else all that is known.

    Args:
        settings: where the data lie.
        index: folder of an index that `madoguchi index` made, or None.

    Raises:
        Failure: it cannot be opened nor built.
    """
    from adapters.knowledge import open_index, open_own

    with failing_in_a_line(), progress_bar("件") as progress:
        return open_index(index) if index else open_own(settings, tell, progress)


def open_following(settings: Settings) -> Following:
    """What answers over all that is known, and follows the documents as they change.

    Args:
        settings: where the data lie.

    Raises:
        Failure: it cannot be opened nor built.
    """
    from adapters.following import Following
    from adapters.knowledge import own_engine

    with failing_in_a_line(), progress_bar("件") as progress:
        return Following(own_engine(settings, tell, progress), settings, tell)


@contextmanager
def failing_in_a_line() -> Iterator[None]:
    """Turns what can go wrong with indexes, documents and the data folder into one line and exit code 1."""
    from corpus.errors import CorpusError
    from retrieval.errors import RetrievalError

    try:
        yield
    except (RetrievalError, CorpusError) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        what = f"{error.filename or 'データのフォルダー'}: 読み書きできません（{error.strerror}）。"
        raise Failure(f"{what}MADOGUCHI_DATA_DIR で、書き込めるフォルダーを指定してください。") from error
