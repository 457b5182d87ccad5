"""Telephone numbers, dates, amounts and numbers in Japanese text."""

from __future__ import annotations

import pytest

from corpus.figures import Figure, FigureChange, changed_figures, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("電話は０３－１２３４－５６７８です", [(Figure.TELEPHONE, "03-1234-5678")]),
        ("ナビダイヤル0570-012345、短縮 #8008", [(Figure.TELEPHONE, "0570-012345"), (Figure.TELEPHONE, "#8008")]),
        ("（03）1234-5678", [(Figure.TELEPHONE, "(03)1234-5678")]),
        ("令和６年４月１日から14日以内", [(Figure.DATE, "令和6年4月1日"), (Figure.NUMBER, "14日")]),
        ("2026-02-26に、または3月5日に", [(Figure.DATE, "2026-02-26"), (Figure.DATE, "3月5日")]),
        ("８，０００円または 1万5,000円", [(Figure.AMOUNT, "8000円"), (Figure.AMOUNT, "1万5000円")]),
        ("３か月前、28 時間、3割、20歳", [(Figure.NUMBER, n) for n in ("3か月", "28時間", "3割", "20歳")]),
        ("①住所 ②氏名", []),
        ("コーヒーを飲む", []),
    ],
)
def test_figures_are_found_with_their_kind(text: str, expected: list[tuple[Figure, str]]) -> None:
    assert list(figures(text)) == expected


def test_only_the_way_of_writing_differs() -> None:
    assert changed_figures("手数料は８，０００円", "手数料は8000円") == ()


def test_a_figure_stands_with_the_one_that_took_its_place() -> None:
    assert changed_figures(
        "14日以内に届け出ます。電話は011-111-2222です。", "電話は011-333-4444です。届出は30日以内、令和7年4月1日から。"
    ) == (
        FigureChange(Figure.NUMBER, "14日", "30日"),
        FigureChange(Figure.TELEPHONE, "011-111-2222", "011-333-4444"),
        FigureChange(Figure.DATE, "", "令和7年4月1日"),
    )
