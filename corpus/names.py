"""Names of people, and words that look like names and are none.

Tables in `corpus/data/names`, written by hand: facts about how names are spelt, taken from nobody's list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Names:
    """The tables, each way round that they are asked.

    Args:
        katakana: a name in katakana → the ways it is written in Latin letters.
        latin: the foreign names in Latin letters, lower case.
        kanji: surnames of Chinese, Korean and Vietnamese people in characters → how they are read, Latin letters.
        surnames: Japanese surnames in Latin letters.
        characters: Japanese surnames in characters, two or more of them.
        given: Japanese given names in Latin letters.
        given_characters: Japanese given names in characters.
        english: words of European languages that are no names by themselves, lower case.
        ordinary: words of Japanese that stand before さん or in rows and are no names.
        organisations: words in the names of employers and schools, by what each is there: "company", "shop",
            "school" end a name, "establishment" begins one, "generic" says nothing of which one it is, "outside" is
            no part of one.
    """

    katakana: Mapping[str, frozenset[str]]
    latin: frozenset[str]
    kanji: Mapping[str, frozenset[str]]
    surnames: frozenset[str]
    characters: frozenset[str]
    given: frozenset[str]
    given_characters: frozenset[str]
    english: frozenset[str]
    ordinary: frozenset[str]
    organisations: Mapping[str, frozenset[str]]


@cache
def load() -> Names:
    """The names that come with Madoguchi."""
    katakana: dict[str, set[str]] = {}
    latin: set[str] = set()
    for romaji, written in _rows("foreign"):
        latin.add(romaji)
        for form in written.split(","):
            katakana.setdefault(form, set()).add(romaji)
    kanji: dict[str, set[str]] = {}
    for characters, romaji, read in _rows("kanji"):
        latin.update(romaji.split(","))
        for form in characters.split(","):
            kanji.setdefault(form, set()).update(romaji.split(","))
        for form in read.split(","):
            if len(form) > 1:  # a single katakana is anything
                katakana.setdefault(form, set()).update(romaji.split(","))
    japanese = list(_rows("japanese"))
    words = list(_rows("ordinary"))
    organisations: dict[str, set[str]] = {}
    for part, word in _rows("organisations"):
        organisations.setdefault(part, set()).add(word)
    return Names(
        katakana={form: frozenset(romaji) for form, romaji in katakana.items()},
        latin=frozenset(latin),
        kanji={form: frozenset(romaji) for form, romaji in kanji.items()},
        surnames=frozenset(romaji for romaji, part, _ in japanese if part == "surname"),
        characters=frozenset(surname for (surname,) in _rows("surnames")),
        given=frozenset(romaji for romaji, part, _ in japanese if part == "given"),
        given_characters=frozenset(
            form for _, part, forms in japanese if part == "given" for form in forms.split(",") if form
        ),
        english=frozenset(word for kind, word in words if kind == "english"),
        ordinary=frozenset(word for kind, word in words if kind != "english"),
        organisations={part: frozenset(found) for part, found in organisations.items()},
    )


def _rows(name: str) -> Iterator[list[str]]:
    table = resources.files("corpus").joinpath("data", "names", f"{name}.tsv").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
