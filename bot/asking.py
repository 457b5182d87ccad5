"""The use case "somebody wrote something": whether that is for the assistant, what it wants, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import uuid4

from bot.composing import answer_post
from bot.desks import Audience, Channel, Desk, Member
from bot.incoming import Asked
from bot.means import Means
from bot.places import Person, Place
from bot.ports import Exchange, Kept, Outcome, Work

#: A conversation without threads has no end; what was asked longer ago than this is another matter.
_SAME_TALK = timedelta(hours=1)

#: Sections of an answer that an exchange remembers.
_SECTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What holds where something was written.

    Args:
        channel: the channel's rules.
        desk: the desk that the channel belongs to, else the person's own, or None.
        member: what the person is, or None.
        earlier: exchanges of the same talk that the person has seen, the newest first.
    """

    channel: Channel
    desk: Desk | None
    member: Member | None
    earlier: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question with all that its answer depends on.

    Args:
        text: the question.
        place: where the answer belongs.
        person: who asks.
        desk: id of the desk, or "".
        prefecture: full name of the prefecture to answer for, or None.
        language: BCP-47 code of the resident's language, or None.
        earlier: questions of the same talk, the newest first.
        quoted: True where the question stands in no message that can be seen beside the answer.
    """

    text: str
    place: Place
    person: Person
    desk: str = ""
    prefecture: str | None = None
    language: str | None = None
    earlier: tuple[str, ...] = ()
    quoted: bool = False


async def surroundings(work: Work, asked: Asked) -> Surroundings:
    """Looks up what holds where something was written.

    Args:
        work: unit of work to read through.
        asked: what was written.
    """
    channel = await work.desks.channel(asked.place)
    member = await work.desks.member(asked.person)
    desk = await work.desks.desk(channel.desk or (member.desk if member else ""))
    earlier = [
        exchange
        for exchange in await work.exchanges.in_thread(asked.place)
        if (asked.place.thread or asked.at - exchange.at <= _SAME_TALK)
        and (channel.audience is Audience.THREAD or exchange.person == asked.person)
    ]
    return Surroundings(channel=channel, desk=desk, member=member, earlier=tuple(earlier))


async def answer(kept: Kept, query: Query, means: Means) -> None:
    """Answers a question: the exchange, the post owed and the end of the event count together or not at all.

    Args:
        kept: the event that asks.
        query: the question.
        means: what to work with.
    """
    found = await means.off_loop(
        partial(means.answerer.answer, query.text, prefecture=query.prefecture, language=query.language)
    )
    exchange = uuid4().hex
    post = answer_post(found, exchange, notice=means.answerer.notice, quoted=query.quoted)
    async with means.store() as work:
        if not await work.inbox.done(kept):
            return
        now = means.now()
        delivery = await work.outbox.owe(query.place, post, now)
        await work.exchanges.record(
            Exchange(
                id=exchange,
                place=query.place,
                person=query.person,
                question=found.question,
                outcome=Outcome.ANSWERED if found.is_answered else Outcome.NOT_FOUND,
                at=now,
                desk=query.desk,
                sections=tuple(citation.section_id for citation in found.citations[:_SECTIONS]),
                delivery=delivery,
            )
        )
        await work.commit()
