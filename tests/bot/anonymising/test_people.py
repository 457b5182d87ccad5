from __future__ import annotations

import pytest

from bot.anonymise import Kind, anonymise
from tests.bot.anonymising.ruled import ruled


def people(text: str) -> list[str]:
    return [written for kind, written in ruled(text) if kind is Kind.NAME]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("夫のマテウス・カヴァルカンチが来た", "マテウス・カヴァルカンチ"),
        ("ファム ティ フオンさん", "ファム ティ フオン"),
        ("グエン\nヴァン\nアイン", "グエン\nヴァン\nアイン"),
        ("氏名：そー みん とぅん", "そー みん とぅん"),
        ("陳秀英さんが来所", "陳秀英"),
        ("呉氏梅さんの夫", "呉氏梅"),
        ("はなこちゃんは5歳", "はなこ"),
        ("担当の平山と申します", "平山"),
        ("千葉さんが話した", "千葉"),
        ("我叫刘晓燕，我住在东京。", "刘晓燕"),
        ("김민수입니다", "김민수"),
        ("NGUYEN THI LAN ANH 女", "NGUYEN THI LAN ANH"),
        ("Meu nome é João da Silva.", "João da Silva"),
        ("Tanaka-sanから連絡", "Tanaka"),
        ("Dear Ms. Fujimoto, hello", "Fujimoto"),
        ("スニタは妊娠中で困っている", "スニタ"),
    ],
)
def test_names_of_many_nations(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "お客さん、皆様、奥様、担当者様、相談者さん、お母さん、赤ちゃん、彼氏、スタッフさん",
            "高校の金額は林業の原則",
            "Aさんと〇〇さん",
        ),
        *(
            "コース・カリキュラム、サン・パウロ、コスタ・リカ",
            "山口県と石川県、福島、千葉市",
            "Permanent Resident, Work Permit",
            "May I ask?",
        ),
        *("ベトナム語、ネパール語、ミャンマー", "清水を飲む", "定住者、永住者、家族滞在"),
    ],
)
def test_words_that_look_like_names_stay(text: str) -> None:
    assert people(text) == []


def test_a_name_that_was_said_once_is_a_name_wherever_it_stands() -> None:
    assert anonymise("相談員：どうしましたか。\nビナ：困っています。\n相談員：ビナさん、今は？").text == (
        "相談員：どうしましたか。\n人物A：困っています。\n相談員：人物Aさん、今は？"
    )
    assert people("アインさんがアンケートに答え、アインランドへ") == ["アイン"]
