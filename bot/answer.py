"""What a counsellor gets for a question: citations, whom to call, and what to do next.

An `Answer` knows no platform: it is made of plain values that the local page, the terminal, Slack and
Teams each render in their own way. It holds everything that must be shown, notices included, so that no
renderer decides what may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.highlight import Piece
from corpus.directory import Contact
from corpus.model import Grade


class Status(StrEnum):
    """Whether the documents answer the question."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """The same section in the resident's language, to be shown beside the Japanese passage.

    Args:
        language: BCP-47 code.
        text: text of the passage.
        title: title of that edition.
        edition: edition as printed.
        page: its own page, or None.
        url: where it is found.
    """

    language: str
    text: str
    title: str
    edition: str
    page: int | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One passage with all that says where it stands and how far to trust it.

    Args:
        rank: 1 for the best.
        score: greater is better; only for machines, never shown to people.
        pieces: the passage's text, cut into what stands out; joined it is the text.
        grade: how much weight it bears.
        source: id of the document.
        title: title of the document.
        publisher: who answers for it.
        edition: edition as printed.
        section_id: the document's own number of the section, or "".
        section: heading path from the outermost inwards.
        page: page as printed, or None.
        url: where what it says can be read.
        source_url: official page of the document, where it differs from `url`; else "".
        as_of: ISO date when it was known to hold; "" where nobody knows.
        notices: what must be said beside it: that it is a summary, unconfirmed, about to change.
        official: False for a summary in our own words.
        unconfirmed: True where it must be marked 未確認.
        counterparts: the same section in the resident's language.
    """

    rank: int
    score: float
    pieces: tuple[Piece, ...]
    grade: Grade
    source: str
    title: str
    publisher: str
    edition: str
    section_id: str
    section: tuple[str, ...]
    page: int | None
    url: str
    source_url: str = ""
    as_of: str = ""
    notices: tuple[str, ...] = ()
    official: bool = True
    unconfirmed: bool = False
    counterparts: tuple[Counterpart, ...] = ()

    @property
    def text(self) -> str:
        """The passage's text as it stands in the document."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class UrgentHelp:
    """What is shown before anything else when somebody may be in danger.

    Args:
        message: what to do now.
        contacts: whom to call, the first first.
    """

    message: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question.

    Args:
        question: the question as it was searched.
        status: whether the documents answer it.
        headline: the answer's first sentence.
        confidence: 0..1, calibrated; for machines.
        word: 確実 (sure, confirmed and dated) or 参考; "" where nothing was found. This is what people see.
        urgent: help to be shown first, or None.
        citations: best first; where nothing was found the nearest there is, to be shown as such.
        contacts: whom to call.
        next_step: what to do next; "" where the answer needs none.
        remarks: what else must be said (that the question was shortened, say).
        prefecture: prefecture that the contacts are for, or None.
    """

    question: str
    status: Status
    headline: str
    confidence: float = 0.0
    word: str = ""
    urgent: UrgentHelp | None = None
    citations: tuple[Citation, ...] = ()
    contacts: tuple[Contact, ...] = ()
    next_step: str = ""
    remarks: tuple[str, ...] = ()
    prefecture: str | None = None

    @property
    def is_answered(self) -> bool:
        """True where the documents answer the question."""
        return self.status is Status.ANSWERED

    @property
    def nearest(self) -> tuple[Citation, ...]:
        """The best citation of each section, best first: what to name where nothing was found."""
        sections: dict[tuple[str, ...], Citation] = {}
        for citation in self.citations:
            sections.setdefault((citation.title, *citation.section), citation)
        return tuple(sections.values())
