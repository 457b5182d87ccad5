"""Desks, channels, members and invitations: `bot.ports.Desks` in SQL."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Row, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.deliveries import deliveries
from adapters.database.inserting import put
from adapters.database.tables import channels, desks, invitations, members
from bot.deliveries import DeliveryState
from bot.desks import Audience, Channel, Desk, DeskKind, Invitation, Listening, Member, Role
from bot.places import Person, Place


class SqlDesks:
    """Desks and who belongs to them, within one transaction.

    Args:
        connection: in the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def desks(self) -> Sequence[Desk]:
        """All desks, by id."""
        return [_desk(row) for row in await self._connection.execute(select(desks).order_by(desks.c.id))]

    async def desk(self, desk: str) -> Desk | None:
        """One desk, or None."""
        row = (await self._connection.execute(select(desks).where(desks.c.id == desk))).one_or_none()
        return None if row is None else _desk(row)

    async def put(self, desk: Desk) -> None:
        """Adds a desk, or replaces the one of its id."""
        await put(self._connection, desks, asdict(desk))

    async def channel(self, place: Place) -> Channel:
        """What holds in the channel of a place; the defaults where nothing was set."""
        row = (await self._connection.execute(select(channels).where(_at(place)))).one_or_none()
        return Channel(place=place.in_channel()) if row is None else _channel(row)

    async def set_channel(self, channel: Channel) -> None:
        """Sets what holds in a channel; its name stays."""
        place = channel.place
        row = {
            "platform": place.platform,
            "tenant": place.tenant,
            "channel": place.channel,
            "desk": channel.desk,
            "bureau": channel.bureau,
            "listening": channel.listening,
            "audience": channel.audience,
            "language": channel.language,
            "gone": channel.gone,
        }
        await put(self._connection, channels, row)

    async def name_channel(self, place: Place, name: str) -> None:
        """Keeps what a channel is called; nothing where nothing was ever set for it."""
        await self._connection.execute(update(channels).where(_at(place)).values(name=name))

    async def linked(self) -> Sequence[Channel]:
        """All channels of desks and bureaus in which the assistant is."""
        somebodys = or_(channels.c.desk != "", channels.c.bureau != "")
        return await self._channels(and_(somebodys, channels.c.gone.is_(False)))

    async def channels(self, desk: str) -> Sequence[Channel]:
        """The channels of a desk."""
        return await self._channels(channels.c.desk == desk)

    async def channels_of_bureau(self, bureau: str) -> Sequence[Channel]:
        """The channels in which a bureau's coordinators are met; those that are gone are left out."""
        return await self._channels(and_(channels.c.bureau == bureau, channels.c.gone.is_(False)))

    async def _channels(self, which: ColumnElement[bool]) -> Sequence[Channel]:
        ordered = select(channels).where(which).order_by(channels.c.platform, channels.c.tenant, channels.c.channel)
        return [_channel(row) for row in await self._connection.execute(ordered)]

    async def leave(self, platform: str, tenant: str, channel: str, now: datetime) -> int:
        """Marks a channel ("" for all of a tenant) as gone, and ends what is owed there.

        Returns:
            How many deliveries that ended.
        """
        if channel:
            here = await self.channel(Place(platform=platform, tenant=tenant, channel=channel))
            await self.set_channel(replace(here, gone=True))
        else:
            all_of_it = update(channels).where(channels.c.platform == platform, channels.c.tenant == tenant)
            await self._connection.execute(all_of_it.values(gone=True))
        owed = deliveries.c
        there = [owed.platform == platform, owed.tenant == tenant]
        if channel:
            there.append(owed.channel == channel)
        # What is being sent at this moment ends by what the platform says to it.
        waiting = owed.state.in_((DeliveryState.WAITING, DeliveryState.THROTTLED))
        ending = update(deliveries).where(*there, waiting)
        ended: CursorResult[Any] = await self._connection.execute(
            ending.values(state=DeliveryState.GONE, ended=now, reason="the assistant was removed")
        )
        return ended.rowcount

    async def member(self, person: Person) -> Member | None:
        """What somebody is, or None."""
        row = (await self._connection.execute(select(members).where(_is(person)))).one_or_none()
        return None if row is None else _member(row)

    async def members(self) -> Sequence[Member]:
        """All members: by desk, bureau, and id."""
        who = members.c
        ordered = select(members).order_by(who.desk, who.bureau, who.platform, who.tenant, who.person)
        return [_member(row) for row in await self._connection.execute(ordered)]

    async def enrol(self, member: Member) -> None:
        """Makes somebody a member, or changes what they are."""
        row = {
            "platform": member.person.platform,
            "tenant": member.person.tenant,
            "person": member.person.id,
            "role": member.role,
            "desk": member.desk,
            "bureau": member.bureau,
            "since": member.since,
        }
        await put(self._connection, members, row)

    async def dismiss(self, person: Person) -> None:
        """Makes somebody a member no more."""
        await self._connection.execute(delete(members).where(_is(person)))

    async def invite(self, code: str, invitation: Invitation) -> None:
        """Keeps an invitation under its code's hash."""
        await put(self._connection, invitations, {"hash": _hash(code), **asdict(invitation)})

    async def redeem(self, code: str, now: datetime) -> Invitation | None:
        """Uses an invitation once. None if the code is unknown, too old or used up."""
        usable = (invitations.c.hash == _hash(code), invitations.c.until >= now, invitations.c.uses > 0)
        # One statement: whoever redeems it at the same time waits, and then finds it used.
        using = update(invitations).where(*usable).values(uses=invitations.c.uses - 1).returning(invitations)
        row = (await self._connection.execute(using)).one_or_none()
        if row is None:
            return None
        return Invitation(role=Role(row.role), until=row.until, desk=row.desk, bureau=row.bureau, uses=row.uses)


def _hash(code: str) -> str:
    """SHA-256 of a code as it was meant: full-width or small letters, spaces and hyphens make no difference."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def _desk(row: Row[Any]) -> Desk:
    return Desk(**{**row._mapping, "kind": DeskKind(row.kind)})


def _at(place: Place) -> ColumnElement[bool]:
    where = channels.c
    return and_(where.platform == place.platform, where.tenant == place.tenant, where.channel == place.channel)


def _is(person: Person) -> ColumnElement[bool]:
    who = members.c
    return and_(who.platform == person.platform, who.tenant == person.tenant, who.person == person.id)


def _member(row: Row[Any]) -> Member:
    person = Person(platform=row.platform, tenant=row.tenant, id=row.person)
    return Member(person=person, role=Role(row.role), desk=row.desk, bureau=row.bureau, since=row.since)


def _channel(row: Row[Any]) -> Channel:
    return Channel(
        place=Place(platform=row.platform, tenant=row.tenant, channel=row.channel),
        desk=row.desk,
        bureau=row.bureau,
        listening=Listening(row.listening),
        audience=Audience(row.audience),
        language=row.language,
        gone=row.gone,
        name=row.name,
    )
