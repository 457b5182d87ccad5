from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.incoming import to_incoming
from adapters.slack.origin import packed
from bot.incoming import Asked, Joined, Left, Opened, Pressed, Submitted, Way
from bot.places import Person, Place, Receipt
from tests.adapters.slack.payloads import BOT, NAMES, NOW, payload, read

TEAM = "T0DESK001"
ASKER = Person(platform="slack", tenant=TEAM, id="U0SODAN01")
FIRST = "1795137601.000001"


def place(channel: str = "C0MADO001", thread: str = "", tenant: str = TEAM, only_to: str = "") -> Place:
    return Place(platform="slack", tenant=tenant, channel=channel, thread=thread, only_to=only_to)


def test_a_mention_starts_a_thread() -> None:
    assert read("app_mention") == Asked(
        keys=("slack/event/Ev0MADO0001", f"slack/message/{TEAM}/C0MADO001/{FIRST}"),
        place=place(thread=FIRST),
        person=ASKER,
        text="在留カードをなくしました",
        way=Way.MENTION,
        at=datetime.fromtimestamp(1795137601.000001, UTC),
        message=FIRST,
    )


def test_the_same_message_as_another_event_shares_a_key_and_is_read_alike() -> None:
    mention, message = read("app_mention"), read("message_channel_mention")
    assert isinstance(mention, Asked)
    assert isinstance(message, Asked)
    assert set(mention.keys) & set(message.keys) == {f"slack/message/{TEAM}/C0MADO001/{FIRST}"}
    assert (mention.way, mention.text, mention.place) == (message.way, message.text, message.place)


@pytest.mark.parametrize(
    ("name", "way", "where", "text"),
    [
        (
            "message_channel",
            Way.OVERHEARD,
            ("C0MADO001", "1795137603.000003"),
            "国保の窓口はどこですか <急ぎ> A&B",
        ),
        ("message_thread", Way.THREAD, ("C0MADO001", FIRST), "費用はいくらですか :yen:"),
        ("message_im", Way.DIRECT, ("D0DIRECT1", ""), "会社をやめたら健康保険はどうなりますか"),
        ("message_pane", Way.DIRECT, ("D0DIRECT1", "1795137605.000005"), "残業代が払われません"),
        ("message_file_share", Way.MENTION, ("C0MADO001", "1795137607.000007"), "この書類は何ですか"),
        ("message_mpim", Way.OVERHEARD, ("G0GROUP01", "1795137608.000008"), "税金の相談はどこですか"),
    ],
)
def test_what_people_write(name: str, way: Way, where: tuple[str, str], text: str) -> None:
    asked = read(name)
    assert isinstance(asked, Asked)
    assert (asked.way, asked.place, asked.text) == (way, place(*where), text)


@pytest.mark.parametrize(
    "name",
    [
        "message_changed",
        "message_deleted",
        "bot_message",
        "own_message",
        "channel_join",
        "app_mention_edited",
        "member_joined_other",
        "tokens_revoked_user",
        "assistant_thread_context_changed",
        "block_actions_select",
        "view_closed",
    ],
)
def test_what_does_not_concern_the_assistant(name: str) -> None:
    assert read(name) is None


def test_a_reply_that_was_also_sent_to_the_channel_stays_in_its_thread() -> None:
    broadcast = payload("message_thread")
    broadcast["event"]["subtype"] = "thread_broadcast"
    asked = to_incoming(broadcast, bot_user=BOT, now=NOW)
    assert isinstance(asked, Asked)
    assert asked.place == place(thread=FIRST)


def test_a_file_without_a_word_is_no_question_to_anybody_but_a_mention_without_one_is() -> None:
    silent, addressed = payload("message_file_share"), payload("message_file_share")
    silent["event"]["text"] = ""
    addressed["event"]["text"] = f"<@{BOT}>"
    assert to_incoming(silent, bot_user=BOT, now=NOW) is None
    asked = to_incoming(addressed, bot_user=BOT, now=NOW)
    assert isinstance(asked, Asked)
    assert (asked.way, asked.text) == (Way.MENTION, "")


def test_in_a_shared_channel_the_tenant_is_ours_and_the_person_theirs() -> None:
    asked = read("app_mention_connect")
    assert isinstance(asked, Asked)
    assert asked.place.tenant == TEAM
    assert asked.person == Person(platform="slack", tenant="T0OTHER01", id="U0OTHER01")
    assert asked.text == "再入国許可について 教えてください"
    assert asked.keys[1].startswith(f"slack/message/{TEAM}/")


def test_in_a_shared_channel_our_own_people_stay_ours() -> None:
    ours = payload("app_mention_connect")
    ours["event"].update(user_team=TEAM, source_team=TEAM)
    asked = to_incoming(ours, bot_user=BOT, now=NOW)
    assert isinstance(asked, Asked)
    assert asked.person.tenant == TEAM


def test_where_it_serves_an_organisation_that_is_the_tenant() -> None:
    asked, command, pressed = read("message_org"), read("slash_command_org"), read("block_actions_org")
    assert isinstance(asked, Asked)
    assert isinstance(command, Asked)
    assert isinstance(pressed, Pressed)
    assert {one.place.tenant for one in (asked, command, pressed)} == {"E0CITY001"}
    assert asked.person == pressed.person == Person(platform="slack", tenant="E0CITY001", id="W0SODAN01")


def test_a_command_is_answered_to_who_gave_it() -> None:
    assert read("slash_command") == Asked(
        keys=("slack/command/13345224609.738474920.command01",),
        place=place(only_to=ASKER.id),
        person=ASKER,
        text="#hoken 転入届 & 転出届",
        way=Way.COMMAND,
        at=NOW,
    )
    direct = read("slash_command_org")
    assert isinstance(direct, Asked)
    assert direct.place.only_to == ""


def test_a_press() -> None:
    where = place(thread=FIRST)
    assert read("block_actions") == Pressed(
        keys=("slack/press/13345224609.738474920.press01",),
        place=where,
        person=ASKER,
        action="ask_again",
        value="exchange-1",
        at=datetime.fromtimestamp(1795137642.123456, UTC),
        message=Receipt(where, "1795137641.000041"),
    )


def test_a_press_on_the_first_message_of_a_thread_is_in_the_channel() -> None:
    pressed = read("block_actions_root")
    assert isinstance(pressed, Pressed)
    assert pressed.message == Receipt(place(), "1795137641.000041")


def test_a_press_on_what_one_person_sees_has_no_message_that_could_be_edited() -> None:
    pressed = read("block_actions_ephemeral")
    assert isinstance(pressed, Pressed)
    assert pressed.place == place(thread=FIRST, only_to=ASKER.id)
    assert pressed.message == Receipt(pressed.place, "")


def test_a_press_in_the_home_belongs_to_the_direct_conversation() -> None:
    pressed = read("block_actions_home")
    assert isinstance(pressed, Pressed)
    assert (pressed.place, pressed.message, pressed.action, pressed.value) == (place("D0DIRECT1"), None, "settings", "")


def test_somebody_elses_press_in_a_shared_channel() -> None:
    pressed = read("block_actions_connect")
    assert isinstance(pressed, Pressed)
    assert (pressed.person.tenant, pressed.place.tenant) == ("T0OTHER01", TEAM)


def test_the_action_on_a_message() -> None:
    pressed = read("message_action")
    assert isinstance(pressed, Pressed)
    assert (pressed.action, pressed.value) == ("look_up", "入管庁 によると14日以内？")
    assert (pressed.place, pressed.message) == (place(thread="1795137603.000003"), None)


def test_a_form() -> None:
    assert read("view_submission") == Submitted(
        keys=("slack/submission/13345224609.738474920.submit01",),
        place=place(thread=FIRST),
        person=ASKER,
        form="ask_again",
        values={
            "question": ("在留カードの再交付",),
            "prefecture": ("東京都",),
            "languages": ("vi", "en"),
            "day": ("2026-12-01",),
        },
        state="exchange-1\nline 2",
        at=NOW,
    )


def test_a_form_knows_whether_it_was_opened_in_a_direct_conversation() -> None:
    sent = payload("view_submission")
    sent["view"]["private_metadata"] = packed(place("D0MADO001"))
    direct = to_incoming(sent, bot_user=BOT, now=NOW)
    assert isinstance(direct, Submitted)
    assert direct.direct


def test_coming() -> None:
    joined = read("member_joined_channel")
    assert isinstance(joined, Joined)
    assert (joined.place, joined.person, joined.direct) == (place(), ASKER, False)
    assert joined.keys == ("slack/event/Ev0MADO0017",)


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        *((name, "C0MADO001") for name in NAMES if name.startswith(("channel_", "group_")) and name != "channel_join"),
        ("member_left_channel", "C0MADO001"),
        ("app_uninstalled", ""),
        ("tokens_revoked", ""),
    ],
)
def test_going(name: str, channel: str) -> None:
    left = read(name)
    assert isinstance(left, Left)
    assert (left.tenant, left.channel) == (TEAM, channel)


@pytest.mark.parametrize(
    ("name", "thread", "pane"),
    [
        ("app_home_opened", "", False),
        ("app_home_opened_messages", "", True),
        ("assistant_thread_started", "1795137635.000035", True),
    ],
)
def test_looking(name: str, thread: str, pane: bool) -> None:
    assert read(name) == Opened(place=place("D0DIRECT1", thread), person=ASKER, pane=pane)


def _damaged(value: Any, path: list[int], rubbish: object) -> Any:  # noqa: ANN401 - any JSON
    """The same JSON with one of its parts replaced."""
    if not path or not isinstance(value, dict | list) or not value:
        return rubbish
    keys = sorted(value) if isinstance(value, dict) else range(len(value))
    key = keys[path[0] % len(keys)]
    value[key] = _damaged(value[key], path[1:], rubbish)
    return value


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.one_of(st.none(), st.integers(), st.text(max_size=5), st.just([]), st.just({})),
)
def test_what_is_damaged_is_no_reason_to_fail(name: str, path: list[int], rubbish: object) -> None:
    damaged = _damaged(copy.deepcopy(payload(name)), path, rubbish)
    if isinstance(damaged, dict):
        to_incoming(damaged, bot_user=BOT, now=NOW)
