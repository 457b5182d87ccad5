"""Which edition holds: a newer one takes the place of an older one, official text that of a summary.

Works on a corpus put together from several readings, so it sees editions that never stood in one
folder. What a sources.toml supersedes by name is marked when its folder is read, and stays marked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations

from corpus.model import Corpus, Source

#: `Passage.superseded_by` of what a person withdrew: nothing took its place.
WITHDRAWN = "withdrawn"

#: What stands behind the edition of an embedded summary once the official text of that edition is there.
SUMMARY_MARK = "（要約）"


def supersede(corpus: Corpus) -> Corpus:
    """Marks every passage that a newer edition or an official text in the corpus has replaced.

    Within one language, of one document:
    - an older edition is superseded whole by a newer one;
    - a summary is superseded by official text of the same edition or a newer one, section by section,
      also where only a part of the document is there ("guidebook-ch04" is a part of "guidebook").

    Args:
        corpus: sources and passages; marks that are there stay. A source of which every passage is
            withdrawn supersedes nothing: it is as if it had never been added.

    Returns:
        The same corpus with more marks.
    """
    sections: dict[str, set[str]] = defaultdict(set)
    standing: set[str] = set()
    for passage in corpus.passages:
        sections[passage.source].add(passage.section_id)
        if passage.superseded_by != WITHDRAWN:
            standing.add(passage.source)
    sources = [source for source in corpus.sources.values() if source.key in standing]

    @cache
    def successor(key: str, section_id: str) -> str:
        own = corpus.sources[key]
        for other in sources:
            if other.language != own.language or other.key == own.key:
                continue
            if other.id == own.id and newer(other, own):
                return other.key
            if _replaces_summary(other, own) and _covers(sections[other.key], section_id):
                return other.key
        return ""

    return Corpus(
        corpus.sources,
        tuple(
            passage
            if passage.superseded_by
            else replace(passage, superseded_by=successor(passage.source, passage.section_id))
            for passage in corpus.passages
        ),
    )


def newer(one: Source, other: Source) -> bool | None:
    """Whether one edition of a document is newer than another.

    Dates decide as far as both are known ("2024" and "2024-07" do not); else the numbers of editions
    that are named alike ("第8版" and "第7版").

    Args:
        one: an edition.
        other: another edition of the same document.

    Returns:
        True, False for older or equal, or None where that cannot be told.
    """
    known = min(len(one.date), len(other.date))
    if known and one.date[:known] != other.date[:known]:
        return one.date > other.date
    here, there = one.edition.removesuffix(SUMMARY_MARK), other.edition.removesuffix(SUMMARY_MARK)
    if re.split(r"\d+", here) == re.split(r"\d+", there):
        return _numbers(here) > _numbers(there)
    return False if known and one.date == other.date else None


def undecided(corpus: Corpus) -> Iterator[tuple[Source, Source]]:
    """Pairs of editions that would both be cited, for nothing tells which is the newer.

    Args:
        corpus: sources and passages.

    Yields:
        Two editions of one document in one language.
    """
    for one, other in combinations(corpus.sources.values(), 2):
        if (one.id, one.language, one.official) == (other.id, other.language, other.official) and (
            newer(one, other) is None or not (newer(one, other) or newer(other, one))
        ):
            yield one, other


def _replaces_summary(text: Source, summary: Source) -> bool:
    if summary.official or not text.official:
        return False
    same_document = text.id == summary.id or text.id.startswith(f"{summary.id}-")
    # Official text of an older edition must not take the place of a summary of the present one.
    return same_document and newer(summary, text) is False


def _covers(section_ids: set[str], section_id: str) -> bool:
    """Whether a document with these sections holds the text of a section.

    It does when the section, or one beneath it, is there; also when the one above it is there and has
    none beneath it: then the headings were not told apart, and the text stands under the one above.
    """
    if not section_id:
        return False
    if any(is_within(held, section_id) for held in section_ids):
        return True
    return any(
        held and is_within(section_id, held) and not any(is_within(o, held) and o != held for o in section_ids)
        for held in section_ids
    )


def is_within(section_id: str, above: str) -> bool:
    """Whether a section is another one or stands beneath it, as "ch01.2-1" does beneath "ch01.2".

    Args:
        section_id: id of a section.
        above: id of the other.
    """
    return section_id == above or section_id.startswith((f"{above}.", f"{above}-"))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))
