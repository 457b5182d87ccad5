"""The 11 regional immigration bureaus and branches, any sub-offices, and how a desk reaches their coordinators.

Ten of the eleven contacts changed between the edition of July 2021 and that of FY2024. The old ones stay
in the data, so that an old number can be recognised, but they are never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

from corpus.directory.datafiles import read
from corpus.directory.municipalities import Municipality, is_municipality, without_check_digit
from corpus.directory.prefectures import all_prefectures
from corpus.errors import DirectoryError


class Kind(StrEnum):
    """What an office is."""

    BUREAU = "bureau"  # 地方出入国在留管理局
    BRANCH = "branch"  # 支局
    SUB_OFFICE = "sub_office"  # 出張所


#: What an office of a kind may belong to; a bureau belongs to none.
_PARENTS = {
    Kind.BUREAU: frozenset[Kind](),
    Kind.BRANCH: frozenset({Kind.BUREAU}),
    Kind.SUB_OFFICE: frozenset({Kind.BUREAU, Kind.BRANCH}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeContact:
    """How to reach the coordinators (受入環境調整担当官) of an office, as one edition prints it.

    Args:
        department: the department they sit in.
        phone: number as printed.
        extension: what is dialled after connection, or "".
        extension_label: what the edition calls it ("所属部署番号"), or "".
        address: postal address.
        edition: title and edition of the document that prints it.
        valid_as_of: ISO date of that edition, as exact as known.
        url: page where that document is found, or "".
    """

    department: str
    phone: str
    extension: str
    extension_label: str
    address: str
    edition: str
    valid_as_of: str
    url: str

    @property
    def dial(self) -> str:
        """Number with its extension, as users see it: "0570-003259（所属部署番号 310）"."""
        return f"{self.phone}（{self.extension_label} {self.extension}）" if self.extension else self.phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """A regional immigration bureau, a branch or a sub-office.

    Args:
        id: stable id ("sapporo").
        name: full name.
        short: place name it goes by ("札幌").
        kind: bureau, branch or sub-office.
        parent: id of the bureau a branch belongs to, of the bureau or branch a sub-office belongs to, or "".
        prefectures: whose residents and desks it answers for; those of a branch are not its bureau's.
        municipalities: whose desks it answers for before the office that answers for their prefecture.
        contact: the current contact; may be shown, with its edition.
        superseded: contacts of older editions. NEVER shown to anyone: kept for audit and to recognise old numbers.
        note: a remark that may be shown, or "".
    """

    id: str
    name: str
    short: str
    kind: Kind
    parent: str
    prefectures: tuple[str, ...]
    contact: OfficeContact
    superseded: tuple[OfficeContact, ...] = field(repr=False)
    note: str
    municipalities: tuple[Municipality, ...] = ()

    @property
    def area(self) -> tuple[str, ...]:
        """Where it answers, as users see it: "大阪府", or "東京都のうち日の出町・檜原村"."""
        parts = groupby(sorted(self.municipalities, key=lambda one: one.code), lambda one: one.prefecture)
        return (*self.prefectures, *(f"{where}のうち{'・'.join(one.name for one in part)}" for where, part in parts))

    def answers_in(self, prefecture: str) -> bool:
        """Whether it answers for a prefecture, or for a part of it.

        Args:
            prefecture: full name.
        """
        return prefecture in {*self.prefectures, *(one.prefecture for one in self.municipalities)}

    def answers_for(self, codes: Iterable[str]) -> bool:
        """Whether it answers by itself for these municipalities, and there are any.

        Args:
            codes: 5 or 6 digits each.
        """
        asked = {without_check_digit(code) for code in codes}
        return bool(asked) and asked <= {without_check_digit(one.code) for one in self.municipalities}


class UnknownBureauError(LookupError):
    """No bureau, branch or sub-office has this id."""

    def __init__(self, name: str) -> None:
        super().__init__(f"地方出入国在留管理局・支局・出張所にないIDです: {name}")


@cache
def all_bureaus() -> tuple[Bureau, ...]:
    """The eleven, from north to south, and what sub-offices the data hold.

    Raises:
        DirectoryError: the data say something that cannot be.
    """
    return bureaus_of(read("bureaus"))


def bureaus_of(entries: Iterable[dict[str, Any]]) -> tuple[Bureau, ...]:
    """Offices as bureaus.json writes them.

    Args:
        entries: one for each office.

    Returns:
        The offices, in the order of their entries.

    Raises:
        DirectoryError: two have one id, a parent is none, or a place is unknown or claimed by two offices.
    """
    found = tuple(_bureau(entry) for entry in entries)
    if faults := [f"bureaus.json: {fault}" for fault in (*_wrong_parents(found), *_wrong_places(found))]:
        raise DirectoryError("\n".join(faults))
    return found


def _bureau(entry: dict[str, Any]) -> Bureau:
    return Bureau(
        **{
            **entry,
            "kind": Kind(entry["kind"]),
            "prefectures": tuple(entry["prefectures"]),
            "municipalities": tuple(Municipality(**one) for one in entry.get("municipalities", ())),
            "contact": OfficeContact(**entry["contact"]),
            "superseded": tuple(OfficeContact(**contact) for contact in entry["superseded"]),
        }
    )


def _wrong_parents(bureaus: tuple[Bureau, ...]) -> Iterator[str]:
    kinds: dict[str, Kind] = {}
    for bureau in bureaus:
        if bureau.id in kinds:
            yield f"{bureau.id}: 同じ id が二度あります"
        kinds[bureau.id] = bureau.kind
    for bureau in bureaus:
        allowed = _PARENTS[bureau.kind]
        if bool(bureau.parent) != bool(allowed) or (bureau.parent and kinds.get(bureau.parent) not in allowed):
            wanted = "、".join(sorted(allowed)) or "なし"
            yield f"{bureau.id}: parent が正しくありません: 「{bureau.parent}」（{bureau.kind} の parent は {wanted}）"


def _wrong_places(bureaus: tuple[Bureau, ...]) -> Iterator[str]:
    known = {prefecture.name for prefecture in all_prefectures()}
    claimed: dict[str, str] = {}
    for bureau in bureaus:
        codes = [one.code for one in bureau.municipalities]
        yield from (f"{bureau.id}: 都道府県名ではありません: {one}" for one in bureau.prefectures if one not in known)
        yield from (
            f"{bureau.id}: 市区町村の団体コード（6桁）ではありません: {code}"
            for code in codes
            if not is_municipality(code)
        )
        for place in (*bureau.prefectures, *codes):
            if place in claimed:
                yield f"{bureau.id}: {place} は {claimed[place]} にもあります"
            claimed[place] = bureau.id
