"""Templates of the local page, and the few filters they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot import sentences
from bot.highlight import Piece, dialled, pieces


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces that are all inside an answering sentence, or all outside."""

    answering: bool
    pieces: tuple[Piece, ...]


def runs(cut: Sequence[Piece]) -> Iterator[Run]:
    """Groups pieces, so that an answering sentence is one marked element.

    Args:
        cut: pieces of one passage.

    Yields:
        Runs whose pieces, one after the other, are `cut`.
    """
    for answering, group in groupby(cut, key=lambda piece: piece.answering):
        yield Run(answering, tuple(group))


def make_templates(language_name: Callable[[str], str]) -> Environment:
    """The environment that renders the page; whatever comes from users or documents is escaped.

    Args:
        language_name: gives the Japanese name of a BCP-47 code.

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
    templates.filters["language_name"] = language_name
    templates.globals["sentences"] = sentences
    return templates
