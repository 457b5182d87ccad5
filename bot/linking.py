"""The use case "link": a code makes a channel a desk's or a bureau's, and gives its sender a role.

Nothing here asks for a mail address: a desk run by another body, without a local government's domain, gets in the
same way as any other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot import referral_talk, talk
from bot.channel_rules import settings_button
from bot.composing import said
from bot.desks import Desk, Invitation, Member, Role
from bot.errors import NotAllowed
from bot.incoming import Asked, Way
from bot.means import Means
from bot.permissions import Verb, may
from bot.ports import Kept, Work
from bot.posts import Buttons, Field, Fields, Post, Text, Tone

#: Letters and digits that nobody takes for one another, on paper or on the telephone: no 0 O 1 I L, 2 Z, 5 S, 8 B.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
#: 25 ** 10 codes, about 2 ** 46.
LENGTH = 10

#: Wrong codes in `_WITHIN` after which somebody has to wait.
MOST_WRONG = 5
_WITHIN = timedelta(hours=1)
#: The audit's verb for a wrong code.
WRONG_CODE = "wrong_code"

_CODE = re.compile(r"登録(?:コード)?[\s:：]*(?P<code>[0-9A-Z][0-9A-Z \-]{2,30})")


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is answered, and whether only to who sent the code."""

    post: Post
    private: bool = False


def new_code(random: Random) -> str:
    """A code to let somebody in.

    Args:
        random: where chance comes from; in earnest `random.SystemRandom()`.

    Returns:
        `LENGTH` letters of `ALPHABET`.
    """
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def code_in(text: str) -> str | None:
    """The code that somebody sends, or None where they send none ("登録支援機関とは" is a question).

    Args:
        text: what somebody wrote.

    Returns:
        Letters and digits only, in capitals.
    """
    match = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    return re.sub("[ -]", "", match["code"]) if match else None


async def link(kept: Kept, asked: Asked, code: str, means: Means) -> None:
    """Redeems a code, and says what came of it.

    Args:
        kept: the event that brings the code.
        asked: the same, read.
        code: the code.
        means: what to work with.
    """
    try:
        async with means.store() as work:
            answer = await _redeem(work, asked, code, means)
            await _say(work, kept, asked, answer, means.now())
    except NotAllowed:
        # The unit of work was left, so the code is still good for another channel, or for somebody else.
        why = talk.HAS_ANOTHER_ROLE if asked.way is Way.DIRECT else talk.LINKED_TO_ANOTHER
        async with means.store() as work:
            await work.audit.note("refused_link", asked.person, asked.place.lane, means.now())
            await _say(work, kept, asked, _Reply(said(why), private=True), means.now())


async def _say(work: Work, kept: Kept, asked: Asked, answer: _Reply, now: datetime) -> None:
    if not await work.inbox.done(kept):
        return
    direct = asked.way is Way.DIRECT
    place = asked.place.privately(asked.person) if answer.private and not direct else asked.place
    await work.outbox.owe(place, answer.post, now)
    await work.commit()


async def _redeem(work: Work, asked: Asked, code: str, means: Means) -> _Reply:
    now = means.now()
    if await work.audit.count(WRONG_CODE, asked.person, now - _WITHIN) >= MOST_WRONG:
        return _Reply(said(talk.TOO_MANY_WRONG_CODES), private=True)
    invitation = await work.desks.redeem(code, now)
    if invitation is None:
        await work.audit.note(WRONG_CODE, asked.person, asked.place.lane, now)
        return _Reply(said(talk.WRONG_CODE), private=True)
    member = await work.desks.member(asked.person)
    await work.audit.note(Verb.REDEEM_CODE, asked.person, invitation.desk or invitation.bureau or invitation.role, now)
    if invitation.role is not Role.COUNSELLOR:
        await _enrol(work, asked, member, invitation, now)
        bureaus = {bureau.id: bureau.name for bureau in means.answerer.directory.bureaus}
        if invitation.bureau not in bureaus or asked.way is Way.DIRECT:
            return _Reply(said(talk.now_in_role(invitation.role)), private=True)
        await _give_channel(work, asked, member, invitation, now)
        return _Reply(said(referral_talk.bureau_linked(bureaus[invitation.bureau])))
    # Others keep what they are: they may link a channel, but nobody loses a role over a desk's code.
    has_another_role = member is not None and member.role is not Role.COUNSELLOR
    if has_another_role and asked.way is Way.DIRECT:
        raise NotAllowed("somebody with another role is made no counsellor")
    if not has_another_role:
        await _enrol(work, asked, member, invitation, now)
    desk = await work.desks.desk(invitation.desk)
    if desk is None:
        return _Reply(said(talk.DESK_IS_GONE), private=True)
    if asked.way is not Way.DIRECT:
        await _give_channel(work, asked, member, invitation, now)
    return _Reply(_linked(asked, desk, enrolled=not has_another_role))


async def _give_channel(work: Work, asked: Asked, member: Member | None, invitation: Invitation, now: datetime) -> None:
    """Gives a channel to a desk or to a bureau; never to both: neither reads what the other keeps to itself."""
    desk, bureau = invitation.desk, invitation.bureau
    channel = await work.desks.channel(asked.place)
    if (channel.desk, channel.bureau) == (desk, bureau):
        return
    if not may(member, Verb.LINK_CHANNEL, channel.desk, bureau=channel.bureau):
        raise NotAllowed(f"{asked.place.lane} belongs to others")
    await work.desks.set_channel(replace(channel, desk=desk, bureau=bureau, gone=False))
    await work.audit.note(Verb.LINK_CHANNEL, asked.person, asked.place.lane, now)


async def _enrol(work: Work, asked: Asked, earlier: Member | None, invitation: Invitation, now: datetime) -> None:
    member = Member(person=asked.person, role=invitation.role, desk=invitation.desk, bureau=invitation.bureau)
    if earlier != replace(member, since=earlier.since if earlier else None):
        await work.desks.enrol(replace(member, since=now))


def _linked(asked: Asked, desk: Desk, *, enrolled: bool) -> Post:
    direct = asked.way is Way.DIRECT
    headline = talk.person_linked(desk.name) if direct else talk.channel_linked(desk.name)
    fields = Fields((Field(talk.DESK, desk.name), Field(talk.PREFECTURE, desk.prefecture)))
    note = () if enrolled else (Text(talk.ROLE_STAYS, Tone.NOTE),)
    buttons = Buttons((settings_button(asked.place, direct=direct),))
    return Post(blocks=(Text(headline, Tone.HEADING), fields, *note, buttons), summary=headline)
