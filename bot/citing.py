"""Makes citations of what a search found: where each passage stands, and what must be said beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot import sentences
from bot.answer import Citation, Counterpart
from bot.highlight import pieces
from corpus.alignment import Alignment
from corpus.model import Corpus, Grade, Passage
from retrieval.finding import Findings, Found


def cite(  # noqa: PLR0913 - the last three each narrow or widen what is cited
    findings: Findings,
    corpus: Corpus,
    limit: int,
    *,
    not_of: frozenset[str] = frozenset(),
    alignment: Alignment | None = None,
    language: str | None = None,
) -> tuple[Citation, ...]:
    """Cites the passages of a search, superseded ones left out.

    Args:
        findings: outcome of the search. Sentences are marked only where it answers.
        corpus: what was searched.
        limit: how many citations at most.
        not_of: headings whose contacts are left out: who asks for Sapporo's number must not read Sendai's.
        alignment: the corpus's editions side by side, or None.
        language: BCP-47 code of the language of counterparts, or None for no counterparts.

    Returns:
        Citations, best first, ranked from 1; within a section what is confirmed comes before what is not.
    """
    # The engine searches current passages only; this holds also for an index that somebody else made.
    current = [found for found in findings.found if not found.passage.superseded_by]
    fitting = _confirmed_first([found for found in current if not _is_contact_of(not_of, found.passage, corpus)])
    return tuple(
        _citation(
            rank,
            found,
            corpus,
            found.answering if findings.answered else (),
            _counterparts(found.passage, corpus, alignment, language),
        )
        for rank, found in enumerate(fitting[:limit], start=1)
    )


def _is_contact_of(headings: frozenset[str], passage: Passage, corpus: Corpus) -> bool:
    return corpus.source_of(passage).grade is Grade.CONTACT and not headings.isdisjoint(passage.section)


def _confirmed_first(found: Sequence[Found]) -> list[Found]:
    """Gives each section's places to its confirmed passages first; every section keeps its places."""
    by_section: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in found:
        by_section[_section(one)].append(one)
    waiting = {key: iter(sorted(ones, key=lambda one: one.passage.unconfirmed)) for key, ones in by_section.items()}
    return [replace(next(waiting[_section(place)]), score=place.score) for place in found]


def _section(found: Found) -> tuple[str, str]:
    return found.passage.source, found.passage.section_id


def _citation(
    rank: int,
    found: Found,
    corpus: Corpus,
    answering: tuple[tuple[int, int], ...],
    counterparts: tuple[Counterpart, ...],
) -> Citation:
    passage = found.passage
    source = corpus.source_of(passage)
    notices = [sentences.UNCONFIRMED] if passage.unconfirmed else []
    if passage.note:
        notices.append(passage.note)
    return Citation(
        rank=rank,
        score=found.score,
        pieces=pieces(passage.text, answering),
        grade=source.grade,
        source=source.id,
        title=source.title,
        publisher=source.publisher,
        edition=source.edition,
        section_id=passage.section_id,
        section=passage.section,
        page=passage.page,
        url=passage.url or source.url,
        source_url=source.url if passage.url and passage.url != source.url else "",
        # A summary's passages each have a date of their own; without one nobody knows when it held.
        as_of=passage.date or (source.date if source.official else ""),
        notices=tuple(notices),
        official=source.official,
        unconfirmed=passage.unconfirmed,
        counterparts=counterparts,
    )


def _counterparts(
    passage: Passage, corpus: Corpus, alignment: Alignment | None, language: str | None
) -> tuple[Counterpart, ...]:
    if alignment is None or language is None:
        return ()
    found = []
    for counterpart in alignment.counterparts(passage, language):
        source = corpus.source_of(counterpart)
        found.append(
            Counterpart(
                language=source.language,
                text=counterpart.text,
                title=source.title,
                edition=source.edition,
                page=counterpart.page,
                url=counterpart.url or source.url,
            )
        )
    return tuple(found)
