"""Which passages a person means by a section."""

from __future__ import annotations

import pytest

from corpus.model import Passage
from corpus.withdrawals import in_section


@pytest.mark.parametrize(
    ("section", "meant"),
    [
        ("ch07.1-2", True),
        ("ch07.1", True),
        ("ch07", True),
        ("ch07.1-", False),
        ("ch0", False),
        ("厚生年金保険", True),
        ("1-2 厚生年金保険", True),
        ("１－２　厚生年金保険", True),
        ("第7章 年金・福祉", True),
        ("年金・福祉", True),
        ("年金", False),
        ("", False),
    ],
)
def test_a_section_is_its_id_with_all_beneath_or_its_heading(section: str, meant: bool) -> None:
    passage = Passage(
        id="1", source="x", text="x", section_id="ch07.1-2", section=("第7章 年金・福祉", "1-2 厚生年金保険")
    )
    assert in_section(passage, section) is meant


def test_a_passage_before_the_first_heading_is_in_no_section() -> None:
    assert not in_section(Passage(id="1", source="x", text="x"), "1")
