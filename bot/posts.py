"""What the assistant says, as blocks that each platform renders in its own way.

Every block carries its `kind`, so that a post can be written to a database and read back. What a platform
cannot do its renderer degrades visibly; no renderer leaves a block out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.answer import Citation
from corpus.directory import Contact


class Tone(StrEnum):
    """How a text wants to be read."""

    PLAIN = "plain"
    HEADING = "heading"
    NOTE = "note"  # small print: remarks, editions, hints
    URGENT = "urgent"  # life or safety: before and above all else


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, plain text: nothing in it is markup, line ends stay.

    Args:
        text: what is said.
        tone: how it wants to be read.
    """

    text: str
    tone: Tone = Tone.PLAIN
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, set apart.

    Args:
        text: the words, plain text.
        by: what stands above them: whose they are, or what they answer; "" for nothing.
    """

    text: str
    by: str = ""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage with grade, title, edition, section, page, notices, link; figures in it stand out.

    Args:
        citation: the passage and all that must be shown with it.
    """

    citation: Citation
    kind: Literal["cited"] = "cited"


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to call, the first first.

    Args:
        title: heading.
        contacts: name, number, hours, languages, edition of each.
    """

    title: str
    contacts: tuple[Contact, ...]
    kind: Literal["contacts"] = "contacts"


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled values, in order."""

    fields: tuple[Field, ...]
    kind: Literal["fields"] = "fields"


class Style(StrEnum):
    """How a button looks."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button, which becomes a `bot.incoming.Pressed` when somebody presses it.

    Args:
        action: what is to be done (`[a-z_]+`).
        label: what stands on it, at most 30 characters.
        value: handed back with the press, at most 1,000 characters.
        style: how it looks.
        opens_form: True where the press is answered by a form; platforms that must know beforehand are told so.
    """

    action: str
    label: str
    value: str = ""
    style: Style = Style.PLAIN
    opens_form: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Folded:
    """What is shown on demand; where a platform cannot fold, it is shown shortened and says so.

    Args:
        title: what stands there until it is opened.
        blocks: what is inside; no `Folded` again.
    """

    title: str
    blocks: tuple[Text | Quote | Cited | Contacts | Fields, ...]
    kind: Literal["folded"] = "folded"


@dataclass(frozen=True, slots=True)
class Document:
    """A referral's hand-over sheet as PDF; `bot.documents` tells who makes it, when the post is sent.

    It stands alone in its post: where a platform attaches files, one is a message of its own.

    Args:
        title: what people call it.
        referral: id of the referral.
        address: where it can be opened, where that is a page: filled in by who sends the post, and kept nowhere.
    """

    title: str
    referral: str
    address: str = ""
    kind: Literal["document"] = "document"


Block = Text | Quote | Cited | Contacts | Fields | Buttons | Folded | Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message.

    Args:
        blocks: what it says, from top to bottom.
        summary: the same in one plain sentence, for notifications and screen readers.
        refresh: the action that brings the message up to date for whoever looks at it, or None where it shows
            no state that changes.
    """

    blocks: tuple[Block, ...]
    summary: str
    refresh: Button | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput:
    """A field for text.

    Args:
        name: under which the value comes back (`[a-z_]+`).
        label: what stands beside it.
        value: what stands in it at first.
        lines: True for several lines.
        required: whether it may stay empty.
        limit: longest text, in characters, at most 3,000.
        hint: what helps to fill it, or "".
    """

    name: str
    label: str
    value: str = ""
    lines: bool = False
    required: bool = True
    limit: int = 3000
    hint: str = ""
    kind: Literal["text_input"] = "text_input"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things to choose from: what comes back, and what is shown (at most 75 characters)."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceInput:
    """One of up to 100 choices, or several of them.

    Args:
        name: under which the values come back.
        label: what stands beside it.
        choices: in order.
        value: values chosen at first.
        several: whether more than one may be chosen.
        required: whether one must be chosen.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    value: tuple[str, ...] = ()
    several: bool = False
    required: bool = True
    kind: Literal["choice_input"] = "choice_input"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInput:
    """A day.

    Args:
        name: under which the day comes back, as YYYY-MM-DD.
        label: what stands beside it.
        value: ISO date that stands in it at first, or "".
        required: whether it may stay empty.
    """

    name: str
    label: str
    value: str = ""
    required: bool = True
    kind: Literal["date_input"] = "date_input"


Input = TextInput | ChoiceInput | DateInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A dialog to fill in, which becomes a `bot.incoming.Submitted`.

    Args:
        name: which form (`[a-z_]+`).
        title: at most 24 characters.
        submit: what stands on its button, at most 24 characters.
        inputs: its fields, in order.
        blocks: what is shown above the fields.
        state: handed back with the form, at most 2,000 characters; never shown.
    """

    name: str
    title: str
    submit: str
    inputs: tuple[Input, ...]
    blocks: tuple[Text | Quote | Fields, ...] = ()
    state: str = ""
