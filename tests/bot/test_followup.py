from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Status
from bot.followup import Leaning, ask_on, leaning, reads_on

FIRST = "在留カードをなくした"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "費用は？",
            "いくら",
            "いつまでですか",
            "どこ？",
            "何が必要ですか",
            "写真は必要ですか",
            "電話番号を教えてください",
        ),
        *("それはどこですか", "その場合、税金はかかりますか", "そこは土日も開いていますか", "同じ書類でいいですか"),
        *("じゃあ郵送でもできますか", "では代わりの人でもいいですか", "ほかに必要なものは？", "あと、期限は？"),
        *("子どもの場合は", "留学生は？", "夏休みは？", "配偶者も一緒にできますか", "郵送とか？", "いつ もらえますか"),
    ],
)
def test_what_cannot_stand_alone_leans_on_what_was_said(text: str) -> None:
    assert leaning(text) is Leaning.TOGETHER


@pytest.mark.parametrize(
    "text",
    [
        "子どもが生まれたら、どんな手続が必要ですか",
        "外国の運転免許を日本の免許に切りかえたい",
        "会社が残業代を払ってくれません。どこに相談できますか",
        "ところで、費用は？",
        "別の質問ですが、年金はどうなりますか",
        "大阪で働くベトナム人の方が、会社をやめて国に帰ります。その前に年金と税金についてしておくことを教えてください。",
    ],
)
def test_what_says_itself_what_it_is_about_stands_alone(text: str) -> None:
    assert leaning(text) is Leaning.ALONE


@pytest.mark.parametrize("text", ["年金はどうなりますか", "では国民年金の脱退一時金はどうなりますか"])
def test_what_names_one_thing_may_be_either(text: str) -> None:
    assert leaning(text) is Leaning.UNSURE


@pytest.mark.parametrize(
    ("text", "expected"), [("費用は", True), ("子どもは", True), ("了解です", False), ("なるほど", False)]
)
def test_short_as_it_is_it_carries_a_question_on(text: str, expected: bool) -> None:
    assert reads_on(text) is expected


class Documents:
    """Answers with the confidence that is given for a question, 0 for others; remembers what was asked."""

    def __init__(self, confidences: Mapping[str, float] | None = None) -> None:
        self.confidences = confidences or {}
        self.asked: list[str] = []

    def __call__(self, question: str) -> Answer:
        self.asked.append(question)
        confidence = self.confidences.get(question, 0.0)
        status = Status.ANSWERED if confidence >= 0.6 else Status.NOT_FOUND
        return Answer(question=question, status=status, headline="", confidence=confidence, remarks=("備考",))


@pytest.mark.parametrize(
    ("alone", "together", "chosen"),
    [
        (0.8, 0.99, "alone"),  # clear by itself
        (0.7, 0.65, "together"),  # answered both ways: the talk counts
        (0.7, 0.5, "alone"),
        (0.3, 0.9, "together"),
        (0.3, 0.4, "alone"),  # nothing found either way: said of what was asked
    ],
)
def test_where_the_text_does_not_tell_confidence_decides(alone: float, together: float, chosen: str) -> None:
    text = "年金はどうなりますか"
    documents = Documents({text: alone, f"{FIRST}\n{text}": together})
    answer = ask_on(text, [FIRST], documents)
    assert answer.question == (text if chosen == "alone" else f"{FIRST}\n{text}")
    assert answer.remarks == (
        ("備考",) if chosen == "alone" else (f"前の質問（「{FIRST}」）とあわせて調べました。", "備考")
    )


def test_without_anything_before_there_is_one_search() -> None:
    documents = Documents()
    ask_on("費用は？", [], documents)
    assert documents.asked == ["費用は？"]


def test_the_matter_is_kept_over_several_steps_and_what_names_none_is_not() -> None:
    documents = Documents()
    ask_on("いつまで？", [f"{FIRST}\n費用は？"], documents)
    ask_on("いつまで？", [f"{FIRST}\n留学生の場合は？"], documents)
    assert documents.asked == [f"{FIRST}\nいつまで？", f"{FIRST}\n留学生の場合は？\nいつまで？"]


def test_a_long_question_before_is_searched_shortened() -> None:
    documents = Documents()
    answer = ask_on("費用は？", ["あ" * 2000], documents)
    assert len(documents.asked[0]) < 400
    assert "…」" in answer.remarks[0]


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=80).filter(str.strip), max_size=2))
def test_whatever_is_said_is_answered(text: str, earlier: list[str]) -> None:
    assert ask_on(text, [one.strip() for one in earlier], Documents()).remarks
