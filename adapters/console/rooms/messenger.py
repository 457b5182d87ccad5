"""The assistant's voice in the practice place: a post is a row whose id is the delivery's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from adapters.console.rooms.live import Bell
from adapters.console.rooms.messages import Messages
from adapters.console.rooms.people import ROOMS, SPOTS, Spot
from bot.errors import Gone, StoreUnavailable, Unavailable
from bot.places import Place, Receipt
from bot.posts import Post


class ConsoleMessenger:
    """A `bot.ports.Messenger`. Since the message has the delivery's id, posting twice does no harm here.

    Args:
        messages: what stands in the rooms.
        now: the time, with time zone.
        bell: rung after every change.
    """

    def __init__(self, messages: Messages, now: Callable[[], datetime], bell: Bell) -> None:
        self._messages = messages
        self._now = now
        self._bell = bell

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        """Says something; see `bot.ports.Messenger`.

        Raises:
            Gone: there is no such room.
            Unavailable: the database cannot be reached; it may be tried again.
        """
        here = _standing(place)
        try:
            said = await self._messages.say(delivery, here, "", post, self._now())
        except StoreUnavailable as error:
            raise Unavailable(str(error)) from error
        self._bell.ring()
        return Receipt(said.place, said.id)

    async def edit(self, receipt: Receipt, post: Post) -> None:
        """Shows an earlier message in a new state.

        Raises:
            Gone: there is no such message any more.
            Unavailable: the database cannot be reached.
        """
        try:
            changed = await self._messages.change(receipt.message, post)
        except StoreUnavailable as error:
            raise Unavailable(str(error)) from error
        if not changed:
            raise Gone("no such message in the practice place")
        self._bell.ring()

    async def find(self, place: Place, delivery: str) -> Receipt | None:
        """Looks whether a message landed; private ones are found too.

        Raises:
            Gone: there is no such room.
            Unavailable: the database cannot be reached.
        """
        _standing(place)
        try:
            said = await self._messages.said(delivery)
        except StoreUnavailable as error:
            raise Unavailable(str(error)) from error
        return Receipt(said.place, said.id) if said else None


def _standing(place: Place) -> Place:
    """Where a post stands: somebody's own conversation is that of their room, where there are no threads."""
    if not place.channel:
        place = next((room.place(Spot.DIRECT) for room in ROOMS if room.person.id == place.only_to), place)
    if place.channel not in SPOTS:
        raise Gone("no such room in the practice place")
    return place
