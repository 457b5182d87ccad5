"""The words of the corpus: Source, Passage, Grade.

A `Source` is one edition of one document in one language. A `Passage` is a piece of it, at most
`PASSAGE_LIMIT` characters, that keeps where it stands: heading path, section id and page. Both are
plain values; nothing here reads files or searches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: The longest text of a passage, in characters. Long enough for a whole rule with its exceptions,
#: short enough to be read while a client waits.
PASSAGE_LIMIT = 600


class Grade(StrEnum):
    """How much weight a piece of an answer bears; shown on each piece. The value is what users see."""

    OFFICIAL_ANSWER = "公式回答"
    GUIDE = "手引き"
    BROADCAST = "お知らせ"
    CASE = "事例"
    CONTACT = "連絡先"


@dataclass(frozen=True, slots=True)
class Supersession:
    """Says that a source, or one section of it, must no longer be cited as current.

    Args:
        by: id of the source that takes its place.
        section: heading of the superseded section, or None for the whole source.
    """

    by: str
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One edition of one document in one language.

    Args:
        id: stable id of the document, the same in every edition and language ("guidebook").
        title: title as printed.
        publisher: who answers for it.
        edition: edition as printed ("令和6年度", "第8版").
        date: ISO date of the edition, as exact as known ("2024", "2021-07", "2026-02-26").
        language: BCP-47 code.
        url: official page where the document is found.
        grade: how much weight its passages bear.
        official: False for a summary in our own words; answers say so.
        superseded: what of it must no longer be cited as current.
    """

    id: str
    title: str
    publisher: str = ""
    edition: str = ""
    date: str = ""
    language: str = "ja"
    url: str = ""
    grade: Grade = Grade.GUIDE
    official: bool = True
    superseded: tuple[Supersession, ...] = ()

    @property
    def key(self) -> str:
        """Names this edition in this language, among all editions: "guidebook@第8版/ja"."""
        return f"{self.id}@{self.edition or self.date}/{self.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a source that can be shown as an answer.

    Args:
        id: unique within a corpus and stable while edition and text order do not change.
        source: `Source.key` of the edition it stands in.
        text: what is shown, at most `PASSAGE_LIMIT` characters, no page furniture in it.
        section_id: the document's own number of the section ("ch01.2-1"); "" where it has none.
        section: heading path from the outermost inwards, without the document's title.
        page: page as printed, or None where the document has none.
        url: link of its own; "" means the source's.
        date: when what it says was known to hold, ISO; "" means the source's date.
        superseded_by: key or id of the source that replaced it; "" while it is current.
        unconfirmed: True where it may only be shown marked 未確認.
        keywords: further words to find it by; never shown.
        note: a remark shown beside it (when a rule changes, say); never part of `text`.
    """

    id: str
    source: str
    text: str
    section_id: str = ""
    section: tuple[str, ...] = ()
    page: int | None = None
    url: str = ""
    date: str = ""
    superseded_by: str = ""
    unconfirmed: bool = False
    keywords: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sources and their passages, superseded ones included (they stay for audit).

    Args:
        sources: by `Source.key`.
        passages: in reading order, source by source.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @property
    def current(self) -> tuple[Passage, ...]:
        """The passages that may be cited as current."""
        return tuple(passage for passage in self.passages if not passage.superseded_by)

    def source_of(self, passage: Passage) -> Source:
        """The edition a passage stands in. Raises KeyError for a passage of another corpus."""
        return self.sources[passage.source]

    def __add__(self, other: Corpus) -> Corpus:
        """Both corpora as one; of two sources with the same key the right one counts."""
        kept = tuple(p for p in self.passages if p.source not in other.sources)
        return Corpus({**self.sources, **other.sources}, kept + other.passages)
