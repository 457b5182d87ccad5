from __future__ import annotations

from itertools import islice

from bot.anonymising.kinds import Kind
from bot.anonymising.labels import Labels, letters


def test_letters_go_on_behind_z() -> None:
    assert list(islice(letters(), 25, 29)) == ["Z", "AA", "AB", "AC"]


def test_each_kind_counts_by_itself_and_a_thing_keeps_its_label() -> None:
    labels = Labels({"人物A", "会社B"})
    given = [labels.of(Kind.NAME, 7), labels.of(Kind.EMPLOYER, 8), labels.of(Kind.NAME, 9), labels.of(Kind.NAME, 7)]
    assert given == ["人物B", "会社A", "人物C", "人物B"]
    assert labels.of(Kind.EMPLOYER, 10) == "会社C"
