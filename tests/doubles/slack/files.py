"""Files: announced, sent to an address of their own, and shared."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from tests.doubles.slack.state import Grant, Json, State, Upload


class Refusal(Exception):
    """Slack says no, with a code."""


class FileMethods:
    """The steps before a file is shared.

    Args:
        state: the double's memory.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.url = ""

    def announce(self, arguments: Mapping[str, Any], grant: Grant) -> Json:
        """files.getUploadURLExternal"""
        length = int(arguments["length"])
        if not arguments["filename"] or length <= 0:
            raise Refusal("invalid_arguments")
        file = Upload(f"F{uuid.uuid4().hex[:10].upper()}", str(arguments["filename"]), length, grant.token)
        self._state.uploads[file.id] = file
        return {"upload_url": f"{self.url}{file.id}", "file_id": file.id}

    def take(self, file: str, content: bytes) -> bool:
        """What comes to a file's address; it must be as long as was announced."""
        announced = self._state.uploads.get(file)
        if announced is None or len(content) != announced.length:
            return False
        announced.content = content
        return True

    def shared(self, arguments: Mapping[str, Any], grant: Grant) -> list[Upload]:
        """The files that files.completeUploadExternal names; each can be shared once, by who sent it."""
        wanted = {str(one["id"]): str(one["title"]) for one in arguments["files"]}
        found = [self._state.uploads.get(file) for file in wanted]
        files = [one for one in found if one and one.content and one.token == grant.token]
        if not wanted or len(files) != len(wanted):
            raise Refusal("file_not_found")
        for one in files:
            one.title = wanted[one.id]
            del self._state.uploads[one.id]
        return files
