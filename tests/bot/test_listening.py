from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.listening import Speech, heard
from corpus import embedded
from tests.bot.heard import QUESTIONS, REST

#: Questions that the patterns were not written for; see the README beside them.
UNSEEN = Path(__file__).parents[1] / "questions" / "guidebook_test.jsonl"


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_taken_up(text: str) -> None:
    assert heard(text) is Speech.QUESTION


@pytest.mark.parametrize("text", REST)
def test_other_talk_is_left_alone(text: str) -> None:
    assert heard(text) is not Speech.QUESTION


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert min(len(QUESTIONS), len(REST)) >= 60
    assert len({*QUESTIONS, *REST}) == len(QUESTIONS) + len(REST)


def test_questions_that_the_patterns_were_not_written_for_are_heard_as_well() -> None:
    rows = [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]
    # A few words without a verb ("車検 何か月前") are a search, not a question that somebody overhears.
    spoken = [row["question"] for row in rows if row["kind"] != "keyword"]
    taken = sum(heard(question) is Speech.QUESTION for question in spoken)
    assert taken / len(spoken) >= 0.88, f"{taken} of {len(spoken)}"


def test_statements_of_the_documents_are_hardly_ever_taken_for_questions() -> None:
    text = "。".join(passage.text for passage in embedded.load().passages).replace("\n", "。")
    statements = {f"{said}。" for said in text.split("。") if len(said) > 8}
    taken = [said for said in statements if heard(said) is Speech.QUESTION]
    assert len(taken) / len(statements) <= 0.005, taken


@pytest.mark.parametrize(
    "cry", ["あ", "え", "へえ", "えっ", "はい、", "あ、ああ", "w", "、", " ", "!", "る", "か、", "?"]
)
def test_a_long_cry_is_heard_without_trying_all_its_ways(cry: str) -> None:
    # Such a text once kept the whole process from everybody: the pattern of backchannels could read it in 2**n ways.
    assert heard(f"{cry * 20_000}困った") is heard(f"{cry * 3}困った")


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("ありがとうございます！", Speech.THANKS),
        ("助かりました", Speech.THANKS),
        ("こんにちは", Speech.GREETING),
        ("Hello", Speech.GREETING),
        ("こんにちは。転入届はどこで出せますか", Speech.QUESTION),
        ("ありがとうございます。費用はいくらですか？", Speech.QUESTION),
        ("在留カードをなくしました", Speech.OTHER),
        ("", Speech.OTHER),
        ("👍", Speech.OTHER),
    ],
)
def test_thanks_and_greetings_are_told_from_the_rest(text: str, speech: Speech) -> None:
    assert heard(text) is speech


def test_a_question_mark_may_be_of_either_width() -> None:
    assert heard("転入届は郵送でも?") is heard("転入届は郵送でも？") is Speech.QUESTION


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_whatever_is_written_is_something(text: str) -> None:
    assert isinstance(heard(text), Speech)
