"""Where the two sides of a referral are met.

- The desk in the thread that asked, as long as its channel is there and the desk's; else in the author's own
  conversation, as long as they are of the desk; else in another one of the desk's channels, where their colleagues
  are; else nowhere, and the referral stays in the desk's overview.
- The bureau in the channel that holds the card, as long as it is there and the bureau's; else in another one of its
  channels, with a new card; else by hand, of which the desk is told once, with the contact and the hand-over text. It
  stays so until somebody of the bureau goes on with it, or the desk reopens it: talks by telephone go on.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.deliveries import Delivery, DeliveryState
from bot.permissions import Verb, may
from bot.places import Place
from bot.ports import Work
from bot.referrals import OPEN, Referral

#: Nothing can be edited or said under what never landed.
DEAD = frozenset({DeliveryState.FAILED, DeliveryState.GONE})


async def travels_by_hand(work: Work, referral: Referral) -> bool:
    """Whether a referral has to be handed over by other means, and its answer be written down by the desk.

    Args:
        work: unit of work to read through.
        referral: as it stands, or is about to.
    """
    return referral.by_hand or (referral.state in OPEN and await bureau_at(work, referral) is None)


async def desk_at(work: Work, referral: Referral) -> Place | None:
    """Where the desk is met, or None.

    Args:
        work: unit of work to read through.
        referral: as it stands.
    """
    places: list[Place] = []
    if referral.place.channel:
        channel = await work.desks.channel(referral.place)
        # A channel that was given to another desk is no place to go on in.
        places += [referral.place] if not channel.gone and channel.desk == referral.desk else []
    author = await work.desks.member(referral.author)
    if may(author, Verb.SEE_REFERRAL, desk=referral.desk):
        places.append(referral.author.own_conversation)
    others = await work.desks.channels(referral.desk)
    places += [one.place for one in others if not one.gone and one.place != referral.place.in_channel()]
    return _best(places, await card_of(work, referral.desk_card))


async def bureau_at(work: Work, referral: Referral) -> Place | None:
    """Where the bureau in charge is met, or None.

    Args:
        work: unit of work to read through.
        referral: as it stands.
    """
    if referral.by_hand:
        return None
    channels = await work.desks.channels_of_bureau(referral.bureau)
    places = sorted((channel.place.in_channel() for channel in channels), key=lambda place: place.lane)
    return _best(places, await card_of(work, referral.bureau_card))


async def bureau_has_card(work: Work, referral: Referral) -> bool:
    """Whether the bureau's card stands where the bureau is met now.

    Args:
        work: unit of work to read through.
        referral: as it stands.
    """
    card = await card_of(work, referral.bureau_card)
    return card is not None and card.state not in DEAD and card.place == await bureau_at(work, referral)


async def card_of(work: Work, delivery: str) -> Delivery | None:
    """The delivery of a card.

    Args:
        work: unit of work to read through.
        delivery: its id, or "".
    """
    return await work.outbox.delivery(delivery) if delivery else None


def _best(places: Sequence[Place], card: Delivery | None) -> Place | None:
    """Where the card stands, as long as somebody is met there; else the first place in which it did not die."""
    if card and card.state not in DEAD and card.place in places:
        return card.place
    died = card.place if card and card.state in DEAD else None
    return next((place for place in places if place != died), None)
