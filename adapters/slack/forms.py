"""A form as a modal, and the way back: what was filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.slack import limits
from adapters.slack.limits import Json
from adapters.slack.origin import packed
from adapters.slack.rendering import blocks_of
from bot.places import Place
from bot.posts import ChoiceInput, DateInput, Form, Input, Post, TextInput
from bot.reactions import Correct


def render_form(form: Form, place: Place) -> Json:
    """Renders a form as the view for views.open.

    Args:
        form: any form.
        place: where it is opened from; comes back in `bot.incoming.Submitted`.
    """
    shown = blocks_of(Post(blocks=form.blocks, summary=form.title))
    return {
        "type": "modal",
        "callback_id": form.name,
        "title": _plain(form.title, limits.MODAL_TITLE),
        "submit": _plain(form.submit, limits.MODAL_TITLE),
        "blocks": [*shown, *(_input(one) for one in form.inputs)],
        "private_metadata": packed(place, form.state),
    }


def render_faults(correct: Correct) -> Json:
    """The answer to a submission that keeps the modal open, each fault at its field."""
    faults = {name: limits.cut(fault, limits.LABEL, "…") for name, fault in correct.faults.items()}
    return {"response_action": "errors", "errors": faults}


def filled_in(view: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Values by field; a field left empty has none.

    Args:
        view: the view of a submission.
    """
    fields = ((name, element) for block in view["state"]["values"].values() for name, element in block.items())
    return {name: values for name, element in fields if (values := tuple(_values(element)))}


def _values(element: Mapping[str, Any]) -> Iterator[str]:
    chosen = [*(element.get("selected_options") or ()), *filter(None, [element.get("selected_option")])]
    yield from (option["value"] for option in chosen)
    yield from filter(None, (element.get("value"), element.get("selected_date")))


def _input(one: Input) -> Json:
    block: Json = {
        "type": "input",
        "block_id": one.name,
        "label": _plain(one.label, limits.LABEL),
        "element": {"action_id": one.name, **_element(one)},
        "optional": not one.required,
    }
    if isinstance(one, TextInput) and one.hint:
        block["hint"] = _plain(one.hint, limits.LABEL)
    return block


def _element(one: Input) -> Json:
    match one:
        case TextInput():
            initial = {"initial_value": one.value[: one.limit]} if one.value else {}
            return {"type": "plain_text_input", "multiline": one.lines, "max_length": one.limit, **initial}
        case DateInput():
            return {"type": "datepicker", **({"initial_date": one.value} if one.value else {})}
        case ChoiceInput():
            options = [
                {"text": _plain(choice.label, limits.OPTION_TEXT), "value": choice.value} for choice in one.choices
            ]
            chosen = [option for option in options if option["value"] in one.value]
            if one.several:
                several = {"initial_options": chosen} if chosen else {}
                return {"type": "multi_static_select", "options": options, **several}
            return {"type": "static_select", "options": options, **({"initial_option": chosen[0]} if chosen else {})}


def _plain(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": limits.cut(text, limit, "…"), "emoji": False}
