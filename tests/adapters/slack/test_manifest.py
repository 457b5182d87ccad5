"""The manifest asks for what the code uses: no more, or people refuse it; no less, or it fails at work."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from adapters.commands.manifest import manifest
from adapters.settings import Settings
from adapters.slack import manifest as made_of
from adapters.slack import needs
from adapters.slack.app import EVENTS_PATH
from adapters.slack.events import EVENTS
from adapters.slack.manifest import LOOK_UP, IncompleteManifestError, slack_manifest
from adapters.slack.oauth import REDIRECT_PATH
from tests.adapters.slack.payloads import payload, read

URL = "https://madoguchi.example"
SLACK = Path(__file__).parents[3] / "adapters" / "slack"

#: Families of the Web API; `client.chat_postMessage` calls chat.postMessage.
_FAMILY = (
    "apps|assistant|auth|bookmarks|bots|canvases|chat|conversations|files|oauth|pins|reactions|reminders|search"
    "|team|usergroups|users|views"
)
_CALL = re.compile(rf"(?:{_FAMILY})_[a-z]\w*")
_NAME = re.compile(rf"(?:{_FAMILY})\.[a-z][\w.]*")


def trees() -> Iterator[ast.AST]:
    """Adapter modules that speak with Slack; `needs` itself proves nothing."""
    for path in SLACK.glob("*.py"):
        if path.name != "needs.py":
            yield ast.parse(path.read_text(encoding="utf-8"))


def methods_used() -> set[str]:
    """Methods of the Web API that the code calls, by attribute or by name."""
    found = set()
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and _CALL.fullmatch(node.func.attr):
                found.add(node.func.attr.replace("_", "."))
            named = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            found |= {name for name in named if _NAME.fullmatch(name)}
    return found


def test_every_method_used_is_covered_and_every_one_covered_is_used() -> None:
    covered = {*needs.FREE_METHODS, *(method for scope in needs.SCOPES for method in scope.methods)}
    assert methods_used() == covered


def test_metadata_are_read_where_the_scope_for_them_is_asked_for() -> None:
    readers = {
        node.func.attr.replace("_", ".")
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and any(keyword.arg == "include_all_metadata" for keyword in node.keywords)
    }
    asked = [scope.methods for scope in needs.SCOPES if scope.name == "metadata.message:read"]
    assert [set(methods) for methods in asked] == [readers]


def test_every_event_subscribed_to_is_read_and_every_one_read_is_subscribed_to() -> None:
    subscribed = {name.partition(".")[0] for name in needs.subscriptions()}
    assert subscribed | set(needs.UNASKED_EVENTS) == set(EVENTS)
    assert subscribed.isdisjoint(needs.UNASKED_EVENTS)


@pytest.mark.parametrize("name", needs.subscriptions())
def test_every_event_subscribed_to_has_a_payload_that_means_something(name: str) -> None:
    sample = {
        "message.channels": "message_channel",
        "message.groups": "message_thread",
        "message.im": "message_im",
        "message.mpim": "message_mpim",
    }.get(name, name)
    assert payload(sample)["event"]["type"] == name.partition(".")[0]
    assert read(sample) is not None


def test_no_scope_is_asked_for_without_a_reason_or_twice() -> None:
    assert all(scope.methods or scope.events or scope.surface for scope in needs.SCOPES)
    assert len(set(needs.scopes())) == len(needs.scopes())
    features = slack_manifest(public_url=URL, socket=False, distributed=False)["features"]
    assert all(features[surface] for scope in needs.SCOPES for surface in scope.surface)


def test_over_http() -> None:
    made = slack_manifest(public_url=f"{URL}/", socket=False, distributed=False)
    settings = made["settings"]
    assert settings["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert settings["event_subscriptions"]["bot_events"] == list(needs.subscriptions())
    assert settings["interactivity"] == {"is_enabled": True, "request_url": f"{URL}/slack/events"}
    assert made["features"]["slash_commands"][0]["url"] == f"{URL}/slack/events"
    assert made["oauth_config"] == {"scopes": {"bot": list(needs.scopes())}}
    assert not settings["socket_mode_enabled"]
    # The token of a single workspace is set by hand and would expire.
    assert not settings["token_rotation_enabled"]


def test_the_addresses_are_those_that_are_served() -> None:
    assert (made_of.REQUESTS_PATH, made_of.REDIRECT_PATH) == (EVENTS_PATH, REDIRECT_PATH)


def test_over_a_socket_no_address_is_told() -> None:
    made = slack_manifest(public_url=None, socket=True, distributed=False)
    assert made["settings"]["socket_mode_enabled"]
    assert "http" not in json.dumps(made)


def test_for_many_workspaces() -> None:
    made = slack_manifest(public_url=URL, socket=False, distributed=True)
    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert made["settings"]["org_deploy_enabled"]
    assert made["settings"]["token_rotation_enabled"]


@pytest.mark.parametrize(("socket", "distributed"), [(False, False), (False, True), (True, True)])
def test_without_an_address_it_cannot_be_reached(socket: bool, distributed: bool) -> None:
    with pytest.raises(IncompleteManifestError):
        slack_manifest(public_url=None, socket=socket, distributed=distributed)


def test_lengths_that_slack_checks() -> None:
    made = slack_manifest(public_url=URL, socket=False, distributed=True)
    about, features = made["display_information"], made["features"]
    assert 1 <= len(about["name"]) <= 35
    assert 1 <= len(about["description"]) <= 140
    assert re.fullmatch("#[0-9a-f]{6}", about["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    (command,), (shortcut,) = features["slash_commands"], features["shortcuts"]
    assert re.fullmatch(r"/[a-z]{1,31}", command["command"])
    assert (len(shortcut["name"]) <= 24, len(shortcut["description"]) <= 150) == (True, True)
    assert payload("message_action")["callback_id"] == shortcut["callback_id"] == LOOK_UP
    assert payload("slash_command")["command"] == command["command"]
    assert len(features["agent_view"]["suggested_prompts"]) <= 4


def run(*args: str, **settings: Any) -> Result:  # noqa: ANN401 - any setting
    return CliRunner().invoke(manifest, ["slack", *args], obj=Settings(**settings))


def test_the_command_prints_it() -> None:
    assert json.loads(run("--socket").stdout) == slack_manifest(public_url=None, socket=True, distributed=False)
    by_setting = json.loads(run("--distributed", public_url=URL).stdout)
    assert by_setting == slack_manifest(public_url=URL, socket=False, distributed=True)
    assert json.loads(run("--distributed", "--url", URL).stdout) == by_setting


@pytest.mark.parametrize(
    "args", [[], ["--distributed", "--socket"], ["--url", "http://a.example"], ["--url", "https://["]]
)
def test_the_command_says_what_it_lacks(args: list[str]) -> None:
    ran = run(*args)
    assert ran.exit_code == 1
    assert "https://" in ran.stderr
    assert ran.stdout == ""
