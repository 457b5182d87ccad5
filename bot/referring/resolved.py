"""Resolved referrals found again: what a side asked and was answered before stands beside the answer of the documents.

A desk finds its own, a bureau those that it answered; nobody else finds either. What is reopened is found no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import labels
from bot import sheet_talk as words
from bot.means import Means
from bot.permissions import Verb, may
from bot.ports import Work
from bot.posts import Block, Quote, Text, Tone
from bot.query import Query
from bot.referrals import Referral
from bot.referring.cards import is_recorded

#: Shown beside an answer: they help to answer, they are not the answer.
_SHOWN = 2

#: Searched, the newest: rules change, and what was answered long before is better asked again.
_MOST = 500

#: Characters of a question and of a reply that are shown.
_QUESTION, _REPLY = 120, 400


@dataclass(frozen=True, slots=True)
class Side:
    """Who reads an answer: a desk, or a bureau, or (both empty) nobody that may see referrals."""

    desk: str = ""
    bureau: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A resolved referral that was found.

    Args:
        referral: it.
        recorded: True where the desk wrote the answer down, which makes it no official one.
    """

    referral: Referral
    recorded: bool


async def earlier_of(query: Query, question: str, means: Means) -> Sequence[Earlier]:
    """What the readers of an answer asked and were answered before. Costs them nothing where there is nothing.

    Args:
        query: the question.
        question: as it was searched in the documents.
        means: what to work with.
    """
    async with means.store() as work:
        side = await side_of(work, query)
        versions = await work.referrals.resolved(side.desk, side.bureau, _MOST) if side != Side() else []
        given = [await work.referrals.referral(id_) for id_, _ in means.resolved.unknown(versions)]
    if not versions:
        return []
    known = [one for one in given if one]
    found = await means.off_loop(lambda: means.resolved.find(question, versions, known, _SHOWN))
    async with means.store() as work:
        # Reopened or erased meanwhile, it is found no more.
        return [
            Earlier(one, is_recorded(await work.referrals.history(one.id)))
            for one in found
            if await work.referrals.referral(one.id) == one
        ]


async def side_of(work: Work, query: Query) -> Side:
    """Who reads the answer to a question.

    Whoever is in a desk's channel reads along there, so the channel decides; a person's own desk or bureau counts only
    where nobody else reads the answer.

    Args:
        work: unit of work to read through.
        query: the question.
    """
    channel = await work.desks.channel(query.place)
    if channel.desk or channel.bureau or not query.private:
        return Side(channel.desk, channel.bureau)
    member = await work.desks.member(query.person)
    if member is None:
        return Side()
    return Side(
        member.desk if may(member, Verb.SEE_REFERRAL, desk=member.desk) else "",
        member.bureau if may(member, Verb.SEE_REFERRAL, bureau=member.bureau) else "",
    )


def earlier_blocks(found: Sequence[Earlier]) -> Iterator[Block]:
    """How resolved referrals stand in an answer: number, date and grade of each; nothing where there are none.

    Args:
        found: best first.
    """
    if found:
        yield Text(words.EARLIER, Tone.HEADING)
    for one in found:
        referral = one.referral
        lines = (
            f"{words.EARLIER_QUESTION}：{_short(referral.intake.question, _QUESTION)}",
            f"{words.EARLIER_REPLY}：{_short(referral.official, _REPLY)}",
            f"{words.EARLIER_RESULT}：{referral.result}" if referral.result else "",
        )
        grade = words.RECORDED if one.recorded else words.OFFICIAL
        yield Quote("\n".join(filter(None, lines)), by=words.earlier(referral.number, referral.changed, grade))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}{labels.SHORTENED}"
