"""The few elements of Adaptive Cards 1.5 that the assistant's cards are made of.

Text of documents and people goes into rich text, which knows no markup. A text block reads Markdown, and its escapes
work differently in the clients for desktop, Android and iOS; it holds only what cannot be taken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from adapters.teams.limits import ACTIONS
from bot.highlight import Piece, dialled
from bot.posts import Button, Style

Element = dict[str, Any]

CARD_TYPE = "application/vnd.microsoft.card.adaptive"

_STYLES = {Style.PLAIN: "default", Style.PRIMARY: "positive", Style.DANGER: "destructive"}

#: Characters that mean something in Markdown, wherever they stand.
_MARKUP = re.compile(r"[\\*_\[\](){}<>#+\-.!|~`&:/]")

#: What can stand as the text of a link to a telephone number without being taken for more.
_PLAIN_NUMBER = re.compile(r"[+#＃]?[0-9０-９][0-9０-９\-－‐–−]*")

#: Clients replace these two functions by a date or a time; a word joiner keeps them apart.
_FUNCTION = re.compile(r"\{\{(?=\s*(?:DATE|TIME)\s*\()")


def lines(pieces: Iterable[Piece], **style: object) -> list[Element]:
    """Text as one rich text block a line: clients differ in what they do with a line end inside one.

    Args:
        pieces: the text; figures become bold, sentences that answer are highlighted.
        style: further properties of each run ("weight", "size", "color", "isSubtle").
    """
    blocks: list[Element] = []
    gap = "Default"
    for line in _split(pieces):
        if not "".join(piece.text for piece in line).strip():
            gap = "Medium" if blocks else gap
            continue
        blocks.append({"type": "RichTextBlock", "inlines": [_run(piece, style) for piece in line], "spacing": gap})
        gap = "Small"
    return blocks


def text(words: str, **style: object) -> list[Element]:
    """Plain text, one rich text block a line; `style` as for `lines`."""
    return lines((Piece(words),), **style)


def heading(words: str) -> list[Element]:
    """A heading; announced as one by screen readers where nothing in it could be taken for markup."""
    if "\n" in words or _MARKUP.search(words) or words[:1].isdigit():
        return text(words, weight="Bolder", size="Medium")
    return [
        {"type": "TextBlock", "text": words, "style": "heading", "weight": "Bolder", "size": "Medium", "wrap": True}
    ]


def telephone(number: str) -> list[Element]:
    """A number to call, as a link where it is nothing but a number.

    The link is one in the text and no button: clients for desktop let buttons with `tel:` do nothing, and a text shows
    the number in any case.
    """
    if not _PLAIN_NUMBER.fullmatch(number):
        return text(number, weight="Bolder")
    address = "tel:" + dialled(number).replace("#", "%23")
    return [{"type": "TextBlock", "text": f"[{number}]({address})", "weight": "Bolder", "wrap": True}]


def container(items: Sequence[Element], **properties: object) -> Element:
    """Elements that belong together; `properties` as "style", "separator", "rtl", "id", "isVisible"."""
    return {"type": "Container", "items": list(items), **properties}


def actions(of: Sequence[Element]) -> list[Element]:
    """Actions in rows, none hidden."""
    rows = (of[at : at + ACTIONS] for at in range(0, len(of), ACTIONS))
    return [{"type": "ActionSet", "actions": list(row)} for row in rows]


def link(label: str, address: str) -> Element:
    """An action that opens a page."""
    return {"type": "Action.OpenUrl", "title": label, "url": address}


def press(button: Button) -> Element:
    """The action of a button, read again by `adapters.teams.incoming`.

    Only Action.Submit can open a dialog in Teams; anything else is Action.Execute, whose answer can replace the card.
    """
    data = {"action": button.action, "value": button.value}
    shown = {"title": button.label, "style": _STYLES[button.style]}
    if button.opens_form:
        return {"type": "Action.Submit", **shown, "data": {"msteams": {"type": "task/fetch"}, **data}}
    return {"type": "Action.Execute", **shown, "verb": button.action, "data": data}


def unfold(title: str, target: str) -> Element:
    """The action that shows and hides the container of that id."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [target]}


def card(body: Sequence[Element], **properties: object) -> Element:
    """An Adaptive Card as wide as the conversation."""
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": list(body),
        "msteams": {"width": "Full"},
        **properties,
    }


def attachment(content: Element) -> Element:
    """A card as an attachment."""
    return {"contentType": CARD_TYPE, "content": content}


def _run(piece: Piece, style: dict[str, object]) -> Element:
    run: Element = {"type": "TextRun", "text": _FUNCTION.sub("{\u2060{", piece.text), **style}
    if piece.figure:
        run["weight"] = "Bolder"
    if piece.answering:
        run["highlight"] = True
    return run


def _split(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.replace("\r\n", "\n").split("\n")
        line.append(Piece(first, piece.answering, piece.figure))
        for words in rest:
            yield [part for part in line if part.text]
            line = [Piece(words, piece.answering, piece.figure)]
    yield [part for part in line if part.text]
