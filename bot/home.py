"""The assistant's home: a desk's referrals, channels, counts and open questions, a bureau's referrals, how to link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot import talk
from bot.channel_rules import settings_button
from bot.composing import ASK_AGAIN
from bot.desks import Channel, Desk
from bot.help import HELP, help_blocks
from bot.permissions import Verb, may
from bot.places import Person
from bot.ports import Exchange, Outcome, Work
from bot.posts import Block, Button, Buttons, Field, Fields, Post, Quote, Text, Tone
from bot.referring.overview import overview_of

#: Days that the home looks back.
DAYS = 30
#: Open questions shown; the oldest have waited longest.
_OPEN = 10
#: Channels with a button of their own.
_CHANNELS = 5
#: Characters of a question that are shown.
_LONGEST = 200


async def home_of(work: Work, person: Person, now: datetime, *, helped: bool = False) -> Post:
    """Somebody's home.

    Args:
        work: unit of work to read through.
        person: whose home it is.
        now: the time.
        helped: True to show how the assistant is used, as the button asks.
    """
    member = await work.desks.member(person)
    desk = await work.desks.desk(member.desk) if member else None
    blocks: list[Block] = [Text(talk.HOME_TITLE, Tone.HEADING), Text(talk.HOME_WHAT)]
    if helped:
        blocks += help_blocks()
    blocks.append(
        Buttons(
            (
                Button(action=ASK_AGAIN, label=talk.ASK_TITLE, opens_form=True),
                Button(action=HELP, label=talk.HELP_TITLE),
            )
        )
    )
    if member and desk and may(member, Verb.SEE_DESK, desk.id):
        since = now - timedelta(days=DAYS)
        blocks += _about(desk)
        blocks += await overview_of(work, member, now)
        blocks += _channels(await work.desks.channels(desk.id))
        blocks += _counts(await work.exchanges.counts(desk.id, since))
        blocks += _open_questions(await work.exchanges.open_of(desk.id, since, _OPEN))
    elif member:
        blocks.append(Text(talk.in_role(member.role)))
        blocks += await overview_of(work, member, now)
    else:
        blocks += [Text(talk.HOW_TO_LINK_TITLE, Tone.HEADING), Text(talk.HOW_TO_LINK)]
    return Post(blocks=tuple(blocks), summary=talk.HOME_TITLE)


def _about(desk: Desk) -> Iterator[Block]:
    yield Text(desk.name, Tone.HEADING)
    known = ((talk.PREFECTURE, desk.prefecture), (talk.HOURS, desk.hours), (talk.CONTACT, desk.contact))
    yield Fields(tuple(Field(label, value) for label, value in known if value))


def _channels(channels: Sequence[Channel]) -> Iterator[Block]:
    used = [channel for channel in channels if not channel.gone]
    yield Text(talk.CHANNELS, Tone.HEADING)
    if not used:
        yield Text(talk.NO_CHANNELS)
        return
    yield Fields(
        tuple(
            Field(talk.channel_name(channel.place, channel.name), talk.rules(channel.listening, channel.audience))
            for channel in used
        )
    )
    yield Buttons(
        tuple(
            settings_button(channel.place, direct=False, label=talk.settings_of(number))
            for number, channel in enumerate(used[:_CHANNELS], start=1)
        )
    )


def _counts(counts: Mapping[str, int]) -> Iterator[Block]:
    yield Text(talk.counts_title(DAYS), Tone.HEADING)
    yield Fields(tuple(Field(talk.OUTCOMES[outcome], talk.pieces(counts.get(outcome, 0))) for outcome in Outcome))


def _open_questions(questions: Sequence[Exchange]) -> Iterator[Block]:
    yield Text(talk.open_title(DAYS), Tone.HEADING)
    if not questions:
        yield Text(talk.NO_OPEN)
    for exchange in questions:
        text = exchange.question or talk.ERASED
        yield Quote(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", by=talk.asked_on(exchange.at))
