from __future__ import annotations

import re

from corpus.names import load


def test_tables_are_read_each_way_round() -> None:
    names = load()
    assert "nguyen" in names.katakana["グエン"]
    assert "nguyen" in names.latin
    assert {"wang"} <= names.kanji["王"]
    assert names.kanji["陈"] == names.kanji["陳"]
    assert "tanaka" in names.surnames
    assert "hanako" in names.given
    assert "passport" in names.english
    assert "相談者" in names.ordinary
    assert set(names.organisations) == {"company", "shop", "school", "establishment", "generic", "outside"}


def test_every_entry_is_written_in_its_own_script() -> None:
    names = load()
    assert all(re.fullmatch(r"[ァ-ヴー]+", form) for form in names.katakana)
    assert all(re.fullmatch(r"[a-z]+", form) for form in names.latin | names.surnames | names.given)
    assert all(re.fullmatch(r"[a-z-]+", word) for word in names.english)
    assert len(names.katakana) > 1_500
