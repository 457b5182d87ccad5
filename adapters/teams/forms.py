"""Forms as dialogs: a card with fields, what comes back when it is sent, and the same again with its faults.

A dialog that is sent has to be answered in the same breath, and Teams hands back only what its fields hold. The form
itself therefore travels with it, packed, so that it can be shown again with what was typed and what is wrong with it.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from adapters.teams import cards, limits
from adapters.teams.blocks import elements
from adapters.teams.shapes import Json, mapping, string
from bot import labels
from bot.posts import ChoiceInput, DateInput, Form, Input, TextInput

#: Under this key a dialog carries what is ours; all others are fields.
_OURS = "madoguchi"

#: More single choices than this are a list to open, not one beside the other.
_SPREAD = 5

#: Longest form that is unpacked, in bytes: what comes back passed through the client.
_UNPACKED = 200_000


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back.

    Args:
        form: the form's name.
        values: values by field; a field left empty has none.
        state: the form's state, as given.
    """

    form: str
    values: Mapping[str, tuple[str, ...]]
    state: str


def render_form(form: Form, faults: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A form as the answer that opens a dialog.

    Args:
        form: the form.
        faults: what is wrong, by field, where it is shown again.

    Returns:
        The body of the response to task/fetch, task/submit, composeExtension/fetchTask or …/submitAction.
    """
    told = faults or {}
    fields = [each for field in form.inputs for each in (*_fault(told.get(field.name, "")), _field(field))]
    # A fault of no field, or of one that is not shown, is told above them all.
    names = {field.name for field in form.inputs}
    general = [each for name, fault in told.items() if name not in names for each in _fault(fault)]
    several = [field.name for field in form.inputs if isinstance(field, ChoiceInput) and field.several]
    ours = {"form": form.name, "state": form.state, "several": several, "again": _pack(form)}
    send = {"type": "Action.Submit", "title": form.submit, "data": {_OURS: ours}}
    for limit in limits.PASSAGES:
        head = [each for at, block in enumerate(form.blocks) for each in elements(block, limit, f"block-{at}")]
        card = cards.card([*general, *head, *fields], actions=[send])
        if limits.size(card) <= limits.CARD_BYTES:
            break
    return _continue(form, card)


def render_faults(data: Json, faults: Mapping[str, str]) -> dict[str, Any]:
    """The dialog that was sent, again, with what was typed into it and what is wrong with it.

    Args:
        data: `value.data` of the activity that sent the form.
        faults: what is wrong, by field.

    Returns:
        The body of the response; a plain message with the faults where the form did not come back whole.
    """
    form = _unpack(mapping(data.get(_OURS)).get("again"))
    sent = submitted(data)
    if form is None or sent is None:
        return {"task": {"type": "message", "value": "\n".join(faults.values())}}
    inputs = tuple(_filled(field, sent.values.get(field.name, ())) for field in form.inputs)
    return render_form(replace(form, inputs=inputs, state=sent.state), faults)


def submitted(data: Json) -> Sent | None:
    """Reads what came back.

    Args:
        data: `value.data` of the activity that sent a form.

    Returns:
        What was sent, or None where it is no form of ours.
    """
    ours = mapping(data.get(_OURS))
    name, several = string(ours.get("form")), ours.get("several")
    if not name:
        return None
    lists = several if isinstance(several, list) else []
    values = {
        field: tuple(unquote(part) for part in value.split(",")) if field in lists else (value,)
        for field, value in data.items()
        if isinstance(value, str) and value.strip()
    }
    return Sent(name, values, string(ours.get("state")))


def _continue(form: Form, card: cards.Element) -> dict[str, Any]:
    large = bool(form.blocks) or len(form.inputs) > 4
    shown = {"title": form.title, "width": "medium", "height": "large" if large else "medium"}
    return {"task": {"type": "continue", "value": {**shown, "card": cards.attachment(card)}}}


def _field(field: Input) -> cards.Element:
    """The input, which the client does not send off empty where it may not be."""
    common: cards.Element = {"id": field.name, "label": field.label, "isRequired": field.required}
    match field:
        case TextInput():
            text = {"isMultiline": field.lines, "maxLength": field.limit, "placeholder": field.hint}
            value = field.value[: field.limit]
            return {"type": "Input.Text", **common, **text, "value": value, "errorMessage": labels.FILL_IN}
        case DateInput():
            return {"type": "Input.Date", **common, "value": field.value, "errorMessage": labels.ENTER_DATE}
        case ChoiceInput():
            coded = _coded if field.several else str
            return {
                "type": "Input.ChoiceSet",
                **common,
                "choices": [{"title": choice.label, "value": coded(choice.value)} for choice in field.choices],
                "value": ",".join(coded(value) for value in field.value),
                "isMultiSelect": field.several,
                "style": "expanded" if field.several or len(field.choices) <= _SPREAD else "compact",
                "wrap": True,
                "errorMessage": labels.CHOOSE,
            }


def _coded(value: str) -> str:
    """A value among several: Teams hands them back as one text with commas between them."""
    return value.replace("%", "%25").replace(",", "%2C")


def _fault(words: str) -> list[cards.Element]:
    return cards.text(words, color="Attention", weight="Bolder") if words else []


def _filled(field: Input, values: tuple[str, ...]) -> Input:
    if isinstance(field, ChoiceInput):
        return replace(field, value=values)
    return replace(field, value=values[0] if values else "")


@cache
def _adapter() -> TypeAdapter[Form]:
    return TypeAdapter(Form)


def _pack(form: Form) -> str:
    # What is in the fields and the state comes back by itself.
    bare = replace(form, inputs=tuple(_filled(field, ()) for field in form.inputs), state="")
    return base64.b64encode(zlib.compress(_adapter().dump_json(bare), 9)).decode()


def _unpack(packed: object) -> Form | None:
    if not isinstance(packed, str):
        return None
    try:
        content = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), _UNPACKED)
        return _adapter().validate_json(content)
    except (binascii.Error, ValueError, zlib.error, ValidationError):
        return None
