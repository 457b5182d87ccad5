"""National hotlines, the emergency numbers, and the agencies in FRESC.

A hotline may be shown when the body that answers for it, or two documents, print its number and nothing
questions it. The others stay in the data with the doubt written beside them, and answers leave them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corpus.directory.datafiles import read


@dataclass(frozen=True, slots=True)
class Number:
    """One telephone number of a hotline.

    Args:
        number: as dialled.
        use: when to use it ("海外から"), "" for the main number.
        language: BCP-47 code where the number is for one language, or "".
    """

    number: str
    use: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """A hotline that serves the whole country.

    Args:
        id: stable id.
        name: name as its operator gives it.
        numbers: main number first.
        languages: BCP-47 codes; empty where the sources do not say.
        hours: when it answers, in Japanese; "" where the sources do not say.
        scope: what it helps with, a sentence of Japanese.
        as_of: ISO date at which this was known to hold; "" where the source is undated.
        url: where it was read.
        topics: ids of the sections it helps with; a section's parts are meant too.
        emergency: True for 110 and 119.
        fallback: True for the one to name when no other fits.
        doubt: why it may not be shown, or "".
        superseded: numbers it no longer has. NEVER shown to anyone.
    """

    id: str
    name: str
    numbers: tuple[Number, ...]
    languages: tuple[str, ...]
    hours: str
    scope: str
    as_of: str
    url: str
    topics: tuple[str, ...]
    emergency: bool = False
    fallback: bool = False
    doubt: str = ""
    superseded: tuple[str, ...] = field(default=(), repr=False)

    @property
    def unconfirmed(self) -> bool:
        """Whether answers must leave it out."""
        return bool(self.doubt)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with a counter in FRESC.

    Args:
        name: its name.
        serves: for whom, in Japanese.
        offers: what it does there, in Japanese.
    """

    name: str
    serves: str
    offers: str


@dataclass(frozen=True, slots=True)
class Fresc:
    """The Foreign Residents Support Center (外国人在留支援センター).

    Args:
        address: where it is.
        hotline: id of its hotline.
        as_of: ISO date at which the agencies' work was described.
        url: its official page.
        agencies: the agencies in it.
    """

    address: str
    hotline: str
    as_of: str
    url: str
    agencies: tuple[Agency, ...]


@cache
def all_hotlines() -> tuple[Hotline, ...]:
    """Every hotline in the data, those that may not be shown included."""
    return tuple(_hotline(entry) for entry in read("hotlines"))


@cache
def fresc() -> Fresc:
    """FRESC and its agencies."""
    entry = read("fresc")
    return Fresc(**{**entry, "agencies": tuple(Agency(**agency) for agency in entry["agencies"])})


def _hotline(entry: dict[str, Any]) -> Hotline:
    return Hotline(
        **{
            **entry,
            "numbers": tuple(Number(**number) for number in entry["numbers"]),
            "languages": tuple(entry["languages"]),
            "topics": tuple(entry["topics"]),
            "superseded": tuple(entry.get("superseded", ())),
        }
    )
