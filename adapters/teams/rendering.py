"""A post as a Teams message: one Adaptive Card, and a sentence for notifications.

What Teams cannot do is done visibly otherwise: a message for one person in a channel goes to their own chat and says
so; what is too long is cut, first the passages, then whole parts, which are named.
"""

from __future__ import annotations

from typing import Any

from adapters.teams import cards, limits
from adapters.teams.blocks import elements
from bot import labels
from bot.posts import Block, Buttons, Cited, Contacts, Document, Fields, Folded, Post, Quote, Text, Tone


def delivery_mark(delivery: str) -> str:
    """The id of the hidden element that carries a delivery's id; it stands in the card's JSON as Graph lists it."""
    return f"madoguchi-{delivery}"


def render(post: Post, delivery: str = "", *, private: bool = False) -> dict[str, Any]:
    """The parts of an activity that show a post; place and addressee are the sender's to add.

    Args:
        post: what is said.
        delivery: id that travels with the message (`delivery_mark`), or "".
        private: True where it was meant for one person in a channel, and goes to their own chat instead.
    """
    summary = limits.shortened(post.summary, limits.SUMMARY)
    return {
        "type": "message",
        "summary": summary,
        "attachments": [cards.attachment(render_card(post, delivery, private=private))],
    }


def render_card(post: Post, delivery: str = "", *, private: bool = False) -> dict[str, Any]:
    """The card alone, for the answer to a press.

    Args:
        post: what is said.
        delivery: id that travels with the card, or "".
        private: as for `render`.
    """
    head = cards.text(labels.ONLY_YOU, size="Small", isSubtle=True) if private else []
    tail: list[cards.Element] = []
    if delivery:
        tail = [{"type": "TextBlock", "id": delivery_mark(delivery), "text": " ", "isVisible": False}]
    properties: dict[str, Any] = {"fallbackText": limits.shortened(post.summary, limits.SUMMARY)}
    if post.refresh:
        # Without userIds it is refreshed for everybody where up to 60 people are, and on demand elsewhere.
        action = cards.press(post.refresh)
        properties["refresh"] = {"action": action}
    frame = cards.card([*head, *tail], **properties)
    room = limits.CARD_BYTES - limits.size(frame)
    return {**frame, "body": [*head, *_body(post.blocks, room), *tail]}


def _body(blocks: tuple[Block, ...], room: int) -> list[cards.Element]:
    """All blocks, with passages as long as the room allows; at the shortest, whole blocks are left out and named."""
    for limit in limits.PASSAGES:
        parts = [elements(block, limit, f"fold-{at}") for at, block in enumerate(blocks)]
        # Between two lists of elements stands one comma more than each of them counts.
        if sum(limits.size(part) for part in parts) <= room:
            return [each for part in parts for each in part]
    dropped: set[int] = set()
    remark: list[cards.Element] = []
    for at in sorted(range(len(blocks)), key=lambda at: (_weight(blocks[at]), -at)):
        shown = sum(limits.size(part) for i, part in enumerate(parts) if i not in dropped)
        if shown + limits.size(remark) <= room:
            break
        dropped.add(at)
        remark = cards.text(labels.left_out([_name(blocks[i]) for i in sorted(dropped)]), color="Warning")
    return [*(each for i, part in enumerate(parts) if i not in dropped for each in part), *remark]


def _weight(block: Block) -> int:
    """What is left out first: 0 what can be read elsewhere, then what must be known or done, last what saves lives."""
    match block:
        case Text(tone=Tone.URGENT):
            return 2
        case Text(tone=Tone.NOTE) | Contacts() | Buttons() | Document():
            return 1
        case _:
            return 0


def _name(block: Block) -> str:
    match block:
        case Text() | Quote():
            words = block.text
        case Cited():
            words = f"{labels.heading(block.citation)}（{labels.source(block.citation)}）"
        case Contacts() | Folded() | Document():
            words = block.title
        case Fields():
            words = "・".join(field.label for field in block.fields)
        case Buttons():
            words = "・".join(button.label for button in block.buttons)
    return limits.shortened(" ".join(words.split()), limits.NAME, "…")
