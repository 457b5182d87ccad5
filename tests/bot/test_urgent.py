from __future__ import annotations

import pytest

from bot.urgent import urgent_help
from corpus import directory

QUIET = [
    *("", "在留カードの更新", "DVDを捨てたい", "暴力団に関する届け出", "殺虫剤の捨て方", "燃えるごみの日"),
    *("労働災害の届け出", "ウクライナ避難民の在留資格", "I was fired"),
    *("転出の届けが必要ですか", "助けがほしい", "これだけが分からない", "給料から税金がひかれた"),
    *(
        "出頭したら入管に閉じ込められますか",
        "会社の社長に相談したい",
        "夫の在留資格",
        "子どもの様子",
        "交通安全のきまり",
    ),
]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("夫に殴られて逃げたい", ["110", "0120-279-889", "119"]),
        ("ＤＶの相談をしたい", ["110", "0120-279-889", "119"]),
        ("高齢者虐待を見つけた", ["110", "119", "#9110"]),
        ("会社の上司に殴られました", ["110", "119", "#9110"]),
        ("社長にパスポートを取り上げられた", ["110", "119", "#9110"]),
        ("知らない人につきまとわれています", ["110", "119", "#9110"]),
        ("別れた夫がストーカーになった", ["110", "0120-279-889", "119"]),
        ("夫に会社の前で殴られた", ["110", "0120-279-889", "119"]),
        ("妻が夫から虐待されている", ["110", "0120-279-889", "119"]),
        ("My husband beats me", ["110", "0120-279-889", "119"]),
        ("夫が子どもを虐待している", ["189", "110"]),
        ("親に虐待されています", ["189", "110"]),
        ("husband is violent", ["110", "0120-279-889", "119"]),
        ("もう死にたいと言っている", ["119"]),
        ("夫に殴られている。死にたいと言っている", ["119", "110", "0120-279-889"]),
        ("社長に殴られて死にたい", ["119", "110", "#9110"]),
        ("隣の家で虐待があるようです", ["189", "110"]),
        ("子どもを叩いてしまう", ["189", "110"]),
        ("アパートが火事です", ["119", "110", "#7119"]),
        ("仕事中にけがをした", ["119", "110", "#7119"]),
        ("交通事故にあった", ["119", "110", "#7119"]),
        ("赤ちゃんがぐったりしている", ["119", "110", "#7119"]),
        ("給料をもらえず殴られた技能実習生がいます", ["110", "119", "#9110"]),
        ("夫が部屋に閉じ込めて外に出してくれない", ["110", "0120-279-889", "119"]),
        ("薬をたくさん飲んだと言っている", ["119"]),
        ("大きな地震が来たらどうする", ["119", "110", "171"]),
    ],
)
def test_danger_shows_whom_to_call_first(question: str, numbers: list[str]) -> None:
    urgent = urgent_help(question, directory.load())
    assert urgent is not None
    assert [contact.number for contact in urgent.contacts] == numbers


@pytest.mark.parametrize("question", QUIET)
def test_no_alarm_without_danger(question: str) -> None:
    assert urgent_help(question, directory.load()) is None


def test_a_number_that_nobody_confirms_is_not_shown() -> None:
    """The only line for people in despair that the data know has been seen in 2015 only."""
    urgent = urgent_help("自殺したい", directory.load())
    assert urgent is not None
    assert "0120-279-338" not in {contact.number for contact in urgent.contacts}
