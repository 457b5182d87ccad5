"""Puts the example desks and memberships of the practice place into the store, where they are missing."""

from __future__ import annotations

from dataclasses import replace

from adapters.console.rooms.people import ROOMS
from bot.ports import Store


async def prepare(store: Store) -> None:
    """Adds what is missing; what somebody has changed in the meantime stays as it is.

    Args:
        store: opens units of work.

    Raises:
        StoreUnavailable: nothing was added.
    """
    async with store() as work:
        for room in ROOMS:
            if room.desk and await work.desks.desk(room.desk.id) is None:
                await work.desks.put(room.desk)
                await work.desks.set_channel(room.channel)
            if room.bureau:
                standing = await work.desks.channel(room.channel.place)
                if not standing.bureau:
                    await work.desks.set_channel(replace(standing, bureau=room.bureau))
            if await work.desks.member(room.person) is None:
                await work.desks.enrol(room.member)
        await work.commit()
