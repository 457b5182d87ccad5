"""Titles come first on their pages, and nothing else is moved."""

from dataclasses import replace

from corpus.blocks import Kind
from corpus.lines import Piece
from corpus.titles import titles_first

PROSE = "窓口では、生活の困りごとについて、十一の言葉で相談を受けています。"
TITLE = Piece("相談への対応の進め方", gap=1)


def page(*texts: str) -> list[Piece]:
    first, *others = [Piece(text, gap=1) for text in texts]
    return [replace(first, starts_page=True), *others]


def test_the_last_line_of_a_page_is_its_title() -> None:
    moved = titles_first([*page("相談する人", "受ける部署", "専門の機関"), TITLE, *page("次の頁", PROSE)])
    assert [piece.text for piece in moved] == [TITLE.text, "相談する人", "受ける部署", "専門の機関", "次の頁", PROSE]
    assert (moved[0].kind, moved[0].starts_page, moved[1].starts_page) == (Kind.HEADING, True, False)


def test_behind_a_heading_that_is_already_there() -> None:
    moved = titles_first([*page("支援センターについて", PROSE, "○次の機関"), TITLE])
    assert [piece.text for piece in moved[:2]] == ["支援センターについて", TITLE.text]
    assert (moved[0].starts_page, moved[1].starts_page) == (True, False)


def test_a_title_by_itself_on_a_printed_page() -> None:
    pieces = [replace(piece, page=40) for piece in [*page("★良い例", PROSE, PROSE), replace(TITLE, gap=3)]]
    moved = titles_first([*pieces, Piece(PROSE, page=40, gap=4)])
    assert moved[0].text == TITLE.text


def test_prose_and_lists_at_the_end_of_a_page_stay() -> None:
    for last in (PROSE, "・連携する機関の一覧です", "出入り口"):
        pieces = page("相談する人", "受ける部署", "専門の機関", last)
        assert titles_first(pieces) == pieces
    marked = page("相談する人", "受ける部署", "＜問合せ先＞", TITLE.text)
    assert titles_first(marked) == marked


def test_where_no_page_begins_nothing_is_moved() -> None:
    pieces = [Piece(PROSE), Piece(PROSE), Piece(PROSE), Piece(PROSE), TITLE]
    assert titles_first(pieces) == pieces
