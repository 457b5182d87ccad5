"""How the library is written down: one JSON Lines file a holding, and one list of all of them.

A file of passages is named by its own hash and never changes, so the list alone says what the library
holds, and replacing the list is the one step in which a command takes effect.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from corpus.model import Grade, Passage, Source, Supersession
from corpus.withdrawals import Withdrawal

#: Raised when what is written changes in a way that older code cannot read.
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a holding came from.

    Args:
        path: the file that was added, as it was then called.
        sha256: hash of its bytes, hexadecimal.
        url: address it was downloaded from, or "".
    """

    path: str = ""
    sha256: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One edition in one language that a user added.

    Args:
        source: its entry in the catalogue.
        origin: the file it was read from.
        added: when, ISO date and time, UTC.
        file: name of its file of passages.
        passages: how many there are.
    """

    source: Source
    origin: Origin
    added: str
    file: str
    passages: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The list of what the library holds, and of what was withdrawn from it.

    Args:
        holdings: in the order in which they were added.
        withdrawals: all there ever were, in the order in which they were made.
        replaced: former holdings of which another file with the same key took the place, for audit.
    """

    holdings: tuple[Holding, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    replaced: tuple[Holding, ...] = ()

    def to_json(self) -> bytes:
        """The ledger as it is written down."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @staticmethod
    def from_json(data: bytes) -> Ledger:
        """Reads a ledger.

        Args:
            data: what `to_json` gave.

        Returns:
            The ledger.

        Raises:
            ValueError: it is damaged, or written by another version.
        """
        try:
            entries = json.loads(data)
            if entries["format"] != FORMAT:
                raise ValueError(f"format {entries['format']}, not {FORMAT}")
            return Ledger(
                tuple(_holding(entry) for entry in entries["holdings"]),
                tuple(Withdrawal(**entry) for entry in entries["withdrawals"]),
                tuple(_holding(entry) for entry in entries["replaced"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a ledger: {error}") from error


def write_passages(passages: Iterable[Passage]) -> bytes:
    """Passages as JSON Lines, without fields that are empty."""
    lines = ({name: value for name, value in asdict(p).items() if value not in ("", (), None, False)} for p in passages)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def read_passages(data: bytes) -> tuple[Passage, ...]:
    """Reads what `write_passages` gave.

    Raises:
        ValueError: it is damaged.
    """
    try:
        # Not splitlines(): a text may hold other separators (U+2028), which JSON leaves as they are.
        return tuple(_passage(json.loads(line)) for line in data.decode().split("\n") if line)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a passage: {error}") from error


def file_name(source: Source, data: bytes) -> str:
    """Name of the file that holds these passages: whose they are, and their hash.

    Args:
        source: the edition; only what is safe in a file name is used of its id.
        data: what `write_passages` gave.
    """
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in source.id)[:60]
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:16]}.jsonl"


def is_intact(name: str, data: bytes) -> bool:
    """Whether a file of passages still holds what its name says."""
    return name.split(".")[-2] == hashlib.sha256(data).hexdigest()[:16]


def _holding(entry: dict[str, Any]) -> Holding:
    return Holding(**{**entry, "source": _source(entry["source"]), "origin": Origin(**entry["origin"])})


def _source(entry: dict[str, Any]) -> Source:
    superseded = tuple(Supersession(**one) for one in entry["superseded"])
    return Source(**{**entry, "grade": Grade(entry["grade"]), "superseded": superseded})


def _passage(entry: dict[str, Any]) -> Passage:
    return Passage(
        **{**entry, "section": tuple(entry.get("section", ())), "keywords": tuple(entry.get("keywords", ()))}
    )
