"""Referrals and their history: `bot.referral_ports.Referrals` in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Row, and_, exists, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database import codec
from adapters.database.base import writable
from adapters.database.deliveries import deliveries
from adapters.database.referral_tables import referral_entries, referrals
from adapters.database.tables import members
from bot.deliveries import DeliveryState
from bot.desks import Role
from bot.places import Person, Place
from bot.referral_ports import Version
from bot.referrals import OPEN, Entry, Intake, Referral, State, Step

#: Nothing follows on these by itself; a resolved one may be reopened, which counts as a change.
_ENDED = (State.RESOLVED, State.WITHDRAWN)
#: The bureau has to do something.
_WAITING = (State.SENT, State.TAKEN)


class SqlReferrals:
    """Referrals within one transaction.

    Args:
        connection: in the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, referral: Referral) -> Referral:
        """Keeps a draft. Returns it with its number: higher than all that were given before, perhaps by some."""
        new = referrals.insert().values(id=referral.id, **_row(referral)).returning(referrals.c.number)
        return replace(referral, number=(await self._connection.execute(new)).scalar_one())

    async def referral(self, referral: str) -> Referral | None:
        """One by its id, or None."""
        # A button's value may have passed through any program.
        found = select(referrals).where(referrals.c.id == writable(referral))
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _referral(row)

    async def change(self, referral: Referral) -> bool:
        """Writes a referral whose version was counted up by one; see `bot.referral_ports.Referrals.change`."""
        standing = (referrals.c.id == referral.id, referrals.c.version == referral.version - 1)
        changed: CursorResult[Any] = await self._connection.execute(
            update(referrals).where(*standing).values(**_row(referral))
        )
        return changed.rowcount == 1

    async def tell(self, entry: Entry) -> None:
        """Adds to a referral's history."""
        await self._connection.execute(
            referral_entries.insert().values(
                referral=entry.referral, step=entry.step, at=entry.at, by_bureau=entry.by_bureau, text=entry.text
            )
        )

    async def history(self, referral: str) -> Sequence[Entry]:
        """A referral's history, oldest first."""
        told = select(referral_entries).where(referral_entries.c.referral == writable(referral))
        rows = await self._connection.execute(told.order_by(referral_entries.c.seq))
        return [
            Entry(referral=row.referral, step=Step(row.step), at=row.at, by_bureau=row.by_bureau, text=row.text)
            for row in rows
        ]

    async def of_desk(self, desk: str, states: frozenset[State], limit: int = 50) -> Sequence[Referral]:
        """A desk's referrals in these states, the oldest first."""
        return await self._oldest(and_(referrals.c.desk == desk, referrals.c.state.in_(states)), limit)

    async def of_bureau(self, bureau: str, states: frozenset[State], limit: int = 50) -> Sequence[Referral]:
        """A bureau's referrals in these states, the oldest first; never drafts, nor drafts that were withdrawn."""
        theirs = and_(referrals.c.bureau == bureau, referrals.c.state.in_(states - {State.DRAFTED}))
        return await self._oldest(and_(theirs, referrals.c.sent.is_not(None)), limit)

    async def resolved(self, desk: str, bureau: str, limit: int) -> Sequence[Version]:
        """Resolved referrals that a side may find again, the newest first; see `bot.referral_ports.Referrals`."""
        sides = []
        if desk:
            sides.append(referrals.c.desk == desk)
        if bureau:
            # What a desk wrote down of a telephone call was never sent to the bureau.
            sides.append(and_(referrals.c.bureau == bureau, referrals.c.by_hand.is_(False)))
        ended = (referrals.c.state == State.RESOLVED, referrals.c.intake.is_not(None), referrals.c.official != "")
        found = select(referrals.c.id, referrals.c.version).where(or_(false(), *sides), *ended)
        rows = await self._connection.execute(found.order_by(referrals.c.number.desc()).limit(limit))
        return [(row.id, row.version) for row in rows]

    async def open_counts(self, now: datetime, *, desk: str = "", bureau: str = "") -> tuple[int, int]:
        """How many open referrals a desk or a bureau has, and how many of these are overdue."""
        whose = referrals.c.desk == desk if desk else referrals.c.bureau == bureau
        overdue = func.count().filter(referrals.c.due <= now)
        counted = select(func.count(), overdue).where(whose, referrals.c.state.in_(OPEN))
        row = (await self._connection.execute(counted)).one()
        return row[0], row[1]

    async def due(self, now: datetime, limit: int = 50) -> Sequence[Referral]:
        """Open referrals whose `remind` is reached, the longest ago first."""
        reached = select(referrals).where(referrals.c.state.in_(OPEN), referrals.c.remind <= now)
        rows = await self._connection.execute(reached.order_by(referrals.c.remind, referrals.c.number).limit(limit))
        return [_referral(row) for row in rows]

    async def unmet(self, limit: int = 50) -> Sequence[Referral]:
        """Referrals that wait for a bureau whose card found its channel gone, the oldest first."""
        cards = select(deliveries.c.id).where(deliveries.c.state == DeliveryState.GONE)
        waiting = and_(referrals.c.state.in_(_WAITING), referrals.c.by_hand.is_(False))
        return await self._oldest(and_(waiting, referrals.c.bureau_card.in_(cards)), limit)

    async def orphaned(self, limit: int = 50) -> Sequence[Referral]:
        """Referrals that were taken by who is no coordinator of the bureau in charge any more, the oldest first."""
        is_theirs = exists().where(
            members.c.platform == referrals.c.holder_platform,
            members.c.tenant == referrals.c.holder_tenant,
            members.c.person == referrals.c.holder,
            members.c.role == Role.COORDINATOR,
            members.c.bureau == referrals.c.bureau,
        )
        taken = (referrals.c.state == State.TAKEN, referrals.c.holder.is_not(None))
        return await self._oldest(and_(*taken, ~is_theirs), limit)

    async def unheard(self, limit: int = 50) -> Sequence[Referral]:
        """Open referrals that were asked aside, of whose last step nobody is there to be told; the oldest first."""
        is_gone = exists().where(
            deliveries.c.platform == referrals.c.author_platform,
            deliveries.c.tenant == referrals.c.author_tenant,
            deliveries.c.channel == "",
            deliveries.c.only_to == referrals.c.author,
            deliveries.c.state == DeliveryState.GONE,
            deliveries.c.edits.is_(None),  # an edit finds only its message gone
            deliveries.c.made >= referrals.c.changed,
        )
        return await self._oldest(and_(referrals.c.state.in_(OPEN), referrals.c.channel == "", is_gone), limit)

    async def erase(self, before: datetime) -> int:
        """Erases free text of referrals that ended before then; counts and states stay. Returns how many."""
        return await self._erase(and_(referrals.c.state.in_(_ENDED), referrals.c.changed < before))

    async def erase_drafts(self, before: datetime) -> int:
        """Erases what was never sent, and so never anonymised, and lay untouched since then. Returns how many.

        Drafts stay drafts; their question is "".
        """
        return await self._erase(and_(referrals.c.sent.is_(None), referrals.c.changed < before))

    async def _oldest(self, which: ColumnElement[bool], limit: int) -> Sequence[Referral]:
        rows = await self._connection.execute(select(referrals).where(which).order_by(referrals.c.number).limit(limit))
        return [_referral(row) for row in rows]

    async def _erase(self, which: ColumnElement[bool]) -> int:
        erased: CursorResult[Any] = await self._connection.execute(
            update(referrals).where(which, referrals.c.intake.is_not(None)).values(intake=None, official="", result="")
        )
        theirs = referral_entries.c.referral.in_(select(referrals.c.id).where(referrals.c.intake.is_(None)))
        told = update(referral_entries).where(theirs, referral_entries.c.text != "")
        await self._connection.execute(told.values(text=""))
        return erased.rowcount


def _row(referral: Referral) -> dict[str, Any]:
    """All columns but the two that never change."""
    author, place, holder = referral.author, referral.place, referral.holder
    return {
        "version": referral.version,
        "state": referral.state,
        "desk": referral.desk,
        "author_platform": author.platform,
        "author_tenant": author.tenant,
        "author": author.id,
        "platform": place.platform,
        "tenant": place.tenant,
        "channel": place.channel,
        "thread": place.thread,
        "only_to": place.only_to,
        "prefecture": referral.prefecture,
        "bureau": referral.bureau,
        "by_hand": referral.by_hand,
        "intake": codec.intake.write(referral.intake),
        "made": referral.made,
        "changed": referral.changed,
        "sent": referral.sent,
        "due": referral.due,
        "left": referral.left,
        "remind": referral.remind,
        "reminded": referral.reminded,
        "holder_platform": holder.platform if holder else None,
        "holder_tenant": holder.tenant if holder else None,
        "holder": holder.id if holder else None,
        "official": referral.official,
        "result": referral.result,
        "desk_card": referral.desk_card,
        "bureau_card": referral.bureau_card,
    }


def _referral(row: Row[Any]) -> Referral:
    holder = None
    if row.holder is not None:
        holder = Person(platform=row.holder_platform, tenant=row.holder_tenant, id=row.holder)
    return Referral(
        id=row.id,
        number=row.number,
        version=row.version,
        state=State(row.state),
        desk=row.desk,
        author=Person(platform=row.author_platform, tenant=row.author_tenant, id=row.author),
        place=Place(
            platform=row.platform, tenant=row.tenant, channel=row.channel, thread=row.thread, only_to=row.only_to
        ),
        prefecture=row.prefecture,
        bureau=row.bureau,
        intake=Intake(question="") if row.intake is None else codec.intake.read(row.intake),
        made=row.made,
        changed=row.changed,
        by_hand=row.by_hand,
        sent=row.sent,
        due=row.due,
        left=row.left,
        remind=row.remind,
        reminded=row.reminded,
        holder=holder,
        official=row.official,
        result=row.result,
        desk_card=row.desk_card,
        bureau_card=row.bureau_card,
    )
