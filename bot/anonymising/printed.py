"""Telephone numbers, mail addresses and postal addresses that the corpus and the directory print for everybody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from corpus import directory, embedded
from corpus.directory.prefectures import all_prefectures

_NUMBER = re.compile(r"(?<![\d-])(?:\+81[-\s]?)?\d{1,4}(?:-\d{2,4}){1,3}(?![\d-])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}")
_POSTAL = re.compile(r"〒\s?(\d{3}-\d{4})")
_PREFECTURES = tuple(prefecture.name for prefecture in all_prefectures())
_ADDRESS = re.compile(rf"(?:{'|'.join(_PREFECTURES)})[一-龥々ァ-ヶの]{{2,14}}\d{{1,4}}(?:-\d{{1,4}}|丁目|番地?|号)*")
_KANJI_DIGITS = "〇一二三四五六七八九"


@cache
def _texts() -> str:
    """All that is printed, in half width, one passage a line."""
    known = directory.load()
    contacts = [contact for bureau in known.bureaus for contact in (bureau.contact, *bureau.superseded)]
    lines = [passage.text for passage in embedded.load().passages]
    lines += [f"{contact.phone} {contact.address}" for contact in contacts]
    lines.append(known.fresc.address)
    return unicodedata.normalize("NFKC", "\n".join(lines))


@cache
def numbers() -> frozenset[str]:
    """The digits of every telephone number that may be told, those of former editions and doubtful ones too."""
    known = directory.load()
    listed = [number.number for hotline in known.hotlines for number in hotline.numbers]
    listed += [number for hotline in known.hotlines for number in hotline.superseded]
    listed += _NUMBER.findall(_texts())
    bare = (re.sub(r"\D", "", re.sub(r"^\+81", "0", number.strip())) for number in listed)
    return frozenset(number for number in bare if len(number) > 8) | frozenset(
        number.removeprefix("0") for number in bare if number.startswith("00")
    )


@cache
def emails() -> frozenset[str]:
    """The mail addresses of offices, lower case."""
    return frozenset(address.lower() for address in _EMAIL.findall(_texts()))


@cache
def postal_codes() -> frozenset[str]:
    """The postal codes of offices."""
    return frozenset(_POSTAL.findall(_texts()))


@cache
def addresses() -> re.Pattern[str]:
    """The addresses of offices, however their numbers are written."""
    known = directory.load()
    contacts = [contact.address for bureau in known.bureaus for contact in (bureau.contact, *bureau.superseded)]
    whole = [unicodedata.normalize("NFKC", address) for address in (*contacts, known.fresc.address)]
    parts = [part for address in whole for part in address.split(" ") if len(part) > 4]
    # One branch a prefecture, so that most characters of a text are passed over at once.
    by_prefecture: dict[str, list[str]] = {}
    for address in sorted({*parts, *_ADDRESS.findall(_texts())}, key=len, reverse=True):
        begins = next((name for name in _PREFECTURES if address.startswith(name)), "")
        by_prefecture.setdefault(begins, []).append(_loose(address.removeprefix(begins)))
    return re.compile("|".join(f"{begins}(?:{'|'.join(rest)})" for begins, rest in by_prefecture.items()))


def _loose(address: str) -> str:
    return "".join(_loose_parts(address))


def _loose_parts(address: str) -> Iterator[str]:
    """The address with its numbers in any writing: 1-6-1, 1丁目6番1号, 一丁目6番1号."""
    for part in re.findall(r"\d+|[^\d]+", address):
        if part.isdigit():
            yield rf"(?:{part}|{_KANJI_DIGITS[int(part)]})" if len(part) == 1 else part
        elif part in ("-", "丁目", "番", "番地", "号"):
            yield r"\s?(?:-|丁目|番地?の?|号)?\s?"
        else:
            yield r"(?:F|階)" if part == "F" else r"\s{0,2}".join(map(re.escape, part))
    yield r"(?:号|番地?)?(?:[\s、,]{0,2}四谷タワー\s?13(?:F|階))?" if "四谷" in address else r"(?:号|番地?)?"
