"""Kinds of consultation, and the sections of the documents that belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.directory.datafiles import read


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of consultation.

    Args:
        label: name in Japanese.
        confirmed: True where the Agency's release for FY2023 uses this label; the official reporting form was not
            at hand, so the others are a working list.
        sections: ids of the chapters and sections it covers, their parts included.
    """

    label: str
    confirmed: bool
    sections: tuple[str, ...]


def is_within(section_id: str, outer: str) -> bool:
    """Whether a section is another one or a part of it: "ch07.1-3" is within "ch07.1" and "ch07", not "ch07.11"."""
    return section_id == outer or section_id.startswith((f"{outer}.", f"{outer}-"))


def best_match(section_id: str, outers: Sequence[str]) -> str:
    """The narrowest of several sections that a section is within, or ""."""
    return max((outer for outer in outers if is_within(section_id, outer)), key=len, default="")


@cache
def all_categories() -> tuple[Category, ...]:
    """The seventeen working labels, その他 last."""
    return tuple(Category(**{**entry, "sections": tuple(entry["sections"])}) for entry in read("categories"))


def category_of(section_id: str) -> Category:
    """The category that a section belongs to most narrowly; その他 where it belongs to none."""
    narrowest = max(all_categories(), key=lambda category: len(best_match(section_id, category.sections)))
    return narrowest if best_match(section_id, narrowest.sections) else all_categories()[-1]
