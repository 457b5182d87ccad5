"""Where a question asks, and for what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analyser import fold, tokens
from retrieval.asking import asking, kinds, stands_in
from retrieval.lexical import embedded

STORY = "先月から給料が出ていません。寮も追い出されました。"


def asked(text: str) -> frozenset[str]:
    found = tokens(text)
    return kinds(fold(text), asking(fold(text)), found, embedded().cued([token.term for token in found]))


@pytest.mark.parametrize(
    "asks",
    [
        "どこに相談しますか。",
        "どこに相談すればいい？",
        "窓口を教えてください。",
        "窓口を知りたいそうです。",
        "どこだっけ",
    ],
)
def test_the_sentence_that_asks_is_told_from_the_story(asks: str) -> None:
    text = fold(STORY + asks)
    assert [text[begin:end] for begin, end in asking(text)] == [fold(asks)]


def test_where_none_asks_all_do() -> None:
    assert [STORY[begin:end] for begin, end in asking(STORY)] == [
        "先月から給料が出ていません。",
        "寮も追い出されました。",
    ]
    assert asking("") == []


def test_a_place_stands_in_a_range_or_not() -> None:
    assert [stands_in([(2, 4), (6, 7)], place) for place in range(8)] == [
        False,
        False,
        True,
        True,
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("手数料はいくらですか", "amount"),
        ("養成研修の受講料を教えてください", "amount"),
        ("窓口の電話番号と場所を教えて", "phone"),
        ("札幌入管の連絡先", "phone"),
        ("相談員は何人いますか", "people"),
        ("出張相談は月に何回ですか", "times"),
        ("何語で話せますか", "language"),
        ("最寄り駅はどこですか", "transport"),
        ("開設時間と休みの日を教えて", "time"),
        ("本は何冊借りられますか", "count:冊"),
        ("対象は何分野ですか", "count:分野"),
    ],
)
def test_what_is_asked_for_is_told(text: str, kind: str) -> None:
    assert asked(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "給料をもらえないときの相談先",
        "電話番号がない人はどうやって相談しますか",
        "費用の分け方を知りたい",
        "給料が出ません。助けてほしいです。",
        "いくらでも待つと言われました。在留カードを返したい",
        "何の手続が要りますか",
    ],
)
def test_what_is_only_spoken_of_is_not_asked_for(text: str) -> None:
    assert asked(text) == frozenset()


def test_what_says_more_stands_for_what_says_less() -> None:
    assert asked("申込みの窓口はどこですか") == {"place"}
    assert asked("受付の窓口はどこで、何時までですか") == {"time"}


@given(
    st.text(alphabet=st.one_of(st.sampled_from("何冊いくらはですか。？教えて給料\n "), st.characters()), max_size=60)
)
def test_any_text_asks_for_something_or_nothing(text: str) -> None:
    assert isinstance(asked(text), frozenset)
    folded = fold(text)
    assert all(0 <= begin < end <= len(folded) for begin, end in asking(folded))


def test_of_several_lines_that_ask_the_last_one_counts() -> None:
    text = "児童手当はいくらですか\n申請はどこ？"
    assert [text[begin:end] for begin, end in asking(text)] == ["申請はどこ？"]
