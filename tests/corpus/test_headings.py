"""Headings are told from items of lists and from labels."""

import pytest

from corpus.blocks import Kind
from corpus.headings import Heading, Mark, headings, read_mark
from corpus.lines import Piece

PROSE = "窓口では、生活の困りごとについて、十一の言葉で相談を受けています。"


def marks(*texts: str) -> list[Mark | None]:
    pieces = [Piece(text) for text in texts]
    return [heading.mark if heading else None for heading in headings(pieces)]


@pytest.mark.parametrize(
    ("text", "mark", "number", "title"),
    [
        ("第 3章 窓口の運営", Mark.CHAPTER, "3", "第3章 窓口の運営"),
        ("第十二章 生活", Mark.CHAPTER, "12", "第十二章 生活"),
        ("Chapter 4 Children", Mark.CHAPTER, "4", "Chapter 4 Children"),
        ("第２部 成果", Mark.VOLUME, "2", "第２部 成果"),
        ("２｜取組の例", Mark.PART, "2", "２｜取組の例"),
        ("1 | 担当者の支援", Mark.PART, "1", "1 | 担当者の支援"),
        ("1在留カード", Mark.NUMBER, "1", "1 在留カード"),
        ("2. 手続", Mark.NUMBER, "2", "2. 手続"),
        ("2-1 期間の更新", Mark.DASHED, "2-1", "2-1 期間の更新"),
        ("２．１ 期間の更新", Mark.DASHED, "2-1", "２．１ 期間の更新"),
        ("（１）みどり市の例", Mark.PAREN, "1", "（１）みどり市の例"),
        ("②相談員の確保", Mark.CIRCLED, "2", "②相談員の確保"),
        ("■事業の概要", Mark.BOX, "", "事業の概要"),
        ("【協議の内容】", Mark.BRACKET, "", "協議の内容"),
        ("＜効果＞", Mark.ANGLE, "", "効果"),
        ("■取組（つづき）", Mark.BOX, "", "取組"),
    ],
)
def test_marks(text: str, mark: Mark, number: str, title: str) -> None:
    assert read_mark(text) == Heading(title, mark, number, text=text)


@pytest.mark.parametrize(
    "text",
    [
        "14日以内に届け出る",
        "3か月前から申請できる",
        "2025年の実績",
        "■対応言語 六言語",
        "■対象：全ての町",
        "（１）では次を定めます。",
        "03-0000-1111",
    ],
)
def test_what_only_looks_marked(text: str) -> None:
    assert read_mark(text) is None


def test_marked_items_next_to_one_another_are_a_list() -> None:
    assert marks("①中国", "②ベトナム", PROSE) == [None, None, None]
    assert marks("（１）相談員の派遣", "（２）意見の交換", PROSE) == [None, None, None]
    assert marks("①相談員の確保", PROSE, "②相談員の育成", PROSE) == [Mark.CIRCLED, None, Mark.CIRCLED, None]


def test_a_short_line_before_prose_is_a_heading_the_last_of_several_is_not() -> None:
    assert marks(PROSE, "他の機関との連携について", PROSE) == [None, Mark.BARE, None]
    assert marks(PROSE, "あおば法務局", "みどり労働局", "しらゆり相談所", PROSE) == [None] * 5


def test_a_line_at_the_top_of_a_page_or_behind_a_gap_is_a_column() -> None:
    pieces = [
        Piece(PROSE),
        Piece("ボランティアの活用", gap=3),
        Piece(PROSE),
        Piece("研修会について", starts_page=True),
        Piece(PROSE),
    ]
    assert [heading.mark for heading in headings(pieces) if heading] == [Mark.COLUMN, Mark.PAGE]


def test_numbers_count_on_or_are_none() -> None:
    assert marks("1 在留カード", PROSE, "2 手続", PROSE, "9 その他", PROSE)[::2] == [Mark.NUMBER, Mark.NUMBER, None]
    assert marks("1 在留カード", PROSE, "1-1 交付", PROSE, "3-4 別の数", PROSE)[::2] == [Mark.NUMBER, Mark.DASHED, None]


def test_where_a_format_declares_headings_nothing_else_is_one() -> None:
    pieces = [Piece("2.1 Fees", Kind.HEADING, level=2), Piece("（１）手数料"), Piece(PROSE)]
    first, *others = headings(pieces)
    assert first == Heading("2.1 Fees", Mark.DECLARED, "2-1", 2, "2.1 Fees")
    assert others == [None, None]
