"""Asks the platforms now and then what linked channels are called, so that homes need not show ids."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.errors import MessengerError
from bot.places import Place
from bot.ports import Store

_log = logging.getLogger(__name__)

#: Tells what a channel is called; "" where the platform does not say.
NameOf = Callable[[Place], Awaitable[str]]

#: Characters of a name that are kept.
_LONGEST = 80


async def renew_names(store: Store, platforms: Mapping[str, NameOf]) -> int:
    """Asks once for each linked channel; a name that cannot be told now stays what it was.

    Args:
        store: keeps them.
        platforms: whom to ask, by the platform's name.

    Returns:
        0: nothing is left over that would have to be done at once.

    Raises:
        StoreUnavailable: what was not kept is asked for again the next time.
    """
    async with store() as work:
        linked = await work.desks.linked()
    # Those without a name first: who has one can wait, should a platform be slow.
    for channel in sorted(linked, key=lambda one: bool(one.name)):
        name_of = platforms.get(channel.place.platform)
        if name_of is None:
            continue
        try:
            name = " ".join((await name_of(channel.place)).split())[:_LONGEST]
        except MessengerError as error:
            _log.info("a channel's name is not known", extra={"lane": channel.place.lane, "reason": error.reason})
            continue
        if name and name != channel.name:
            async with store() as work:
                await work.desks.name_channel(channel.place, name)
                await work.commit()
    return 0
