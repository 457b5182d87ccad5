"""What the page did to the text is mended or left out; the words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Kind, ReadDocument
from corpus.cleaning import clean, tidied
from tests.corpus.lines_of import document, pages


def texts(text: str) -> list[str]:
    return [piece.text for piece in clean(document(text))]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("A B C D Eの窓口", "ABCDEの窓口"),
        ("電話は**0570-000111**へ", "電話は0570-000111へ"),
        ("実践^(注)（職場で行う）", "実践(注)（職場で行う）"),
        ("<https://example.jp/a>を見る", "https://example.jp/aを見る"),
        ("できました（ ）。", "できました。"),
        ("- ①相談員を置く", "①相談員を置く"),
        ("- 相談員を置く", "・相談員を置く"),
        ("◆◆◆連携の例◆◆◆", "◆連携の例"),
        ("①②と１０件、㈱は元のまま", "①②と１０件、㈱は元のまま"),
        ("FUKUOKA IS OPEN", "FUKUOKA IS OPEN"),
    ],
)
def test_damage_within_a_line(printed: str, shown: str) -> None:
    assert tidied(printed) == shown


def test_a_vertical_label_is_set_upright_and_a_vertical_caption_left_out() -> None:
    assert texts("前の文です。\n\n相\n談\n者\n\n次の文です。\n\n▶\n広\n報\n誌") == [
        "前の文です。",
        "相談者",
        "次の文です。",
    ]


def test_captions_of_pictures_are_left_out() -> None:
    text = "窓口の紹介です。\n\n▼案内のちらし\n\n講習会の様子\n\n次の紹介です。"
    assert texts(text) == ["窓口の紹介です。", "次の紹介です。"]


def test_numbers_and_legends_of_charts_are_left_out_but_not_numbers_in_text() -> None:
    text = "窓口がありますか。\n\n305\n\n535\n\nはい いいえ\n\n回答は840団体です。\n\n119\n\n火事のときの番号です。"
    assert texts(text) == ["窓口がありますか。", "回答は840団体です。", "119", "火事のときの番号です。"]


def test_a_table_of_contents_is_left_out() -> None:
    text = "【目次】\n\n1. 窓口の役割 1\n2. 連携\n - 国の機関との連携 2\n\n窓口の役割を説明します。"
    assert texts(text) == ["窓口の役割を説明します。"]
    assert texts("窓口の役割 ・・・・・・ 12\n窓口の役割を説明します。") == ["窓口の役割を説明します。"]


def test_a_logo_that_repeats_its_heading_is_left_out() -> None:
    text = "おおぞら交流センター（OKC）\n\nおおぞら\n交流センター\nOKC\n\nここには国の機関が入っています。"
    assert texts(text) == ["おおぞら交流センター（OKC）", "ここには国の機関が入っています。"]


def test_a_page_number_within_a_sentence_goes() -> None:
    lines = ["相談の多い窓口では、通訳の数を増や \n", "４ |\n", "し、曜日ごとに担当を決めています。 "]
    filler = "このように長い行は次の行へ続く形で\n\n書かれています。 \n\n" * 3
    assert "相談の多い窓口では、通訳の数を増やし、曜日ごとに担当を決めています。" in texts(
        filler + "\n".join(lines).replace("増や ", "増や")
    )


def test_tables_and_prose_keep_their_order() -> None:
    text = "窓口は次のとおりです。\n\n窓口\t電話\nあおば\t03-0000-1111\n\n平日に開いています。"
    assert [(piece.kind, piece.text) for piece in clean(document(text))] == [
        (Kind.PARAGRAPH, "窓口は次のとおりです。"),
        (Kind.ROW, "あおば　03-0000-1111"),
        (Kind.PARAGRAPH, "平日に開いています。"),
    ]


def test_what_a_format_declares_is_believed() -> None:
    blocks = (
        Block(Kind.HEADING, "窓口", level=2),
        Block(Kind.ROW, "あおば |  | 03-0000-1111", header="窓口 | 備考 | 電話"),
        Block(Kind.PARAGRAPH, "平日に\n開いています。"),
    )
    heading, row, paragraph = clean(ReadDocument(blocks))
    assert (heading.level, row.text, row.header) == (2, "あおば　03-0000-1111", "窓口　備考　電話")
    assert paragraph.text == "平日に 開いています。"


def test_pages_reach_the_pieces() -> None:
    pieces = clean(pages("一枚目の文です。", "二枚目の文です。"))
    assert [(piece.page, piece.starts_page) for piece in pieces] == [(1, True), (2, True)]


@given(st.text(max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(piece.text for piece in clean(document(text)))
