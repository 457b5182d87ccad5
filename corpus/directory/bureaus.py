"""The 11 regional immigration bureaus and branches, and how a desk reaches their coordinators.

Ten of the eleven contacts changed between the edition of July 2021 and that of FY2024. The old ones stay
in the data, so that an old number can be recognised, but they are never shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from corpus.directory.datafiles import read


class Kind(StrEnum):
    """What an office is."""

    BUREAU = "bureau"  # 地方出入国在留管理局
    BRANCH = "branch"  # 支局


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
    """A regional immigration bureau or branch.

    Args:
        id: stable id ("sapporo").
        name: full name.
        short: place name it goes by ("札幌").
        kind: bureau or branch.
        parent: id of the bureau a branch belongs to, or "".
        prefectures: whose residents and desks it answers for; those of a branch are not its bureau's.
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


class UnknownBureauError(LookupError):
    """No bureau or branch has this id."""

    def __init__(self, name: str) -> None:
        super().__init__(f"地方出入国在留管理局・支局にないIDです: {name}")


@cache
def all_bureaus() -> tuple[Bureau, ...]:
    """The eleven, from north to south."""
    return tuple(_bureau(entry) for entry in read("bureaus"))


def _bureau(entry: dict[str, Any]) -> Bureau:
    return Bureau(
        **{
            **entry,
            "kind": Kind(entry["kind"]),
            "prefectures": tuple(entry["prefectures"]),
            "contact": OfficeContact(**entry["contact"]),
            "superseded": tuple(OfficeContact(**contact) for contact in entry["superseded"]),
        }
    )
