from corpus.blocks import Block, Kind
from corpus.readers.tables import head_rows, joined, row_blocks


def test_a_head_names_columns_below_which_numbers_stand() -> None:
    assert head_rows([["窓口", "電話"], ["港区", "03-1"]]) == 1
    assert head_rows([["窓口", "電話", "電話"], ["窓口", "平日", "休日"], ["港区", "03-1", "03-2"]]) == 2


def test_rows_that_name_nothing_are_no_head() -> None:
    assert head_rows([]) == 0
    assert head_rows([["窓口"], ["1"]]) == 0
    assert head_rows([["窓口", "電話"]]) == 0
    assert head_rows([["港区", "03-1"], ["北区", "03-2"]]) == 0
    assert head_rows([["窓口", ""], ["港区", "03-1"]]) == 0
    assert head_rows([["英語", "中国語"], ["タイ語", "ネパール語"]]) == 0
    assert head_rows([["窓口は駅の東口を出て左へ進み、橋を渡ったところです", "地図"], ["1", "2"]]) == 0


def test_a_wide_cell_above_the_head_is_the_title_of_the_table() -> None:
    rows = [["連絡先一覧", "連絡先一覧"], ["窓口", "電話"], ["港区", "03-1"]]
    assert row_blocks(rows, page=3) == [
        Block(Kind.ROW, "連絡先一覧", page=3),
        Block(Kind.ROW, "港区 | 03-1", page=3, header="窓口 | 電話"),
    ]


def test_a_head_without_a_body_is_told() -> None:
    assert [block.text for block in row_blocks([["窓口", "電話"]], heads=1)] == ["窓口 | 電話"]


def test_empty_cells_keep_their_place_except_at_the_end() -> None:
    assert joined(["港区", "", "03-1", ""]) == "港区 |  | 03-1"
    assert row_blocks([["", ""], [" ", "\n"]]) == []
