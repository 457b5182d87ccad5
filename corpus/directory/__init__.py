"""The directory: bureaus, branches and sub-offices, hotlines, FRESC's agencies, languages, kinds of consultation.

directory = corpus.directory.load()
directory.bureau_for("神奈川県").contact.phone
directory.contacts_for(["ch03.2-5"], "長野県")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.directory.bureaus import Bureau, OfficeContact, UnknownBureauError, all_bureaus
from corpus.directory.categories import Category, all_categories, category_of
from corpus.directory.contacts import Contact, contact_of_bureau, contact_of_hotline, hotlines_for
from corpus.directory.hotlines import Agency, Fresc, Hotline, Number, all_hotlines, fresc
from corpus.directory.languages import Language, LanguageSet, all_languages, language_named, language_sets
from corpus.directory.prefectures import Prefecture, UnknownPrefectureError, all_prefectures, prefecture_named

__all__ = [
    "Agency",
    "Bureau",
    "Category",
    "Contact",
    "Directory",
    "Fresc",
    "Hotline",
    "Language",
    "LanguageSet",
    "Number",
    "OfficeContact",
    "Prefecture",
    "UnknownBureauError",
    "UnknownPrefectureError",
    "load",
]


@dataclass(frozen=True, slots=True)
class Directory:
    """All of it.

    Args:
        bureaus: the 11 bureaus and branches, and any sub-offices.
        prefectures: the 47, by code.
        hotlines: every hotline known, those that may not be shown included; see `shown_hotlines`.
        fresc: FRESC and its agencies.
        languages: the 30 languages.
        language_sets: the official sets, by id.
        categories: the kinds of consultation.
    """

    bureaus: tuple[Bureau, ...]
    prefectures: tuple[Prefecture, ...]
    hotlines: tuple[Hotline, ...]
    fresc: Fresc
    languages: tuple[Language, ...]
    language_sets: dict[str, LanguageSet]
    categories: tuple[Category, ...]

    @property
    def shown_hotlines(self) -> tuple[Hotline, ...]:
        """The hotlines that may be shown."""
        return tuple(hotline for hotline in self.hotlines if not hotline.unconfirmed)

    @property
    def retired_numbers(self) -> frozenset[str]:
        """Numbers of older editions that are nobody's any more; no text shown may hold one of them."""
        old = {contact.phone for bureau in self.bureaus for contact in bureau.superseded}
        old.update(number for hotline in self.hotlines for number in hotline.superseded)
        current = {bureau.contact.phone for bureau in self.bureaus}
        current.update(number.number for hotline in self.hotlines for number in hotline.numbers)
        return frozenset(old - current)

    def bureau_for(self, prefecture: str, municipalities: Iterable[str] = ()) -> Bureau:
        """The office that answers for a prefecture, or for a desk in it.

        Args:
            prefecture: as `prefecture_named` reads it: "神奈川県", "神奈川", "かながわ", "Kanagawa", "14".
            municipalities: codes of the local governments that the desk serves (5 or 6 digits), if it is about a desk.

        Returns:
            The office that answers by itself for all of these municipalities; where there is none, the
            prefecture's: its bureau, or the branch for Kanagawa, Hyogo and Okinawa.

        Raises:
            UnknownPrefectureError: the text names no prefecture.
        """
        wanted = prefecture_named(prefecture).bureau
        codes = tuple(municipalities)
        nearer = next((bureau for bureau in self.bureaus if bureau.answers_for(codes)), None)
        return nearer or self.bureau(wanted)

    def bureau(self, name: str) -> Bureau:
        """The bureau, branch or sub-office of an id.

        Args:
            name: id of an office.

        Raises:
            UnknownBureauError: there is none.
        """
        found = next((bureau for bureau in self.bureaus if bureau.id == name), None)
        if found is None:
            raise UnknownBureauError(name)
        return found

    def language_named(self, text: str) -> Language | None:
        """The language that a name, another name or a code means, or None."""
        return language_named(text)

    def category_of(self, section_id: str) -> Category:
        """The kind of consultation that a section belongs to; その他 where it belongs to none."""
        return category_of(section_id)

    def contacts_for(self, section_ids: Sequence[str], prefecture: str | None) -> tuple[Contact, ...]:
        """Whom to call for a topic.

        Args:
            section_ids: sections of the answer ("ch03.2-5"), best first; may be empty.
            prefecture: where the client lives or the desk stands, or None.

        Returns:
            One to three hotlines and, where the prefecture is known, its bureau's coordinators: first
            for matters of residence (chapter 1), last for others. Only contacts that may be shown.

        Raises:
            UnknownPrefectureError: `prefecture` names none.
        """
        hotlines = tuple(contact_of_hotline(hotline) for hotline in hotlines_for(section_ids, self.shown_hotlines))
        if prefecture is None:
            return hotlines
        coordinators = contact_of_bureau(self.bureau_for(prefecture))
        about_residence = bool(section_ids) and section_ids[0].startswith("ch01")
        return (coordinators, *hotlines) if about_residence else (*hotlines, coordinators)


@cache
def load() -> Directory:
    """The directory that comes with Madoguchi."""
    return Directory(
        bureaus=all_bureaus(),
        prefectures=all_prefectures(),
        hotlines=all_hotlines(),
        fresc=fresc(),
        languages=all_languages(),
        language_sets=language_sets(),
        categories=all_categories(),
    )
