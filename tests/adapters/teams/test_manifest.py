"""The app package, against what version 1.22 of the manifest schema asks and what the code uses."""

from __future__ import annotations

import ast
import json
import struct
import zipfile
import zlib
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adapters.teams.app import HOME
from adapters.teams.icons import colour_icon, outline_icon
from adapters.teams.incoming import LOOK_UP_COMMAND, SEARCH_COMMAND, to_incoming
from adapters.teams.manifest import CONSENT, SCOPES, teams_manifest, write_package
from bot.incoming import Asked, Pressed, Searched, Way
from tests.adapters.teams.payloads import BOT, FOLDER, payload

ROOT = Path(__file__).parents[3]
URL = "https://madoguchi.example.jp"
SCHEMA = json.loads((Path(__file__).parent / "manifest_schema.json").read_text(encoding="utf-8"))

#: What reading each listing asks for (learn.microsoft.com/graph/api/chatmessage-list-replies, …/chat-list-messages).
GRAPH = {"teams/": "ChannelMessage.Read.Group", "chats/": "ChatMessage.Read.Chat"}


def faults(manifest: dict[str, Any]) -> list[str]:
    return [error.json_path for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(manifest)]


def test_the_manifest_fits_the_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert faults(teams_manifest(BOT, URL)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("manifestVersion", "1.21"),
        ("id", "madoguchi"),
        ("version", "1.0"),
        ("accentColor", "blue"),
        ("name.short", "ま" * 31),
        ("description.short", "説" * 81),
        ("developer.websiteUrl", "madoguchi.example.jp"),
        ("bots.0.scopes", ["channel"]),
        ("composeExtensions.0.commands.0.title", "資" * 33),
        ("composeExtensions.0.commands.0.parameters", []),
        ("authorization.permissions.resourceSpecific.0.type", "Both"),
        ("validDomains.0", URL),
        ("unknown", 1),
    ],
)
def test_the_schema_finds_what_is_wrong(path: str, value: object) -> None:
    manifest = deepcopy(teams_manifest(BOT, URL))
    *steps, last = path.split(".")
    part: Any = manifest
    for step in steps:
        part = part[int(step) if step.isdigit() else step]
    part[int(last) if last.isdigit() else last] = value
    assert len(faults(manifest)) == 1


@pytest.mark.parametrize("part", SCHEMA["required"])
def test_the_schema_misses_what_must_be_there(part: str) -> None:
    manifest = {name: value for name, value in teams_manifest(BOT, URL).items() if name != part}
    assert faults(manifest) == ["$"]


@pytest.mark.parametrize(
    ("app_id", "url"),
    [
        ("madoguchi", URL),
        (BOT + "0", URL),
        (BOT, "http://madoguchi.example.jp"),
        (BOT, "madoguchi.example.jp"),
        (BOT, ""),
    ],
)
def test_what_teams_would_not_take_is_refused(app_id: str, url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no"):
        write_package(tmp_path / "app.zip", app_id=app_id, public_url=url)
    assert list(tmp_path.iterdir()) == []


def test_the_scopes_are_the_conversations_that_are_read() -> None:
    (bot,) = teams_manifest(BOT, URL)["bots"]
    kinds = {payload(path.stem)["conversation"].get("conversationType") for path in FOLDER.glob("message_*.json")}
    assert kinds == set(SCOPES)
    assert {scope for commands in bot["commandLists"] for scope in commands["scopes"]} == set(bot["scopes"])
    assert set(bot["scopes"]) == set(SCOPES.values())


def test_consent_is_asked_for_what_is_read_and_for_nothing_else() -> None:
    """What the assistant hears without being addressed, and the listings that it looks through."""
    asked = [
        to_incoming(payload(path.stem), bot_id=BOT, now=datetime.now(UTC)) for path in FOLDER.glob("message_*.json")
    ]
    heard = {one.way for one in asked if isinstance(one, Asked)}
    assert {Way.THREAD, Way.OVERHEARD} <= heard, "without consent Teams sends neither"
    looked_through = {
        permission
        for text in strings(ROOT / "adapters" / "teams" / "graph.py")
        for path, permission in GRAPH.items()
        if text.startswith(path)
    }
    assert looked_through == set(CONSENT)
    listed = teams_manifest(BOT, URL)["authorization"]["permissions"]["resourceSpecific"]
    assert listed == [{"name": name, "type": "Application"} for name in CONSENT]


def strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_the_extensions_commands_are_those_that_are_read() -> None:
    (extension,) = teams_manifest(BOT, URL)["composeExtensions"]
    search, look_up = extension["commands"]
    query, action = payload("extension_query"), payload("extension_look_up")
    assert (search["id"], look_up["id"]) == (SEARCH_COMMAND, LOOK_UP_COMMAND)
    assert (query["value"]["commandId"], action["value"]["commandId"]) == (SEARCH_COMMAND, LOOK_UP_COMMAND)
    assert query["value"]["parameters"][0]["name"] == search["parameters"][0]["name"]
    now = datetime.now(UTC)
    assert isinstance(to_incoming(query, bot_id=BOT, now=now), Searched)
    assert isinstance(to_incoming(action, bot_id=BOT, now=now), Pressed)


def test_the_word_for_the_home_is_offered_in_the_personal_chat() -> None:
    personal, together = teams_manifest(BOT, URL)["bots"][0]["commandLists"]
    assert HOME in [command["title"] for command in personal["commands"]]
    assert HOME not in [command["title"] for command in together["commands"]]


def test_the_package_holds_manifest_and_icons_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    for _ in range(2):
        write_package(out, app_id=BOT, public_url=f"{URL}:8443/teams")
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        manifest = json.loads(package.read("manifest.json"))
        icons = manifest["icons"]
        assert sorted(package.namelist()) == sorted(["manifest.json", *icons.values()])
        assert package.read(icons["color"]) == colour_icon()
        assert package.read(icons["outline"]) == outline_icon()
    assert manifest["validDomains"] == ["madoguchi.example.jp"]


def pixels(png: bytes) -> tuple[int, list[bytes]]:
    """Side and RGBA pixels of a PNG without filters; every chunk's checksum is checked."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, side, data = 8, 0, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        if kind == b"IHDR":
            side, height, *form = struct.unpack(">IIBBBBB", body)
            assert (height, form) == (side, [8, 6, 0, 0, 0])
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    rows = zlib.decompress(data)
    width = 1 + 4 * side
    lines = [rows[start : start + width] for start in range(0, len(rows), width)]
    assert all(line[0] == 0 for line in lines)
    return side, [line[i : i + 4] for line in lines for i in range(1, width, 4)]


def test_the_icons_are_as_teams_wants_them() -> None:
    side, colour = pixels(colour_icon())
    assert (side, len(colour)) == (192, 192 * 192)
    assert {pixel[3] for pixel in colour} == {0xFF}, "full colour, nothing seen through"
    assert colour[0] != b"\xff\xff\xff\xff"
    assert b"\xff\xff\xff\xff" in colour
    side, outline = pixels(outline_icon())
    assert side == 32
    assert {pixel[:3] for pixel in outline} == {b"\xff\xff\xff"}, "white"
    assert outline[0][3] == 0, "on nothing"
    assert 100 < sum(pixel[3] > 0x80 for pixel in outline) < 32 * 32 // 2
