"""Municipalities (市区町村) by their codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.directory.prefectures import all_prefectures


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality that an office answers for by itself.

    Args:
        code: 団体コード with its check digit, 6 digits.
        name: as people read it, without its prefecture ("檜原村").
    """

    code: str
    name: str

    @property
    def prefecture(self) -> str:
        """Full name of the prefecture that it lies in."""
        return all_prefectures()[int(self.code[:2]) - 1].name


def is_local_government(code: str) -> bool:
    """Whether a text is a local government's code: 5 digits, or 6 with a check digit that fits.

    Source: 全国地方公共団体コード仕様 of the Ministry of Internal Affairs (weights 6 to 2, modulus 11).

    Args:
        code: digits.
    """
    if not re.fullmatch(r"[0-9]{5,6}", code) or not 1 <= int(code[:2]) <= len(all_prefectures()):
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=False))
    return len(code) == 5 or int(code[5]) == (11 - weighed % 11) % 10


def is_municipality(code: str) -> bool:
    """Whether a text is a municipality's whole code, of 6 digits; a prefecture's own is none.

    Args:
        code: digits.
    """
    return len(code) == 6 and is_local_government(code) and code[2:5] != "000"


def without_check_digit(code: str) -> str:
    """What tells codes apart, whether or not they were written with their check digit.

    Args:
        code: 5 or 6 digits.
    """
    return code[:5]
