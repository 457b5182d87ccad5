"""A whole platform in memory: a list of posts, and the troubles that its next requests shall meet."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.errors import Gone, MessengerError, Refused
from bot.places import Place, Receipt
from bot.posts import Post


@dataclass(frozen=True)
class Said:
    """A post as it stands: where, under which delivery's id."""

    receipt: Receipt
    post: Post
    delivery: str


@dataclass(frozen=True)
class Fault:
    """What a request meets: an error, or no answer ever (None); before or after the message landed."""

    error: MessengerError | None
    lands: bool = False


@dataclass
class FakeMessenger:
    """Says posts into `said`; each request first takes one of `faults`; channels in `gone` (lanes) are no more."""

    said: list[Said] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    gone: set[str] = field(default_factory=set)

    async def post(self, place: Place, post: Post, delivery: str) -> Receipt:
        said = Said(Receipt(place, "" if _is_whispered(place) else f"m{len(self.said) + 1}"), post, delivery)
        await self._request(place, lambda: self.said.append(said))
        return said.receipt

    async def edit(self, receipt: Receipt, post: Post) -> None:
        def change() -> None:
            self.said[:] = [replace(one, post=post) if one.receipt == receipt else one for one in self.said]

        await self._request(receipt.place, change)

    async def find(self, place: Place, delivery: str) -> Receipt | None:
        if _is_whispered(place):
            raise Refused("nobody can look for a private message")
        await self._request(place, lambda: None)
        return next((one.receipt for one in self.said if one.delivery == delivery), None)

    async def _request(self, place: Place, act: Callable[[], object]) -> None:
        await asyncio.sleep(0)  # as any request does, this one lets others run
        fault = self.faults.popleft() if self.faults else None
        if place.lane in self.gone:
            raise Gone("archived")
        if fault is None or fault.lands:
            act()
        if fault is not None:
            if fault.error is None:
                await asyncio.Event().wait()
            else:
                raise fault.error


def _is_whispered(place: Place) -> bool:
    """Whether one person alone sees it among others; in their own conversation it is a message like any other."""
    return bool(place.only_to and place.channel)
