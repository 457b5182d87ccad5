"""The use cases "joined" and "left": the assistant introduces itself once, and forgets nobody's rules when it goes."""

from __future__ import annotations

from dataclasses import replace

from bot.help import welcome_post
from bot.incoming import Joined, Left
from bot.means import Means
from bot.ports import Kept


async def joined(kept: Kept, event: Joined, means: Means) -> None:
    """Introduces the assistant where it is new or was gone.

    Args:
        kept: the event.
        event: the same, read.
        means: what to work with.
    """
    async with means.store() as work:
        if not await work.inbox.done(kept):
            return
        now = means.now()
        channel = await work.desks.channel(event.place)
        # Platforms tell of one arrival in several events.
        is_new = await work.inbox.claim((f"welcome/{event.place.lane}",), now)
        if is_new or channel.gone:
            await work.outbox.owe(event.place.in_channel(), welcome_post(event.place, direct=event.direct), now)
        await work.desks.set_channel(replace(channel, gone=False))
        await work.audit.note("joined", event.person, event.place.lane, now)
        await work.commit()


async def left(kept: Kept, event: Left, means: Means) -> None:
    """Ends what is owed where the assistant no longer is.

    Args:
        kept: the event.
        event: the same, read.
        means: what to work with.
    """
    async with means.store() as work:
        if not await work.inbox.done(kept):
            return
        now = means.now()
        await work.desks.leave(event.platform, event.tenant, event.channel, now)
        await work.audit.note("left", None, f"{event.platform}/{event.tenant}/{event.channel}", now)
        await work.commit()
