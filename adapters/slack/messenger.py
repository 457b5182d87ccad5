"""Speaks in Slack. A delivery's id travels in the message's metadata, so that a message whose answer got lost is found.

Files are messages of their own kind, without metadata; see `adapters.slack.files`.

Places: tenant is the workspace, channel the conversation or a user to write to, thread the `ts` of the thread's first
message. What somebody's own conversation with the assistant is, is told by receipts.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import TOKEN_EXPIRED, told
from adapters.slack.files import holds_file, share
from adapters.slack.installations import Installations
from adapters.slack.rendering import render
from adapters.slack.web_api import WebApi
from bot import labels
from bot.documents import Documents, File
from bot.errors import Gone, Refused, StoreUnavailable, Unavailable, Unclear
from bot.places import Place, Receipt
from bot.posts import Document, Post, Text, Tone

EVENT_TYPE = "madoguchi_delivery"

#: Messages asked for at once; Slack gives some apps fifteen all the same.
_PAGE = 200

_PAGES = 5

_NO_MEMBER = frozenset({"channel_not_found", "not_in_channel"})


class SlackMessenger:
    """A `bot.ports.Messenger`.

    Args:
        api: Slack's Web API.
        installations: which token speaks where.
        documents: makes the files that posts name.
    """

    def __init__(self, api: WebApi, installations: Installations, documents: Documents) -> None:
        self._api = api
        self._installations = installations
        self._documents = documents

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        """Says something; see `bot.ports.Messenger`."""
        if place.only_to and place.channel:
            try:
                return await self._whisper(place, post)
            except Gone as gone:
                if gone.reason not in _NO_MEMBER:
                    raise
            # A command works where the assistant is no member, but only members can whisper there.
            place = replace(place, channel="", thread="")
            post = replace(post, blocks=(Text(labels.ONLY_YOU, Tone.NOTE), *post.blocks))
        file = await self._file(post)
        async with self._client(place.tenant) as client:
            place = _by_user(place)
            if place.thread or file:
                place = await _in_conversation(client, place)
            if file and await share(self._api, client, place, post.summary, file, delivery):
                return Receipt(place, "")  # Slack shares it in its own time, and tells the message's id to nobody
            answer = await client.chat_postMessage(
                channel=place.channel,
                thread_ts=place.thread or None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery": delivery}},
                unfurl_links=False,
                unfurl_media=False,
                **render(post),
            )
        return Receipt(replace(place, channel=str(answer["channel"])), str(answer["ts"]))

    async def _file(self, post: Post) -> File | None:
        match post.blocks:
            case (Document() as document,):
                return await self._documents.file(document)
        return None

    async def _whisper(self, place: Place, post: Post) -> Receipt:
        async with self._client(place.tenant) as client:
            await client.chat_postEphemeral(
                channel=place.channel, user=place.only_to, thread_ts=place.thread or None, **render(post)
            )
        # Slack tells an id, but no method takes it.
        return Receipt(place, "")

    async def edit(self, receipt: Receipt, post: Post) -> None:
        """Shows an earlier message in a new state; see `bot.ports.Messenger`."""
        if not receipt.message:
            raise Refused("what one person alone sees cannot be changed later")
        async with self._client(receipt.place.tenant) as client:
            # Metadata that is not given stays.
            await client.chat_update(channel=receipt.place.channel, ts=receipt.message, **render(post))

    async def find(self, place: Place, delivery: str) -> Receipt | None:
        """Looks whether a message landed; see `bot.ports.Messenger`."""
        if place.only_to and place.channel:
            raise Refused("nobody can look for what one person alone sees")
        try:
            async with self._client(place.tenant) as client:
                return await _found(client, await _in_conversation(client, _by_user(place)), delivery)
        except Unclear as error:
            raise Unavailable(error.reason) from None  # looking changes nothing

    async def channel_name(self, place: Place) -> str:
        """What a channel is called; "" for a group of people, which has no name of its own.

        Raises:
            MessengerError: Slack does not tell it (now).
        """
        async with self._client(place.tenant) as client:
            told = (await client.conversations_info(channel=place.channel))["channel"]
        name = told.get("name") or ""
        return "" if not name or told.get("is_mpim") else f"#{name}"

    @asynccontextmanager
    async def _client(self, tenant: str) -> AsyncIterator[AsyncWebClient]:
        """A client for a workspace; whatever goes wrong becomes a `MessengerError`."""
        token = ""
        try:
            installed = await self._installations.of(tenant)
            if installed is None:
                raise Gone("not installed there")
            token = installed.token
            with told():
                yield self._api.client(token)
        except Unavailable as error:
            if error.reason == TOKEN_EXPIRED and token:
                await self._installations.renew(tenant, token)
            raise
        except StoreUnavailable as error:
            raise Unavailable(f"the token is not known now: {error}") from None


def _by_user(place: Place) -> Place:
    """Somebody's own conversation by the user's id, which posting takes; any other place as it is."""
    return place if place.channel else replace(place, channel=place.only_to, only_to="")


async def _in_conversation(client: AsyncWebClient, place: Place) -> Place:
    """The same place by its conversation's id, since neither history nor threads are to be had by a user's id."""
    if place.channel[:1] not in {"U", "W"}:
        return place
    opened = await client.conversations_open(users=place.channel)
    return replace(place, channel=str(opened["channel"]["id"]))


async def _found(client: AsyncWebClient, place: Place, delivery: str) -> Receipt | None:
    cursor: str | None = None
    for _ in range(_PAGES):
        if place.thread:
            page = await client.conversations_replies(
                channel=place.channel, ts=place.thread, cursor=cursor, limit=_PAGE, include_all_metadata=True
            )
        else:
            page = await client.conversations_history(
                channel=place.channel, cursor=cursor, limit=_PAGE, include_all_metadata=True
            )
        for message in page["messages"]:
            metadata = message.get("metadata") or {}
            said = metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload") == {"delivery": delivery}
            if said or holds_file(message, delivery):
                return Receipt(place, str(message["ts"]))
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    raise Refused("too many messages since then to look through")
