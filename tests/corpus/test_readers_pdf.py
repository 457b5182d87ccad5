from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Kind, ReadDocument
from corpus.errors import DocumentError
from corpus.readers.pdf import read
from tests.documents import Drawing, frame, lines, pdf, ruby, scan, table, text, turned

LEFT = ["外国人相談窓口では、在留資格の更", "新や変更について、十一の言語で", "相談を受けています。"]
RIGHT = ["予約は要りません。受付の時間は、", "平日の午前九時から午後五時まで", "です。休日は休みます。"]
CONTACTS = [
    ["窓口", "電話番号", "受付時間"],
    ["東京出入国在留\n管理局", "03-1234-5678", "9:00～17:00"],
    ["大阪", "06-1234-5678", "9:00～12:00\n13:00～16:00"],
]
HEAD = "窓口 | 電話番号 | 受付時間"


def read_pages(*pages: Sequence[Drawing]) -> ReadDocument:
    return read(Path("a.pdf"), pdf(pages))


def texts(*pages: Sequence[Drawing]) -> list[str]:
    return [block.text for block in read_pages(*pages).blocks]


def test_lines_come_with_their_page_and_the_title() -> None:
    document = read(Path("a.pdf"), pdf([[lines(LEFT)], [lines(RIGHT)]], title="相談の手引き"))
    assert document.title == "相談の手引き"
    assert document.blocks == (
        *(Block(Kind.LINE, line, page=1) for line in LEFT),
        *(Block(Kind.LINE, line, page=2) for line in RIGHT),
    )


@pytest.mark.parametrize("title", ["Microsoft Word - 案内.docx", "guide.indd", "untitled"])
def test_titles_that_programs_write_are_no_titles(title: str) -> None:
    assert read(Path("a.pdf"), pdf([[lines(LEFT)]], title=title)).title == ""


@pytest.mark.parametrize("lower", [0, 9])
def test_columns_are_read_one_after_the_other(lower: float) -> None:
    """Also when their lines do not stand at the same heights, and when the page draws them row by row."""
    heading, after = (
        "両方の段の上にある見出しは先に読まれます",
        "段の下にあって左右にまたがる本文は、二つの段のあとに読まれるはずです。",
    )
    rowwise = [lines([a], 72, 740 - n * 18) for n, a in enumerate(LEFT)]
    rowwise += [lines([b], 320, 740 - n * 18 - lower) for n, b in enumerate(RIGHT)]
    rowwise = [drawing for pair in zip(rowwise[:3], rowwise[3:], strict=True) for drawing in pair]
    page = [text(heading, 72, 770, 14), *rowwise, text(after, 72, 640)]
    assert texts(page) == [heading, *LEFT, *RIGHT, after]


def test_a_ruled_table_becomes_rows_with_their_head() -> None:
    page = [lines(["窓口の一覧です。"]), table(CONTACTS, [150, 120, 120], y=740), lines(["表のあと。"], y=600)]
    assert read_pages(page).blocks == (
        Block(Kind.LINE, "窓口の一覧です。", page=1),
        Block(Kind.ROW, "東京出入国在留管理局 | 03-1234-5678 | 9:00～17:00", page=1, header=HEAD),
        Block(Kind.ROW, "大阪 | 06-1234-5678 | 9:00～12:00 13:00～16:00", page=1, header=HEAD),
        Block(Kind.LINE, "表のあと。", page=1),
    )


def test_a_table_that_goes_on_keeps_its_head() -> None:
    more = [["福岡", "092-123-4567", "9:00～17:00"]]
    first, other = table(CONTACTS, [150, 120, 120]), table(more, [150, 120, 120])
    assert [(b.page, b.header) for b in read_pages([first], [other]).blocks] == [(1, HEAD), (1, HEAD), (2, HEAD)]


def test_a_head_of_two_rows_goes_on_too() -> None:
    first = [["窓口", "電話", "電話"], ["窓口", "平日", "休日"], ["港区", "03-1", "03-2"]]
    more = [["北区", "03-3", "03-4"]]
    widths = [100, 100, 100]
    blocks = read_pages([table(first, widths)], [table(more, widths)]).blocks
    assert [block.text for block in blocks] == ["港区 | 03-1 | 03-2", "北区 | 03-3 | 03-4"]
    assert {block.header for block in blocks} == {"窓口 | 電話 平日 | 電話 休日"}


def test_a_telephone_number_broken_in_its_cell_is_whole_again() -> None:
    rows = [["窓口", "電話"], ["港区", "03-1234-\n5678"], ["北区", "03-1234\n-9999"], ["西区", "03-1\n03-2"]]
    found = texts([table(rows, [100, 80])])
    assert found == ["港区 | 03-1234-5678", "北区 | 03-1234-9999", "西区 | 03-1 03-2"]


def test_frames_side_by_side_are_read_one_after_the_other() -> None:
    left, right = ["担当官の連絡先は", "東京の窓口です。"], ["地図はこの頁の", "裏にあります。"]
    page = [frame(left, 72, 700, 120), frame(right, 210, 700, 120), lines(["枠のあとの本文です。"], y=600)]
    assert texts(page) == [*left, *right, "枠のあとの本文です。"]


def test_a_frame_around_the_page_changes_nothing() -> None:
    page = [
        frame([""] * 40, 40, 800, 500),
        lines(["前"], y=750),
        table(CONTACTS, [150, 120, 120]),
        lines(["後"], y=600),
    ]
    assert [block.text.split(" | ")[0] for block in read_pages(page).blocks] == [
        "前",
        "東京出入国在留管理局",
        "大阪",
        "後",
    ]


def test_another_table_gets_no_head_of_the_one_before() -> None:
    first, other = table(CONTACTS, [150, 120, 120]), table([["福岡", "2", "3"]], [100, 170, 120])
    assert read_pages([first], [other]).blocks[-1].header == ""


def test_cells_without_rules_become_rows_when_they_stand_in_columns() -> None:
    rows = [["窓口", "電話番号"], ["東京", "03-1234-5678"], ["大阪", "06-1234-5678"]]
    blocks = read_pages([table(rows, [150, 120], ruled=False)]).blocks
    assert [(b.kind, b.header, b.text) for b in blocks] == [
        (Kind.ROW, "窓口 | 電話番号", "東京 | 03-1234-5678"),
        (Kind.ROW, "窓口 | 電話番号", "大阪 | 06-1234-5678"),
    ]


def test_a_number_never_moves_to_the_row_above() -> None:
    """Two numbers beside one name, set in the middle of them: whose number it is cannot be told from places."""
    page = [
        text("03-1111-1111", 250, 718),
        text("東京", 72, 709),
        text("03-2222-2222", 250, 700),
        lines(["本文"], y=600),
    ]
    page += [text("札幌", 72, 740), text("011-000-0000", 250, 740)]
    found = texts(page)
    assert "札幌\u3000011-000-0000" in found
    assert not any("札幌" in line and "03-" in line for line in found)


def test_running_heads_are_dropped_and_page_numbers_end_their_pages() -> None:
    def page(number: int) -> list[Drawing]:
        head = text("生活・就労ガイドブック" if number % 2 else "第2章 仕事", 230, 810, 9)
        foot = text(f"- {number} -", 40 if number % 2 else 520, 30, 9)
        return [head, lines([f"{number}番目のページの本文です。", "どのページにもある本文の行です。"]), foot]

    found = texts(*(page(number) for number in range(1, 9)))
    assert found[:3] == ["1番目のページの本文です。", "どのページにもある本文の行です。", "- 1 -"]
    assert len(found) == 24


def test_a_telephone_number_at_the_foot_of_every_page_is_told_once() -> None:
    pages = [[lines([f"{word}の話。"]), text("電話：0570-000-000", 72, 30)] for word in "甲乙丙丁"]
    assert texts(*pages).count("電話：0570-000-000") == 1


def test_numbers_that_do_not_count_pages_are_kept() -> None:
    pages = [
        [lines([f"{word}の話。"]), text(f"内線{number}", 72, 30)]
        for word, number in zip("甲乙丙", (7, 3, 5), strict=True)
    ]
    assert [line for line in texts(*pages) if "内線" in line] == ["内線7", "内線3", "内線5"]


def test_furigana_is_dropped_and_small_kana_elsewhere_is_not() -> None:
    page = [
        ruby("ざいりゅう", 72, 700),
        ruby("しかく", 98, 700),
        text("在留資格は、法務大臣が決めます。", 72, 700),
        text("ちいさなかなのちゅう", 72, 640, 5),
    ]
    assert texts(page) == ["在留資格は、法務大臣が決めます。", "ちいさなかなのちゅう"]


def test_bold_print_by_drawing_twice_counts_once() -> None:
    assert texts([text("重要なお知らせ", 72, 700), text("重要なお知らせ", 72.4, 700)]) == ["重要なお知らせ"]


def test_indents_blanks_and_raised_marks() -> None:
    page = [
        lines(["　段落の始めは一字下がり、", "続く行は下がりません。"]),
        text("第１章　総則", 72, 600),
        text("注1", 136, 606, 5),
    ]
    assert texts([*page, text("Call 0570 now", 72, 560)]) == [
        "\u3000段落の始めは一字下がり、",
        "続く行は下がりません。",
        "第１章 総則注1",
        "Call 0570 now",
    ]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(angle: int) -> None:
    page = [
        turned(angle),
        text("表の前。", 72, 550),
        table(CONTACTS, [150, 120, 120], y=500),
        text("表のあと。", 72, 300),
    ]
    assert texts(page) == [
        "表の前。",
        "東京出入国在留管理局 | 03-1234-5678 | 9:00～17:00",
        "大阪 | 06-1234-5678 | 9:00～12:00 13:00～16:00",
        "表のあと。",
    ]


def test_pages_without_text_need_ocr() -> None:
    with pytest.raises(DocumentError, match="OCR"):
        read_pages([scan()], [scan()])


def test_a_cover_with_text_does_not_make_a_scan_readable() -> None:
    with pytest.raises(DocumentError, match="ほとんどのページ"):
        read_pages([lines(LEFT)], *[[scan()]] * 9)


def test_a_page_without_text_among_others_is_left_out() -> None:
    assert [block.page for block in read_pages([lines(LEFT[:1])], [scan()], [lines(RIGHT[:1])]).blocks] == [1, 3]


def test_a_password_is_named() -> None:
    with pytest.raises(DocumentError, match="パスワード"):
        read(Path("a.pdf"), pdf([[lines(LEFT)]], password="secret"))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_off_file_is_noticed(share: float) -> None:
    whole = pdf([[lines(LEFT)]] * 20)
    with pytest.raises(DocumentError, match="途中で切れている"):
        read(Path("a.pdf"), whole[: int(len(whole) * share)])


NAMES = st.text(alphabet="東京都港区大阪府名古屋市相談窓口あいうアイウ", min_size=1, max_size=8)
NUMBERS = st.from_regex(r"0[1-9]{1,2}-[0-9]{4}-[0-9]{4}", fullmatch=True)


@settings(deadline=None, max_examples=40)  # the machine may be busy
@given(st.lists(st.tuples(NAMES, NUMBERS), min_size=2, max_size=12), st.booleans())
def test_every_number_stays_with_its_name(contacts: list[tuple[str, str]], ruled: bool) -> None:
    blocks = read_pages([table([["窓口", "電話"], *contacts], [150, 150], ruled=ruled)]).blocks
    assert [(block.header, block.text) for block in blocks] == [
        ("窓口 | 電話", f"{name} | {number}") for name, number in contacts
    ]
