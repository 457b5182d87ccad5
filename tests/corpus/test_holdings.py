"""What the library writes is what it reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.holdings import Holding, Ledger, Origin, file_name, is_intact, read_passages, write_passages
from corpus.model import Passage, Source, Supersession
from corpus.withdrawals import Withdrawal

TEXT = st.text(min_size=1, max_size=30)
PASSAGES = st.builds(
    Passage,
    id=TEXT,
    source=TEXT,
    text=TEXT,
    section_id=st.text(max_size=5),
    section=st.lists(TEXT, max_size=3).map(tuple),
    page=st.none() | st.integers(1, 500),
    url=st.text(max_size=5),
    superseded_by=st.text(max_size=5),
    unconfirmed=st.booleans(),
    keywords=st.lists(TEXT, max_size=3).map(tuple),
    note=st.text(max_size=5),
)


@given(st.lists(PASSAGES, max_size=4).map(tuple))
def test_passages_come_back_whatever_their_text(passages: tuple[Passage, ...]) -> None:
    data = write_passages(passages)
    assert read_passages(data) == passages
    assert data.count(b"\n") == len(passages)


@given(st.text(max_size=80))
def test_names_of_files_are_safe_and_tell_when_they_were_changed(source_id: str) -> None:
    data = b'{"id": "1"}\n'
    name = file_name(Source(id=source_id, title="x"), data)
    assert re.fullmatch(r"[\w-]{0,60}\.[0-9a-f]{16}\.jsonl", name, re.ASCII)
    assert is_intact(name, data)
    assert not is_intact(name, data + b" ")


def test_a_ledger_comes_back_whole() -> None:
    source = Source(id="guide", title="手引き", superseded=(Supersession("other", "連絡先"), Supersession("next")))
    holding = Holding(source=source, origin=Origin(path="a.pdf"), added="2026-01-01", file="guide.0.jsonl", passages=3)
    withdrawal = Withdrawal(source=source.key, official=True, section="1", date="2026-01-02", lifted="2026-01-03")
    ledger = Ledger((holding,), (withdrawal,), (replace(holding, added="2025-01-01"),))
    assert Ledger.from_json(ledger.to_json()) == ledger


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format": 2}', b'{"format": 1, "holdings": [{}]}', b"\xff"])
def test_what_is_no_ledger_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Ledger.from_json(data)


@pytest.mark.parametrize("data", [b"1\n", b"[]\n", b'{"id": "1"}\n', b'{"id"', b'{"text": "x", "new": 1}\n'])
def test_what_are_no_passages_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_passages(data)
