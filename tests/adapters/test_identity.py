"""Ids that cannot be kept are none: whatever a platform sends, no request breaks on them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.identity import LONGEST, is_id
from adapters.slack.incoming import to_incoming as from_slack
from adapters.teams.activities import Seen
from adapters.teams.incoming import to_incoming as from_teams
from bot.incoming import Asked
from tests.adapters.slack import payloads as slack
from tests.adapters.teams import payloads as teams

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
UNUSABLE: tuple[object, ...] = ("a\0", "a\ud800", "a\nb", "9" * (LONGEST + 1), 7, ["a"], {"id": "a"})


def test_what_is_an_id() -> None:
    assert all(map(is_id, ("", "C0MADO001", "19:a@thread.tacv2;messageid=1", "x" * LONGEST)))
    assert not any(map(is_id, UNUSABLE))


@pytest.mark.parametrize("unusable", UNUSABLE)
@pytest.mark.parametrize("name", ["user", "channel", "ts", "thread_ts"])
def test_slack_events_with_such_ids_are_none(name: str, unusable: object) -> None:
    mention = slack.payload("app_mention")
    mention["event"][name] = unusable
    assert from_slack(mention, bot_user=slack.BOT, now=NOW) is None


@pytest.mark.parametrize("unusable", UNUSABLE)
def test_slack_presses_with_such_ids_are_none(unusable: object) -> None:
    press = slack.payload("block_actions")
    press["user"]["id"] = unusable
    assert from_slack(press, bot_user=slack.BOT, now=NOW) is None


@pytest.mark.parametrize("unusable", UNUSABLE)
def test_teams_activities_from_such_places_or_people_are_none(unusable: object) -> None:
    for path in (("conversation", "id"), ("from", "aadObjectId")):
        activity = teams.payload("message_personal")
        activity["from"].pop("id")
        activity[path[0]][path[1]] = unusable
        assert from_teams(activity, bot_id=teams.BOT, now=NOW) is None


@pytest.mark.parametrize("unusable", UNUSABLE)
def test_teams_activities_of_such_ids_are_told_apart_by_what_they_say(unusable: object) -> None:
    keys = {_teams(id=unusable, text=text).keys for text in ("年金", "年金", "税金")}
    assert len(keys) == 2
    assert all(is_id(key) for (key,) in keys)


def test_words_may_hold_what_ids_may_not() -> None:
    assert _teams(text="年金\ud800\0").text.startswith("年金")
    mention = slack.payload("app_mention")
    mention["event"]["text"] += "\ud800\0"
    assert isinstance(from_slack(mention, bot_user=slack.BOT, now=NOW), Asked)


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0000-00-00T00:00:00Z"])
def test_a_time_outside_of_the_calendar_is_now(time: str) -> None:
    seen = Seen(teams.payload("message_personal") | {"timestamp": time}, teams.BOT, NOW)
    assert seen.when == NOW


def _teams(**changes: Any) -> Asked:  # noqa: ANN401 - JSON
    incoming = from_teams(teams.payload("message_personal") | changes, bot_id=teams.BOT, now=NOW)
    assert isinstance(incoming, Asked)
    json.dumps(incoming.keys).encode()
    return incoming
