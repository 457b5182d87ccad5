"""The languages a desk meets, with the names documents and people give them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from corpus.directory.datafiles import read


@dataclass(frozen=True, slots=True)
class Language:
    """A language.

    Args:
        code: BCP-47 code; easy Japanese, which has no registered one, is "ja-x-easy".
        name: name in Japanese.
        english: name in English.
        aliases: other names in Japanese.
        right_to_left: whether it is written from right to left.
    """

    code: str
    name: str
    english: str
    aliases: tuple[str, ...]
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class LanguageSet:
    """The languages of one public service.

    Args:
        id: "interpretation" (通訳支援事業) or "translation" (翻訳支援事業).
        name: what it is, in Japanese.
        as_of: ISO date of the document that lists them.
        codes: BCP-47 codes in the document's order.
    """

    id: str
    name: str
    as_of: str
    codes: tuple[str, ...]


@cache
def all_languages() -> tuple[Language, ...]:
    """The thirty languages."""
    return tuple(Language(**{**entry, "aliases": tuple(entry["aliases"])}) for entry in read("languages")["languages"])


@cache
def language_sets() -> dict[str, LanguageSet]:
    """The official sets, by id."""
    sets = (LanguageSet(**{**entry, "codes": tuple(entry["codes"])}) for entry in read("languages")["sets"])
    return {languages.id: languages for languages in sets}


def language_named(text: str) -> Language | None:
    """The language that a text names.

    Args:
        text: a name in Japanese (with or without 語) or English, another name, or a code.

    Returns:
        The language, or None. A name proper counts before an alias (タガログ語 is "tl", although documents also
        use it for "fil"), and of two languages with the same alias the first in the list.
    """
    wanted = _key(text)
    return _by_name().get(wanted) or _by_name().get(wanted + "語")


@cache
def _by_name() -> dict[str, Language]:
    proper = {_key(name): one for one in all_languages() for name in (one.code, one.name, one.english)}
    aliases = {_key(alias): one for one in reversed(all_languages()) for alias in one.aliases}
    return {**aliases, **proper}


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
