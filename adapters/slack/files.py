"""Shares a file: an address for its bytes, the bytes, and the sharing itself, which alone shows it to anybody.

The message that Slack makes of it can carry no metadata, so the delivery's id travels in the file's name, in short.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import told
from adapters.slack.web_api import WebApi
from bot import labels
from bot.documents import File
from bot.errors import Refused, Unavailable, Unclear
from bot.places import Place

_log = logging.getLogger(__name__)

#: Digits of a delivery's id in a file's name, which people see: plenty to tell apart the files of one conversation.
_DIGITS = 8


async def share(  # noqa: PLR0913, PLR0917 - with what, where, what
    api: WebApi, client: AsyncWebClient, place: Place, summary: str, file: File, delivery: str
) -> bool:
    """Shares a file in a conversation, or in a thread of it.

    Args:
        api: Slack's Web API, which takes the bytes.
        client: speaks with the token of that workspace.
        place: where, by the conversation's id.
        summary: what stands above the file, and is its title.
        file: the file.
        delivery: the id that `holds_file` looks for.

    Returns:
        False where Slack takes no file: an app that was installed without the scope, files switched off, no room.

    Raises:
        MessengerError: as `bot.ports.Messenger.post` does.
    """
    name = PurePath(file.name)
    try:
        with _unseen():
            slot = await client.files_getUploadURLExternal(
                filename=f"{name.stem}{_mark(delivery)}{name.suffix}", length=len(file.content)
            )
            await api.upload(str(slot["upload_url"]), file.content)
        with told():
            await client.files_completeUploadExternal(
                files=[{"id": str(slot["file_id"]), "title": summary}],
                channel_id=place.channel,
                thread_ts=place.thread or None,
                initial_comment=limits.fallback(summary, labels.SHORTENED),
            )
    except Refused as error:
        _log.warning("a file was refused", extra={"delivery": delivery, "reason": error.reason})
        return False
    return True


def holds_file(message: Mapping[str, Any], delivery: str) -> bool:
    """Whether a message is the sharing of a delivery's file.

    Args:
        message: as Slack lists it.
        delivery: the delivery's id.
    """
    return any(_mark(delivery) in str(file.get("name", "")) for file in message.get("files") or ())


def _mark(delivery: str) -> str:
    return f"-{delivery[:_DIGITS]}"


@contextmanager
def _unseen() -> Iterator[None]:
    """Before it is shared nobody sees a file, whatever became of the bytes."""
    try:
        with told():
            yield
    except Unclear as error:
        raise Unavailable(error.reason) from None
