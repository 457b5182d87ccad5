"""Templates of the local page, and the few filters they need."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot import sentences
from bot.highlight import dialled, pieces, runs
from bot.office_hours import JAPAN

#: Japan has kept one zone without summer time since 1952.


def make_templates(language_name: Callable[[str], str], *, has_rooms: bool) -> Environment:
    """The environment that renders the page; whatever comes from users or documents is escaped.

    Args:
        language_name: gives the Japanese name of a BCP-47 code.
        has_rooms: whether the practice place is there to be linked to.

    Returns:
        A jinja2 environment; a name that a template does not get is an error, never an empty place.
    """
    templates = Environment(
        loader=PackageLoader("adapters.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["dialled"] = dialled
    templates.filters["pieces"] = pieces
    templates.filters["runs"] = runs
    templates.filters["japanese_date"] = sentences.date_in_words
    templates.filters["japanese_time"] = lambda moment: moment.astimezone(JAPAN).strftime("%-m月%-d日 %H:%M")
    templates.filters["language_name"] = language_name
    templates.globals["sentences"] = sentences
    templates.globals["has_rooms"] = has_rooms
    return templates
