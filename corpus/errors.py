"""What can go wrong while documents are read.

CorpusError
DocumentError     one file cannot be read; the others go on
CatalogueError    sources.toml is wrong
DirectoryError    the directory's data are wrong
"""

from __future__ import annotations

from pathlib import Path

from corpus.files import printable


class CorpusError(Exception):
    """Base of all errors of this room; its text is one line fit for a user."""


class DocumentError(CorpusError):
    """One file cannot become passages.

    Args:
        path: the file.
        reason: what is wrong, in a few words of Japanese.
        advice: what the user can do, in a few words of Japanese.
    """

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(f"{printable(str(path))}: {reason}。{advice}")
        self.path = path
        self.reason = reason
        self.advice = advice


class CatalogueError(CorpusError):
    """A sources.toml says something that cannot be; the text names file and entry."""


class DirectoryError(CorpusError):
    """The directory's data say something that cannot be; one line for every fault, with file and entry."""
