"""Marks what must no longer be cited as current. It stays in the corpus, for audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.lines import folded
from corpus.model import Passage, Source


def superseded_in(source: Source, passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Marks what a source's catalogue entry calls superseded.

    A section is found by its heading, anywhere in the heading path; where no heading is like it, by a
    line of the text, and then the rest of that section counts with it.

    Args:
        source: the source.
        passages: its passages, in reading order.

    Returns:
        The passages, marked where needed, and the sections that could not be found.
    """
    marked, missing = list(passages), []
    for supersession in source.superseded:
        if supersession.section is None:
            indices: Iterable[int] = range(len(marked))
        else:
            indices = _under(folded(supersession.section), passages)
            if not indices:
                missing.append(supersession.section)
        for index in indices:
            marked[index] = replace(marked[index], superseded_by=supersession.by)
    return tuple(marked), tuple(missing)


def newest(sources: Iterable[Source]) -> Mapping[str, str]:
    """Tells which editions a newer one of the same document and language has replaced.

    Args:
        sources: all sources; those without a date are compared with none.

    Returns:
        For the key of each replaced edition the key of the newest.
    """
    by_document: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        if source.date:
            by_document.setdefault((source.id, source.language), []).append(source)
    replaced = {}
    for editions in by_document.values():
        latest = max(editions, key=lambda source: source.date)
        # "2024" may be any day of it: it is older than "2025-04", not than "2024-07".
        older = (s for s in editions if s.date < latest.date and not latest.date.startswith(s.date))
        replaced.update({source.key: latest.key for source in older})
    return replaced


def _under(heading: str, passages: Sequence[Passage]) -> list[int]:
    found = [i for i, passage in enumerate(passages) if any(heading in folded(title) for title in passage.section)]
    if found or not heading:
        return found
    for start, passage in enumerate(passages):
        if any(heading in folded(line) for line in passage.text.splitlines()):
            depth = len(passage.section)
            return [i for i in range(start, len(passages)) if passages[i].section[:depth] == passage.section]
    return []
