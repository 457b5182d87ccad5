"""Deliveries in threads that are yet to begin: they wait for the message that begins theirs, then learn its id.

As long as they wait they are a thread of their own, in their own order, and hold up nobody. Once the message stands
they join whatever else is owed to its thread, in the order in which all of it became owed. Where a platform tells no
id of that message, they stand beside it: better there than nowhere.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.deliveries import deliveries, receipt_of
from bot.places import Receipt


async def thread_of(connection: AsyncConnection, *, edits: str = "", under: str = "") -> tuple[str, str]:
    """The thread of a delivery that is about to be owed; that of an edit is the one of what it edits.

    Args:
        connection: the unit of work's.
        edits: id of the delivery that it edits, or "".
        under: id of the delivery that it stands under, or "".

    Returns:
        The thread, and what it waits for, or ""; while it waits the thread is "".
    """
    d = deliveries.c
    thread = ""
    if edits:
        edited = (await connection.execute(select(d.thread, d.under).where(d.id == edits))).one()
        thread, under = edited.thread, edited.under or ""
    if not under:
        return thread, ""
    # Locked until the commit: who sends it at this moment would not see what waits for it.
    root = (await connection.execute(select(d.receipt).where(d.id == under).with_for_update(read=True))).one()
    stands = receipt_of(root.receipt)
    return (_begun_by(stands), "") if stands else ("", under)


async def begin(connection: AsyncConnection, delivery: str, receipt: Receipt) -> None:
    """Tells what waits for a delivery in which thread it stands.

    Args:
        connection: in the transaction that ends the delivery.
        delivery: its id.
        receipt: where it stands.
    """
    waiting = update(deliveries).where(deliveries.c.under == delivery)
    await connection.execute(waiting.values(thread=_begun_by(receipt), under=None))


def _begun_by(receipt: Receipt) -> str:
    """The thread that a message begins, or stands in itself; "" where nobody knows."""
    return receipt.place.thread or receipt.message
