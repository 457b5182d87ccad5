from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.desks import Channel, Listening
from bot.incoming import Asked, Way
from bot.places import Person, Place
from bot.ports import Exchange, Outcome
from bot.wishes import Surroundings, Wish, wish_of

PLACE = Place(platform="teams", tenant="t", channel="c", thread="1")
PERSON = Person(platform="teams", tenant="t", id="p")
AT = datetime(2026, 11, 20, tzinfo=UTC)
EARLIER = Exchange(id="e", place=PLACE, person=PERSON, question="児童手当", outcome=Outcome.ANSWERED, at=AT)

QUESTION, FRAGMENT, TALK = "児童手当はどこに申請しますか", "留学生は", "児童手当の案内をしました"


def wish(text: str, way: Way, rule: Listening = Listening.MENTIONS, *, answered: bool = False) -> Wish:
    asked = Asked(keys=("1",), place=PLACE, person=PERSON, text=text, way=way, at=AT)
    channel = Channel(place=PLACE.in_channel(), listening=rule)
    return wish_of(asked, Surroundings(channel=channel, earlier=(EARLIER,) if answered else ()))


@pytest.mark.parametrize("way", [Way.MENTION, Way.DIRECT, Way.COMMAND])
@pytest.mark.parametrize("text", [QUESTION, FRAGMENT, TALK, "車検 何か月前"])
def test_who_addresses_the_assistant_is_answered(way: Way, text: str) -> None:
    for rule in (Listening.MENTIONS, Listening.QUESTIONS):
        assert wish(text, way, rule) is Wish.ANSWER


def test_a_silent_channel_is_silent_and_a_direct_conversation_never() -> None:
    for way in (Way.MENTION, Way.COMMAND):
        assert wish(QUESTION, way, Listening.SILENT) is Wish.SILENCED
    for way in (Way.THREAD, Way.OVERHEARD):
        assert wish(QUESTION, way, Listening.SILENT, answered=True) is Wish.NOTHING
    assert wish(QUESTION, Way.DIRECT, Listening.SILENT) is Wish.ANSWER


@pytest.mark.parametrize(
    ("text", "way", "rule", "answered", "expected"),
    [
        (QUESTION, Way.THREAD, Listening.MENTIONS, True, Wish.ANSWER),
        (FRAGMENT, Way.THREAD, Listening.MENTIONS, True, Wish.ANSWER),
        (TALK, Way.THREAD, Listening.MENTIONS, True, Wish.NOTHING),
        (QUESTION, Way.THREAD, Listening.MENTIONS, False, Wish.NOTHING),
        (FRAGMENT, Way.THREAD, Listening.MENTIONS, False, Wish.NOTHING),
        (QUESTION, Way.THREAD, Listening.QUESTIONS, False, Wish.ANSWER),
        (FRAGMENT, Way.THREAD, Listening.QUESTIONS, False, Wish.NOTHING),
        (QUESTION, Way.OVERHEARD, Listening.MENTIONS, False, Wish.NOTHING),
        (QUESTION, Way.OVERHEARD, Listening.QUESTIONS, False, Wish.ANSWER),
        (TALK, Way.OVERHEARD, Listening.QUESTIONS, False, Wish.NOTHING),
        ("ありがとうございます", Way.THREAD, Listening.QUESTIONS, True, Wish.NOTHING),
    ],
)
def test_what_is_overheard_depends_on_the_rule_and_the_thread(
    text: str, way: Way, rule: Listening, answered: bool, expected: Wish
) -> None:
    assert wish(text, way, rule, answered=answered) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("設定", Wish.SETTINGS),
        (" 設定 ", Wish.SETTINGS),
        ("Settings", Wish.SETTINGS),
        ("設定を変えるにはどうすればいいですか", Wish.ANSWER),
        ("ヘルプ", Wish.HELP),
        ("ﾍﾙﾌﾟ", Wish.HELP),
        ("HELP", Wish.HELP),
        ("", Wish.HELP),
        ("登録", Wish.HELP),
        ("登録 ACDEFGHJKM", Wish.LINK),
        ("登録支援機関とは", Wish.ANSWER),
        ("こんにちは", Wish.HELP),
        ("ありがとう", Wish.COURTESY),
        ("ありがとう。費用はいくらですか", Wish.ANSWER),
    ],
)
def test_words_of_command_hold_in_every_way_of_address_and_under_every_rule(text: str, expected: Wish) -> None:
    assert {wish(text, way) for way in (Way.MENTION, Way.DIRECT, Way.COMMAND)} == {expected}
    if expected is not Wish.ANSWER:
        assert wish(text, Way.MENTION, Listening.SILENT) is expected
    for way in (Way.THREAD, Way.OVERHEARD):
        assert wish(text, way) is Wish.NOTHING
