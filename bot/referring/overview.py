"""A side's open referrals at a glance, and a card of one's own for one of them.

Calm: the oldest first and not too many, what is overdue marked, who has to do what next. A desk sees its own; a bureau
what was sent to it; what a person is called stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot import bureau_talk as words
from bot.desks import Member
from bot.incoming import Pressed
from bot.means import Means
from bot.permissions import Verb, may
from bot.ports import Work
from bot.posts import Block, Buttons, Text, Tone
from bot.reactions import Reaction, Whisper
from bot.referrals import OPEN, Referral
from bot.referring.calling import open_button
from bot.referring.cards import bureau_card, desk_card
from bot.referring.relay import view_of
from bot.referring.roster_form import roster_button

#: Referrals shown; a bureau's day is shorter than more of them.
SHOWN = 20
#: Buttons side by side.
_IN_ROW = 5


async def overview_of(work: Work, member: Member, now: datetime) -> Sequence[Block]:
    """A side's open referrals, for its home.

    Args:
        work: unit of work to read through.
        member: who looks: a desk's member sees the desk's, a coordinator the bureau's, others nothing.
        now: the time.
    """
    if may(member, Verb.SEE_BUREAU, bureau=member.bureau):
        found = await work.referrals.of_bureau(member.bureau, OPEN, SHOWN)
        counts = await work.referrals.open_counts(now, bureau=member.bureau)
        names = {desk.id: desk.name for desk in await work.desks.desks()}
        lines = [
            words.in_overview(one, names.get(one.desk, ""), now, mine=one.holder == member.person) for one in found
        ]
        return (*_blocks(words.OVERVIEW_BUREAU, found, lines, counts), Buttons((roster_button(),)))
    if may(member, Verb.SEE_DESK, member.desk):
        found = await work.referrals.of_desk(member.desk, OPEN, SHOWN)
        counts = await work.referrals.open_counts(now, desk=member.desk)
        lines = [words.in_overview(one, "", now, mine=False) for one in found]
        return tuple(_blocks(words.OVERVIEW_DESK, found, lines, counts))
    return ()


async def open_one(work: Work, pressed: Pressed, means: Means) -> Reaction:
    """Sends somebody the card of a referral of their side, as it stands now, where only they see it.

    Args:
        work: unit of work; whoever opened it commits.
        pressed: the press; its value is the referral's id.
        means: the time and the directory.
    """
    referral = await work.referrals.referral(pressed.value)
    member = await work.desks.member(pressed.person)
    if referral is None or referral.sent is None or member is None:
        return Whisper(words.NOT_YOURS)
    if may(member, Verb.HANDLE_REFERRAL, bureau=referral.bureau):
        card = bureau_card(await view_of(work, means, referral))
    elif may(member, Verb.FOLLOW_REFERRAL, referral.desk):
        card = desk_card(await view_of(work, means, referral))
    else:
        return Whisper(words.NOT_YOURS)
    await work.outbox.owe(pressed.person.own_conversation, card, means.now())
    return Whisper(words.card_sent(referral.number))


def _blocks(title: str, found: Sequence[Referral], lines: Sequence[str], counts: tuple[int, int]) -> Iterator[Block]:
    yield Text(title, Tone.HEADING)
    yield Text(words.open_counts(*counts))
    yield from (Text(line) for line in lines)
    if counts[0] > len(found):
        yield Text(words.more_open(counts[0] - len(found), len(found)), Tone.NOTE)
    for start in range(0, len(found), _IN_ROW):
        yield Buttons(tuple(open_button(referral) for referral in found[start : start + _IN_ROW]))
