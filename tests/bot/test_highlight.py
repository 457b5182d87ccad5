from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.highlight import Figure, dialled, pieces

FIGURE_LIKE = "0123456789０-９-－#+円年月日時分番:（）あ。億万千,. "


def figures(text: str) -> list[tuple[str, Figure]]:
    return [(piece.text, piece.figure) for piece in pieces(text) if piece.figure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("電話は0570-011000です", [("0570-011000", Figure.PHONE)]),
        ("海外からは +81-3-5363-3013", [("+81-3-5363-3013", Figure.PHONE)]),
        ("０３－３５８０－９８４１（代表）", [("０３－３５８０－９８４１", Figure.PHONE)]),
        ("03（3580）9841", [("03（3580）9841", Figure.PHONE)]),
        ("#8000 に電話", [("#8000", Figure.PHONE)]),
        ("110番か119番へ", [("110番", Figure.PHONE), ("119番", Figure.PHONE)]),
        ("1丁目110番地", []),
        ("手数料は6,000円、収入10万5千円まで", [("6,000円", Figure.FEE), ("10万5千円", Figure.FEE)]),
        ("相談は無料です", [("無料", Figure.FEE)]),
        ("2025年4月1日から", [("2025年4月1日", Figure.DATE)]),
        ("令和元年度と平成31年4月", [("令和元年度", Figure.DATE), ("平成31年4月", Figure.DATE)]),
        ("平日9:00-17:00", [("9:00-17:00", Figure.DATE)]),
        ("午前8時30分から午後5時15分まで", [("午前8時30分から午後5時15分", Figure.DATE)]),
        ("14日以内に", [("14日以内", Figure.NUMBER)]),
        (
            "3か月を超える人、16歳以上、5.5%",
            [("3か月を超え", Figure.NUMBER), ("16歳以上", Figure.NUMBER), ("5.5%", Figure.NUMBER)],
        ),
        ("費用の3分の1", [("3分の1", Figure.NUMBER)]),
        ("第3章（1）①の2-1", []),
        ("郵便番号160-0004", []),
    ],
)
def test_figures_stand_out_with_their_kind(text: str, expected: list[tuple[str, Figure]]) -> None:
    assert figures(text) == expected


def test_answering_sentence_is_marked_and_its_figure_too() -> None:
    text = "前の文です。14日以内に届け出ます。後の文です。"
    start = text.index("14")
    end = text.index("後の文")
    cut = pieces(text, ((start, end),))
    assert [(p.text, p.answering, p.figure) for p in cut] == [
        ("前の文です。", False, None),
        ("14日以内", True, Figure.NUMBER),
        ("に届け出ます。", True, None),
        ("後の文です。", False, None),
    ]


@given(
    st.text(alphabet="0123456789０-９-－#+円年月日時分番:（）あ。億万千,. ", max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_no_text_is_lost_or_changed(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    cut = pieces(text, ((start, end),))
    assert "".join(piece.text for piece in cut) == text
    assert "".join(piece.text for piece in cut if piece.answering) == text[start:end]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0570-011000", "0570011000"),
        ("＋81-3-5363-3013", "+81353633013"),
        ("#8000", "#8000"),
        ("110番", "110"),
        ("平日のみ", ""),
    ],
)
def test_dialled_number_holds_only_what_a_telephone_takes(printed: str, number: str) -> None:
    assert dialled(printed) == number
