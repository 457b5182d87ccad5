"""An answer as plain text for the terminal: what the page shows open, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bot import labels, sentences
from bot.answer import Answer, Citation
from corpus.directory import Contact

#: Passages printed in full; a terminal shows about this many without scrolling.
_SHOWN = 3

#: Sections named as nearest where nothing was found.
_NEAREST = 5


def render(answer: Answer) -> str:
    """Writes an answer for a terminal.

    Args:
        answer: an answer.

    Returns:
        Text with ANSI styles; `click.echo` leaves them out where nobody could see them.
    """
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    if answer.urgent:
        yield click.style(answer.urgent.message, fg="red", bold=True)
        for contact in answer.urgent.contacts:
            yield from _contact(contact)
        yield ""
    word = f"【{answer.word}】" if answer.word else ""
    yield click.style(f"{word}{answer.headline}", bold=True)
    if answer.next_step:
        yield answer.next_step
    yield from answer.remarks
    if answer.is_answered:
        for citation in answer.citations[:_SHOWN]:
            yield ""
            yield from _citation(citation)
    if answer.contacts:
        yield ""
        place = f"（{answer.prefecture}）" if answer.prefecture else ""
        yield click.style(f"■ 連絡先{place}", bold=True)
        for contact in answer.contacts:
            yield from _contact(contact)
    if not answer.is_answered and answer.citations:
        yield ""
        yield click.style(f"■ {sentences.NEAREST}", bold=True)
        for citation in answer.nearest[:_NEAREST]:
            yield f"  {_place(citation)}"


def _citation(citation: Citation) -> Iterator[str]:
    marks = "・".join(labels.marks(citation))
    yield click.style(f"{citation.rank}. [{marks}] {_place(citation)}", bold=True)
    for line in "".join(
        click.style(piece.text, underline=piece.answering, bold=piece.figure is not None, reset=True)
        if piece.answering or piece.figure
        else piece.text
        for piece in citation.pieces
    ).splitlines():
        yield f"   {line}"
    for notice in citation.notices:
        yield f"   ※ {notice}"
    for other in citation.counterparts:
        yield f"   {labels.counterpart(other)}"
        yield from (f"   {line}" for line in other.text.splitlines())
    as_of = f"（{sentences.date_in_words(citation.as_of)}時点）" if citation.as_of else ""
    yield f"   出典: {citation.url or citation.title}{as_of}"


def _place(citation: Citation) -> str:
    page = f" p.{citation.page}" if citation.page is not None else ""
    section = " › ".join(citation.section)
    return " ".join(filter(None, (citation.title, citation.edition, section))) + page


def _contact(contact: Contact) -> Iterator[str]:
    yield f"  {click.style(labels.number(contact), bold=True)}  {contact.name}"
    yield f"      {labels.details(contact)}"
