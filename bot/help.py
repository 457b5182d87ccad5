"""How the assistant is used, and how it introduces itself."""

from __future__ import annotations

from bot import talk
from bot.channel_rules import settings_button
from bot.composing import ASK_AGAIN
from bot.places import Place
from bot.posts import Block, Button, Buttons, Post, Text, Tone

#: The action of the button that shows how the assistant is used.
HELP = "help"


def help_blocks() -> tuple[Block, ...]:
    """How the assistant is used, and what it never does."""
    return Text(talk.HELP_TITLE, Tone.HEADING), Text(talk.HELP), Text(talk.NEVER, Tone.NOTE)


def help_text() -> str:
    """The same in one text."""
    return f"{talk.HELP}\n{talk.NEVER}"


def help_post(place: Place, *, direct: bool) -> Post:
    """The same as a post, with a button to ask and one to set the channel.

    Args:
        place: where it is asked for.
        direct: True for a conversation with one person.
    """
    return Post(blocks=(*help_blocks(), _buttons(place, direct)), summary=talk.HELP_SUMMARY)


def welcome_post(place: Place, *, direct: bool) -> Post:
    """How the assistant introduces itself in a channel, or to one person.

    Args:
        place: where it is new.
        direct: True for a conversation with one person.
    """
    how = talk.WELCOME_DIRECT if direct else talk.WELCOME_CHANNEL
    return Post(
        blocks=(
            Text(talk.WELCOME_TITLE, Tone.HEADING),
            Text(f"{talk.WELCOME}\n{how}\n{talk.WELCOME_LINK}"),
            Text(talk.NEVER, Tone.NOTE),
            _buttons(place, direct),
        ),
        summary=talk.WELCOME_TITLE,
    )


def _buttons(place: Place, direct: bool) -> Buttons:
    ask = Button(action=ASK_AGAIN, label=talk.ASK_TITLE, opens_form=True)
    return Buttons((ask, settings_button(place, direct=direct)))
