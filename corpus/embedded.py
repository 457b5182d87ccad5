"""The corpus that comes with Madoguchi: our own summaries, with links to the official pages.

Three sources: the guidebook, fact by fact along the headings of its 8th edition; the desk network and
the practice of its desks; the contacts of `corpus.directory`. Each summary is one JSON Lines file in
`corpus/data` (its README tells the form): a line for the source, then headings, each followed by its
passages, in reading order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import corpus.directory
from corpus.directory.passages import as_corpus
from corpus.model import Corpus, Grade, Passage, Source

#: The summaries, by the stem of their file in `corpus/data`, in the order in which they are read.
SUMMARIES = ("guidebook", "network")


@cache
def load() -> Corpus:
    """The embedded corpus.

    Returns:
        The summaries and the directory as one corpus; nothing in it is superseded.

    Raises:
        ValueError: a data file of the installation is damaged.
    """
    embedded = Corpus()
    for name in SUMMARIES:
        embedded += read_summary(name)
    return embedded + as_corpus(corpus.directory.load())


def read_summary(name: str) -> Corpus:
    """One summary file as a corpus.

    Args:
        name: stem of a JSON Lines file in `corpus/data`.

    Returns:
        Its source and its passages, each under the headings that it stands under.

    Raises:
        ValueError: a line is no JSON object, or a passage comes before the first heading.
    """
    lines = _objects(name)
    source = _source(next(lines)["source"])
    contents = _Contents()
    passages = []
    for line in lines:
        if "title" in line:
            contents.open(line["section_id"], line["title"], line.get("page"))
        else:
            passages.append(_passage(source, contents, line))
    return Corpus({source.key: source}, tuple(passages))


@dataclass
class _Contents:
    """The headings read so far, and the section that is open."""

    titles: dict[str, str] = field(default_factory=dict)
    section_id: str = ""
    page: int | None = None
    count: int = 0  # passages of the open section so far

    def open(self, section_id: str, title: str, page: int | None) -> None:
        """Start a section; passages that follow belong to it."""
        self.titles[section_id] = title
        self.section_id, self.page, self.count = section_id, page, 0

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from the chapter inwards; "ch01.2-1" stands in "ch01.2", which stands in "ch01"."""
        ends = [match.start() for match in re.finditer(r"[.-]", self.section_id)] + [len(self.section_id)]
        prefixes = (self.section_id[:end] for end in ends)
        return tuple(self.titles[prefix] for prefix in prefixes if prefix in self.titles)


def _objects(name: str) -> Iterator[dict[str, Any]]:
    text = resources.files("corpus").joinpath("data", f"{name}.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        yield json.loads(line)


def _source(entry: dict[str, Any]) -> Source:
    return Source(**{**entry, "grade": Grade(entry["grade"])})


def _passage(source: Source, contents: _Contents, entry: dict[str, Any]) -> Passage:
    if not contents.section_id:
        raise ValueError(f"{source.key}: a passage stands before the first heading: {entry['text']}")
    contents.count += 1
    return Passage(
        id=f"{source.id}/{contents.section_id}/{contents.count}",
        source=source.key,
        section_id=contents.section_id,
        section=contents.path,
        page=contents.page,
        **{**entry, "keywords": tuple(entry.get("keywords", ()))},
    )
