"""The catalogue of official PDFs that can be downloaded (`corpus/data/official_pdfs.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPdf:
    """A PDF on a responsible body's site.

    The address names a place, not an edition: its content is replaced when a new edition appears.

    Args:
        id: names the file.
        source: id of the document in the corpus; a part has the whole's id, a hyphen and the part.
        title: title as printed, with the part that the file holds.
        publisher: who answers for it.
        language: BCP-47 code.
        url: where the PDF lies.
        page: official page that links to it.
        confirmed: whether the address was seen in use for this very file.
        note: what to heed, in Japanese; "" where nothing.
    """

    id: str
    source: str
    title: str
    publisher: str
    language: str
    url: str
    page: str
    confirmed: bool
    note: str = ""


@cache
def load() -> dict[str, OfficialPdf]:
    """The catalogue.

    Returns:
        Its entries by id, in the order of the file.

    Raises:
        ValueError: the data file of the installation is damaged.
    """
    text = resources.files("corpus").joinpath("data", "official_pdfs.toml").read_text(encoding="utf-8")
    entries = [OfficialPdf(**entry) for entry in tomllib.loads(text)["pdf"]]
    return {entry.id: entry for entry in entries}
