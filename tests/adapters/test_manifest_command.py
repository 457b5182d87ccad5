"""`madoguchi manifest`, as somebody at a terminal meets it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.cli import main

APP = "00000000-0000-0000-0000-000000000000"
URL = "https://madoguchi.example"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["manifest", *words])


def test_slack_prints_what_can_be_pasted() -> None:
    made = json.loads(run("slack", "--url", f"{URL}/").stdout)
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert json.loads(run("slack", "--socket").stdout)["settings"]["socket_mode_enabled"] is True


def test_teams_writes_the_package(tmp_path: Path) -> None:
    out = tmp_path / "madoguchi-teams.zip"
    assert run("teams", "--app-id", APP, "--url", URL, "--out", str(out)).exit_code == 0
    assert json.loads(zipfile.ZipFile(out).read("manifest.json"))["id"] == APP


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("slack",), "--url"),
        (("slack", "--url", "http://madoguchi.example"), "公開アドレスではありません"),
        (("teams", "--url", URL), "--app-id"),
        (("teams", "--app-id", "madoguchi", "--url", URL), "--app-id"),
        (("teams", "--app-id", APP), "--url"),
        (("teams", "--app-id", APP, "--url", "https://[madoguchi"), "公開アドレスではありません"),
        (("teams", "--app-id", APP, "--url", URL, "--out", "no/such/folder/a.zip"), "--out"),
    ],
)
def test_what_is_missing_or_wrong_is_told_in_a_line(words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
