"""An answer as JSON: what scripts and `/api/ask` get. Scripts rely on the form."""

from __future__ import annotations

from typing import Any

from bot.answer import Answer, Citation
from bot.highlight import runs
from corpus.directory import Contact


def record(answer: Answer) -> dict[str, Any]:
    """The fields of one line of `ask --batch`, without id and latency.

    Args:
        answer: an answer.

    Returns:
        Status, confidence and passages, best first; JSON-ready.
    """
    return {
        "status": answer.status.value,
        "confidence": round(answer.confidence, 4),
        "passages": [_passage(citation) for citation in answer.citations],
    }


def full_record(answer: Answer) -> dict[str, Any]:
    """All that an answer holds: the fields of `record` and those that people see.

    Args:
        answer: an answer.

    Returns:
        A JSON-ready object.
    """
    passages = [
        {
            **_passage(citation),
            "as_of": citation.as_of,
            "official": citation.official,
            "unconfirmed": citation.unconfirmed,
            "notices": list(citation.notices),
            "answering": [run.text for run in runs(citation.pieces) if run.answering],
            "counterparts": [
                {"language": other.language, "text": other.text, "page": other.page, "url": other.url}
                for other in citation.counterparts
            ],
        }
        for citation in answer.citations
    ]
    urgent = answer.urgent
    return {
        "question": answer.question,
        **record(answer),
        "word": answer.word,
        "headline": answer.headline,
        "urgent": urgent and {"message": urgent.message, "contacts": [_contact(c) for c in urgent.contacts]},
        "passages": passages,
        "contacts": [_contact(contact) for contact in answer.contacts],
        "next_step": answer.next_step,
        "remarks": list(answer.remarks),
        "prefecture": answer.prefecture,
    }


def _passage(citation: Citation) -> dict[str, Any]:
    return {
        "rank": citation.rank,
        "text": citation.text,
        "grade": citation.grade.value,
        "source": citation.source,
        "title": citation.title,
        "edition": citation.edition,
        "section_id": citation.section_id,
        "section": list(citation.section),
        "page": citation.page,
        "url": citation.url,
        "score": round(citation.score, 4),
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "number": contact.number,
        "extension": contact.extension,
        "other_numbers": list(contact.other_numbers),
        "hours": contact.hours,
        "languages": list(contact.languages),
        "edition": contact.edition,
        "as_of": contact.as_of,
        "url": contact.url,
        "why": contact.why,
    }
