"""Follow-ups on the real engine over the embedded corpus, where language decides."""

from __future__ import annotations

import pytest

from adapters.knowledge import Knowledge, open_own
from adapters.settings import Settings
from bot.answer import Answer
from bot.followup import ask_on
from tests.adapters.talks import talks


@pytest.fixture(scope="module")
def knows(own_settings: Settings) -> Knowledge:
    return open_own(own_settings, lambda _line: None)


def _asked_on(knows: Knowledge, *questions: str) -> Answer:
    """The answer to the last of several questions in one thread."""
    earlier: list[str] = []
    for question in questions:
        answer = ask_on(question, earlier, knows.answer)
        earlier.insert(0, answer.question)
    return answer


def _is_together(answer: Answer) -> bool:
    return any("あわせて調べました" in remark for remark in answer.remarks)


def test_what_belongs_together_is_searched_together_and_nothing_else(knows: Knowledge) -> None:
    decided = [talk for talk in talks() if talk[2] != "?"]
    assert len(decided) >= 50
    wrong = []
    for first, then, kind in decided:
        answer = ask_on(then, [first], knows.answer)
        if _is_together(answer) is not (kind == "+"):
            wrong.append((first, then, kind))
        elif kind == "-":
            assert answer == knows.answer(then)  # a new question gets the answer that it gets anywhere
    assert len(wrong) <= 2, wrong
    assert not [talk for talk in wrong if talk[2] == "-"]


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("在留カードをなくしたときは、どうすればいいですか", "費用は？", "再交付は無料"),
        ("在留カードをなくしたときは、どうすればいいですか", "写真は必要ですか", "写真1枚"),
        ("在留カードをなくしたときは、どうすればいいですか", "いつまでですか", "14日以内"),
        ("子どもが生まれたら、どんな手続が必要ですか", "在留資格のほうは？", "30日以内"),
        ("会社をやめたら健康保険はどうなりますか", "では失業したときの給付は？", "雇用保険"),
        ("国民健康保険に入るにはどうすればいいですか", "その保険料はいくらですか", "国民健康保険の保険料"),
        ("国民年金の脱退一時金はいくらもらえますか", "その場合、税金はかかりますか", "20.42%"),
        ("児童手当はいくらですか", "申請はどこ？", "市区町村"),
        ("永住許可の条件は何ですか", "日本人の配偶者の場合は？", "結婚生活が3年以上"),
        ("生活保護は外国人でも受けられますか", "留学生は？", "留学"),
        ("再入国許可はどこでとりますか", "みなし再入国の場合は？", "みなし再入国"),
        ("夫の暴力から逃げたいです", "どこに電話すればいい？", "0120-279-889"),
    ],
)
def test_a_follow_up_finds_what_it_asks_for(knows: Knowledge, first: str, then: str, said: str) -> None:
    answer = _asked_on(knows, first, then)
    assert answer.is_answered
    assert said in "".join(citation.text for citation in answer.citations[:3])


def test_a_third_question_is_about_the_first_not_about_the_second(knows: Knowledge) -> None:
    answer = _asked_on(knows, "在留カードをなくしたときは、どうすればいいですか", "費用は？", "いつまでに行きますか")
    assert "費用" not in answer.question
    assert answer.citations[0].section_id == "ch01.1-3"
    turned = _asked_on(knows, "児童手当はいくらですか", "母子手帳はどこでもらえますか", "費用は？")
    assert "児童手当" not in turned.question


def test_danger_told_of_before_is_not_forgotten(knows: Knowledge) -> None:
    answer = _asked_on(knows, "夫の暴力から逃げたいです", "子どもも一緒に行けますか")
    assert answer.urgent is not None


def test_a_place_named_before_still_decides_whom_to_call(knows: Knowledge) -> None:
    answer = _asked_on(knows, "札幌の入管に相談したい", "電話番号は？")
    assert answer.prefecture == "北海道"
