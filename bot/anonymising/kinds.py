"""The kinds of identifier, and the word that stands for each in a text that leaves the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What identifies a person; the values stand in the command's output."""

    NAME = "name"
    ADDRESS = "address"
    EMPLOYER = "employer"
    SCHOOL = "school"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    RESIDENCE_CARD = "residence_card"
    MY_NUMBER = "my_number"
    PASSPORT = "passport"
    PENSION = "pension_number"
    LICENCE = "driving_licence"
    INSURANCE = "health_insurance"
    BANK_ACCOUNT = "bank_account"
    REFERENCE = "reference_number"
    NUMBER = "number"
    SNS = "sns"
    URL = "url"
    PLATE = "vehicle_plate"
    IP = "ip_address"


#: The word that a letter is put behind: 人物A. Each tells what was there, so that the story stays readable.
LABELS: dict[Kind, str] = {
    Kind.NAME: "人物",
    Kind.ADDRESS: "住所",
    Kind.EMPLOYER: "会社",
    Kind.SCHOOL: "学校",
    Kind.BIRTH_DATE: "生年月日",
    Kind.PHONE: "電話番号",
    Kind.EMAIL: "メール",
    Kind.POSTAL_CODE: "郵便番号",
    Kind.RESIDENCE_CARD: "在留カード番号",
    Kind.MY_NUMBER: "個人番号",
    Kind.PASSPORT: "旅券番号",
    Kind.PENSION: "年金番号",
    Kind.LICENCE: "免許証番号",
    Kind.INSURANCE: "保険証番号",
    Kind.BANK_ACCOUNT: "口座番号",
    Kind.REFERENCE: "受付番号",
    Kind.NUMBER: "番号",
    Kind.SNS: "アカウント",
    Kind.URL: "リンク",
    Kind.PLATE: "車両番号",
    Kind.IP: "IPアドレス",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that identifies someone.

    Args:
        kind: what it is.
        start: its first character.
        end: one past its last.
    """

    kind: Kind
    start: int
    end: int


def spans_of(text: str, kind: Kind, *patterns: re.Pattern[str]) -> Iterator[Span]:
    """What patterns find, one pattern after the other.

    Args:
        text: folded text.
        kind: what it is.
        patterns: the group v is the identifier, or all of it where there is no such group.
    """
    for pattern in patterns:
        group = "v" if "v" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield Span(kind, *match.span(group))
