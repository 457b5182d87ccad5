from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adapters.knowledge import library_of, open_own
from adapters.settings import Settings
from corpus.model import Corpus, Passage, Source

BOOK = Source(id="town-book", title="町の手引き", edition="2026年版", date="2026", url="https://example.org/town")
BOOK_VI = Source(id="town-book", title="Sổ tay", edition="2026年版", date="2026", language="vi")
ADDED = Corpus(
    {BOOK.key: BOOK, BOOK_VI.key: BOOK_VI},
    (
        Passage(
            id="ja",
            source=BOOK.key,
            section_id="1",
            section=("町営プール",),
            text="町営プールの料金は300円です。",
            page=4,
        ),
        Passage(
            id="vi", source=BOOK_VI.key, section_id="1", section=("Hồ bơi",), text="Giá vé hồ bơi là 300 yên.", page=5
        ),
    ),
)


@pytest.fixture
def settings(own_settings: Settings, tmp_path: Path) -> Settings:
    """A data directory of one's own, with the index already built."""
    shutil.copytree(own_settings.data_dir, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


def test_an_index_that_fits_is_opened_without_a_word(settings: Settings) -> None:
    told: list[str] = []
    knowledge = open_own(settings, told.append)
    assert told == []
    assert {source.id for source in knowledge.sources} >= {"guidebook", "desk-network", "directory"}


def test_what_is_added_is_found_and_shown_in_the_residents_language(settings: Settings) -> None:
    library_of(settings).add(ADDED)
    told: list[str] = []
    counts: list[int] = []
    knowledge = open_own(settings, told.append, counts.append)
    assert len(told) == 1
    assert counts == sorted(counts)
    assert counts
    citation = knowledge.answer("町営プールの料金", language="vi").citations[0]
    assert citation.source == "town-book"
    assert [(other.text, other.page) for other in citation.counterparts] == [("Giá vé hồ bơi là 300 yên.", 5)]
    open_own(settings, told.append)
    assert len(told) == 1


def test_a_damaged_index_is_told_in_one_line_and_built_again(settings: Settings) -> None:
    vectors = next(settings.data_dir.glob("index/index-*/table.npz"))
    vectors.write_bytes(b"damage")
    told: list[str] = []
    assert open_own(settings, told.append).sources
    assert len(told) == 1
    assert "壊れています" in told[0]
    open_own(settings, told.append)
    assert len(told) == 1


def test_where_nothing_can_be_written_it_still_answers(settings: Settings) -> None:
    shutil.rmtree(settings.data_dir / "index")
    (settings.data_dir / "index").write_text("a file where the folder should be")
    told: list[str] = []
    assert open_own(settings, told.append).answer("在留カードをなくした").citations
    assert "保存できない" in told[-1]
