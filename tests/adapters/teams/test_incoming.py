"""Activities read: whatever Teams sends becomes one of a few values, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.incoming import to_incoming
from bot.incoming import Asked, Incoming, Joined, Left, Pressed, Searched, Submitted, Way
from bot.places import Person, Place, Receipt
from tests.adapters.teams.payloads import BOT, CHANNEL, DIRECT, FOLDER, GROUP, PERSON, TEAM, TENANT, payload

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
SENT = datetime(2026, 11, 20, 1, 23, 45, 678901, tzinfo=UTC)
COUNSELLOR = Person(platform="teams", tenant=TENANT, id=PERSON)


def read(name: str) -> Incoming | None:
    return to_incoming(payload(name), bot_id=f"28:{BOT}", now=NOW)


def place(channel: str, thread: str = "") -> Place:
    return Place(platform="teams", tenant=TENANT, channel=channel, thread=thread)


def asked(name: str) -> Asked:
    incoming = read(name)
    assert isinstance(incoming, Asked)
    assert (incoming.person, incoming.at) == (COUNSELLOR, SENT)
    return incoming


def test_one_to_one() -> None:
    incoming = asked("message_personal")
    assert (incoming.way, incoming.place, incoming.message) == (Way.DIRECT, place(DIRECT), "1700000000001")
    assert incoming.text == "在留カードをなくしました\nどうすれば & いつまで？"
    assert incoming.keys == (f"teams/activity/{TENANT}/{DIRECT}/1700000000001",)


def test_a_mention_in_a_channel_is_answered_in_the_thread_that_it_begins() -> None:
    incoming = asked("message_channel_mention")
    assert (incoming.way, incoming.place) == (Way.MENTION, place(CHANNEL, "1700000000010"))
    assert incoming.text == "外国の運転免許を日本の免許に切りかえたい"


def test_a_first_message_whose_conversation_names_no_thread_begins_one() -> None:
    activity = payload("message_channel_mention")
    activity["conversation"]["id"] = CHANNEL
    incoming = to_incoming(activity, bot_id=BOT, now=NOW)
    assert isinstance(incoming, Asked)
    assert (incoming.way, incoming.place) == (Way.MENTION, place(CHANNEL, "1700000000010"))


def test_a_reply_in_a_thread_without_a_mention() -> None:
    incoming = asked("message_channel_thread")
    assert (incoming.way, incoming.place) == (Way.THREAD, place(CHANNEL, "1700000000010"))
    assert incoming.text == "手数料はいくらですか"


def test_overheard_in_a_channel_with_somebody_elses_mention_as_a_name() -> None:
    incoming = asked("message_channel_overheard")
    assert (incoming.way, incoming.place) == (Way.OVERHEARD, place(CHANNEL, "1700000000020"))
    assert incoming.text == "鈴木 健康保険はどうなりますか"


def test_group_chats_have_no_threads() -> None:
    incoming = asked("message_group_mention")
    assert (incoming.way, incoming.place) == (Way.MENTION, place(GROUP))
    assert incoming.text == "これは 聞いて。 登録 AB12-CD34"


@pytest.mark.parametrize(
    ("name", "text"),
    [("message_personal_reply_with_quote", "では手数料は？"), ("message_group_quote_mention", "年金は？")],
)
def test_what_a_reply_quotes_is_not_what_was_asked(name: str, text: str) -> None:
    assert asked(name).text == text


@pytest.mark.parametrize(
    "name",
    [
        "message_other_bot",
        "message_update",
        "message_reaction",
        "typing",
        "team_person_added",
        # Told twice; the other telling counts.
        "personal_added",
        "team_installed",
        "team_upgraded",
    ],
)
def test_what_means_nothing(name: str) -> None:
    assert read(name) is None


@pytest.mark.parametrize(
    ("name", "where", "direct"),
    [
        ("team_bot_added", CHANNEL, False),
        ("group_bot_added", GROUP, False),
        ("personal_installed", DIRECT, True),
        ("team_unarchived", TEAM, False),
    ],
)
def test_added(name: str, where: str, direct: bool) -> None:
    incoming = read(name)
    assert isinstance(incoming, Joined)
    assert (incoming.place, incoming.direct, incoming.person) == (place(where), direct, COUNSELLOR)


@pytest.mark.parametrize(
    ("name", "where"), [("team_bot_removed", TEAM), ("personal_uninstalled", DIRECT), ("channel_deleted", CHANNEL)]
)
def test_removed(name: str, where: str) -> None:
    incoming = read(name)
    assert isinstance(incoming, Left)
    assert (incoming.tenant, incoming.channel) == (TENANT, where)


@pytest.mark.parametrize(
    ("name", "action", "value", "where", "message"),
    [
        ("card_action", "acknowledge", "b1", place(CHANNEL, "1700000000010"), "1700000000011"),
        ("card_refresh", "show_broadcast", "b1", place(GROUP), "1700000000033"),
        ("task_fetch", "refer", "x1", place(CHANNEL, "1700000000010"), "1700000000011"),
    ],
)
def test_pressed(name: str, action: str, value: str, where: Place, message: str) -> None:
    incoming = read(name)
    assert isinstance(incoming, Pressed)
    assert (incoming.action, incoming.value, incoming.place) == (action, value, where)
    assert (incoming.message, incoming.person) == (Receipt(where, message), COUNSELLOR)


def test_a_refresh_may_come_again() -> None:
    first, second = payload("card_refresh"), payload("card_refresh") | {"id": "f:refresh-2"}
    keys = [to_incoming(activity, bot_id=BOT, now=NOW) for activity in (first, second, first)]
    assert [one.keys for one in keys if isinstance(one, Pressed)] == [
        (f"teams/activity/{TENANT}/{GROUP}/f:refresh-1",),
        (f"teams/activity/{TENANT}/{GROUP}/f:refresh-2",),
        (f"teams/activity/{TENANT}/{GROUP}/f:refresh-1",),
    ]


def test_a_button_of_a_client_without_execute_comes_as_a_message() -> None:
    activity = payload("message_personal") | {"text": None, "value": {"action": "acknowledge", "value": "b1"}}
    incoming = to_incoming(activity, bot_id=BOT, now=NOW)
    assert isinstance(incoming, Pressed)
    assert (incoming.action, incoming.value) == ("acknowledge", "b1")


def test_a_form_is_sent_from_where_teams_says() -> None:
    incoming = read("task_submit")
    assert isinstance(incoming, Submitted)
    assert (incoming.form, incoming.state, incoming.place) == (
        "channel_rules",
        "s1",
        place(CHANNEL, "1700000000010"),
    )
    assert incoming.values == {"listening": ("questions",), "languages": ("vi", "zh,Hans"), "day": ("2026-12-01",)}


def test_a_form_knows_whether_it_was_opened_in_a_direct_conversation() -> None:
    in_channel, activity = read("task_submit"), payload("task_submit")
    activity["conversation"] = payload("message_personal")["conversation"]
    direct = to_incoming(activity, bot_id=BOT, now=NOW)
    assert isinstance(in_channel, Submitted)
    assert isinstance(direct, Submitted)
    assert (in_channel.direct, direct.direct) == (False, True)


def test_a_form_opened_from_the_message_extension() -> None:
    incoming = read("extension_submit")
    assert isinstance(incoming, Submitted)
    assert (incoming.form, incoming.values) == ("look_up", {"question": ("年金は？",)})


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [("extension_query", "在留カード", CHANNEL), ("extension_first_run", "", DIRECT)],
)
def test_searched(name: str, text: str, where: str) -> None:
    assert read(name) == Searched(place=place(where), person=COUNSELLOR, text=text)


def test_the_action_on_a_message() -> None:
    incoming = read("extension_look_up")
    where = place(CHANNEL, "1700000000050")
    assert isinstance(incoming, Pressed)
    assert (incoming.action, incoming.place) == ("look_up", where)
    assert incoming.message == Receipt(where, "1700000000051")
    assert incoming.value == "鈴木さん、会社をやめたら 年金は？\n急ぎです 🙏"


def test_the_tenant_is_that_of_channel_data_which_every_scope_has() -> None:
    activity = payload("message_personal")
    del activity["conversation"]["tenantId"]
    incoming = to_incoming(activity, bot_id=BOT, now=NOW)
    assert isinstance(incoming, Asked)
    assert incoming.place.tenant == TENANT


def test_somebody_without_an_object_id_is_known_by_the_bots_own_id_of_them() -> None:
    activity = payload("message_personal")
    del activity["from"]["aadObjectId"]
    incoming = to_incoming(activity, bot_id=BOT, now=NOW)
    assert isinstance(incoming, Asked)
    assert incoming.person.id == "29:1xInventedPersonOfTheDesk"


def test_a_guest_of_a_shared_channel_belongs_to_their_own_organisation() -> None:
    activity = payload("message_channel_mention")
    activity["from"]["tenantId"] = "another-tenant"
    incoming = to_incoming(activity, bot_id=BOT, now=NOW)
    assert isinstance(incoming, Asked)
    assert (incoming.person.tenant, incoming.place.tenant) == ("another-tenant", TENANT)


def test_an_activity_without_id_or_time_is_still_told_apart_from_others() -> None:
    activity = payload("message_personal") | {"id": None, "timestamp": "yesterday"}
    one = to_incoming(activity, bot_id=BOT, now=NOW)
    other = to_incoming(activity | {"text": "別の質問"}, bot_id=BOT, now=NOW)
    assert isinstance(one, Asked)
    assert isinstance(other, Asked)
    assert one.at == NOW
    assert one.keys != other.keys


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FOLDER.glob("*.json"))), st.data())
def test_no_shape_of_a_part_breaks_the_reading(path: Path, data: st.DataObject) -> None:
    activity: Any = payload(path.stem)
    part = activity
    while True:
        key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if not (isinstance(part[key], (dict, list)) and part[key] and data.draw(st.booleans())):
            break
        part = part[key]
    part[key] = data.draw(json_values)
    to_incoming(activity, bot_id=BOT, now=NOW)
