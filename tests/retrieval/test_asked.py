"""The kind of thing asked for, in a passage."""

from __future__ import annotations

import pytest

from corpus.lexicon import KINDS
from retrieval.asked import holds


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "登録の手数料は３００円です。"),
        ("amount", "費用は三千円ほどです。"),
        ("amount", "相談は無料です。"),
        ("date", "14日以内に届け出ます。"),
        ("time", "受付は9時からです。"),
        ("time", "平日 8:30-17:15"),
        ("duration", "3か月を超えて在留する人"),
        ("phone", "03-1234-5678"),
        ("phone", "０５７０（０１３）９０４"),
        ("place", "市役所の窓口へ出します。"),
        ("age", "満18歳になった人"),
        ("count", "本は10冊まで借りられます。"),
        ("count:冊", "本は１０冊まで借りられます。"),
        ("people", "相談員は三人です。"),
        ("times", "月１回、相談会を開きます。"),
        ("language", "ベトナム語と英語で話せます。"),
        ("language", "12言語で話せます。"),
        ("transport", "最寄りは中央駅です。"),
        ("mail", "soudan@example.jp へ送ります。"),
        ("percentage", "窓口で3割を払います。"),
        ("document", "申込書を出します。"),
        ("website", "https://example.org/ を見ます。"),
    ],
)
def test_a_text_with_what_is_asked_for_holds_it(kind: str, text: str) -> None:
    assert holds(frozenset({kind}), text)


@pytest.mark.parametrize("kind", sorted(KINDS - {"person"}))
def test_a_text_without_it_does_not(kind: str) -> None:
    assert not holds(frozenset({kind}), "なんでも気軽にたずねてください。")


def test_one_of_several_kinds_is_enough() -> None:
    assert holds(frozenset({"amount", "phone"}), "手数料は300円です。")


def test_nothing_asked_for_and_what_has_no_form_are_never_missed() -> None:
    assert holds(frozenset(), "")
    assert holds(frozenset({"person"}), "なんでも気軽にたずねてください。")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("count:冊", "本を3回借りました。"),
        ("people", "2人目のお子さん"),
        ("language", "多言語で案内しています。"),
        ("amount", "予約は不要です。"),
        ("duration", "令和6年度から始めました。"),
        ("phone", "電話で相談できます。"),
        ("date", "卒業するまでお待ちください。"),
    ],
)
def test_what_only_looks_like_it_is_not_what_is_asked_for(kind: str, text: str) -> None:
    assert not holds(frozenset({kind}), text)


def test_what_a_fee_goes_by_answers_how_much_it_is() -> None:
    assert holds(frozenset({"amount"}), "保険料は所得や家族の人数で決まります。")
    assert not holds(frozenset({"amount"}), "保険料を払わないと医療費を払うことになります。")
