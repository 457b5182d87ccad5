"""Where everything that comes in is received: kept for a worker, or done at once. It only routes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot import asking
from bot.incoming import Asked, Incoming, Joined, Left
from bot.means import Means, OffLoop
from bot.ports import Answerer, Kept, Store
from bot.reactions import Reaction

#: What a platform calls with whatever came in; it shows the reaction at once.
Receive = Callable[[Incoming], Awaitable[Reaction | None]]


class Reception:
    """Receives what comes in, and handles what was kept.

    Args:
        store: opens units of work.
        answerer: answers questions.
        now: the time, with time zone.
        wake: called after a commit that gave a worker something to do.
        prefecture: full name of the prefecture where no desk tells one; "" for none.
        language: BCP-47 code of the resident's language where no channel tells one; "" for none.
        off_loop: runs a blocking function off the event loop.
    """

    def __init__(  # noqa: PLR0913 - wired in one place only
        self,
        store: Store,
        answerer: Answerer,
        *,
        now: Callable[[], datetime],
        wake: Callable[[], None],
        prefecture: str = "",
        language: str = "",
        off_loop: OffLoop = asyncio.to_thread,
    ) -> None:
        self._means = Means(
            store=store, answerer=answerer, now=now, off_loop=off_loop, prefecture=prefecture, language=language
        )
        self._wake = wake

    async def receive(self, incoming: Incoming) -> Reaction | None:
        """Receives one event.

        Args:
            incoming: what came in.

        Returns:
            What the platform shows at once, or None.

        Raises:
            StoreUnavailable: nothing was kept; the platform must be told to try again.
        """
        match incoming:
            case Asked() | Joined() | Left():
                await self._keep(incoming)
        return None

    async def handle(self, kept: Kept) -> None:
        """Does what a kept event asks for, in one unit of work that also ends it.

        Args:
            kept: the event, leased to the caller.

        Raises:
            StoreUnavailable: nothing was done; the event stays kept.
        """
        match kept.incoming:
            case Asked() as asked:
                async with self._means.store() as work:
                    here = await asking.surroundings(work, asked)
                query = asking.Query(
                    text=asked.text,
                    place=asked.place,
                    person=asked.person,
                    desk=here.desk.id if here.desk else "",
                    prefecture=(here.desk.prefecture if here.desk else self._means.prefecture) or None,
                    language=here.channel.language or self._means.language or None,
                )
                await asking.answer(kept, query, self._means)
        self._wake()

    async def _keep(self, incoming: Asked | Joined | Left) -> None:
        async with self._means.store() as work:
            now = self._means.now()
            if not await work.inbox.claim(incoming.keys, now):
                return
            await work.inbox.keep(incoming, now)
            await work.commit()
        self._wake()
