"""Whom to call for a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.directory.bureaus import Bureau
from corpus.directory.categories import best_match
from corpus.directory.hotlines import Hotline

#: More than three numbers help nobody while a client waits.
MOST_HOTLINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A telephone number to give beside an answer, with where it comes from.

    Args:
        name: who answers.
        number: main number.
        extension: what is dialled after connection, with its label ("所属部署番号 310"), or "".
        hours: when it answers, or "" where no source says.
        languages: BCP-47 codes, empty where no source says.
        edition: document and edition that prints the number, or "".
        as_of: ISO date at which the number was known to hold; "" where the source is undated.
        url: where it was read.
        why: why this one, a few words of Japanese.
        other_numbers: further numbers, each with its use ("050-3754-5430（IP電話から）").
    """

    name: str
    number: str
    extension: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    edition: str = ""
    as_of: str = ""
    url: str = ""
    why: str = ""
    other_numbers: tuple[str, ...] = ()


def contact_of_bureau(bureau: Bureau) -> Contact:
    """The coordinators of a bureau, as a contact for the desks that it answers for."""
    current = bureau.contact
    return Contact(
        name=f"{bureau.name} {current.department}（受入環境調整担当官）",
        number=current.phone,
        extension=f"{current.extension_label} {current.extension}".strip(),
        edition=current.edition,
        as_of=current.valid_as_of,
        url=current.url,
        why=f"{'、'.join(bureau.area)}の窓口からの相談先です。" if bureau.area else "",
    )


def contact_of_hotline(hotline: Hotline) -> Contact:
    """A hotline as a contact. Ask only for hotlines that may be shown."""
    main, *others = hotline.numbers
    return Contact(
        name=hotline.name,
        number=main.number,
        hours=hotline.hours,
        languages=hotline.languages,
        as_of=hotline.as_of,
        url=hotline.url,
        why=hotline.scope,
        other_numbers=tuple(f"{other.number}（{other.use}）" for other in others),
    )


def hotlines_for(section_ids: Sequence[str], hotlines: Sequence[Hotline]) -> tuple[Hotline, ...]:
    """The hotlines that help with the topics of some sections.

    Args:
        section_ids: sections of the answer, best first.
        hotlines: those that may be shown, in order of preference among equals.

    Returns:
        At most `MOST_HOTLINES`: those of the first sections first, the narrowest topic first within a
        section; where none fits, the fallback alone.
    """
    chosen: dict[str, Hotline] = {}
    for section_id in section_ids:
        fitting = [(len(best_match(section_id, hotline.topics)), hotline) for hotline in hotlines]
        for width, hotline in sorted(fitting, key=lambda pair: -pair[0]):
            if width:
                chosen.setdefault(hotline.id, hotline)
    return tuple(chosen.values())[:MOST_HOTLINES] or tuple(hotline for hotline in hotlines if hotline.fallback)
