"""A question with all that its answer depends on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.places import Person, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question with all that its answer depends on.

    Args:
        text: the question, as it was typed.
        place: where the answer belongs.
        person: who asks.
        at: when it was asked, with time zone.
        desk: id of the desk, or "".
        prefecture: full name of the prefecture to answer for, or None.
        language: BCP-47 code of the resident's language, or None.
        earlier: what was searched before in the same talk, the newest first.
        private: True where nobody but the person sees the answer.
        quoted: True where the question stands in no message that can be seen beside the answer.
    """

    text: str
    place: Place
    person: Person
    at: datetime
    desk: str = ""
    prefecture: str | None = None
    language: str | None = None
    earlier: tuple[str, ...] = ()
    private: bool = False
    quoted: bool = False
