"""What a search from the compose box found, as the list that Teams shows there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.teams import cards, limits
from adapters.teams.rendering import render_card
from bot import labels, sentences
from bot.answer import Citation, UrgentHelp
from bot.composing import urgent_post
from bot.posts import Cited, Post, Text, Tone
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
    attachments = [_help(results.urgent)] if results.urgent else []
    attachments += [_result(citation, results.notice) for citation in results.citations[: _LISTED - len(attachments)]]
    if not attachments:
        words = f"{sentences.HEADLINE_NOT_FOUND}{sentences.NEXT_STEP_REPHRASE}" if query else sentences.NEXT_STEP_EMPTY
        return {"composeExtension": {"type": "message", "text": f"{words}{results.notice}"}}
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


def _help(found: UrgentHelp) -> dict[str, Any]:
    numbers = "／".join(f"{contact.name} {labels.number(contact)}" for contact in found.contacts)
    return _listed(urgent_post(found), {"title": found.message, "text": numbers})


def _result(citation: Citation, notice: str) -> dict[str, Any]:
    title = labels.heading(citation)
    marks = "・".join(labels.marks(citation))
    words = limits.shortened(" ".join(citation.text.split()), _PREVIEW, "…")
    preview = {"title": title, "text": f"[{marks}] {labels.source(citation)}"}
    if not citation.official or citation.unconfirmed:
        words = "".join(citation.notices) or words
    remark = (Text(notice, Tone.NOTE),) if notice else ()
    post = Post(blocks=(*remark, Cited(citation)), summary=f"{title}（{labels.source(citation)}）")
    return _listed(post, {**preview, "subtitle": words})


def _listed(post: Post, preview: Mapping[str, str]) -> dict[str, Any]:
    """A line to choose from, and the card behind it."""
    plain = {name: words.translate(_PLAIN) for name, words in preview.items()}
    return {**cards.attachment(render_card(post)), "preview": {"contentType": _PREVIEW_TYPE, "content": plain}}
