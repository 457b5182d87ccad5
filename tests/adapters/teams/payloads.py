"""Activities in the form in which Teams sends them; all ids are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "payloads" / "teams"

BOT = "0f0f0f0f-1111-4222-8333-444455556666"
TENANT = "7a1c0f9e-0000-4000-8000-00000000a001"
PERSON = "5b0d7c55-aaaa-4bbb-8ccc-0123456789ab"
CHANNEL = "19:1a2b3c4d5e6f@thread.tacv2"
TEAM = "19:0team0general0@thread.tacv2"
GROUP = "19:9f8e7d6c5b4a@thread.v2"
DIRECT = "a:1inventedDirectConversation"


def payload(name: str) -> dict[str, Any]:
    """One activity, by the name of its file."""
    activity: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return activity
