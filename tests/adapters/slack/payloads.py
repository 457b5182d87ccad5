"""Payloads in the form in which Slack sends them; all ids are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.slack.incoming import to_incoming
from bot.incoming import Incoming

FOLDER = Path(__file__).parents[2] / "payloads" / "slack"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))

BOT = "U0BOT0001"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def payload(name: str) -> dict[str, Any]:
    """One of them."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def read(name: str) -> Incoming | None:
    """One of them, as the assistant understands it."""
    return to_incoming(payload(name), bot_user=BOT, now=NOW)
