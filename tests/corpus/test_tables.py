"""Rows keep their head, and a number keeps its owner."""

from corpus.blocks import Kind
from corpus.tables import contact_records, is_contact_header, tabbed_rows
from tests.corpus.lines_of import lines

CONTACTS = """窓口名 住所 連絡先

あおば相談所
あおば県あおば市中央1-
2-3 あおば合同庁舎 相談部門

03-0000-1111

みどり支所
みどり県みどり市大通り西12丁
目

0570-000111
部署番号20

窓口名 住所 連絡先

しらゆり相談所
しらゆり県港町5

088-000-2222

＜問合せ先＞
あおば庁"""


def test_contacts_one_cell_a_line_become_rows_with_their_owner() -> None:
    found = lines(CONTACTS)
    rows, after = contact_records(found, 0)
    assert [row.text for row in rows] == [
        "あおば相談所　あおば県あおば市中央1-2-3 あおば合同庁舎 相談部門　03-0000-1111",
        "みどり支所　みどり県みどり市大通り西12丁目　0570-000111 部署番号20",
        "しらゆり相談所　しらゆり県港町5　088-000-2222",
    ]
    assert {(row.kind, row.header) for row in rows} == {(Kind.ROW, "窓口名　住所　連絡先")}
    assert found[after].text == "＜問合せ先＞"


def test_a_head_without_contacts_is_no_table() -> None:
    assert contact_records(lines("住所 連絡先\n\n後で書きます。"), 0) == ([], 0)
    assert contact_records(lines("連絡先をお知らせします。"), 0) == ([], 0)


def test_tabbed_rows_keep_their_head_and_an_empty_first_cell_its_name() -> None:
    rows, after = tabbed_rows(lines("窓口\t電話\nあおば相談所\t03-0000-1111\n\t03-0000-2222\n次の行"), 0)
    assert [row.text for row in rows] == ["あおば相談所　03-0000-1111", "あおば相談所　03-0000-2222"]
    assert {row.header for row in rows} == {"窓口　電話"}
    assert after == 3


def test_the_first_row_is_no_head_if_it_holds_numbers() -> None:
    rows, _ = tabbed_rows(lines("あおば相談所\t03-0000-1111\nみどり支所\t03-0000-2222"), 0)
    assert [(row.text, row.header) for row in rows] == [
        ("あおば相談所　03-0000-1111", ""),
        ("みどり支所　03-0000-2222", ""),
    ]


def test_a_misread_picture_that_stutters_is_left_out() -> None:
    stutter = "、".join(["(12) おおぞら交流センター"] * 4)
    assert tabbed_rows(lines(f"日時\t8月31日\n場所\t{stutter}"), 0) == ([], 2)


def test_heads_that_tell_whom_to_call() -> None:
    assert is_contact_header("官署名　住所　連絡先")
    assert not is_contact_header("項目　必要な知識")
