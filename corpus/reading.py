"""Reads files and folders into a corpus.

    reading = read_documents([Path("documents")])
    reading.corpus      what can be searched
    reading.problems    files that could not be read, each with the reason and what to do

A file passes through `readers` (bytes to blocks), `cleaning` (whole paragraphs with pages), `sections`
and `passages`; `catalogue` tells what it is and `supersession` what of it no longer holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from corpus.blocks import ReadDocument
from corpus.catalogue import CATALOGUE, Catalogue, check, read_catalogue
from corpus.cleaning import clean
from corpus.errors import DocumentError
from corpus.files import is_file, printable, real
from corpus.headings import Heading, is_bare, read_mark
from corpus.lines import Piece
from corpus.model import Corpus, Passage, Source
from corpus.passages import passages_of
from corpus.readers import SUFFIXES, read
from corpus.sections import dotted, guidebook, sections_of
from corpus.supersession import newest, superseded_in

#: Id of the Guidebook on Living and Working, whose sections are counted in their own way.
GUIDEBOOK: Final = "guidebook"
#: Its parts are documents of their own ("guidebook-ch04"), and counted as they are in the whole.
_GUIDEBOOK_PART: Final = re.compile(rf"{GUIDEBOOK}-(?:(?P<chapter>ch\d\d)$)?")
_GUIDEBOOK_TITLE: Final = re.compile(r"生活・(?:就労|仕事)ガイドブック|(?i:guidebook on living and working)")
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading files.

    Args:
        corpus: the documents that could be read.
        problems: those that could not, in the order in which they were met.
    """

    corpus: Corpus
    problems: tuple[DocumentError, ...] = ()


def read_documents(paths: Iterable[Path], *, progress: Callable[[Path], None] | None = None) -> Reading:
    """Reads files and folders.

    A folder is read with all that is in it, sorted by name; hidden files and files of other kinds are
    passed over. A folder's sources.toml tells what its files are; files that stand in none are called
    what they call themselves. One bad file does not keep the others from being read.

    Args:
        paths: files and folders.
        progress: called with each file before it is read.

    Returns:
        The corpus, superseded passages included, and the files that could not be read.

    Raises:
        CatalogueError: a sources.toml is wrong; nothing is read then.
    """
    paths = list(paths)
    problems: list[DocumentError] = []
    files = list(files_in(paths, problems))
    catalogues = _catalogues(files, paths)
    check(catalogues, {_slug(file.stem) for file in files} | {GUIDEBOOK})
    known = {file: source for catalogue in catalogues for file, source in catalogue.sources.items()}
    documents: list[tuple[Source, tuple[Passage, ...]]] = []
    keys = Counter(source.key for source in known.values())
    for file in files:
        if progress:
            progress(file)
        try:
            document = read(file)
            pieces = clean(document)
            source = known.get(real(file)) or _unique(_described(file, document, pieces), keys)
            documents.append((source, _passages(file, source, pieces)))
        except DocumentError as error:
            problems.append(error)
    return Reading(_assembled(documents), tuple(problems))


def files_in(paths: Iterable[Path], problems: list[DocumentError]) -> Iterator[Path]:
    """The files that `read_documents` reads, each once.

    Args:
        paths: files and folders.
        problems: folders that cannot be opened are added to them.

    Yields:
        Files that were named, and those in folders that are of a kind that can be read.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _folder_files(path, problems) if path.is_dir() else [path]:
            if real(file) not in seen:
                seen.add(real(file))
                yield file


def _folder_files(folder: Path, problems: list[DocumentError]) -> Iterator[Path]:
    try:
        entries = [(entry, entry.is_dir()) for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")]
    except OSError:
        problems.append(DocumentError(folder, "フォルダーを開けません", "読み取りの許可を確かめてください"))
        return
    for entry, is_folder in entries:
        if is_folder and not entry.is_symlink():  # a link may lead back up
            yield from _folder_files(entry, problems)
        elif not is_folder and entry.suffix.lower() in SUFFIXES:
            yield entry


def _catalogues(files: Sequence[Path], paths: Iterable[Path]) -> list[Catalogue]:
    folders = {real(file.parent) for file in files} | {real(path) for path in paths if path.is_dir()}
    return [read_catalogue(folder / CATALOGUE) for folder in sorted(folders) if is_file(folder / CATALOGUE)]


def _passages(file: Path, source: Source, pieces: Sequence[Piece]) -> tuple[Passage, ...]:
    passages = passages_of(source, sections_of(pieces, _numbering(source.id)))
    if not passages:
        raise DocumentError(file, "本文が見つかりません", "文章のあるファイルか確かめてください")
    marked, missing = superseded_in(source, passages)
    if missing:
        # To go on would show as current what the catalogue says is not.
        names = "、".join(f"「{name}」" for name in missing)
        raise DocumentError(
            file, f"{CATALOGUE} の superseded にある {names} が見つかりません", "文書の見出しのとおりに書いてください"
        )
    return marked


def _numbering(source_id: str) -> Callable[[Sequence[Heading]], str]:
    if source_id == GUIDEBOOK:
        return guidebook
    part = _GUIDEBOOK_PART.match(source_id)
    return partial(guidebook, chapter=part["chapter"] or "") if part else dotted


def _described(file: Path, document: ReadDocument, pieces: Sequence[Piece]) -> Source:
    """A source for a file that stands in no catalogue: its title is its own, or its first line if that is one."""
    first = pieces[0] if pieces else None
    titled = first is not None and (is_bare(first) or read_mark(first.text) is not None)
    name = printable(file.stem)
    title = document.title.strip() or (first.text if first and titled else name)
    is_guidebook = _GUIDEBOOK_TITLE.search(unicodedata.normalize("NFC", f"{title} {name}"))
    japanese = any(_KANA.search(block.text) for block in document.blocks)
    return Source(
        id=GUIDEBOOK if is_guidebook else _slug(name),
        title=title,
        language=document.language or ("ja" if japanese else "und"),
    )


def _unique(source: Source, keys: Counter[str]) -> Source:
    """Files of the same name in two folders are two sources."""
    keys[source.key] += 1
    times = keys[source.key]
    return source if times == 1 else replace(source, id=f"{source.id}-{times}")


def _assembled(documents: Sequence[tuple[Source, tuple[Passage, ...]]]) -> Corpus:
    replaced = newest(source for source, _ in documents)
    passages = tuple(
        passage if passage.superseded_by else replace(passage, superseded_by=replaced.get(source.key, ""))
        for source, found in documents
        for passage in found
    )
    return Corpus({source.key: source for source, _ in documents}, passages)


def _slug(name: str) -> str:
    """A file's name as an id: width and case folded, other signs to hyphens."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", name)).strip("-").casefold() or "document"
