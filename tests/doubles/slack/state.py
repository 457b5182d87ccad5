"""What stands in the double: installations, messages, views, and every call that came."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Grant:
    """What a bot token is good for: one workspace ("T…") or a whole organisation ("E…")."""

    token: str
    tenant: str
    enterprise: str = ""
    bot_user: str = "UBOT"
    bot_id: str = "BBOT"
    expires_at: float = float("inf")
    revoked: bool = False


@dataclass
class Upload:
    """A file: announced with name and length, then sent, then perhaps shared under a title."""

    id: str
    name: str
    length: int
    token: str
    content: bytes = b""
    title: str = ""


@dataclass
class Message:
    """A message as it stands."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    thread: str = ""
    metadata: Json = field(default_factory=dict)
    only_to: str = ""
    token: str = ""
    edits: int = 0
    files: list[Upload] = field(default_factory=list)

    @property
    def delivery(self) -> str:
        return str(self.metadata.get("event_payload", {}).get("delivery", ""))

    @property
    def words(self) -> str:
        """All that can be read in it."""
        return "\n".join([self.text, *_texts(self.blocks), *(file.title for file in self.files)])


@dataclass(frozen=True)
class Call:
    """A call to the Web API that was answered with ok."""

    method: str
    arguments: Mapping[str, Any]
    token: str


class State:
    """The double's memory."""

    def __init__(self) -> None:
        self.grants: dict[str, Grant] = {}
        self.refresh: dict[str, str] = {}  # refresh token -> tenant
        self.codes: dict[str, Grant] = {}  # OAuth codes not yet exchanged
        self.landed: list[Message] = []
        self.calls: list[Call] = []
        self.uploads: dict[str, Upload] = {}  # by id; those that were shared are gone from here
        self.archived: set[str] = set()
        self.names: dict[str, str] = {}  # of channels, by id
        self.no_member: set[str] = set()  # channels of which the assistant is no member
        # People's messages, in `payloads`, count from 1 in the same seconds: no two messages have one id.
        self._ts = itertools.count(500_000)
        self._began = int(time.time())

    def new_ts(self) -> str:
        """The next message's id; later ones are greater."""
        number = next(self._ts)
        return f"{self._began + number // 1_000_000}.{number % 1_000_000:06d}"


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []
