"""Desks of the dialogs, and a look at what the store holds of them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.desks import Channel, Desk, DeskKind, Invitation, Member, Role
from tests.dialogs.talk import Talk

SHINJUKU = Desk(
    id="13-shinjuku", name="新宿の窓口", prefecture="東京都", hours="平日9時から17時", contact="03-0000-0000"
)
#: Run by another body: no local government's mail domain, and nothing asks for one.
HAKATA = Desk(id="40-hakata", name="博多の窓口", prefecture="福岡県", kind=DeskKind.OUTSOURCED)


async def enrol(talk: Talk, desk: Desk, name: str) -> None:
    """Makes somebody a counsellor of a desk."""
    async with talk.store() as work:
        await work.desks.put(desk)
        await work.desks.enrol(Member(person=talk.person(name), role=Role.COUNSELLOR, desk=desk.id))
        await work.commit()


async def invite(
    talk: Talk, code: str, desk: Desk | None = None, *, role: Role = Role.COUNSELLOR, bureau: str = ""
) -> None:
    """Keeps an invitation, to a desk or into a role."""
    until = datetime(2027, 1, 1, tzinfo=UTC)
    async with talk.store() as work:
        if desk:
            await work.desks.put(desk)
        invitation = Invitation(role=role, until=until, desk=desk.id if desk else "", bureau=bureau)
        await work.desks.invite(code, invitation)
        await work.commit()


async def given(talk: Talk, channel: str = "相談") -> Channel:
    """What holds in a channel."""
    async with talk.store() as work:
        return await work.desks.channel(talk.place(channel))


async def member(talk: Talk, name: str) -> Member | None:
    """What somebody is."""
    async with talk.store() as work:
        return await work.desks.member(talk.person(name))


async def audited(talk: Talk, what: str, name: str) -> int:
    """How often somebody did something."""
    async with talk.store() as work:
        return await work.audit.count(what, talk.person(name), datetime(2020, 1, 1, tzinfo=UTC))
