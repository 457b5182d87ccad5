"""What a search from the compose box found, as the list that Teams shows there."""

from __future__ import annotations

from typing import Any

from adapters.teams import cards, limits
from adapters.teams.rendering import render_card
from bot import labels, sentences
from bot.answer import Citation
from bot.posts import Cited, Post
from bot.reactions import Results

_PREVIEW_TYPE = "application/vnd.microsoft.card.thumbnail"

#: Teams lists at most this many.
_LISTED = 25

#: Characters of a passage in the list.
_PREVIEW = 100

#: A preview reads simple HTML in some clients and shows it in others; wide brackets are neither.
_PLAIN = str.maketrans("<>&", "＜＞＆")


def render_results(results: Results, query: str) -> dict[str, Any]:
    """What was found: a line each to choose from, and the card that is then put into the message.

    Args:
        results: what was found, best first.
        query: what was typed.

    Returns:
        The body of the response to composeExtension/query.
    """
    if not results.citations:
        words = f"{sentences.HEADLINE_NOT_FOUND}{sentences.NEXT_STEP_REPHRASE}" if query else sentences.NEXT_STEP_EMPTY
        return {"composeExtension": {"type": "message", "text": words}}
    attachments = [_result(citation) for citation in results.citations[:_LISTED]]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


def _result(citation: Citation) -> dict[str, Any]:
    title = labels.heading(citation)
    marks = "・".join(labels.marks(citation))
    words = limits.shortened(" ".join(citation.text.split()), _PREVIEW, "…")
    preview = {"title": title.translate(_PLAIN), "text": f"[{marks}] {labels.source(citation)}".translate(_PLAIN)}
    if not citation.official or citation.unconfirmed:
        words = "".join(citation.notices) or words
    card = render_card(Post(blocks=(Cited(citation),), summary=f"{title}（{labels.source(citation)}）"))
    return {
        **cards.attachment(card),
        "preview": {"contentType": _PREVIEW_TYPE, "content": {**preview, "subtitle": words.translate(_PLAIN)}},
    }
