"""The use case "ask": does what somebody who wrote something wants, mostly answers, and always ends visibly."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import uuid4

from bot import ask_form, talk
from bot.channel_rules import settings_button, settings_post
from bot.composing import answer_post, broken_post, said
from bot.desks import Audience, Listening
from bot.followup import ask_on
from bot.help import help_post
from bot.incoming import Asked, Submitted, Way
from bot.linking import code_in, link
from bot.means import Means
from bot.places import Place
from bot.ports import Exchange, Kept, Outcome, Work
from bot.posts import Buttons, Post, Text
from bot.query import Query
from bot.referring.resolved import earlier_of
from bot.wishes import Surroundings, Wish, surroundings, wish_of

#: Sections of an answer that an exchange remembers.
_SECTIONS = 3


async def reply(kept: Kept, asked: Asked, means: Means) -> None:
    """Does what somebody who wrote something wants.

    Args:
        kept: the event, leased to the caller.
        asked: the same, read.
        means: what to work with.
    """
    async with means.store() as work:
        here = await surroundings(work, asked)
        if here.channel.gone:  # who hears something is there: the news of the return was lost
            await work.desks.set_channel(replace(here.channel, gone=False))
            await work.commit()
    direct = asked.way is Way.DIRECT
    match wish_of(asked, here):
        case Wish.ANSWER:
            await _answer(kept, _query(asked, here, means), means)
        case Wish.LINK:
            await link(kept, asked, code_in(asked.text) or "", means)
        case Wish.HELP:
            await _say(kept, _quietly(asked, here), help_post(asked.place, direct=direct), means)
        case Wish.SETTINGS:
            await _say(kept, _aside(asked), settings_post(asked.place, direct=direct), means)
        case Wish.SILENCED:
            await _say(kept, _aside(asked), _silenced(asked.place), means)
        case Wish.COURTESY:
            await _say(kept, _quietly(asked, here), said(talk.YOU_ARE_WELCOME), means)
        case Wish.NOTHING:
            await _end(kept, means)


async def reply_to_form(kept: Kept, submitted: Submitted, means: Means) -> None:
    """Answers the question of a form.

    Args:
        kept: the event, leased to the caller.
        submitted: the same, read.
        means: what to work with.
    """
    async with means.store() as work:
        query = await ask_form.query_of(work, submitted, means)
    await _answer(kept, query, means)


async def give_up(kept: Kept, means: Means, reason: str) -> None:
    """Ends an event that could not be handled; a question among them ends visibly.

    Args:
        kept: the event, leased to the caller.
        means: what to work with.
        reason: why, in a few words without anything of what was said.
    """
    async with means.store() as work:
        query = await _query_in(work, kept, means)
        if not await work.inbox.done(kept):
            return
        await work.audit.note("give_up", None, f"inbox/{kept.id}: {reason}", means.now())
        if query:
            contacts = means.answerer.directory.contacts_for((), query.prefecture)
            post = broken_post(contacts, query.text if query.quoted else "")
            if query.text:
                await _record(work, _exchange(query, uuid4().hex, query.text, Outcome.BROKEN), post, means)
            else:
                await work.outbox.owe(query.place, post, means.now())
        await work.commit()


async def _answer(kept: Kept, query: Query, means: Means) -> None:
    """Answers a question: the exchange, the post owed and the end of the event count together or not at all."""
    once = partial(means.answerer.answer, prefecture=query.prefecture, language=query.language)
    found = await means.off_loop(partial(ask_on, query.text, query.earlier, once))
    outcome = Outcome.ANSWERED if found.is_answered else Outcome.NOT_FOUND
    sections = tuple(citation.section_id for citation in found.citations[:_SECTIONS])
    exchange = _exchange(query, uuid4().hex, found.question, outcome, sections)
    earlier = await earlier_of(query, found.question, means)
    post = answer_post(
        found,
        exchange.id,
        notice=means.answerer.notice,
        quoted=query.quoted,
        earlier=earlier,
        referable=bool(query.desk),
    )
    async with means.store() as work:
        if await work.inbox.done(kept):
            await _record(work, exchange, post, means)
            await work.commit()


async def _record(work: Work, exchange: Exchange, post: Post, means: Means) -> None:
    delivery = await work.outbox.owe(exchange.place, post, means.now())
    await work.exchanges.record(replace(exchange, delivery=delivery))


async def _say(kept: Kept, place: Place, post: Post, means: Means) -> None:
    """Says something that is no answer."""
    async with means.store() as work:
        if await work.inbox.done(kept):
            await work.outbox.owe(place, post, means.now())
            await work.commit()


async def _end(kept: Kept, means: Means) -> None:
    async with means.store() as work:
        await work.inbox.done(kept)
        await work.commit()


async def _query_in(work: Work, kept: Kept, means: Means) -> Query | None:
    """The question that an event asks, without a text where it wants something else; None where it wants nothing."""
    match kept.incoming:
        case Asked() as asked:
            here = await surroundings(work, asked)
            wish, query = wish_of(asked, here), _query(asked, here, means)
            if wish is Wish.NOTHING:
                return None
            return query if wish is Wish.ANSWER else replace(query, text="", quoted=False)
        case Submitted() as submitted:
            return await ask_form.query_of(work, submitted, means)
    return None


def _query(asked: Asked, here: Surroundings, means: Means) -> Query:
    return Query(
        text=asked.text,
        # A command is seen by nobody else, so neither is its answer.
        place=_aside(asked) if here.channel.audience is Audience.ASKER or asked.way is Way.COMMAND else asked.place,
        person=asked.person,
        at=asked.at,
        desk=here.desk.id if here.desk else "",
        prefecture=(here.desk.prefecture if here.desk else means.prefecture) or None,
        language=here.channel.language or means.language or None,
        earlier=tuple(exchange.question for exchange in here.earlier if exchange.question),
        private=here.channel.audience is Audience.ASKER or asked.way in {Way.COMMAND, Way.DIRECT},
        quoted=asked.way is Way.COMMAND,
    )


def _exchange(query: Query, name: str, question: str, outcome: Outcome, sections: tuple[str, ...] = ()) -> Exchange:
    return Exchange(
        id=name,
        place=query.place,
        person=query.person,
        question=question,
        outcome=outcome,
        at=query.at,
        desk=query.desk,
        sections=sections,
    )


def _aside(asked: Asked) -> Place:
    """Where only who wrote it sees the reply."""
    return asked.place if asked.way is Way.DIRECT else asked.place.privately(asked.person)


def _quietly(asked: Asked, here: Surroundings) -> Place:
    """Where what is no answer is said: aside where nobody else saw what it replies to, or wants to hear anything."""
    aside = asked.way is Way.COMMAND or here.channel.listening is Listening.SILENT
    return _aside(asked) if aside else asked.place


def _silenced(place: Place) -> Post:
    return Post(
        blocks=(Text(talk.SILENT), Buttons((settings_button(place, direct=False),))),
        summary=talk.SILENT,
    )
