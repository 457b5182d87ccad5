"""Each block of a post as elements of a card."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from adapters.teams.cards import (
    Element,
    actions,
    container,
    heading,
    lines,
    link,
    press,
    telephone,
    text,
    unfold,
)
from adapters.teams.limits import OTHERS, shortened, shortened_pieces
from bot import labels
from bot.answer import Citation, Counterpart
from bot.highlight import Piece
from bot.posts import Block, Buttons, Cited, Contacts, Document, Fields, Folded, Quote, Text, Tone
from corpus.directory import Contact

_SMALL = {"size": "Small", "isSubtle": True}


def elements(block: Block, limit: int, id_: str) -> list[Element]:
    """The elements that show a block.

    Args:
        block: the block.
        limit: longest passage, in characters; what must be kept whole (notices, numbers, editions, pages) is.
        id_: an id that no other block of the card has.
    """
    drawn: list[Element]
    match block:
        case Text():
            drawn = _text(block, limit)
        case Quote():
            drawn = [_quote(block, limit)]
        case Cited():
            drawn = [_citation(block.citation, limit)]
        case Contacts():
            drawn = [container([*heading(block.title), *(each for one in block.contacts for each in _contact(one))])]
        case Fields():
            drawn = [each for field in block.fields for each in _field(field.label, field.value, limit)]
        case Buttons():
            drawn = actions([press(button) for button in block.buttons])
        case Folded():
            drawn = _folded(block, limit, id_)
        case Document():
            drawn = _document(block)
    return drawn


def _folded(block: Folded, limit: int, id_: str) -> list[Element]:
    inside = [each for at, inner in enumerate(block.blocks) for each in elements(inner, limit, f"{id_}-{at}")]
    return [*actions([unfold(block.title, id_)]), container(inside, id=id_, isVisible=False)]


def _document(block: Document) -> list[Element]:
    links = [link(label, url) for label, url in _web(((labels.OPEN_FILE, block.address),))]
    told = labels.FILE_KEPT if links else labels.NO_FILE
    return [*heading(block.title), *actions(links), *text(told, **_SMALL)]


def _text(block: Text, limit: int) -> list[Element]:
    match block.tone:
        case Tone.HEADING:
            return heading(block.text)
        case Tone.NOTE:
            return text(block.text, **_SMALL)
        case Tone.URGENT:
            return [container(text(block.text, weight="Bolder"), style="attention", bleed=True)]
        case Tone.PLAIN:
            return text(shortened(block.text, limit * OTHERS))


def _quote(block: Quote, limit: int) -> Element:
    by = text(block.by, **_SMALL) if block.by else []
    return container([*by, *text(shortened(block.text, limit * OTHERS))], style="emphasis")


def _field(label: str, value: str, limit: int) -> list[Element]:
    return [*text(label, **_SMALL), *text(shortened(value, limit * OTHERS))]


def _citation(citation: Citation, limit: int) -> Element:
    grade = Piece(f"[{'・'.join(labels.marks(citation))}] ")
    links = [link(label, url) for label, url in _web(labels.links(citation))]
    notices = [f"※ {notice}" for notice in citation.notices]
    return container(
        [
            *lines((grade, Piece(labels.heading(citation))), weight="Bolder"),
            *lines(shortened_pieces(citation.pieces, limit)),
            *(each for notice in notices for each in text(notice, color="Warning")),
            *text(labels.source(citation), **_SMALL),
            *(_counterpart(other, limit) for other in citation.counterparts),
            *actions(links),
        ],
        separator=True,
    )


def _counterpart(other: Counterpart, limit: int) -> Element:
    label = labels.counterpart(other)
    rest = actions([link(label, url) for _, url in _web(((label, other.url),))]) or text(label, **_SMALL)
    words = text(shortened(other.text, limit, labels.CONTINUED))
    return container(
        [*([container(words, rtl=True)] if _right_to_left(other.text) else words), *rest], style="emphasis"
    )


def _right_to_left(words: str) -> bool:
    """Whether the first letter with a direction runs leftwards, as clients decide it for a paragraph (UAX #9, P2)."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"


def _contact(contact: Contact) -> list[Element]:
    name = " ".join(filter(None, (contact.extension, contact.name)))
    return [*telephone(contact.number), *text(name), *text(labels.details(contact), **_SMALL)]


def _web(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that a client can open; an address of another kind is dropped by Teams together with its card."""
    return [(label, url) for label, url in links if url.startswith(("https://", "http://"))]
