"""Looks through Microsoft Graph whether a message landed, by the mark that every card carries.

Reading needs consent for each team or chat (ChannelMessage.Read.Group, ChatMessage.Read.Chat); without it, and in
personal chats where no administrator allowed Chat.Read.All, nobody can look. Listings may lag by some seconds.
https://learn.microsoft.com/graph/api/chatmessage-list-replies, …/channel-list-messages, …/chat-list-messages
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import yarl

from adapters.teams.config import Registration
from adapters.teams.failures import TokenRefused, failure, told_apart
from adapters.teams.rendering import delivery_mark
from adapters.teams.shapes import mappings, string
from adapters.teams.transport import Transport
from adapters.teams.web import Web
from bot.errors import Gone, Refused, Unavailable, Unclear

#: Messages a page (Graph's limit), and pages read. They come newest first, and what is looked for is young.
PAGE, PAGES = 50, 4


class Graph:
    """Reads listings of messages.

    Args:
        url: Microsoft Graph.
        transport: has tokens for it.
        web: what requests are made with.
    """

    def __init__(self, url: str, transport: Transport, web: Web) -> None:
        self._url = url.rstrip("/")
        self._transport = transport
        self._web = web

    async def find(self, registration: Registration, listing: str, delivery: str) -> str | None:
        """Looks for a message.

        Args:
            registration: who looks.
            listing: path of the listing (`thread_listing`, `chat_listing`).
            delivery: the id that it was sent with.

        Returns:
            The message's id, or None if it surely is not there.

        Raises:
            Throttled, Unavailable: cannot be told now.
            Refused: cannot be told at all.
        """
        token = await self._transport.graph_token(registration)
        mark = delivery_mark(delivery)
        address = f"{self._url}/{listing}?$top={PAGE}"
        for _ in range(PAGES):
            page = await self._page(address, token)
            for message in mappings(page.get("value")):
                if any(mark in string(one.get("content")) for one in mappings(message.get("attachments"))):
                    return string(message.get("id"))
            address = string(page.get("@odata.nextLink"))
            if not address:
                return None
            if not address.startswith(f"{self._url}/"):  # the token is for nobody else
                break
        raise Refused("too many messages there to look through")

    async def _page(self, address: str, token: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        try:
            async with (
                told_apart(),
                self._web.session.get(
                    yarl.URL(address, encoded=True), headers=headers, allow_redirects=False
                ) as answer,
            ):
                body = await answer.read()
            if answer.status != 200:
                raise failure(answer.status, answer.headers, body)
            page: Mapping[str, Any] = json.loads(body)
        except (Unclear, ValueError) as error:
            raise Unavailable(f"Graph: {type(error).__name__}") from None
        except (Gone, Refused, TokenRefused) as error:
            raise Refused(f"Graph lets nobody look: {error.reason}") from None
        return page


def thread_listing(group: str, channel: str, thread: str) -> str:
    """Listing of the replies in a thread, or where there is none of the channel's threads."""
    path = f"teams/{quote(group, safe='')}/channels/{quote(channel, safe='')}/messages"
    return f"{path}/{quote(thread, safe='')}/replies" if thread else path


def chat_listing(chat: str) -> str:
    """Listing of the messages of a chat."""
    return f"chats/{quote(chat, safe='')}/messages"


def personal_chat(person: str, app_id: str) -> str:
    """Graph's id of somebody's personal chat with a bot; the Bot Framework has another one.

    Args:
        person: id of Entra.
        app_id: the bot's application id.
    """
    return f"19:{person}_{app_id}@unq.gbl.spaces"
