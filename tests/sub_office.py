"""A sub-office that is not in the data which come with Madoguchi, and those data with it added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from corpus import directory
from corpus.directory import bureaus
from corpus.directory.bureaus import all_bureaus
from corpus.directory.datafiles import read

HINODE, HINOHARA, SHINJUKU_WARD = "133051", "133078", "131041"
#: As somebody would write it into bureaus.json.
ENTRY: dict[str, Any] = {
    "id": "nishitama",
    "name": "東京出入国在留管理局西多摩出張所",
    "short": "西多摩",
    "kind": "sub_office",
    "parent": "tokyo",
    "prefectures": [],
    "municipalities": [{"code": HINODE, "name": "日の出町"}, {"code": HINOHARA, "name": "檜原村"}],
    "note": "",
    "contact": {
        "department": "在留相談部門",
        "phone": "042-000-0000",
        "extension": "",
        "extension_label": "",
        "address": "東京都西多摩郡日の出町1-1",
        "edition": "窓口ハンドブック 令和8年度",
        "valid_as_of": "2026-04",
        "url": "https://example.org/handbook",
    },
    "superseded": [],
}


@contextmanager
def in_data(*entries: dict[str, Any]) -> Iterator[directory.Directory]:
    """The directory as it is loaded while bureaus.json holds these entries too."""
    with written(*entries):
        yield directory.load()


@contextmanager
def written(*entries: dict[str, Any]) -> Iterator[None]:
    """These entries stand in bureaus.json too, whatever loading it will say to them."""
    everything = [*read("bureaus"), *entries]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bureaus, "read", lambda _name: everything)
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    all_bureaus.cache_clear()
    directory.load.cache_clear()
