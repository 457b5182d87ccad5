"""Speaks in Teams.

Teams knows no message that one person alone sees in a channel, so that such a one goes to the person's own chat. In
chats there are no threads: what belongs in one stands under what came before it.
"""

from __future__ import annotations

from dataclasses import replace

from adapters.teams.graph import Graph, chat_listing, personal_chat, thread_listing
from adapters.teams.references import CHANNEL, PERSONAL, Reference, References
from adapters.teams.rendering import render
from adapters.teams.transport import Transport
from bot.documents import Documents
from bot.errors import Gone, Refused
from bot.places import Place, Receipt
from bot.posts import Document, Post


class TeamsMessenger:
    """A `bot.ports.Messenger`.

    Args:
        transport: sends.
        references: how places are reached.
        graph: looks whether a message landed.
        documents: knows where the documents that posts name can be opened.
    """

    def __init__(self, transport: Transport, references: References, graph: Graph, documents: Documents) -> None:
        self._transport = transport
        self._references = references
        self._graph = graph
        self._documents = documents

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        """See `bot.ports.Messenger.post`."""
        reference, channel, private = await self._whither(place)
        activity = render(await self._with_addresses(post), delivery, private=private)
        if reference.kind == CHANNEL and not place.thread:
            message = await self._transport.open_thread(reference.line, channel, activity)
        else:
            conversation = _within(reference, channel, place.thread)
            message = await self._transport.send(reference.line, conversation, activity)
        return Receipt(place, message)

    async def edit(self, receipt: Receipt, post: Post) -> None:
        """See `bot.ports.Messenger.edit`."""
        place = receipt.place
        if not receipt.message:
            raise Refused("the message that is to be changed was taken without telling its id")
        reference, channel, private = await self._whither(place)
        conversation = _within(reference, channel, place.thread or receipt.message)
        activity = {**render(await self._with_addresses(post), private=private), "id": receipt.message}
        await self._transport.update(reference.line, conversation, receipt.message, activity)

    async def find(self, place: Place, delivery: str) -> Receipt | None:
        """See `bot.ports.Messenger.find`."""
        reference, channel, _ = await self._whither(place)
        registration = reference.line.registration
        if reference.kind == CHANNEL:
            listing = thread_listing(await self._group(place, reference), channel, place.thread)
        elif reference.kind == PERSONAL:
            if not reference.person:
                raise Refused("nobody knows whose chat this is")
            listing = chat_listing(personal_chat(reference.person, registration.app_id))
        else:
            listing = chat_listing(channel)
        message = await self._graph.find(registration, listing, delivery)
        return None if message is None else Receipt(place, message)

    async def _with_addresses(self, post: Post) -> Post:
        """A bot can put no file into a channel, so that documents are opened where the assistant is served."""
        blocks = [
            replace(block, address=await self._documents.address(block)) if isinstance(block, Document) else block
            for block in post.blocks
        ]
        return replace(post, blocks=tuple(blocks))

    async def _whither(self, place: Place) -> tuple[Reference, str, bool]:
        """How a place is reached, the conversation, and whether that is a chat in place of a channel."""
        if not place.only_to:
            return await self._references.conversation(place), place.channel, False
        reached = await self._references.person(place)
        chat = reached.chat
        if not chat:
            chat = await self._transport.open_direct(reached.line, reached.id)
            await self._references.learn_chat(place, reached, chat)
        return Reference(reached.line, PERSONAL, person=place.only_to), chat, place.channel not in {"", chat}

    async def _group(self, place: Place, reference: Reference) -> str:
        if reference.group:
            return reference.group
        try:
            group = await self._transport.group_of(reference.line, reference.team) if reference.team else ""
        except Gone as error:  # of the channel itself only a post can tell
            raise Refused(f"nobody tells which team this channel belongs to: {error.reason}") from None
        if not group:
            raise Refused("nobody knows which team this channel belongs to")
        await self._references.learn_group(place, group)
        return group


def _within(reference: Reference, channel: str, thread: str) -> str:
    """Id of a thread's conversation, or of the whole one; chats know no threads."""
    return f"{channel};messageid={thread}" if thread and reference.kind == CHANNEL else channel
