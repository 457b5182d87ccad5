"""What a platform shows at once, in reply to a press, a form or a look, beside what the outbox owes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answer import Citation, UrgentHelp
from bot.posts import Form, Post


@dataclass(frozen=True, slots=True)
class ShowForm:
    """Opens a form for the person who pressed."""

    form: Form


@dataclass(frozen=True, slots=True)
class Correct:
    """Keeps the form open and says at each field what is wrong with it."""

    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Replace:
    """Shows the message that was pressed in a new state."""

    post: Post


@dataclass(frozen=True, slots=True)
class Whisper:
    """A sentence that only the person sees."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowHome:
    """The assistant's home, for this person."""

    post: Post


@dataclass(frozen=True, slots=True)
class Prompts:
    """What can be asked, to be chosen with a click."""

    greeting: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first.

    Args:
        citations: may be empty.
        urgent: help to be shown before them, or None.
        notice: what must be said beside any of them (that documents are out of date), or "".
    """

    citations: tuple[Citation, ...]
    urgent: UrgentHelp | None = None
    notice: str = ""


Reaction = ShowForm | Correct | Replace | Whisper | ShowHome | Prompts | Results
