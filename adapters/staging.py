"""Files set out in a folder of their own, with a sources.toml that the user's folder does not have.

What a document is, the readers are told by a sources.toml beside it. What a person says of it on the
command line, or in a catalogue elsewhere, is told in the same way, without a change to their folder.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.catalogue import CATALOGUE
from corpus.errors import CatalogueError, DocumentError
from corpus.files import real
from corpus.model import Source
from corpus.reading import Reading, files_in, read_documents


@dataclass(slots=True)
class ReadFiles:
    """What came of reading, and of which file each edition is.

    Args:
        reading: what was read.
        files: by `Source.key`, the user's file.
    """

    reading: Reading
    files: dict[str, Path] = field(default_factory=dict)


def read_files(paths: Sequence[Path], progress: Callable[[Path], None] | None = None) -> ReadFiles:
    """Reads files and folders as they are.

    Args:
        paths: files and folders.
        progress: called with each file before it is read.

    Returns:
        What was read.

    Raises:
        CatalogueError: a sources.toml is wrong.
    """
    met: list[Path] = []

    def meet(file: Path) -> None:
        met.append(file)
        if progress:
            progress(file)

    reading = read_documents(paths, progress=meet)
    unread = {problem.path for problem in reading.problems}
    # One source for each file that could be read, in the order in which they were met.
    read = [file for file in met if file not in unread]
    return ReadFiles(reading, dict(zip(reading.corpus.sources, read, strict=True)))


def read_files_as(
    paths: Sequence[Path], catalogue: str, name: str, progress: Callable[[Path], None] | None = None
) -> ReadFiles:
    """Reads files and folders with a catalogue in place of their own.

    Args:
        paths: files, and folders with all that is in them.
        catalogue: text of a sources.toml; its files are named as they are within the folders, or by
            their name alone.
        name: what an error calls the catalogue.
        progress: called with each file before it is read.

    Returns:
        What was read; problems and files are named as the user named them.

    Raises:
        CatalogueError: the catalogue is wrong.
        OSError: the files cannot be copied, or two of them have the same name.
    """
    unopened: list[DocumentError] = []
    with _staged(paths, catalogue, unopened) as (folder, originals):

        def meet(file: Path) -> None:
            if progress:
                progress(originals[file])

        try:
            found = read_files([folder], meet)
        except CatalogueError as error:
            raise CatalogueError(str(error).replace(str(folder / CATALOGUE), name)) from error
    unread = (DocumentError(originals[p.path], p.reason, p.advice) for p in found.reading.problems)
    files = {key: originals[file] for key, file in found.files.items()}
    return ReadFiles(Reading(found.reading.corpus, (*unopened, *unread)), files)


def catalogue_of(file: Path, source: Source) -> str:
    """A sources.toml with one entry.

    Args:
        file: the file that it is of.
        source: what it is; what it supersedes is left out.

    Returns:
        Its text. A JSON string is a TOML string as well.
    """
    texts = {name: value for name, value in asdict(source).items() if isinstance(value, str) and value}
    entry = {**texts, "file": file.name}
    return "[[source]]\n" + "".join(f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in entry.items())


@contextmanager
def _staged(
    paths: Sequence[Path], catalogue: str, problems: list[DocumentError]
) -> Iterator[tuple[Path, dict[Path, Path]]]:
    originals: dict[Path, Path] = {}
    with tempfile.TemporaryDirectory(prefix="madoguchi-") as name:
        folder = Path(name).resolve()
        for path in paths:
            for file in files_in([path], problems):
                target = folder / (file.relative_to(path) if path.is_dir() else file.name)
                if target in originals:
                    raise FileExistsError(17, "同じ名前のファイルが二つあります", str(file))
                target.parent.mkdir(parents=True, exist_ok=True)
                _set_out(file, target)
                originals[target] = file
        (folder / CATALOGUE).write_text(catalogue, encoding="utf-8")
        yield folder, originals


def _set_out(file: Path, target: Path) -> None:
    try:
        os.link(real(file), target)
    except OSError:  # another disk, or one without links
        try:
            shutil.copyfile(file, target)
        except OSError:
            # What cannot be copied cannot be read either: the reader finds out why, and says so of this file alone.
            target.unlink(missing_ok=True)
            target.symlink_to(file.absolute())
