"""What a view carries unseen: a modal or a home knows nothing of the conversation that it belongs to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.places import Place


def packed(place: Place, state: str = "") -> str:
    """The private metadata of a view, of which Slack keeps 3,000 characters.

    Args:
        place: where it belongs.
        state: a form's state, at most 2,000 characters.
    """
    # The state stands after the JSON, not in it: escaped it could outgrow what Slack keeps.
    return json.dumps(asdict(place), ensure_ascii=False, separators=(",", ":")) + "\n" + state


def unpacked(view: Mapping[str, Any]) -> tuple[Place, str]:
    """Place and state that `packed` put into a view.

    Args:
        view: a view as Slack sends it back.

    Raises:
        KeyError, TypeError, ValueError: it is no view of ours.
    """
    head, _, state = view["private_metadata"].partition("\n")
    return Place(**json.loads(head)), state
