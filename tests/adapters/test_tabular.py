"""Tables for terminals."""

from __future__ import annotations

from adapters.tabular import table, width


def test_columns_are_straight_by_what_the_terminal_shows() -> None:
    laid_out = table(("ID", "題名"), [("a", "手引き"), ("長いID", "x"), ("ﾊﾝｶｸ", "")])
    assert laid_out.split("\n") == ["ID      題名", "a       手引き", "長いID  x", "ﾊﾝｶｸ"]


def test_combining_marks_take_no_column() -> None:
    assert width("ấ") == width("a\u0302\u0301") == 1


def test_a_table_without_rows_is_its_head() -> None:
    assert table(("ID", "版"), []) == "ID  版"
