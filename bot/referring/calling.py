"""Calls somebody to a referral in their own conversation: its number, what happened, its card; nothing of the case.

Nobody is notified of what is said in a thread that they did not write in, so who holds a referral is called themselves.
"""

from __future__ import annotations

from datetime import datetime

from bot import bureau_talk as words
from bot.means import Means
from bot.permissions import Verb, may
from bot.places import Person
from bot.ports import Work
from bot.posts import Button, Buttons, Post, Text, Tone
from bot.referrals import Referral, Step

#: The action that sends somebody a referral's card of their own; its value is the referral's id.
OPEN_REFERRAL = "referral_open"

#: What a holder has to know at once.
_CALLS = frozenset({Step.SUPPLEMENT, Step.REOPEN, Step.WITHDRAW})


def open_button(referral: Referral) -> Button:
    """The button that sends somebody a referral's card.

    Args:
        referral: which.
    """
    return Button(action=OPEN_REFERRAL, label=words.open_referral(referral.number), value=referral.id)


async def call(work: Work, referral: Referral, person: Person, headline: str, now: datetime) -> None:
    """Owes somebody a headline and the button that shows them the card.

    Args:
        work: the caller's unit of work, who commits.
        referral: what it is about.
        person: a coordinator of the bureau in charge.
        headline: what happened.
        now: the time.
    """
    post = Post(blocks=(Text(headline, Tone.HEADING), Buttons((open_button(referral),))), summary=headline)
    await work.outbox.owe(person.own_conversation, post, now)


async def call_holder(work: Work, means: Means, referral: Referral, step: Step) -> None:
    """Tells who holds a referral what the desk did, as long as it is theirs to know.

    Args:
        work: the caller's unit of work, who commits.
        means: the time.
        referral: after the step.
        step: what the desk did.
    """
    holder = referral.holder
    if holder is None or step not in _CALLS:
        return
    if may(await work.desks.member(holder), Verb.HANDLE_REFERRAL, bureau=referral.bureau):
        await call(work, referral, holder, words.yours_changed(referral.number, step), means.now())
