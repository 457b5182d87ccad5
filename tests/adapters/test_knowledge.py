from __future__ import annotations

import shutil
from pathlib import Path

from adapters.knowledge import library_of, open_own
from adapters.settings import Settings
from tests.adapters.town_book import ADDED


def test_an_index_that_fits_is_opened_without_a_word(settings: Settings) -> None:
    told: list[str] = []
    knowledge = open_own(settings, told.append)
    assert told == []
    assert {source.id for source in knowledge.sources} >= {"guidebook", "desk-network", "directory"}


def test_what_is_added_is_found_and_shown_in_the_residents_language(settings: Settings) -> None:
    library_of(settings).add(ADDED)
    told: list[str] = []
    knowledge = open_own(settings, told.append)
    assert told == ["追加した資料が変わったので、索引を作り直します。"]
    citation = knowledge.answer("町営プールの料金", language="vi").citations[0]
    assert citation.source == "town-book"
    assert [(other.text, other.page) for other in citation.counterparts] == [("Giá vé hồ bơi là 300 yên.", 5)]
    open_own(settings, told.append)
    assert len(told) == 1


def test_a_first_index_is_told_with_its_progress(tmp_path: Path) -> None:
    told: list[str] = []
    counts: list[int] = []
    assert open_own(Settings(data_dir=tmp_path), told.append, counts.append).sources
    assert [line[:10] for line in told] == ["はじめに索引を作りま"]
    assert counts == sorted(counts)
    assert counts


def test_a_model_that_cannot_be_used_is_told_and_the_default_answers(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    other = settings.model_copy(update={"model": str(tmp_path / "model")})
    told: list[str] = []
    assert open_own(other, told.append).answer("在留カードをなくした").citations
    assert told[0] == "検索に使うモデルの設定が変わったので、索引を作り直します。"
    assert "読み込めません" in told[1]
    told.clear()
    assert open_own(other, told.append).answer("在留カードをなくした").citations
    assert len(told) == 1
    assert "前に読み込めなかった" in told[0]
    library_of(other).add(ADDED)
    told.clear()
    open_own(other, told.append)
    assert told[0] == "追加した資料が変わったので、索引を作り直します。"
    assert "読み込めません" in told[1]


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
