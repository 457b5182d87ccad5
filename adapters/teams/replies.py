"""What stands in the body of the answer to an invoke, by reaction.

Teams wants one shape for a pressed card, one for dialogs and one for the message extension:
https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format,
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots and
https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
What one of them cannot show is shown otherwise, never dropped.
"""

from __future__ import annotations

from typing import Any

from adapters.teams import cards
from adapters.teams.extension import render_results
from adapters.teams.forms import render_faults, render_form
from adapters.teams.rendering import render_card
from adapters.teams.shapes import Json, mapping
from bot import labels
from bot.incoming import Incoming, Pressed, Searched
from bot.posts import Button, Buttons, Form, Post, Text
from bot.reactions import Correct, Prompts, Reaction, Replace, Results, ShowForm, ShowHome, Whisper

#: The invokes that are known; to any other Teams is told that it is not (501).
PRESS, QUERY = "adaptiveCard/action", "composeExtension/query"
DIALOGS = frozenset({"task/fetch", "task/submit", "composeExtension/fetchTask", "composeExtension/submitAction"})
#: Those of them that must be answered by a dialog, since somebody waits for it to open.
_OPENING = frozenset({"task/fetch", "composeExtension/fetchTask"})

Body = dict[str, Any]


def answer_invoke(activity: Json, incoming: Incoming | None, reaction: Reaction | None) -> Body | None:
    """The body of the answer to an invoke of a known name.

    Args:
        activity: the invoke.
        incoming: what it was read as; None where it could not be.
        reaction: what is to be shown, or None.

    Returns:
        The body, or None for an empty one, which closes a dialog.
    """
    name = activity.get("name")
    if name == PRESS:
        return _card_answer(incoming, reaction)
    if name == QUERY:
        return _query_answer(incoming, reaction)
    data = mapping(mapping(activity.get("value")).get("data"))
    return _dialog_answer(data, reaction, opening=name in _OPENING)


def said(incoming: Incoming, reaction: Reaction) -> Post | None:
    """A reaction as a message of its own, for what came as a message; None where nothing is to be said."""
    match reaction:
        case Replace(post) | ShowHome(post):
            return post
        case ShowForm(form) if isinstance(incoming, Pressed):
            return _offering(incoming, form)
    words = _words_of(reaction)
    return Post(blocks=(Text(words),), summary=words) if words else None


def _offering(pressed: Pressed, form: Form) -> Post:
    """A message whose button opens a form, for where a press itself cannot open it."""
    button = Button(action=pressed.action, label=form.title, value=pressed.value, opens_form=True)
    return Post(blocks=(Text(form.title), Buttons((button,))), summary=form.title)


def _words_of(reaction: Reaction | None) -> str:
    """A reaction that can be told in words, in words; "" for the others."""
    match reaction:
        case Whisper(text):
            return text
        case Correct(faults):
            return "\n".join(faults.values())
        case Prompts(greeting, prompts):
            return "\n".join((greeting, *prompts))
        case _:
            return ""


def _card_answer(incoming: Incoming | None, reaction: Reaction | None) -> Body:
    match reaction:
        case Replace(post) | ShowHome(post):
            return _card(post)
        case ShowForm(form) if isinstance(incoming, Pressed):
            return _card(_offering(incoming, form))
    words = labels.TRY_AGAIN if incoming is None else _words_of(reaction)
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}


def _card(post: Post) -> Body:
    return {"statusCode": 200, "type": cards.CARD_TYPE, "value": render_card(post)}


def _dialog_answer(data: Json, reaction: Reaction | None, *, opening: bool) -> Body | None:
    match reaction:
        case ShowForm(form):
            return render_form(form)
        case Correct(faults):
            return render_faults(data, faults)
        case Replace(post) | ShowHome(post):
            shown = {"title": labels.NOTE_TITLE, "width": "medium", "height": "medium"}
            return {"task": {"type": "continue", "value": {**shown, "card": cards.attachment(render_card(post))}}}
    words = _words_of(reaction) or (labels.TRY_AGAIN if opening else "")
    return {"task": {"type": "message", "value": words}} if words else None


def _query_answer(incoming: Incoming | None, reaction: Reaction | None) -> Body:
    if isinstance(reaction, Results) and isinstance(incoming, Searched):
        return render_results(reaction, incoming.text)
    return {"composeExtension": {"type": "message", "text": _words_of(reaction) or labels.TRY_AGAIN}}
