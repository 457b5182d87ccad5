"""What a person took out of the library: it stays for audit and is never cited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.editions import SUMMARY_MARK, WITHDRAWN, is_within
from corpus.model import Corpus, Passage, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An edition in one language, or a section of it, that a person took out.

    Args:
        source: `Source.key`, without `SUMMARY_MARK`.
        official: whether the official text is meant, or the summary of that edition.
        section: id or heading of the section; "" for the whole edition.
        reason: why, in the person's words.
        date: when, ISO date and time, UTC.
        lifted: when a person put it back; "" while it is in force.
    """

    source: str
    official: bool
    section: str = ""
    reason: str = ""
    date: str
    lifted: str = ""

    def concerns(self, source: Source) -> bool:
        """Whether it was made of this source."""
        return (self.source, self.official) == (unmarked_key(source), source.official)


def unmarked_key(source: Source) -> str:
    """Key of a source as it is without `SUMMARY_MARK`, which comes and goes with the official text."""
    return replace(source, edition=source.edition.removesuffix(SUMMARY_MARK)).key


def without_withdrawn(corpus: Corpus, withdrawals: Iterable[Withdrawal]) -> Corpus:
    """Marks what was withdrawn.

    Args:
        corpus: sources and passages.
        withdrawals: all there ever were; those lifted count for nothing.

    Returns:
        The same corpus; what is withdrawn is superseded by `WITHDRAWN` and its note says when and why.
    """
    in_force = [one for one in withdrawals if not one.lifted]
    concerned = {key: [one for one in in_force if one.concerns(source)] for key, source in corpus.sources.items()}

    def marked(passage: Passage) -> Passage:
        for one in concerned[passage.source]:
            if not one.section or in_section(passage, one.section):
                note = f"{one.date[:10]}に取り下げ" + (f"（{one.reason}）" if one.reason else "")
                return replace(passage, superseded_by=WITHDRAWN, note=note)
        return passage

    return Corpus(corpus.sources, tuple(marked(passage) for passage in corpus.passages))


def in_section(passage: Passage, section: str) -> bool:
    """Whether a passage stands in a section that a person named.

    Args:
        passage: a passage.
        section: the section's id ("ch01.2" takes "ch01.2-1" in), or a heading, with or without its number.

    Returns:
        True if so. A part of a heading is not enough: 「年金」 must not take 「年金・福祉」 along.
    """
    if passage.section_id and is_within(passage.section_id, section):
        return True
    return any(_plain(section) in {_plain(heading), _unnumbered(heading)} for heading in passage.section)


def _plain(heading: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", heading))


def _unnumbered(heading: str) -> str:
    return re.sub(r"^(?:第?\d+[章節]?|[(]\d+[)]|[\d.\-|■●])+", "", _plain(heading))
