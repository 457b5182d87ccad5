"""What stands under which headings, with the document's own numbers."""

from collections.abc import Callable, Sequence

from corpus.blocks import Block, Kind, ReadDocument
from corpus.cleaning import clean
from corpus.headings import Heading
from corpus.lines import Piece
from corpus.sections import dotted, guidebook, sections_of

PROSE = "窓口では、生活の困りごとについて、十一の言葉で相談を受けています。"


def found(
    *pieces: Piece | str, numbering: Callable[[Sequence[Heading]], str] = dotted
) -> list[tuple[str, tuple[str, ...]]]:
    """Ids and paths of the sections that hold text."""
    made = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
    return [(section.id, section.path) for section in sections_of(made, numbering) if section.pieces]


def test_numbers_nest_and_marks_lie_under_what_they_stand_in() -> None:
    assert found(
        "第3章 窓口の運営",
        "２｜取組の例",
        "（１）みどり市",
        "特徴的な取組",
        "■背景",
        PROSE,
        "■評判",
        PROSE,
        "（２）あおば市",
        PROSE,
    ) == [
        ("3.2.1", ("第3章 窓口の運営", "２｜取組の例", "（１）みどり市", "特徴的な取組", "背景")),
        ("3.2.1", ("第3章 窓口の運営", "２｜取組の例", "（１）みどり市", "特徴的な取組", "評判")),
        ("3.2.2", ("第3章 窓口の運営", "２｜取組の例", "（２）あおば市")),
    ]


def test_circled_numbers_count_under_numbers_only() -> None:
    assert found("第3章 運営", "３｜町の声", "①きっかけ", PROSE) == [
        ("3.3.1", ("第3章 運営", "３｜町の声", "①きっかけ"))
    ]
    assert found("第2部 成果", "新しい事業", PROSE, "＜内容＞", PROSE, "①情報の交換", PROSE)[-1] == (
        "2",
        ("第2部 成果", "新しい事業", "内容", "①情報の交換"),
    )


def test_a_column_interrupts_a_numbered_section_which_then_goes_on() -> None:
    paths = [path for _, path in found(
        "２｜取組の例", "（１）みどり市", "特徴的な取組", "■背景", PROSE,
        Piece("出張相談について", gap=5), PROSE, "■費用", PROSE,
        Piece("次の特徴的な取組", starts_page=True), "■背景", PROSE,
    )]  # fmt: skip
    assert paths == [
        ("２｜取組の例", "（１）みどり市", "特徴的な取組", "背景"),
        ("２｜取組の例", "出張相談について"),
        ("２｜取組の例", "出張相談について", "費用"),
        ("２｜取組の例", "（１）みどり市", "次の特徴的な取組", "背景"),
    ]


def test_a_title_that_names_its_section_stays_in_it() -> None:
    assert found("（１）南みどり市の例", "■背景", PROSE, Piece("南みどり市に聞いてみました", starts_page=True), PROSE)[
        -1
    ] == (
        "1",
        ("（１）南みどり市の例", "南みどり市に聞いてみました"),
    )


def test_a_table_head_repeated_over_a_page_goes_on_with_its_section() -> None:
    assert found(
        "（１）みどり市",
        "時期 できごと",
        "四月 開設",
        "【内容】",
        PROSE,
        Piece("時期 できごと", starts_page=True),
        "五月 拡充",
    )[-1] == (
        "1",
        ("（１）みどり市",),
    )


def test_a_sentence_that_stood_in_another_section_stays_where_it_is() -> None:
    ask = "くわしいことは、市区町村の窓口で聞いてください。"
    pieces: list[Piece | str] = ["（１）届出", ask, "（２）証明書", PROSE, Piece(ask, starts_page=True)]
    assert [number for number, _ in found(*pieces)] == ["1", "2"]


def test_a_title_that_begins_like_a_unit_is_a_title() -> None:
    assert [number for number, _ in found("第7章 福祉", "1年金", PROSE, "2社会保険", PROSE)] == ["7.1", "7.2"]
    assert [number for number, _ in found("第7章 年金・福祉", "1年ごとの更新", PROSE)] == ["7"]


def test_a_subsection_counts_though_the_heading_above_it_was_lost() -> None:
    headed = ["第5章 教育", "1 学校", PROSE, "2-1 学ぶ場", PROSE, "2-2 学ぶ本", PROSE, "3 相談", PROSE]
    assert [number for number, _ in found(*headed, numbering=guidebook)] == ["ch05.1", "ch05.2-1", "ch05.2-2", "ch05.3"]


def test_a_title_at_the_end_of_a_page_comes_first() -> None:
    page = [Piece("相談を受ける部署", starts_page=True, gap=1), Piece("専門の機関", gap=1), Piece("仕事の連携", gap=1)]
    assert found(*page, Piece("支援の役割（相談への対応）", gap=1)) == [("", ("支援の役割（相談への対応）",))]


def test_a_heading_over_nothing_becomes_text() -> None:
    sections = sections_of(
        [Piece("２｜取組の例"), Piece(PROSE), Piece("３｜町の声"), Piece("第4章 支援"), Piece(PROSE)]
    )
    assert [piece.text for section in sections for piece in section.pieces] == [PROSE, "３｜町の声", PROSE]


def test_the_guidebook_counts_in_its_own_way() -> None:
    assert found(
        "第１章 入国・在留",
        "1 在留カード",
        PROSE,
        "1-1 交付",
        PROSE,
        "(1) 用意するもの",
        PROSE,
        "2 手続",
        PROSE,
        numbering=guidebook,
    ) == [
        ("ch01.1", ("第１章 入国・在留", "1 在留カード")),
        ("ch01.1-1", ("第１章 入国・在留", "1 在留カード", "1-1 交付")),
        ("ch01.1-1", ("第１章 入国・在留", "1 在留カード", "1-1 交付", "(1) 用意するもの")),
        ("ch01.2", ("第１章 入国・在留", "2 手続")),
    ]


def test_declared_headings_nest_by_level() -> None:
    blocks = [
        Block(Kind.HEADING, text, level=level) if level else Block(Kind.PARAGRAPH, text)
        for text, level in [
            ("窓口", 1),
            ("2 時間", 2),
            ("平日です。", 0),
            ("休み", 3),
            ("祝日です。", 0),
            ("2.1 電話", 2),
            ("二本です。", 0),
        ]
    ]
    assert found(*clean(ReadDocument(tuple(blocks)))) == [
        ("2", ("窓口", "2 時間")),
        ("2", ("窓口", "2 時間", "休み")),
        ("2.1", ("窓口", "2.1 電話")),
    ]


def test_numbers_that_repeat_what_they_stand_in_are_not_counted_twice() -> None:
    assert [number for number, _ in found("第1章 入国", "2-1 期間の更新", PROSE)] == ["1.2.1"]
    assert [number for number, _ in found("第1章 入国", "1 カード", PROSE, "1-1 交付", PROSE)] == ["1.1", "1.1.1"]
